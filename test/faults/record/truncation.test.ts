import { createPrivateKey, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Report, buildArchive } from '../../../domain/archive/index.ts';
import { parseVerifierKey } from '../../../domain/log/index.ts';
import type { StoredRow } from '../../../domain/ledger/index.ts';
import { checkpointOf, type Files, filesOf, newLogKey, type TestKey, verifyFiles } from '../../support/archive.ts';
import { download, rowsIn } from './run/archive.ts';
import { type Bout, endRound, decide, seal } from './run/bout.ts';
import { openStage, type Stage } from './run/stage.ts';
import { settled } from './run/stops.ts';
import { fought, say } from './run/whole.ts';

describe('a record whose end was cut off', () => {
  let stage: Stage;
  let bout: Bout;
  let rows: readonly StoredRow[] = [];
  /** What somebody outside fetched while the bout was running. */
  const held: string[] = [];
  let key: TestKey;

  beforeAll(async () => {
    stage = await openStage();
    bout = await fought(stage, 'cut');
    for (const step of [endRound, decide, seal]) {
      await step(stage, bout);
      await settled(stage, [bout]);
      held.push(await checkpointIn(stage, bout));
    }
    rows = rowsIn(await download(stage, bout));
    key = keyOf(stage);
  });
  afterAll(async () => await stage.end());

  it('is broken at every entry, where the log’s key was not at hand', async () => {
    const stranger = newLogKey(key.key.name);
    for (let size = 1; size < rows.length; size += 1) {
      const cut = rows.slice(0, size);
      const underOld = await verifyFiles(made(cut, held.at(-1) ?? ''), key);
      expect({ size, verdict: underOld.verdict, says: says(underOld, 'truncated') }).toEqual({
        size,
        verdict: 'broken',
        says: true,
      });
      const resigned = await verifyFiles(made(cut, await checkpointOf(cut, stranger, `bout/${bout.id}`)), key);
      expect({ size, verdict: resigned.verdict, says: says(resigned, 'signed_by_other') }).toEqual({
        size,
        verdict: 'broken',
        says: true,
      });
    }
    say(`cut at each of ${rows.length - 1} entries, without the key and with it`);
  }, 60_000);

  it('is broken at every entry, where it was signed anew with the key, for whoever kept a receipt or a checkpoint', async () => {
    const sizes = held.map((note) => Number(note.split('\n')[1]));
    for (let size = 1; size < rows.length; size += 1) {
      const cut = rows.slice(0, size);
      const files = made(cut, await checkpointOf(cut, key, `bout/${bout.id}`));
      const alone = await verifyFiles(files, key);
      expect({ size, verdict: alone.verdict, says: says(alone, 'not_sealed') }).toEqual({
        size,
        verdict: 'incomplete',
        says: true,
      });
      // One receipt of what was cut off is enough, whichever it is.
      for (const receipt of bout.receipts.filter(({ index }) => index >= size)) {
        const report = await verifyFiles(files, key, { receipts: [receipt] });
        expect({ size, verdict: report.verdict, says: says(report, 'receipt_beyond') }).toEqual({
          size,
          verdict: 'broken',
          says: true,
        });
        if (receipt.index > size + 1) break;
      }
      for (const [at, note] of held.entries()) {
        const report = await verifyFiles(files, key, { checkpoints: [note] });
        expect({ size, at, verdict: report.verdict }).toEqual({
          size,
          at,
          verdict: (sizes[at] ?? 0) > size ? 'broken' : 'incomplete',
        });
      }
    }
  }, 60_000);
});

/** What whoever cuts would hand over: all that these entries still make, where they make anything. */
function made(rows: readonly StoredRow[], checkpoint: string): Files {
  return filesOf(buildArchive({ rows, people: [], checkpoint, rotations: [] }));
}

function says({ findings }: Report, code: string): boolean {
  return findings.some((finding) => finding.code === code);
}

async function checkpointIn({ url, people }: Stage, { id }: Bout): Promise<string> {
  const answer = await fetch(`${url}/api/bouts/${id}/checkpoint`, {
    headers: { authorization: `Bearer ${people.supervisor}` },
  });
  if (!answer.ok) throw new Error(`no checkpoint of ${id}: ${answer.status}`);
  return await answer.text();
}

/** The deployment's own key, as whoever stole it has it. */
function keyOf({ logKey, key: text }: Stage): TestKey {
  const key = parseVerifierKey(text);
  if (!key.ok) throw new Error(key.detail);
  const privateKey = createPrivateKey({ key: JSON.parse(logKey), format: 'jwk' });
  return { key: key.value, text, sign: async (message) => new Uint8Array(sign(null, message, privateKey)) };
}
