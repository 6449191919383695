import type { Recommendations } from '../wire/recommendations.ts';
import type { Scorecards } from '../wire/scorecards.ts';

/**
 * What is shown late, less what the newest answer gives no more: a release that is taken back, or a scorecard that is
 * opened again, is gone at once and not only when the delay is over.
 * @param now the newest answer; another bout's, or none, says nothing
 */
export function cardsStillReleased(late: Scorecards, now: Scorecards | null): Scorecards {
  if (now === null || now.bout_id !== late.bout_id) return late;
  const seats = late.seats.map((seat) => {
    const given = now.seats.find(({ judge_id }) => judge_id === seat.judge_id);
    const rounds = seat.rounds.filter(({ round_id, red }) =>
      given?.rounds.some((one) => one.round_id === round_id && (red === null || one.red !== null)),
    );
    return { ...seat, rounds, total: given?.total == null ? null : seat.total };
  });
  return { ...late, seats };
}

/** The same of what the statistics say. */
export function adviceStillReleased(late: Recommendations, now: Recommendations | null): Recommendations {
  if (now === null || now.bout_id !== late.bout_id) return late;
  return {
    ...late,
    rounds: late.rounds.filter(({ round_id }) => now.rounds.some((one) => one.round_id === round_id)),
  };
}
