import { recommendationFor, roundStatus } from '../../../domain/bout/index.ts';
import { ok, refuse } from '../../../domain/refusal.ts';
import { inAudience, type Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { seesRecommendation } from '../release/visibility.ts';
import { look } from './look.ts';

/** What the statistical judge says of each round that the caller may know it of. A judge's own scorecard comes first. */
export function readRecommendations(context: BoutContext, caller: Caller | null) {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { state, view, nowMs } = sight.value;
  if (view.role !== 'judge' && !inAudience(view.role, state.config.release.recommendation)) {
    return view.role === null
      ? refuse('unauthorized', 'The recommendation is not public in this bout; a token is needed.')
      : refuse('forbidden', `The recommendation of this bout is not released to a ${view.role}.`);
  }
  const rounds = state.rounds.flatMap((round) => {
    if (!seesRecommendation(view, state, round, nowMs)) return [];
    const said = recommendationFor(state, round, nowMs);
    if (said === null) return [];
    return [
      {
        round_id: round.number,
        status: roundStatus(state, round, nowMs),
        complete: said.complete,
        p_red: rounded(said.pRed),
        p_two_points: rounded(said.margin2),
        scorecard: said.card,
        too_close: said.tooClose,
        reasons: said.reasons.map(({ corner, input, words, logOdds }) => ({
          corner,
          input,
          words,
          log_odds: rounded(logOdds),
        })),
        lacked: said.lacked,
        model: said.model,
        fitted: said.fitted,
        notes: said.notes,
      },
    ];
  });
  return ok({ bout_id: context.boutId, rounds });
}

/** Four decimals: more would claim what no model knows. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
