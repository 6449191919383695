import { env } from 'cloudflare:workers';
import { parse } from 'csv-parse/sync';
import fontAddress from 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf?inline';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportRoutes } from '../../workers/routes/exports.ts';
import { boutDocumentSchema } from '../../workers/schemas/exports.ts';
import { boutStub, change, until } from './bout/support.ts';
import {
  accepted,
  agreed,
  BUSY,
  evict,
  finalized,
  fought,
  type Night,
  openNight,
  ruled,
  signed,
} from './judging/support.ts';
import { type Answer, call, faults, freshId } from './support.ts';

const FORMATS = ['json', 'csv', 'pdf', 'otio', 'edl', 'sportscode', 'zip'] as const;

const RED = 'Łukasz "Żółć", 张伟丽';
const BLUE = '=HYPERLINK("http://evil")';

let night: Night;

/** A bout of one round with a knockdown, sealed and archived. */
async function sealedNight(over: Parameters<typeof openNight>[0] = {}): Promise<Night> {
  const made = await openNight({
    scheduled_rounds: 1,
    promotion: 'Łódź Fights',
    fighter1: { name: RED },
    fighter2: { name: BLUE },
    ...over,
  });
  const knockdown = { clock_ms: 8_000, fighter_id: 'fighter1', event_type: 'KD', metadata: { tier: 'Hard' } };
  await fought(made, 1, [...BUSY, knockdown]);
  await ruled(made, {
    kind: 'deduction',
    round_id: 1,
    fighter_id: 'fighter2',
    points: 1,
    foul: 'headbutt',
    intent: 'intentional',
  });
  await agreed(made, 1, '10-9');
  await signed(made, { J1: '10-8', J2: '10-8', J3: '10-8' });
  await finalized(made);
  accepted(await change(made, 'seal', { declare_missing: true, reason: 'end of the night' }));
  return made;
}

async function archived({ boutId }: Night): Promise<void> {
  const stub = boutStub(boutId);
  await until(async () => {
    await stub.settle();
    const facts = await stub.archiveFacts(null, ['statistics']);
    return facts.ok && facts.value.archivedMs !== null;
  });
}

async function get(format: string, token: string | undefined = night.supervisor, bout = night.boutId): Promise<Answer> {
  return await call('GET', `/api/exports/${bout}/${format}`, token === undefined ? {} : { token });
}

async function prefixOf({ boutId }: Night): Promise<string> {
  const facts = await boutStub(boutId).archiveFacts(null, ['statistics']);
  if (!facts.ok) throw new Error(facts.detail);
  return facts.value.prefix;
}

/** A route served as the app serves it, with the fonts at hand: what is built is no part of these tests. */
async function serve(format: string): Promise<Response> {
  const route = exportRoutes.find(({ path }) => path.endsWith(`/${format}`));
  if (route === undefined) throw new Error(`no ${format}`);
  const font = Uint8Array.from(atob(fontAddress.slice(fontAddress.indexOf(',') + 1)), (unit) => unit.charCodeAt(0));
  const work: Promise<unknown>[] = [];
  const response = await route.serve({
    env: { ...env, ASSETS: { ...env.ASSETS, fetch: async () => new Response(font) } },
    request: new Request('https://fightjudge.test/api/exports'),
    caller: {
      subject: 'sue',
      role: 'supervisor',
      seat: null,
      device: null,
      boutId: null,
      cardId: null,
      corners: null,
      aspects: null,
      tokenId: 't',
      expiresMs: Number.MAX_SAFE_INTEGER,
    },
    params: () => ({ bout_id: night.boutId }),
    query: () => ({}),
    waitUntil: (promise) => void work.push(promise),
  });
  await Promise.all(work);
  return response;
}

beforeAll(async () => {
  night = await sealedNight();
  await archived(night);
  await evict(night);
});

