import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  bytesOfHex,
  consistencyProof,
  expectedTiles,
  type Hash,
  inclusionProof,
  joinBytes,
  leafHash,
  parseVerifierKey,
  readBundle,
  readTile,
  rootOf,
  tilePath,
} from '../../../domain/log/index.ts';
import { ROLES } from '../../../domain/roles/index.ts';
import { consistencyIn, inclusionIn, rootOfFirst } from '../../../objects/platform/log/nodes.ts';
import { ANCHOR_KEY } from '../../../objects/platform/log/anchor.ts';
import { appendLeaf } from '../../../objects/platform/log/leaves.ts';
import { platformOf } from '../../../workers/auth/platform.ts';
import { type Answer, call, mint } from '../support.ts';
import { add, boutNote, freshPlatform, openLog, opensProof, query, testKey, value } from './support.ts';

/** Somebody of the commission, who may read all of it. */
let commission = '';

async function get(path: string): Promise<Answer> {
  return await call('GET', `/api/log/${path}`, { token: commission });
}

async function fetched(path: string, token?: string): Promise<Response> {
  const headers = {
    // A new address each time: a stranger may ask only so often.
    'cf-connecting-ip': crypto.randomUUID(),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return await exports.default.fetch(new Request(`https://fightjudge.test/api/log/${path}`, { headers }));
}

async function statusOf(path: string, token?: string): Promise<number> {
  const answer = await fetched(path, token);
  await answer.body?.cancel();
  return answer.status;
}

async function bytesAt(path: string): Promise<Uint8Array> {
  const answer = await fetched(path, commission);
  expect([path, answer.status]).toEqual([path, 200]);
  return new Uint8Array(await answer.arrayBuffer());
}

const LEAVES = 600;

/** Leaves in the deployment's own log without a bout each: what is read back is the same. */
async function fill(count: number): Promise<void> {
  const platform = platformOf(env);
  await runInDurableObject(platform, (_instance, { storage }) => {
    for (let n = 0; n < count; n += 1) {
      storage.transactionSync(() =>
        appendLeaf(storage.sql, { boutId: `f${n}`, size: 1, root: '', note: `leaf ${n} ${'é'.repeat(n % 5)}\n` }),
      );
    }
  });
  await add(platform, 'last', 4);
}

describe('the published log', () => {
  beforeAll(async () => {
    commission = (await mint({ role: 'analyst' })).token;
    await env.ARCHIVE.delete(ANCHOR_KEY);
    await fill(LEAVES);
  });

  it('is rebuilt by a verifier from its tiles and checkpoint alone', async () => {
    const { checkpoint } = await openLog((await get('checkpoint')).text);
    expect(checkpoint.size).toBe(LEAVES + 2);
    const hashes: Hash[][] = [];
    const leaves: Hash[] = [];
    for (const { level, index, width, path } of expectedTiles(checkpoint.size)) {
      const bytes = await bytesAt(path);
      if (level === 'entries') {
        const bundle = value(readBundle(bytes));
        expect(bundle).toHaveLength(width);
        leaves.push(...bundle.map(leafHash));
        continue;
      }
      const tile = value(readTile(bytes));
      expect([path, tile.length]).toEqual([path, width]);
      const row = (hashes[level] ??= []);
      expect(row).toHaveLength(index * 256);
      row.push(...tile);
    }
    expect(rootOf(leaves)).toEqual(checkpoint.root);
    expect(joinBytes(hashes[0] ?? [])).toEqual(joinBytes(leaves));
    expect(hashes[1]).toEqual([rootOf(leaves.slice(0, 256)), rootOf(leaves.slice(256, 512))]);
    expect(hashes).toHaveLength(2);
  });

  it('has every partial tile that its last one ever was, and none that it never was', async () => {
    const whole = await bytesAt('tile/0/000');
    for (const width of [1, 2, 255]) {
      expect(await bytesAt(tilePath(0, 0, width))).toEqual(whole.slice(0, width * 32));
    }
    expect(await statusOf(tilePath(0, 2, LEAVES + 2 - 512))).toBe(200);
    for (const path of [
      tilePath(0, 2, LEAVES + 3 - 512),
      tilePath('entries', 2, LEAVES + 3 - 512),
      'tile/0/002',
      'tile/1/000',
      'tile/1/000.p/3',
      'tile/2/000.p/1',
      'tile/0/x000/000',
      'tile/00/000',
      'tile/0/0',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/01',
      'tile/-1/000',
      'tile/99/000.p/1',
      'tile/entries/x999/x999/x999/x999/999',
      'tile/data/000',
      'tile/0/000/',
      'tile/0/000.p/1/..',
      'tile',
      'nonsense',
      'ledger',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
    expect((await get('x'.repeat(300))).status).toBe(400);
  });

  it('says of a file that it never changes, and of a checkpoint that it may', async () => {
    const tile = await fetched('tile/0/000');
    await tile.body?.cancel();
    expect(tile.headers.get('cache-control')).toContain('immutable');
    expect(tile.headers.get('content-type')).toBe('application/octet-stream');
    const checkpoint = await get('checkpoint');
    expect(checkpoint.headers.get('cache-control')).toBe('no-store');
    expect(checkpoint.headers.get('content-type')).toContain('text/plain');
    expect((await get('ledger/checkpoint')).text).toMatch(/^log\.test\/ledger\n/);
  });

  it('is for everybody, but for its entries: they tell of bouts before these are released', async () => {
    for (const role of ROLES) {
      const { token } = await mint({ role });
      for (const path of ['checkpoint', 'keys', 'ledger/checkpoint', 'tile/0/000']) {
        expect([role, await statusOf(path, token), await statusOf(path)]).toEqual([role, 200, 200]);
      }
      const isCommission = ['admin', 'supervisor', 'analyst'].includes(role);
      expect([role, await statusOf('tile/entries/000', token)]).toEqual([role, isCommission ? 200 : 403]);
    }
    expect(await statusOf('tile/entries/000')).toBe(401);
    expect(await statusOf('proof/last/4')).not.toBe(200);
  });

  it('proves that it holds a bout’s checkpoint, under the newest of its own', async () => {
    const { status, text } = await get('proof/last/4');
    expect(status).toBe(200);
    const { checkpoint } = await opensProof(text, await boutNote('last', 4), testKey().deployment);
    expect(checkpoint.size).toBe(LEAVES + 2);
    for (const [path, answered] of [
      ['proof/last/5', 404],
      ['proof/nobody/4', 404],
      ['proof/last/0', 400],
      ['proof/last/04', 400],
    ] as const) {
      expect([path, (await get(path)).status]).toEqual([path, answered]);
    }
  });

  it('tells its key, and that nobody is to believe it', async () => {
    const { json } = await get('keys');
    expect(json).toMatchObject({
      name: 'log.test',
      key_id: expect.stringMatching(/^[0-9a-f]{8}$/),
      origins: { log: 'log.test/log', ledger: 'log.test/ledger', bout: 'log.test/bout/{bout_id}' },
      previous: [],
      rotations: [],
      notice: expect.stringContaining('Get it from somebody else'),
    });
    const key = value(parseVerifierKey(String(json['key'])));
    expect((await openLog((await get('checkpoint')).text, key)).checkpoint.size).toBe(LEAVES + 2);
  });

  it('proves from stored roots what it would prove from all its leaves', async () => {
    await runInDurableObject(platformOf(env), (_instance, { storage: { sql } }) => {
      const hashes = sql
        .exec<{ hash: string }>('SELECT hash FROM checkpoint_leaf ORDER BY idx')
        .toArray()
        .map(({ hash }) => bytesOfHex(hash) ?? new Uint8Array());
      for (const size of [1, 2, 3, 255, 256, 257, 511, 512, 513, 600, 602]) {
        expect([size, rootOfFirst(sql, size)]).toEqual([size, rootOf(hashes.slice(0, size))]);
        for (const index of [0, 1, 100, 255, 256, 300, 511, 512, size - 1].filter((one) => one < size)) {
          expect([index, size, inclusionIn(sql, index, size)]).toEqual([
            index,
            size,
            inclusionProof(hashes, index, size),
          ]);
        }
        for (const from of [1, 2, 128, 255, 256, 257, 500, 512, size].filter((one) => one <= size)) {
          expect([from, size, consistencyIn(sql, from, size)]).toEqual([
            from,
            size,
            consistencyProof(hashes, from, size),
          ]);
        }
      }
    });
  });
});

it('what is not published yet is not served', async () => {
  const platform = await freshPlatform();
  expect(await platform.logTile('tile/0/000.p/1')).toBeNull();
  await add(platform, 'b1', 3);
  await query(platform, 'UPDATE log_checkpoint SET published_ms = NULL');
  await evictDurableObject(platform);
  expect(await platform.logTile('tile/0/000.p/1')).toBeNull();
  expect(await platform.logTile('tile/entries/000.p/1')).toBeNull();
  await platform.addCheckpoint({ boutId: 'b1', note: await boutNote('b1', 3) });
  expect(await platform.logTile('tile/0/000.p/1')).toHaveLength(32);
});
