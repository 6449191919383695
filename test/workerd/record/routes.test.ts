import { beforeAll, describe, expect, it } from 'vitest';
import { env, exports } from 'cloudflare:workers';
import { hexOf } from '../../../domain/log/index.ts';
import { sha256Bytes } from '../../../domain/ledger/index.ts';
import { change, listOf, newBout } from '../bout/support.ts';
import { entered, type Night, openNight, firstBell, accepted, clock } from '../judging/support.ts';
import { call } from '../support.ts';
import { archived, decidedNight, files, opened, prefixOf, sealNow, work } from './support.ts';

let night: Night;

beforeAll(async () => {
  night = await decidedNight();
  await sealNow(night);
  await archived(night);
});

const path = (of: string): string => `/api/archive/${night.boutId}${of}`;

async function status(address: string, token?: string): Promise<number> {
  return (await call('GET', address, token === undefined ? {} : { token })).status;
}

async function fileOf(name: string, token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'cf-connecting-ip': crypto.randomUUID() };
  return await exports.default.fetch(new Request(`https://fightjudge.test${path(`/${name}`)}`, { headers }));
}

async function releaseTo(audience: string): Promise<void> {
  const release_policy = { statistics: audience, scorecards: audience, recommendation: audience };
  const answer = await call('PATCH', `/api/bouts/${night.boutId}`, {
    token: night.supervisor,
    body: { release_policy },
  });
  expect(answer.status).toBe(200);
}

describe('the archive’s routes', () => {
  it('tell what there is, and hand out each file as it lies there', async () => {
    const token = night.supervisor;
    const { json } = await call('GET', path(''), { token });
    expect(json).toMatchObject({
      bout_id: night.boutId,
      promotion: 'Promotion',
      fighters: { red: 'Red Fighter', blue: 'Blue Fighter' },
      conflict: null,
      simulated: false,
    });
    expect(json['checkpoint_size']).toBe(json['entries']);
    const stored = await files(night);
    const listed = listOf(json, 'files');
    expect(listed.map((file) => file['path'])).toEqual([...stored.keys()]);
    const prefix = await prefixOf(night);
    for (const { path: name, size, sha256 } of listed) {
      const bytes = stored.get(String(name)) ?? new Uint8Array();
      expect([size, sha256]).toEqual([bytes.length, hexOf(sha256Bytes(bytes))]);
      const answer = await fileOf(String(name), token);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-length')).toBe(String(bytes.length));
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
      const isTile = String(name).startsWith('tile/');
      expect(answer.headers.get('cache-control')).toBe(
        isTile ? 'private, max-age=31536000, immutable' : 'private, no-store',
      );
      expect(answer.headers.get('vary')).toBe('Authorization');
      const lying = await env.ARCHIVE.head(`${prefix}${String(name)}`);
      expect(answer.headers.get('content-type')).toBe(lying?.httpMetadata?.contentType);
    }
    expect((await call('GET', path('/metadata.json'), { token })).headers.get('content-type')).toBe('application/json');
    const note = await call('GET', path('/checkpoint'), { token });
    expect((await opened(night, note.text)).size).toBe(json['entries']);
  });

  it('find nothing outside the archive, however the path is written', async () => {
    await env.ARCHIVE.put(`${await prefixOf(night)}secret`, 'not of the archive');
    const token = night.supervisor;
    for (const of of [
      '/secret',
      '/../metadata.json',
      '/%2e%2e/%2e%2e/metadata.json',
      '/..%2fmetadata.json',
      `/${encodeURIComponent(`../${night.boutId}/metadata.json`)}`,
      '/tile/0/../../secret',
      '/tile/64/000',
      '/tile/0/000.p/0',
      '/metadata.json%00',
      '/METADATA.JSON',
    ]) {
      expect([of, [400, 404].includes(await status(path(of), token))]).toEqual([of, true]);
    }
    expect(await status(path('/tile/0/999'), token)).toBe(404);
    expect(await status('/api/archive/%2e%2e/metadata.json', token)).toBeGreaterThanOrEqual(400);
  });

  it('are for whoever stands inside every circle, within the reach of the token', async () => {
    const tokens = {
      admin: await night.token({ role: 'admin', subject: 'ada' }),
      supervisor: night.supervisor,
      analyst: await night.token({ role: 'analyst', subject: 'ann' }),
      broadcaster: await night.token({ role: 'broadcaster', subject: 'bob' }),
      operator: night.operator,
      judge: night.judges['J1'],
      viewer: await night.token({ role: 'viewer', subject: 'vic' }),
    };
    const circles = {
      none: ['admin'],
      commission: ['admin', 'supervisor', 'analyst'],
      broadcast: ['admin', 'supervisor', 'analyst', 'broadcaster'],
      corners: ['admin', 'supervisor', 'analyst', 'broadcaster', 'operator', 'judge'],
      public: Object.keys(tokens),
    };
    for (const [audience, inside] of Object.entries(circles)) {
      await releaseTo(audience);
      for (const [role, token] of Object.entries(tokens)) {
        for (const of of ['', '/event_log.json']) {
          expect([audience, role, of, await status(path(of), token)]).toEqual([
            audience,
            role,
            of,
            // A viewer's token opens no more than none.
            inside.includes(role) ? 200 : role === 'viewer' ? 401 : 403,
          ]);
        }
      }
      expect([audience, await status(path(''))]).toEqual([audience, audience === 'public' ? 200 : 401]);
    }
    const elsewhere = await (await newBout()).token({ role: 'supervisor', subject: 'sid' });
    for (const address of [path(''), path('/checkpoint'), `/api/bouts/${night.boutId}/checkpoint`]) {
      expect([address, await status(address, elsewhere)]).toEqual([address, 403]);
    }
    // One part that is held back holds the whole record back.
    const release_policy = { statistics: 'public', scorecards: 'commission', recommendation: 'public' };
    await call('PATCH', `/api/bouts/${night.boutId}`, { token: night.supervisor, body: { release_policy } });
    expect(await status(path(''))).toBe(401);
    expect(await status(`/api/bouts/${night.boutId}/checkpoint`)).toBe(200);
  });
});