describe('an export', () => {
  it.each([
    ['json', 'application/json', '.json'],
    ['csv', 'text/csv; charset=utf-8; header=present', '-scorecards.csv'],
    ['otio', 'application/json', '-25fps.otio'],
    ['edl', 'text/plain; charset=us-ascii', '-25fps.edl'],
    ['sportscode', 'application/xml; charset=utf-8', '-25fps.xml'],
    ['zip', 'application/zip', '.zip'],
  ])('%s is a file to save', async (format, type, suffix) => {
    const { status, headers } = await get(format);
    expect([status, headers.get('content-type')]).toEqual([200, type]);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${night.boutId}${suffix}"`);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('of everything has the shape that the API documents, and the names', async () => {
    const { text } = await get('json');
    const document = boutDocumentSchema.parse(JSON.parse(text));
    expect(document.people.map(({ name }) => name)).toEqual([RED, BLUE, 'Judge J1', 'Judge J2', 'Judge J3']);
    expect(document.result).toMatchObject({ status: 'official', winner: 'red', method: 'DEC' });
    expect(document.moments.map(({ kind }) => kind).toSorted()).toEqual([
      'deduction',
      'knockdown',
      'round_end',
      'round_start',
    ]);
  });

  it('of scorecards runs nothing in a spreadsheet', async () => {
    const { text } = await get('csv');
    const rows: readonly Record<string, string>[] = parse(text, { bom: true, columns: true });
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatchObject({ red_fighter: RED, blue_fighter: `'${BLUE}`, red: '10', blue_net: '8' });
    expect(rows[5]).toMatchObject({ line: 'total', judge_id: 'J3', red_net: '10', blue_net: '8', state: 'signed' });
  });

  it('of moments takes a mapping, and names the field of a bad one', async () => {
    const bell = boutDocumentSchema.parse(JSON.parse((await get('json')).text)).moments[0]?.server_ms ?? 0;
    const good = await get(`edl?fps=29.97df&reel=TAPE7&timecode=20:15:00;02&at_ms=${bell}`);
    expect(good.text).toContain('001  TAPE7    V     C        20:14:55;00 ');
    expect(good.headers.get('content-disposition')).toContain('-29.97fps-df.edl');
    const field = async (query: string) => {
      const answer = await get(`edl?${query}`);
      return [answer.status, faults(answer)];
    };
    expect(await field('fps=26')).toEqual([400, ['fps']]);
    expect(await field('reel=TOO-LONG-NAME')).toEqual([400, ['reel']]);
    expect(await field('timecode=20:15:00:02')).toEqual([400, ['at_ms']]);
    expect(await field(`at_ms=${bell}`)).toEqual([400, ['timecode']]);
    expect(await field(`timecode=20:15:00:25&at_ms=${bell}`)).toEqual([400, ['timecode']]);
    expect(await field('timecode=20:15:00:02&at_ms=12')).toEqual([400, ['at_ms']]);
  });

  it('of the archive is every file of it, byte by byte', async () => {
    const response = await serve('zip');
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const prefix = await prefixOf(night);
    const { objects } = await env.ARCHIVE.list({ prefix });
    expect(objects.length).toBeGreaterThan(7);
    expect(Object.keys(files).toSorted()).toEqual(
      objects.map(({ key }) => `${night.boutId}/${key.slice(prefix.length)}`).toSorted(),
    );
    for (const { key } of objects) {
      const stored = new Uint8Array((await (await env.ARCHIVE.get(key))?.arrayBuffer()) ?? new ArrayBuffer());
      expect(files[`${night.boutId}/${key.slice(prefix.length)}`]).toEqual(stored);
    }
  });
});

describe('the scorecard for print', () => {
  it('is kept, and made anew once a name has been erased', async () => {
    const prefix = await prefixOf(night);
    const place = `exports/--d--Fights/${night.boutId}/`;
    const list = async () => (await env.ARCHIVE.list({ prefix: place })).objects.map(({ key }) => key);
    expect(await list()).toEqual([]);
    const first = new Uint8Array(await (await serve('pdf')).arrayBuffer());
    expect(new TextDecoder('latin1').decode(first.slice(0, 5))).toBe('%PDF-');
    const [kept, ...more] = await list();
    expect(more).toEqual([]);
    expect(kept?.slice(place.length)).toMatch(/^scorecard-[0-9]+-2-[0-9a-f]{32}\.pdf$/);

    // What lies under the key is what is sent.
    await env.ARCHIVE.put(kept ?? '', 'from the store');
    expect(await (await serve('pdf')).text()).toBe('from the store');

    const metadata = await (await env.ARCHIVE.get(`${prefix}metadata.json`))?.text();
    await env.ARCHIVE.put(`${prefix}metadata.json`, (metadata ?? '').replace(JSON.stringify(RED), 'null'));
    const second = new Uint8Array(await (await serve('pdf')).arrayBuffer());
    expect(new TextDecoder('latin1').decode(second.slice(0, 5))).toBe('%PDF-');
    expect(await list()).toHaveLength(2);
    expect((await get('json')).text).not.toContain('Łukasz');
    await env.ARCHIVE.put(`${prefix}metadata.json`, metadata ?? '');
  });
});

