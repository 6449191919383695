import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { factLines, findingText, verifyArchive, verdictWords } from '../../../domain/archive/index.ts';
import { utf8Bytes } from '../../../domain/ledger/index.ts';
import {
  archiveOf,
  checkpointOf,
  type Files,
  flipAll,
  newLogKey,
  rowsOf,
  sealBook,
  smallBout,
  sourceOf,
  verifyFiles,
} from '../../support/archive.ts';
import { stampOf } from '../../support/timestamp.ts';
import { GOLDEN_NOTE, goldenReply } from '../timestamp/golden.ts';

const FILE = 'checkpoint.tsr';
const CLAIMED_MS = Date.UTC(2026, 10, 21, 18, 16, 13);
const rows = rowsOf(sealBook(smallBout()));
const key = newLogKey();

async function stamped(over: Parameters<typeof stampOf>[1] = {}): Promise<Files> {
  const { files } = await archiveOf(rows, key);
  return new Map(files).set(FILE, stampOf(files.get('checkpoint') ?? new Uint8Array(), over));
}

describe('a time stamp in an archive', () => {
  it('of the checkpoint is told with its time and the name that it gives itself, and the record is proven', async () => {
    const report = await verifyFiles(await stamped(), key);
    expect(report).toMatchObject({ verdict: 'proven', findings: [] });
    expect(report.facts.timestamp).toEqual({ claimedMs: CLAIMED_MS, signature: 'holds', authority: 'Test TSA' });
    const line = factLines(report).at(-1);
    expect(line).toContain('“Test TSA” says that this checkpoint existed at 2026-11-21 18:16:13 UTC');
    expect(line).toContain('for you to check: openssl ts -verify');
  });

  it('with a signature that nobody here can check is told as that', async () => {
    const report = await verifyFiles(await stamped({ certificates: [] }), key);
    expect(report.verdict).toBe('proven');
    expect(report.facts.timestamp).toEqual({ claimedMs: CLAIMED_MS, signature: 'unchecked', authority: null });
    expect(factLines(report).at(-1)).toContain('Its signature was not checked here');
  });

  it('of an older checkpoint, of another bout, cut, forged or no token at all breaks the record, and is named', async () => {
    const { files } = await archiveOf(rows, key);
    const good = (await stamped()).get(FILE) ?? new Uint8Array();
    const stamps: readonly (readonly [string, Uint8Array])[] = [
      ['of other bytes', stampOf(utf8Bytes(await checkpointOf(rows.slice(0, 5), key)))],
      ['of other bytes', stampOf(utf8Bytes(await checkpointOf(rows, key, 'bout/bout_9')))],
      ['of other bytes', goldenReply()],
      ['no TimeStampResp', good.slice(0, -1)],
      ['no TimeStampResp', new Uint8Array()],
      ['no TimeStampResp', utf8Bytes('a time stamp')],
      ['not what was signed', (await stamped({ digestOf: utf8Bytes('another time') })).get(FILE) ?? good],
      ['signature is false', good.with(good.length - 1, (good.at(-1) ?? 0) ^ 1)],
    ];
    for (const [why, bytes] of stamps) {
      const report = await verifyFiles(new Map(files).set(FILE, bytes), key);
      const [finding, ...more] = report.findings;
      expect(finding).toMatchObject({ code: 'timestamp_false', file: FILE, detail: expect.stringContaining(why) });
      expect(finding?.detail).not.toContain('reply');
      expect(more).toEqual([]);
      expect(report).toMatchObject({ verdict: 'broken', facts: { timestamp: null } });
      expect(verdictWords(report).title).toBe('Broken');
      expect(finding && findingText(finding).words).toContain('not one of this checkpoint');
    }
  });

  it('is told of where the record is not proven too, and not missed where there is none', async () => {
    const live = rows.slice(0, 6);
    const { files } = await archiveOf(live, key);
    const stamp = stampOf(files.get('checkpoint') ?? new Uint8Array());
    const report = await verifyFiles(new Map(files).set(FILE, stamp), key);
    expect(report).toMatchObject({ verdict: 'incomplete', facts: { timestamp: { claimedMs: CLAIMED_MS } } });
    expect((await verifyFiles(files, key)).facts.timestamp).toBeNull();
    const without = new Map(files).set(FILE, stamp);
    without.delete('checkpoint');
    expect((await verifyFiles(without, key)).findings.map(({ file }) => file)).toEqual(['checkpoint']);
  });

  it('of openssl is read, whatever else there is of the record', async () => {
    const files = new Map([
      ['checkpoint', GOLDEN_NOTE],
      [FILE, goldenReply()],
    ]);
    const report = await verifyArchive(sourceOf(files), { key: null, subtle: webcrypto.subtle });
    expect(report.facts.timestamp).toMatchObject({ signature: 'holds', authority: 'Test TSA, FightJudge' });
  });

  it('with a flipped bit is found, or is still one of this checkpoint at this time', async () => {
    const whole = await stamped();
    const files = new Map([...whole].filter(([path]) => !path.endsWith('.json')));
    let found = 0;
    const flips = await flipAll(
      { files, key },
      (flip, { facts, findings }) => {
        const named = findings.some(({ code, file }) => code === 'timestamp_false' && file === FILE);
        found += named ? 1 : 0;
        expect({ flip, named, claimedMs: facts.timestamp?.claimedMs ?? null }).toEqual({
          flip,
          named,
          claimedMs: named ? null : CLAIMED_MS,
        });
      },
      (path) => (path === FILE ? 17 : 0),
    );
    expect(found / flips).toBeGreaterThan(0.9);
  });
});
