import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addSignatures, leafHash, openCheckpoint, parseNote, rootOf, signNote } from '../../../domain/log/index.ts';
import { utf8Bytes } from '../../../domain/ledger/index.ts';
import type { AddedCheckpoint } from '../../../objects/platform/index.ts';
import { boutOrigin, ledgerOrigin, readLogKey } from '../../../objects/log-key.ts';
import { generateLogKey } from '../../../cli/secrets.ts';
import {
  add,
  asConfigured,
  boutNote,
  brokenBucket,
  complaints,
  crashed,
  freshPlatform,
  keyOf,
  openLog,
  opensProof,
  query,
  runDue,
  testKey,
  value,
  verify,
} from './support.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const by = { subject: 'admin', role: 'admin', seat: null, device: null } as const;

describe('a bout’s checkpoint', () => {
  it('becomes a leaf, byte for byte, and is answered with its proof', async () => {
    const platform = await freshPlatform();
    const note = await boutNote('b1', 7);
    const added = value(await platform.addCheckpoint({ boutId: 'b1', note }));
    expect(added).toMatchObject({ index: 0, isDuplicate: false });
    const { checkpoint } = await opensProof(added.proof, note);
    // The deployment's own ledger stands beside it: its first entry says which key signs.
    expect(checkpoint).toMatchObject({ origin: 'log.test/log', size: 2 });
    expect(await query(platform, 'SELECT note FROM checkpoint_leaf WHERE idx = 0')).toEqual([{ note }]);
    expect(await openLog(await platform.logCheckpoint())).toMatchObject({ checkpoint });
  });

  it('comes again with the first answer: at once, after an eviction, and when a newer one has been added', async () => {
    const platform = await freshPlatform();
    const first = await add(platform, 'b1', 3);
    expect(await add(platform, 'b1', 3)).toEqual({ ...first, isDuplicate: true });
    await evictDurableObject(platform);
    expect(await add(platform, 'b1', 3)).toEqual({ ...first, isDuplicate: true });
    const second = await add(platform, 'b1', 9);
    const again = await add(platform, 'b1', 3);
    expect(again).toMatchObject({ index: first.index, isDuplicate: true });
    expect((await opensProof(again.proof, await boutNote('b1', 3))).checkpoint.size).toBe(second.index + 1);
  });

  it('of another root at a known size, or of a smaller size, is a fork and leaves nothing', async () => {
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    await add(platform, 'b1', 9);
    const before = await query(platform, 'SELECT * FROM checkpoint_leaf');
    for (const note of [await boutNote('b1', 9, 'other'), await boutNote('b1', 3, 'other'), await boutNote('b1', 5)]) {
      expect(await platform.addCheckpoint({ boutId: 'b1', note })).toMatchObject({
        ok: false,
        code: 'conflict',
        detail: expect.stringContaining('fork'),
        errors: [{ field: 'note' }],
      });
    }
    expect(await query(platform, 'SELECT * FROM checkpoint_leaf')).toEqual(before);
  });

  it('is refused in another bout’s name, from another key, with other lines and of sizes that are none', async () => {
    const platform = await freshPlatform();
    const key = testKey();
    const origin = boutOrigin(key, 'b1');
    const stranger = value(readLogKey({ LOG_KEY: generateLogKey('log.test') }));
    const good = await boutNote('b1', 3);
    const text = value(parseNote(good)).text;
    const signed = async (body: string) =>
      await signNote(body, { name: origin, publicKey: key.deployment.publicKey }, key.sign);
    const two = value(
      addSignatures(
        good,
        value(parseNote(await boutNote('b1', 3, 'b1', stranger))).signatures.map(({ line }) => line),
      ),
    );
    const cases: readonly (readonly [what: string, boutId: string, note: string, field: string])[] = [
      ['another bout’s', 'b2', good, 'note'],
      ['another key’s', 'b1', await boutNote('b1', 3, 'b1', stranger), 'note'],
      ['two signatures', 'b1', two, 'note'],
      ['an extension', 'b1', await signed(`${text}more\n`), 'note'],
      ['another origin inside', 'b1', await signed(text.replace('/b1', '/b2')), 'note'],
      ['2^53', 'b1', await signed(text.replace('\n3\n', `\n${2n ** 53n}\n`)), 'note'],
      ['2^64', 'b1', await signed(text.replace('\n3\n', `\n${2n ** 64n}\n`)), 'note'],
      ['a leading zero', 'b1', await signed(text.replace('\n3\n', '\n03\n')), 'note'],
      ['a negative size', 'b1', await signed(text.replace('\n3\n', '\n-3\n')), 'note'],
      ['1e3', 'b1', await signed(text.replace('\n3\n', '\n1e3\n')), 'note'],
      ['nothing', 'b1', '', 'note'],
      ['a changed byte', 'b1', good.replace('\n3\n', '\n4\n'), 'note'],
      ['no id', 'b/1', good, 'bout_id'],
    ];
    for (const [what, boutId, note, field] of cases) {
      const outcome = await platform.addCheckpoint({ boutId, note });
      expect([what, outcome]).toMatchObject([what, { ok: false, errors: [{ field }] }]);
      expect([what, outcome.ok ? '' : outcome.code]).toEqual([what, expect.toBeOneOf(['bad_request', 'forbidden'])]);
    }
    expect(await query(platform, 'SELECT * FROM checkpoint_leaf')).toEqual([]);
    expect(await platform.logCheckpoint()).toBeNull();
    expect(await platform.proofOf('b1', 3)).toBeNull();
  });

  it('is refused where there is no key, and says so', async () => {
    const complained = complaints();
    const platform = await freshPlatform();
    const note = await boutNote('b1', 3);
    for (const LOG_KEY of ['', '{}', 'nonsense', '{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA","name":"n"}']) {
      await asConfigured(platform, { LOG_KEY }, async (instance) => {
        expect(await instance.addCheckpoint({ boutId: 'b1', note })).toMatchObject({ ok: false, code: 'unavailable' });
        expect((await instance.logHealth()).keyProblem).toContain('LOG_KEY');
      });
    }
    expect(complained.lines()).toContain('LOG_KEY is not set');
  });
});

