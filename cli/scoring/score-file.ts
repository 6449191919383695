import { realpathSync } from 'node:fs';
import { assessBy, MMA_MODEL } from '../../domain/scoring/index.ts';
import { csvField } from './csv.ts';
import { readTable, roundOf } from './rounds.ts';
import { replaceFile } from './replace-file.ts';

export const SCORE_HEADER = 'bout_id,round,p_red,margin2,card,too_close';

/**
 * Reads rounds and writes what judges would make of each, in the order in which they came.
 * @throws Error naming the row and column that are wrong; nothing is written then
 */
export function scoreFile(from: string, to: string): void {
  if (isSameFile(from, to)) throw new Error(`${to} is the file of rounds itself; say another for --out.`);
  const lines = readTable(from).map((row) => {
    const { boutId, input } = roundOf(row);
    const { pRed, margin2, card, tooClose } = assessBy(MMA_MODEL, input);
    return [csvField(boutId), input.round, pRed.toFixed(6), margin2.toFixed(6), card, tooClose].join(',');
  });
  replaceFile(to, `${[SCORE_HEADER, ...lines].join('\n')}\n`);
}

function isSameFile(from: string, to: string): boolean {
  try {
    return realpathSync(from) === realpathSync(to);
  } catch {
    // One of them is not there: reading says so of the first, and the second is about to be made.
    return false;
  }
}
