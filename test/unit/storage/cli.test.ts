import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createStorageClient } from '../../../cli/storage/client.ts';
import { clean, showRules, showUsage } from '../../../cli/storage/commands.ts';
import { parseStorageFlags } from '../../../cli/storage/options.ts';
import { sizeText } from '../../../cli/storage/text.ts';

const AT = { env: { ADMIN_SECRET: 's' }, projectRoot: '/nowhere' };
const URL_FLAG = ['--url', 'http://127.0.0.1:1/x'];

/** A server that gives these answers in turn and keeps what it was asked. */
function server(...answers: readonly (readonly [status: number, body: unknown])[]) {
  const asked: { readonly path: string; readonly body: Record<string, unknown> | null }[] = [];
  const lines: string[] = [];
  const client = createStorageClient({ url: 'http://s', adminSecret: 's' }, async (input, init) => {
    const body: Record<string, unknown> | null = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
    asked.push({ path: String(input).slice('http://s'.length), body });
    const [status, answer] = answers[asked.length - 1] ?? [500, { detail: 'asked too often' }];
    return Response.json(answer, { status });
  });
  return { client, asked, lines, output: { line: (text: string) => void lines.push(text), progress: () => undefined } };
}

function page(items: readonly string[], next: string | null) {
  return {
    objects: items.length,
    bytes: items.length * 2,
    items: items.map((key) => ({ key, bytes: 2, age_days: 40 })),
    next,
  };
}

describe('the flags of storage', () => {
  it('say what to do, and delete nothing unless told', () => {
    expect(parseStorageFlags(['clean', ...URL_FLAG], AT)).toEqual({
      command: 'clean',
      url: 'http://127.0.0.1:1',
      adminSecret: 's',
      promotion: null,
      yes: false,
    });
    expect(parseStorageFlags(['clean', '--yes', '--promotion', 'A/B', ...URL_FLAG], AT)).toMatchObject({
      promotion: 'A/B',
      yes: true,
    });
    expect(parseStorageFlags(['--help'], AT)).toBeNull();
    expect(parseStorageFlags(['usage'], AT)?.url).toBe('http://127.0.0.1:8787');
  });

  it('name what is wrong', () => {
    const fault =
      (...args: readonly string[]) =>
      () =>
        parseStorageFlags([...args], AT);
    expect(fault(...URL_FLAG)).toThrow(/one of usage, rules, clean/);
    expect(fault('delete', ...URL_FLAG)).toThrow(/not "delete"/);
    expect(fault('clean', 'all', ...URL_FLAG)).toThrow(/not "clean all"/);
    expect(fault('usage', '--yes', ...URL_FLAG)).toThrow(/--yes and --promotion belong to clean/);
    expect(fault('usage', '--url', 'ftp://x')).toThrow(/--url needs/);
    expect(fault('usage', '--ulr', 'x')).toThrow(/--ulr/);
  });
});

describe('storage', () => {
  it('adds up the pages of the bucket', async () => {
    const sums = (objects: number, next: string | null, orphans: readonly string[]) => ({
      next,
      usage: [
        { class: 'export', promotion: 'UFC', objects, bytes: objects * 700 },
        { class: 'anchor', promotion: null, objects: 1, bytes: 1_000_000 },
      ],
      orphans: { count: orphans.length, bytes: 1, first: orphans.map((key) => ({ key })) },
    });
    const { client, asked, lines, output } = server(
      [200, sums(2, 'a/b c', [])],
      [200, sums(3, null, ['exports/x/y/z'])],
    );
    await showUsage(client, output);
    expect(asked.map(({ path }) => path)).toEqual(['/api/storage', '/api/storage?after=a%2Fb%20c']);
    expect(lines).toEqual([
      'class   promotion  objects    size',
      'anchor  -                2  2.0 MB',
      'export  UFC              5  3.5 kB',
      'total                    7  2.0 MB',
      '1 object (2 B) belongs to no bout that the deployment knows:',
      '  exports/x/y/z',
    ]);
  });

  it('shows the rules, and that there is none', async () => {
    const { client, lines, output } = server(
      [200, { version: 0, rules: [] }],
      [200, { version: 2, rules: [{ class: 'export', promotion: null, max_age_days: 30 }] }],
    );
    await showRules(client, output);
    await showRules(client, output);
    expect(lines).toEqual([
      'version 0: there is no rule, and nothing is ever deleted',
      'version 2',
      'export\tevery other promotion\t30 days',
    ]);
  });

  it('goes through a plan page by page, and only with --yes deletes', async () => {
    for (const yes of [false, true]) {
      const { client, asked, lines, output } = server(
        [200, page(['a', 'b'], 'b')],
        [yes ? 409 : 200, page(['c'], null)],
      );
      await clean(client, { promotion: 'P', yes }, output);
      expect(asked.map(({ body }) => [body?.['dry_run'], body?.['after'], body?.['promotion']])).toEqual([
        [!yes, undefined, 'P'],
        [!yes, 'b', 'P'],
      ]);
      expect(asked.every(({ body }) => (typeof body?.['event_id'] === 'string') === yes)).toBe(true);
      expect(lines).toHaveLength(4);
      expect(lines.at(-1)).toBe(`3 objects (6 B) ${yes ? 'deleted' : 'would be deleted; --yes deletes them'}`);
    }
  });

  it('names the address that does not answer, and why', async () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const client = createStorageClient({ url: 'http://127.0.0.1:8787', adminSecret: 's' }, async () => {
      throw new TypeError('fetch failed', { cause });
    });
    await expect(client.get('/api/storage', z.unknown())).rejects.toThrow(
      'no answer from http://127.0.0.1:8787: ECONNREFUSED',
    );
  });

  it('says of what is no FightJudge that it is none', async () => {
    const client = createStorageClient(
      { url: 'http://s', adminSecret: 's' },
      async () => new Response('<html>', { status: 404 }),
    );
    await expect(client.get('/api/storage', z.object({}))).rejects.toThrow('/api/storage answered 404: no such answer');
  });

  it('stops with the server’s own words', async () => {
    const refused = server([403, { detail: 'This token is for a card alone.' }]);
    await expect(clean(refused.client, { promotion: null, yes: true }, refused.output)).rejects.toThrow(
      '/api/storage/clean answered 403: This token is for a card alone.',
    );
    const odd = server([200, { nothing: true }]);
    await expect(showRules(odd.client, odd.output)).rejects.toThrow('/api/storage/rules answered 200: no such answer');
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [9_949, '9.9 kB'],
  [9_950, '10 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [34_200_000_000, '34 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
