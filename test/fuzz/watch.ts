import type { Client } from './client.ts';
import type { Document, Operation } from './document.ts';
import type { Memory } from './known.ts';
import { isRecord } from './schema.ts';

/**
 * What the API shows of a world's things, page by page, so far as only a write can change it: ids, counts, hashes,
 * positions, when something came last. Clocks, figures and states change by themselves and are left out.
 */
export type Watch = {
  /** Reads the pages of the things that a text names, and says which are not what they were when last read. */
  readonly changed: (naming: string) => Promise<readonly string[]>;
  /** The same for every page. */
  readonly allChanged: () => Promise<readonly string[]>;
};

type Page = { readonly path: string; readonly names: readonly string[]; print: string };

/** What only a write changes. */
const LASTING = /^cursor$|_ids?$|_hash$|^total_|_count$|_epoch$|^position$|^revoked$|^last_|^verified_entries$|_index$/;

export async function createWatch(
  client: Client,
  document: Document,
  memory: Memory,
  adminSecret: string,
): Promise<Watch> {
  const pages: Page[] = [];
  for (const operation of document.operations) {
    for (const { path, names } of pagesOf(operation, memory)) {
      const shown = await client.look(path, adminSecret);
      if (shown !== null) pages.push({ path, names, print: printOf(shown) });
    }
  }
  const read = async (some: readonly Page[]): Promise<readonly string[]> => {
    const differing: string[] = [];
    for (const page of some) {
      const print = printOf(await client.look(page.path, adminSecret));
      if (print !== page.print) differing.push(`${page.path}: ${difference(page.print, print)}`);
      page.print = print;
    }
    return differing;
  };
  return {
    changed: async (naming) => await read(pages.filter(({ names }) => names.some((name) => naming.includes(name)))),
    allChanged: async () => await read(pages),
  };
}

/**
 * Made from the index, which follows the bouts after a moment, or of all bouts that name a person, those of other worlds
 * too: what changes there need not be the last request's doing. The bouts themselves are looked at.
 */
const FOLLOWS = /^\/api\/(?:analytics|people|shadow)\//;

/** Every reading of one thing: one part of the path, or of the query, says which. */
function pagesOf(operation: Operation, memory: Memory): Pick<Page, 'path' | 'names'>[] {
  const { method, inPath, inQuery, path, isSocket } = operation;
  const needed = [...inPath, ...inQuery.filter((one) => one.required)];
  const [parameter] = needed;
  if (method !== 'GET' || isSocket || FOLLOWS.test(path) || parameter === undefined || needed.length > 1) return [];
  return idsOf(memory, parameter.name).flatMap((id) => {
    const filled = inPath.length > 0 ? path.replace(/\{\w+\}/, id) : `${path}?${parameter.name}=${id}`;
    // What needs no more may take more: a session is found in its bout.
    const others = inQuery.filter((one) => !one.required && one.name.endsWith('_id'));
    if (others.length === 0) return [{ path: filled, names: [id] }];
    return others.flatMap(({ name }) =>
      idsOf(memory, name).map((more) => ({ path: `${filled}?${name}=${more}`, names: [id, more] })),
    );
  });
}

function idsOf(memory: Memory, name: string): readonly string[] {
  return memory.all(name).filter((id) => typeof id === 'string');
}

/** What speaks for a recommendation is more or less as control that is held grows, with nobody writing. */
const GROWS = '.reasons';

function printOf(json: unknown): string {
  const lines: string[] = [];
  const walk = (value: unknown, at: string): void => {
    if (Array.isArray(value)) {
      if (!at.endsWith(GROWS)) lines.push(`${at} has ${value.length}`);
      value.forEach((one, i) => walk(one, `${at}[${i}]`));
    } else if (isRecord(value)) {
      for (const [name, inner] of Object.entries(value)) {
        if (LASTING.test(name) && typeof inner !== 'object') lines.push(`${at}.${name} is ${String(inner)}`);
        walk(inner, `${at}.${name}`);
      }
    }
  };
  walk(json, '$');
  return lines.join('\n');
}

function difference(before: string, after: string): string {
  const known = new Set(before.split('\n'));
  return after.split('\n').find((line) => !known.has(line)) ?? 'something is gone';
}