describe('who gets what', () => {
  it('is up to the release: moments are public here, scorecards and the whole record are the commission’s', async () => {
    const viewer = await night.token({ role: 'viewer', subject: 'vic' });
    const judge = night.judges['J1'];
    const analyst = await night.token({ role: 'analyst', subject: 'ana' });
    const statuses = async (token: string | undefined) =>
      await Promise.all(
        ['otio', 'edl', 'sportscode', 'csv', 'json', 'zip'].map(async (one) => (await get(one, token)).status),
      );
    const anonymous = await Promise.all(
      ['otio', 'csv', 'json'].map(async (one) => (await call('GET', `/api/exports/${night.boutId}/${one}`)).status),
    );
    expect(anonymous).toEqual([200, 401, 401]);
    expect((await call('GET', `/api/exports/${night.boutId}/pdf`)).status).toBe(401);
    expect(await statuses(viewer)).toEqual([200, 200, 200, 401, 401, 401]);
    expect(await statuses(judge)).toEqual([200, 200, 200, 403, 403, 403]);
    expect(await statuses(analyst)).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it('reaches no further than the token', async () => {
    const { token } = await openNight();
    expect((await get('otio', await token({ role: 'supervisor', subject: 'else' }))).status).toBe(403);
  });

  it('is nothing of a bout that there is not, or that is not sealed', async () => {
    const open = await openNight();
    for (const format of FORMATS) {
      expect((await get(format, night.supervisor, freshId('none'))).status).toBe(404);
      const answer = await get(format, open.supervisor, open.boutId);
      expect([answer.status, answer.json['code'], answer.json['success']]).toEqual([409, 'conflict', false]);
      expect(answer.json['detail']).toContain('not sealed');
    }
  });
});

describe('an archive that was tampered with', () => {
  it('gives no document, whichever file it was', async () => {
    const prefix = await prefixOf(night);
    const spoil = async (path: string, bytes: string | Uint8Array | null): Promise<Answer> => {
      const before = await (await env.ARCHIVE.get(prefix + path))?.arrayBuffer();
      if (before === undefined) throw new Error(`no ${path}`);
      await (bytes === null ? env.ARCHIVE.delete(prefix + path) : env.ARCHIVE.put(prefix + path, bytes));
      const answer = await get('csv');
      await env.ARCHIVE.put(prefix + path, before);
      return answer;
    };
    const { objects } = await env.ARCHIVE.list({ prefix: `${prefix}tile/entries/` });
    const bundle = objects[0]?.key.slice(prefix.length) ?? '';
    const bytes = new Uint8Array((await (await env.ARCHIVE.get(prefix + bundle))?.arrayBuffer()) ?? new ArrayBuffer());
    const text = new TextDecoder('latin1').decode(bytes);
    const at = text.indexOf('"red_x10":100');
    const better = bytes.map((byte, place) => (place === at + 12 ? 0x31 : byte));
    for (const answer of [
      await spoil(bundle, better),
      await spoil(bundle, bytes.slice(0, -1)),
      await spoil(bundle, null),
      await spoil('checkpoint', 'no note'),
      await spoil('metadata.json', '{"people":7}'),
      await spoil('metadata.json', 'nothing'),
    ]) {
      expect([answer.status, answer.json['code']]).toEqual([503, 'unavailable']);
      expect(answer.json['detail']).toContain('does not check out');
    }
    expect((await get('csv')).status).toBe(200);
  });
});
