import { corner } from './corners.ts';
import { type Decoded, list, nullable, number, object, otherwise, text, truth } from './decode.ts';

/** `GET /api/bouts/{id}/recommendations`, as far as it is released to who asks. */

const recommendation = object({
  round_id: number,
  /** Whether the round is over: before, it speaks of the round so far. */
  complete: truth,
  p_red: number,
  p_two_points: number,
  /** Red-blue; null where the rule set has no such score. */
  scorecard: nullable(text),
  too_close: truth,
  reasons: list(object({ corner, words: text, log_odds: number })),
  lacked: otherwise(list(text), []),
  model: text,
  fitted: truth,
  notes: otherwise(list(text), []),
});

/** What the statistics say of a round. */
export type Recommendation = Decoded<typeof recommendation>;

export const decodeRecommendations = object({ bout_id: text, rounds: list(recommendation) });

export type Recommendations = Decoded<typeof decodeRecommendations>;
