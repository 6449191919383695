import * as z from 'zod';
import type { StorageClient } from './client.ts';
import { sizeText, tableLines } from './text.ts';

/** Where the lines of an answer go, and what is said in between. */
export type Output = { readonly line: (text: string) => void; readonly progress: (text: string) => void };

const usageSchema = z.object({
  next: z.string().nullable(),
  usage: z.array(z.object({ class: z.string(), promotion: z.string().nullable(), objects: z.int(), bytes: z.int() })),
  orphans: z.object({ count: z.int(), bytes: z.int(), first: z.array(z.object({ key: z.string() })) }),
});

const rulesSchema = z.object({
  version: z.int(),
  rules: z.array(z.object({ class: z.string(), promotion: z.string().nullable(), max_age_days: z.int() })),
});

const cleanSchema = z.object({
  objects: z.int(),
  bytes: z.int(),
  items: z.array(z.object({ key: z.string(), bytes: z.int(), age_days: z.int().nullable() })),
  next: z.string().nullable(),
});

const HEAD = ['class', 'promotion', 'objects', 'size'] as const;

/** Adds up the pages of the whole bucket. */
export async function showUsage(client: StorageClient, { line, progress }: Output): Promise<void> {
  const sums = new Map<string, { objects: number; bytes: number }>();
  const orphans = { count: 0, bytes: 0, keys: new Array<string>() };
  let after: string | null = null;
  do {
    const path = `/api/storage${after === null ? '' : `?after=${encodeURIComponent(after)}`}`;
    const page: z.infer<typeof usageSchema> = await client.get(path, usageSchema);
    for (const { class: of, promotion, objects, bytes } of page.usage) {
      const name = `${of}\t${promotion ?? '-'}`;
      const before = sums.get(name) ?? { objects: 0, bytes: 0 };
      sums.set(name, { objects: before.objects + objects, bytes: before.bytes + bytes });
    }
    orphans.count += page.orphans.count;
    orphans.bytes += page.orphans.bytes;
    orphans.keys.push(...page.orphans.first.map(({ key }) => key));
    after = page.next;
    progress(`${[...sums.values()].reduce((sum, { objects }) => sum + objects, 0)} objects`);
  } while (after !== null);
  const row = (name: string, { objects, bytes }: { readonly objects: number; readonly bytes: number }) => [
    ...name.split('\t'),
    String(objects),
    sizeText(bytes),
  ];
  const total = [...sums.values()].reduce(
    (all, { objects, bytes }) => ({ objects: all.objects + objects, bytes: all.bytes + bytes }),
    { objects: 0, bytes: 0 },
  );
  const rows = [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, sum]) => row(name, sum));
  for (const text of tableLines([HEAD, ...rows, row('total\t', total)])) line(text);
  if (orphans.count === 0) return;
  const [noun, verb] = orphans.count === 1 ? ['object', 'belongs'] : ['objects', 'belong'];
  line(`${orphans.count} ${noun} (${sizeText(orphans.bytes)}) ${verb} to no bout that the deployment knows:`);
  for (const key of orphans.keys) line(`  ${key}`);
  if (orphans.keys.length < orphans.count) line(`  and ${orphans.count - orphans.keys.length} more`);
}

export async function showRules(client: StorageClient, { line }: Output): Promise<void> {
  const { version, rules } = await client.get('/api/storage/rules', rulesSchema);
  line(`version ${version}${rules.length === 0 ? ': there is no rule, and nothing is ever deleted' : ''}`);
  for (const { class: of, promotion, max_age_days: days } of rules) {
    line(`${of}\t${promotion ?? 'every other promotion'}\t${days} days`);
  }
}

/** Shows the plan page by page; with `yes`, carries each page out. */
export async function clean(
  client: StorageClient,
  { promotion, yes }: { readonly promotion: string | null; readonly yes: boolean },
  { line, progress }: Output,
): Promise<void> {
  const total = { objects: 0, bytes: 0 };
  let after: string | null = null;
  do {
    const body = {
      dry_run: !yes,
      ...(promotion === null ? {} : { promotion }),
      ...(after === null ? {} : { after }),
      ...(yes ? { event_id: `clean_${crypto.randomUUID()}` } : {}),
    };
    const page: z.infer<typeof cleanSchema> = await client.post('/api/storage/clean', body, cleanSchema);
    for (const { key, bytes, age_days: days } of page.items) {
      line(`${key}\t${sizeText(bytes)}${days === null ? '' : `\t${days} days`}`);
    }
    total.objects += page.objects;
    total.bytes += page.bytes;
    after = page.next;
    progress(`${total.objects} objects`);
  } while (after !== null);
  const what = yes ? 'deleted' : 'would be deleted; --yes deletes them';
  line(`${total.objects} objects (${sizeText(total.bytes)}) ${what}`);
}