describe('many bouts at once', () => {
  it('each get their place and a proof, under few checkpoints', async () => {
    const platform = await freshPlatform();
    const ids = Array.from({ length: 40 }, (_none, n) => `b${n}`);
    // Signed before: they are to come all at once, however busy the machine is.
    const notes = await Promise.all(ids.map(async (id) => await boutNote(id, 5)));
    const outcomes = await Promise.all(
      ids.map(async (boutId, n) => await platform.addCheckpoint({ boutId, note: notes[n] ?? '' })),
    );
    const added = outcomes.map((outcome) => value<AddedCheckpoint>(outcome));
    expect(added.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([
      0,
      ...Array.from({ length: 39 }, (_none, n) => n + 2),
    ]);
    for (const n of ids.keys()) {
      const { checkpoint } = await opensProof(added[n]?.proof ?? null, notes[n] ?? '');
      expect(checkpoint.size).toBeGreaterThan(added[n]?.index ?? Infinity);
    }
    const signed = await query(platform, 'SELECT size FROM log_checkpoint');
    expect(signed.length).toBeLessThan(20);
    expect(await query(platform, 'SELECT * FROM job')).toEqual([]);
  });

  it('and the same one many times, at different sizes, make one leaf each', async () => {
    const platform = await freshPlatform();
    const sizes = [3, 3, 3, 8, 8, 8];
    const outcomes = await Promise.all(
      sizes.map(async (size) => await platform.addCheckpoint({ boutId: 'b1', note: await boutNote('b1', size) })),
    );
    expect(outcomes.filter((one) => one.ok && !one.value.isDuplicate).length).toBe(2);
    expect(await query(platform, 'SELECT size FROM checkpoint_leaf WHERE bout_id IS NOT NULL ORDER BY idx')).toEqual([
      { size: 3 },
      { size: 8 },
    ]);
  });
});

describe('a crash', () => {
  it('between the leaf and its publication is mended by the job', async () => {
    complaints();
    let platform = await freshPlatform();
    const note = await boutNote('b1', 3);
    // R2 never answers: the leaf is stored, the rest is owed.
    await asConfigured(platform, { ARCHIVE: brokenBucket('get', 'put') }, async (instance) => {
      expect(value(await instance.addCheckpoint({ boutId: 'b1', note }))).toMatchObject({ index: 0, proof: null });
    });
    expect(await platform.logCheckpoint()).toBeNull();
    platform = await crashed(platform);
    await runDue(platform);
    const proof = await platform.proofOf('b1', 3);
    expect((await opensProof(proof, note)).checkpoint.size).toBe(2);
    expect(await query(platform, 'SELECT * FROM job')).toEqual([]);
  });

  it('after signing and before the anchor leaves a checkpoint that nobody has seen, and the next overtakes it', async () => {
    complaints();
    let platform = await freshPlatform();
    await asConfigured(platform, { ARCHIVE: brokenBucket('put') }, async (instance) => {
      expect(value(await instance.addCheckpoint({ boutId: 'b1', note: await boutNote('b1', 3) })).proof).toBeNull();
      expect(instance.logCheckpoint()).toBeNull();
    });
    expect(await query(platform, 'SELECT size, published_ms FROM log_checkpoint')).toEqual([
      { size: 2, published_ms: null },
    ]);
    platform = await crashed(platform);
    const added = await add(platform, 'b2', 4);
    expect((await opensProof(added.proof, await boutNote('b2', 4))).checkpoint.size).toBe(3);
    expect((await opensProof(await platform.proofOf('b1', 3), await boutNote('b1', 3))).checkpoint.size).toBe(3);
  });

  it('after the anchor and before the storage knows leaves both equal, and goes on', async () => {
    const platform = await freshPlatform();
    const first = await add(platform, 'b1', 3);
    await query(platform, 'UPDATE log_checkpoint SET published_ms = NULL');
    await evictDurableObject(platform);
    expect(await platform.logCheckpoint()).toBeNull();
    expect(await add(platform, 'b1', 3)).toEqual({ ...first, isDuplicate: true });
  });
});

it('a crash in the middle of many additions loses none that was answered, and doubles none that is sent again', async () => {
  complaints();
  let platform = await freshPlatform();
  const ids = Array.from({ length: 12 }, (_none, n) => `b${n}`);
  const answered = new Map<string, number>();
  for (let round = 0; round < 4; round += 1) {
    const under = platform;
    const adding = ids.map(async (id) => {
      const { index } = await add(under, id, 5);
      expect([id, answered.get(id) ?? index]).toEqual([id, index]);
      answered.set(id, index);
    });
    // Cut somewhere on the way: as soon as the first has its answer.
    if (round < 3) await Promise.race(adding);
    if (round < 3) platform = await crashed(platform);
    await Promise.allSettled(adding);
  }
  expect(answered.size).toBe(ids.length);
  expect(await query(platform, 'SELECT count(*) AS n, count(DISTINCT bout_id) AS bouts FROM checkpoint_leaf')).toEqual([
    { n: ids.length + 1, bouts: ids.length },
  ]);
  for (const id of ids) await opensProof(await platform.proofOf(id, 5), await boutNote(id, 5));
});

describe('the deployment’s own ledger', () => {
  it('gets a checkpoint with each bout’s, where it has grown, over its entries’ hashes', async () => {
    const platform = await freshPlatform();
    expect(await platform.ledgerCheckpoint()).toBeNull();
    await add(platform, 'b1', 3);
    await add(platform, 'b1', 5);
    expect(await query(platform, 'SELECT bout_id, size FROM checkpoint_leaf ORDER BY idx')).toEqual([
      { bout_id: 'b1', size: 3 },
      { bout_id: null, size: 1 },
      { bout_id: 'b1', size: 5 },
    ]);
    for (const boutId of ['b1', 'b2']) await platform.recordBout({ boutId, cardId: null, by });
    await evictDurableObject(platform);
    await add(platform, 'b2', 3);
    const note = (await platform.ledgerCheckpoint()) ?? '';
    const opened = value(await openCheckpoint(note, keyOf(ledgerOrigin(testKey())), verify));
    expect(opened.checkpoint.size).toBe(3);
    const leaves = await query(platform, 'SELECT leaf FROM entry ORDER BY idx');
    const hashes = leaves.map(({ leaf }) => leafHash(utf8Bytes(String(leaf))));
    expect(opened.checkpoint.root).toEqual(rootOf(hashes));
    expect(await query(platform, 'SELECT note FROM checkpoint_leaf WHERE bout_id IS NULL AND size = 3')).toEqual([
      { note },
    ]);
    expect(await platform.verify()).toMatchObject({ valid: true, entries: 3 });
  });

  it('gets one and no more where several bouts come while it is signed', async () => {
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    await platform.recordBout({ boutId: 'b1', cardId: null, by });
    await runInDurableObject(platform, async (instance) => {
      await Promise.all(['b2', 'b3', 'b4'].map(async (boutId) => await add(instance, boutId, 3)));
    });
    expect(await query(platform, 'SELECT size FROM checkpoint_leaf WHERE bout_id IS NULL ORDER BY idx')).toEqual([
      { size: 1 },
      { size: 2 },
    ]);
  });

  it('gets none where an entry is not what was stored; the bouts’ go on, and health says so', async () => {
    const platform = await freshPlatform();
    await platform.recordBout({ boutId: 'b1', cardId: null, by });
    await query(platform, "UPDATE entry SET leaf = replace(leaf, 'b1', 'b2') WHERE idx = 0");
    const added = await add(platform, 'b1', 3);
    expect((await opensProof(added.proof, await boutNote('b1', 3))).checkpoint.size).toBe(1);
    expect(await platform.ledgerCheckpoint()).toBeNull();
    expect((await platform.logHealth()).faults).toEqual([
      expect.stringContaining('ledger does not check out from entry 0'),
    ]);
  });
});
