import { type Decoded, list, nullable, number, object, text, truth } from '../../shared/wire/decode.ts';

const rate = object({ n: number, rate: nullable(number), low: nullable(number), high: nullable(number) });

export type Rate = Decoded<typeof rate>;

const mean = object({ n: number, mean: nullable(number), low: nullable(number), high: nullable(number) });

export type Mean = Decoded<typeof mean>;

const judge = object({
  judge_id: text,
  rounds: number,
  bouts: number,
  enough_rounds: truth,
  agreement: object({ majority: rate, exact: rate }),
  bias: object({ red_against_colleagues: mean }),
  two_point: object({ given: rate, alone: rate }),
  rank: nullable(number),
});

export type JudgeLine = Decoded<typeof judge>;

/** `GET /api/analytics/judges` */
export const decodeJudges = object({
  min_rounds: number,
  truncated: truth,
  panel: object({ rounds: number, same_winner: rate, same_score: rate, unanimous: rate }),
  judges: list(judge),
});

const flag = object({
  kind: text,
  bout_id: text,
  round_id: nullable(number),
  question: text,
});

/** `GET /api/analytics/discrepancies` */
export const decodeDiscrepancies = object({ flags: list(flag), next_cursor: nullable(text) });
