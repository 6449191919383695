import { type Corner, CORNERS, type Pair } from '../../../domain/corner.ts';
import type { RoundStatus, View } from '../wire/frames.ts';
import type { Recommendation, Recommendations } from '../wire/recommendations.ts';
import type { Scorecards } from '../wire/scorecards.ts';

/** Who won a round, and on whose word. `even`: nobody has a majority. */
export type RoundWinner = {
  readonly round: number;
  readonly winner: Corner | 'even';
} & (
  | { readonly by: 'judges'; readonly cards: readonly JudgeCard[]; readonly deducted: Pair }
  /** A recommendation. It is never shown without saying that it is no scorecard. */
  | { readonly by: 'statistics'; readonly advice: Recommendation }
);

export type JudgeCard = { readonly judge: string; readonly red: number; readonly blue: number };

/**
 * The winner of a round from the scorecards that are released: whom more than half of the seats give more points,
 * the points that the referee took being taken off. Null unless every seat that is there is in: a part of the panel
 * on a screen in the hall would be read by the judges who are still to score.
 */
export function winnerByCards(cards: Scorecards, round: number): RoundWinner | null {
  const present = cards.seats.filter((seat) => !seat.absent);
  const given = present.flatMap((seat) => {
    const card = seat.rounds.find((one) => one.round_id === round);
    if (card === undefined || !card.submitted || card.red === null || card.blue === null) return [];
    const { deductions } = card;
    return [{ judge: card.judge_name, red: card.red - deductions.red, blue: card.blue - deductions.blue, deductions }];
  });
  const [first] = given;
  if (first === undefined || given.length < present.length) return null;
  const leader = CORNERS.find((corner) => {
    const other = corner === 'red' ? 'blue' : 'red';
    return given.filter((card) => card[corner] > card[other]).length * 2 > given.length;
  });
  return {
    round,
    winner: leader ?? 'even',
    by: 'judges',
    cards: given.map(({ judge, red, blue }) => ({ judge, red, blue })),
    deducted: first.deductions,
  };
}

/** What the statistics say of a round that is over; of one in progress they say nothing here. */
function winnerByStatistics(advice: Recommendations, round: number): RoundWinner | null {
  const said = advice.rounds.find((one) => one.round_id === round);
  if (said === undefined || !said.complete) return null;
  return { round, winner: saidWinner(said), by: 'statistics', advice: said };
}

function saidWinner({ too_close, p_red }: Recommendation): Corner | 'even' {
  if (too_close || p_red === 0.5) return 'even';
  return p_red > 0.5 ? 'red' : 'blue';
}

const OVER: readonly RoundStatus[] = ['ENDED', 'LOCKED', 'FINAL'];

/**
 * The winner of the round that has just been fought: shown from its end until the next one starts or the result is
 * official. The judges' word comes first; where it is not released, that of the statistics; else there is none.
 * @param status as shown, the bell by the clock included
 */
export function roundWinner(
  view: View,
  status: RoundStatus,
  cards: Scorecards | null,
  advice: Recommendations | null,
): RoundWinner | null {
  if (!OVER.includes(status) || view.result?.status === 'official') return null;
  const judged = cards === null ? null : winnerByCards(cards, view.round_id);
  return judged ?? (advice === null ? null : winnerByStatistics(advice, view.round_id));
}

/** The judges' totals where every one is released: part of them would say how the others scored. */
export function releasedTotals(cards: Scorecards | null): readonly JudgeCard[] {
  if (cards === null) return [];
  const totals = cards.seats.flatMap(({ judge_name, total }) =>
    total === null ? [] : [{ judge: judge_name, red: total.red, blue: total.blue }],
  );
  const expected = cards.seats.filter((seat) => !seat.absent).length;
  return totals.length >= expected ? totals : [];
}
