import { corner } from '../../shared/wire/corners.ts';
import {
  type Decoded,
  list,
  literal,
  nullable,
  number,
  object,
  otherwise,
  text,
  truth,
} from '../../shared/wire/decode.ts';

/** `GET /api/analytics/leaderboards` */
export const decodeLeaderboard = object({
  measure: text,
  side: literal('own', 'absorbed'),
  method: literal('empirical_bayes', 'wilson_low'),
  unit: literal('per_15_min', 'share'),
  min_bouts: number,
  min_fighters: nullable(number),
  truncated: truth,
  values_versions: otherwise(list(text), []),
  fighters: number,
  qualified: number,
  mean: nullable(number),
  half_weight_minutes: nullable(number),
  unranked: nullable(literal('too_few_fighters', 'no_difference')),
  ranked: list(
    object({
      fighter_id: text,
      rank: number,
      bouts: number,
      minutes: nullable(number),
      raw: number,
      ranked_by: number,
      low: number,
      high: number,
    }),
  ),
});

export type Leaderboard = Decoded<typeof decodeLeaderboard>;

const line = object({
  fighter_id: text,
  bouts: number,
  wins: number,
  losses: number,
  draws: number,
  no_contests: number,
  finishes: number,
  last_bout_date: nullable(text),
});

/** `GET /api/analytics/fighters` */
export const decodeFighters = object({ fighters: list(line), next_cursor: nullable(text) });

export type FighterLine = Decoded<typeof line>;

const share = object({ n: number, rate: nullable(number), low: nullable(number), high: nullable(number) });

const per15 = object({
  bouts: number,
  minutes: number,
  per_15_min: nullable(number),
  low: nullable(number),
  high: nullable(number),
  dispersion: nullable(number),
});

const trend = object({
  measure: text,
  side: literal('own', 'absorbed'),
  points: list(object({ bout_id: text, at_ms: number, per_15_min: number })),
  change_per_year: nullable(number),
  low: nullable(number),
  high: nullable(number),
});

export type Trend = Decoded<typeof trend>;

/** `GET /api/analytics/fighters/{fighter_id}` */
export const decodeProfile = object({
  fighter_id: text,
  truncated: truth,
  record: object({
    bouts: number,
    wins: number,
    losses: number,
    draws: number,
    no_contests: number,
    win_share: share,
    finish_share: share,
    finished_share: share,
    minutes: nullable(number),
  }),
  rates: list(object({ measure: text, own: per15, absorbed: per15 })),
  min_trend_bouts: number,
  trends: list(trend),
  bouts: list(
    object({
      bout_id: text,
      date: nullable(text),
      official_ms: number,
      corner,
      opponent_id: nullable(text),
      outcome: text,
      method: text,
      decision: nullable(text),
      ended_round: nullable(number),
      ended_ms: nullable(number),
    }),
  ),
});

export type Profile = Decoded<typeof decodeProfile>;
