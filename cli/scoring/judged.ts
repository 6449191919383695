import { CORNERS } from '../../domain/corner.ts';
import { type FieldReader, readTable, roundOf, type RoundRow } from './rounds.ts';

const JUDGES = [1, 2, 3] as const;

/** A round with what three judges made of it. */
export type JudgedRound = RoundRow & {
  /** Red's points less blue's by judge, before deductions. */
  readonly margins: readonly number[];
};

/** Whether the table has judges' scores. */
export function hasJudges(rows: readonly FieldReader[]): boolean {
  return JUDGES.every((judge) => CORNERS.every((corner) => rows[0]?.has(`judge${judge}_${corner}_pre`) === true));
}

export function judgedRoundOf(row: FieldReader): JudgedRound {
  const points = (column: string): number => row.number(column) ?? row.fail(column, 'must not be empty');
  return {
    ...roundOf(row),
    margins: JUDGES.map((judge) => points(`judge${judge}_red_pre`) - points(`judge${judge}_blue_pre`)),
  };
}

/** @throws Error naming what is wrong with the file */
export function readJudgedRounds(path: string): JudgedRound[] {
  const rows = readTable(path);
  if (!hasJudges(rows)) throw new Error(`${path} has no judges' scores (judge1_red_pre and its like).`);
  return rows.map(judgedRoundOf);
}

/** A judge's vote for red: 1, 0, or a half for an even round. */
export function voteOf(margin: number): number {
  if (margin === 0) return 0.5;
  return margin > 0 ? 1 : 0;
}

/** Who won on most cards: 1 for red, 0 for blue, null where neither has more. */
export function majorityOf({ margins }: JudgedRound): 0 | 1 | null {
  const red = margins.filter((margin) => margin > 0).length;
  const blue = margins.filter((margin) => margin < 0).length;
  if (red === blue) return null;
  return red > blue ? 1 : 0;
}

/** How many judges had a margin of two points or more. */
export function twoPointCards({ margins }: JudgedRound): number {
  return margins.filter((margin) => Math.abs(margin) >= 2).length;
}