describe('before the seal', () => {
  it('there is no archive, and no proof of what no checkpoint covers', async () => {
    const open = await openNight();
    const { boutId, supervisor: token } = open;
    await firstBell(open, 1);
    await entered(open, 1, [{ event_type: 'Jab' }]);
    expect(await status(`/api/archive/${boutId}`, token)).toBe(409);
    expect(await status(`/api/archive/${boutId}/checkpoint`, token)).toBe(409);
    expect(await status(`/api/bouts/${boutId}/checkpoint`, token)).toBe(404);
    expect(await status(`/api/bouts/${boutId}/proof/1`, token)).toBe(409);
    expect(await status(`/api/bouts/${boutId}/proof/999`, token)).toBe(404);
    expect(await status(`/api/bouts/${boutId}/proof/-1`, token)).toBe(400);
    accepted(await clock(open, 1, 'end_round'));
    await work(open);
    expect(await status(`/api/bouts/${boutId}/checkpoint`, token)).toBe(200);
    expect(await status(`/api/bouts/${boutId}/proof/1`)).toBe(200);
    accepted(await change(open, 'rulings', { kind: 'warning', round_id: 1, fighter_id: 'fighter1' }));
    expect(await status(`/api/bouts/${boutId}/proof/4`, token)).toBe(200);
    expect(await status(`/api/bouts/${boutId}/proof/5`, token)).toBe(409);
  });

  it('who is kept behind is shown the checkpoint of that moment, and no archive before it is theirs', async () => {
    const release_policy = { statistics: 'public', scorecards: 'public', recommendation: 'public' };
    const late = await decidedNight({ delay_ms: 600_000, release_policy });
    await sealNow(late);
    await archived(late);
    expect(await status(`/api/archive/${late.boutId}`, late.supervisor)).toBe(200);
    expect(await status(`/api/archive/${late.boutId}`)).not.toBe(200);
    expect(await status(`/api/bouts/${late.boutId}/checkpoint`, late.supervisor)).toBe(200);
    expect(await status(`/api/bouts/${late.boutId}/checkpoint`)).not.toBe(200);
  });
});
