import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { logOrigin, readLogKey, signCheckpoint } from '../../../objects/log-key.ts';
import type { Platform } from '../../../objects/platform/index.ts';
import { ANCHOR_KEY } from '../../../objects/platform/log/anchor.ts';
import { generateLogKey } from '../../../cli/secrets.ts';
import {
  add,
  boutNote,
  brokenBucket,
  asConfigured,
  complaints,
  freshPlatform,
  openLog,
  opensProof,
  query,
  rootFor,
  runDue,
  testKey,
  value,
} from './support.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

async function anchor(): Promise<string | null> {
  return (await (await env.ARCHIVE.get(ANCHOR_KEY))?.text()) ?? null;
}

/** Takes the storage back to an earlier state, as a restored backup would: all that came after `size` leaves is gone. */
async function setBack(platform: DurableObjectStub<Platform>, size: number): Promise<void> {
  await query(platform, 'DELETE FROM checkpoint_leaf WHERE idx >= ?', size);
  await query(platform, 'DELETE FROM log_checkpoint WHERE size > ?', size);
  await evictDurableObject(platform);
}

async function isSilent(platform: DurableObjectStub<Platform>, why: string): Promise<void> {
  const before = await query(platform, 'SELECT * FROM log_checkpoint');
  const anchored = await anchor();
  expect((await platform.logHealth()).faults).toEqual([expect.stringContaining(why)]);
  for (const [boutId, size] of [
    ['b1', 50],
    ['new', 1],
  ] as const) {
    expect(await platform.addCheckpoint({ boutId, note: await boutNote(boutId, size) })).toMatchObject({
      ok: false,
      code: 'unavailable',
      detail: expect.stringContaining(why),
    });
  }
  expect(await query(platform, 'SELECT * FROM log_checkpoint')).toEqual(before);
  expect(await anchor()).toBe(anchored);
}

describe('the anchor', () => {
  it('is the newest published checkpoint, and stands before anybody reads it', async () => {
    const platform = await freshPlatform();
    for (const size of [3, 6, 9]) {
      await add(platform, 'b1', size);
      expect(await anchor()).toBe(await platform.logCheckpoint());
    }
  });

  it('that is newer than the storage stops the log', async () => {
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    await add(platform, 'b1', 6);
    await setBack(platform, 2);
    await isSilent(platform, 'its storage was set back');
    await evictDurableObject(platform);
    await isSilent(platform, 'its storage was set back');
  });

  it('that is newer than an empty storage stops it too', async () => {
    const before = await freshPlatform();
    await add(before, 'b1', 3);
    const anew = env.PLATFORM.getByName(crypto.randomUUID());
    await isSilent(anew, 'its storage was set back');
  });

  it('of another root at the same size stops it', async () => {
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    const key = testKey();
    const forked = await signCheckpoint(key, { origin: logOrigin(key), size: 2, root: rootFor('other') });
    await env.ARCHIVE.put(ANCHOR_KEY, forked);
    await evictDurableObject(platform);
    await isSilent(platform, 'it has forked');
  });

  it('of an earlier size and another root stops it', async () => {
    const platform = await freshPlatform();
    for (const size of [3, 6, 9]) await add(platform, 'b1', size);
    const key = testKey();
    await env.ARCHIVE.put(
      ANCHOR_KEY,
      await signCheckpoint(key, { origin: logOrigin(key), size: 3, root: rootFor('x') }),
    );
    await evictDurableObject(platform);
    await isSilent(platform, 'it has forked');
  });

  it('that this deployment did not sign stops it', async () => {
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    const stranger = value(readLogKey({ LOG_KEY: generateLogKey('log.test') }));
    for (const note of [
      'nonsense',
      await signCheckpoint(stranger, { origin: logOrigin(stranger), size: 1, root: rootFor('x') }),
      await boutNote('b1', 3),
    ]) {
      await env.ARCHIVE.put(ANCHOR_KEY, note);
      await evictDurableObject(platform);
      await isSilent(platform, "not this deployment's");
    }
  });

  it('that is older than the storage is brought up to it', async () => {
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    const older = await anchor();
    await add(platform, 'b1', 6);
    await env.ARCHIVE.put(ANCHOR_KEY, older ?? '');
    await evictDurableObject(platform);
    const added = await add(platform, 'b1', 9);
    expect((await opensProof(added.proof, await boutNote('b1', 9))).checkpoint.size).toBe(4);
    expect(await anchor()).toBe(await platform.logCheckpoint());
  });

  it('that was written beside while the object was awake is not overwritten', async () => {
    complaints();
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    const key = testKey();
    const beside = await signCheckpoint(key, { origin: logOrigin(key), size: 90, root: rootFor('x') });
    await env.ARCHIVE.put(ANCHOR_KEY, beside);
    // The leaf is stored before R2 refuses; nobody reads what was signed over it.
    expect(await add(platform, 'b1', 6)).toMatchObject({ index: 2, proof: null });
    expect(await anchor()).toBe(beside);
    expect((await openLog(await platform.logCheckpoint())).checkpoint.size).toBe(2);
    await isSilent(platform, 'its storage was set back');
  });

  it('mended by hand lets the log go on, without a restart', async () => {
    complaints();
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    const right = await anchor();
    await env.ARCHIVE.put(ANCHOR_KEY, 'nonsense');
    await evictDurableObject(platform);
    await isSilent(platform, "not this deployment's");
    await env.ARCHIVE.put(ANCHOR_KEY, right ?? '');
    expect((await platform.logHealth()).faults).toEqual([]);
    expect((await add(platform, 'b1', 6)).proof).not.toBeNull();
  });
});

describe('stored bytes that have changed', () => {
  it('are found before they are signed for, and nothing is signed any more', async () => {
    complaints();
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    await asConfigured(platform, { ARCHIVE: brokenBucket('get', 'put') }, async (instance) => {
      await add(instance, 'b1', 6);
    });
    await query(platform, "UPDATE checkpoint_leaf SET note = replace(note, 'b1', 'b2') WHERE idx = 2");
    await runDue(platform);
    expect((await openLog(await platform.logCheckpoint())).checkpoint.size).toBe(2);
    expect((await platform.logHealth()).faults).toEqual(['The log does not check out from leaf 2 on.']);
    expect((await platform.logHealth()).jobs.failing).toMatchObject([{ job: 'publish' }]);
  });

  it('are found in the stored hashes and frontier as well', async () => {
    for (const change of [
      'UPDATE checkpoint_leaf SET hash = (SELECT hash FROM checkpoint_leaf WHERE idx = 1) WHERE idx = 0',
      "UPDATE log_checkpoint SET frontier = '0'",
      "UPDATE log_checkpoint SET root = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='",
    ]) {
      complaints();
      const platform = await freshPlatform();
      await add(platform, 'b1', 3);
      await query(platform, change);
      expect([change, await add(platform, 'b1', 6)]).toMatchObject([change, { proof: null }]);
      expect([change, (await platform.logHealth()).faults.length]).toEqual([change, 1]);
      expect((await openLog(await platform.logCheckpoint())).checkpoint.size).toBe(2);
    }
  });
});
