import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatVerifierKey, followRotations, parseNote } from '../../../domain/log/index.ts';
import { generateLogKey } from '../../../cli/secrets.ts';
import { readLogKey } from '../../../objects/log-key.ts';
import {
  add,
  asConfigured,
  boutNote,
  complaints,
  freshPlatform,
  openLog,
  opensProof,
  query,
  rotate,
  testKey,
  value,
  verify,
} from './support.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const KEYS_IN_LEDGER =
  "SELECT leaf ->> '$.payload.key' AS key, leaf ->> '$.payload.before' AS before FROM entry WHERE leaf ->> '$.payload.type' = 'log_key'";

describe('a rotation of the log’s key', () => {
  it('is recorded at the first start with the new key, and gives the log a checkpoint of the new one', async () => {
    const platform = await freshPlatform();
    const old = formatVerifierKey(testKey().deployment);
    await add(platform, 'b1', 3);
    const rotated = await rotate();
    const next = value(readLogKey(rotated));
    await asConfigured(platform, rotated, async (instance) => {
      await instance.alarm();
      const opened = await openLog(instance.logCheckpoint(), next.deployment);
      // The ledger's checkpoint with the rotation is the leaf that it has more.
      expect(opened.checkpoint.size).toBe(3);
      expect(instance.verify()).toMatchObject({ valid: true, entries: 2 });
    });
    const keys = await query(platform, KEYS_IN_LEDGER);
    expect(keys).toEqual([
      { key: old, before: null },
      { key: formatVerifierKey(next.deployment), before: old },
    ]);
    // Starting again records nothing more.
    await asConfigured(platform, rotated, async (instance) => await instance.alarm());
    expect(await query(platform, KEYS_IN_LEDGER)).toEqual(keys);
    expect(await query(platform, 'SELECT * FROM job')).toEqual([]);
  });

  it('lets bouts go on, and what an earlier key signed come late or again', async () => {
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    const late = await boutNote('b1', 6);
    const rotated = await rotate();
    const next = value(readLogKey(rotated));
    await asConfigured(platform, rotated, async (instance) => {
      // Signed before the rotation, sent after it.
      const added = value(await instance.addCheckpoint({ boutId: 'b1', note: late }));
      expect(added).toMatchObject({ isDuplicate: false });
      await opensProof(added.proof, late, next.deployment);
      // The same checkpoint, signed anew.
      const again = await boutNote('b1', 6, 'b1', next);
      expect(again).not.toBe(late);
      expect(value(await instance.addCheckpoint({ boutId: 'b1', note: again }))).toMatchObject({
        index: added.index,
        isDuplicate: true,
      });
      const newest = value(await instance.addCheckpoint({ boutId: 'b1', note: await boutNote('b1', 9, 'b1', next) }));
      expect(newest.index).toBeGreaterThan(added.index);
    });
  });

  it('leaves a verifier with the old key a way to the new, and one with the new key a way to what is older', async () => {
    const platform = await freshPlatform();
    const old = testKey();
    const note = await boutNote('b1', 3);
    const before = value(await platform.addCheckpoint({ boutId: 'b1', note }));
    const rotated = await rotate();
    const next = value(readLogKey(rotated));
    await asConfigured(platform, rotated, async (instance, state) => {
      await instance.alarm();
      const reached = value(await followRotations(old.deployment, next.rotations, verify));
      expect(reached.map(formatVerifierKey)).toEqual(
        [old, next].map(({ deployment }) => formatVerifierKey(deployment)),
      );
      // With the old key alone, the new checkpoint says nothing; with the new one alone, the old checkpoint does not.
      await expect(openLog(instance.logCheckpoint(), old.deployment)).rejects.toThrow(/none of the known keys/);
      await expect(opensProof(before.proof, note, next.deployment)).rejects.toThrow(/none of the known keys/);
      // But the log that the new key signs has the older checkpoint as a leaf.
      // Also where witnesses cosigned the older one only.
      state.storage.sql.exec("INSERT INTO cosignature (size, witness, line) VALUES (2, 'w', '— w AAAAAAAAAAAA')");
      const proof = instance.proofOf('b1', 3);
      expect((await opensProof(proof, note, next.deployment)).checkpoint.size).toBe(3);
    });
  });

  it('that no note leads to stops the log, until one does', async () => {
    const complained = complaints();
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    const stranger = generateLogKey('log.test');
    const other = await rotate(value(readLogKey({ LOG_KEY: generateLogKey('log.test') })));
    for (const over of [{ LOG_KEY: stranger }, { LOG_KEY: stranger, LOG_ROTATIONS: other.LOG_ROTATIONS }, other]) {
      const key = value(readLogKey(over));
      await asConfigured(platform, over, async (instance) => {
        await instance.alarm();
        expect((await instance.logHealth()).faults.join(' ')).toMatch(
          /LOG_ROTATIONS does not lead to it|not this deployment's/,
        );
        const note = await boutNote('b1', 6, 'b1', key);
        expect(await instance.addCheckpoint({ boutId: 'b1', note })).toMatchObject({ code: 'unavailable' });
      });
    }
    expect(complained.lines()).toContain('LOG_ROTATIONS does not lead to it');
    expect(await query(platform, 'SELECT count(*) AS n FROM checkpoint_leaf')).toEqual([{ n: 2 }]);
    expect((await openLog(await platform.logCheckpoint())).checkpoint.size).toBe(2);
    expect(await add(platform, 'b1', 6)).toMatchObject({ isDuplicate: false, proof: expect.any(String) });
  });

  it('with a forged or broken note stops it too', async () => {
    complaints();
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    const rotated = await rotate();
    const [note = ''] = JSON.parse(rotated.LOG_ROTATIONS) as string[];
    const { text, signatures } = value(parseNote(note));
    const one = `${text}\n${signatures[1]?.line ?? ''}\n`;
    const swapped = note.replace(/.$/m, '!');
    for (const LOG_ROTATIONS of [JSON.stringify([one]), JSON.stringify([swapped]), '[]', '', 'nonsense', '[1]']) {
      await asConfigured(platform, { ...rotated, LOG_ROTATIONS }, async (instance) => {
        await instance.alarm();
        const key = readLogKey({ LOG_KEY: rotated.LOG_KEY });
        const added = await instance.addCheckpoint({ boutId: 'b1', note: await boutNote('b1', 6, 'b1', value(key)) });
        expect([LOG_ROTATIONS, added]).toMatchObject([LOG_ROTATIONS, { code: 'unavailable' }]);
      });
    }
    expect(await query(platform, KEYS_IN_LEDGER)).toHaveLength(1);
  });

  it('can follow another, and lead back to a key that was in use before', async () => {
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    const first = await rotate();
    const second = await rotate(value(readLogKey(first)));
    await asConfigured(platform, second, async (instance) => {
      await instance.alarm();
      expect((await openLog(instance.logCheckpoint(), value(readLogKey(second)).deployment)).checkpoint.size).toBe(3);
    });
    expect(env.LOG_ROTATIONS).toBeUndefined();
    expect(await query(platform, KEYS_IN_LEDGER)).toHaveLength(2);
  });
});
