import { average, type Mean, meanOf, type Rate, shareOf, sum } from './interval.ts';
import { type Call, callOf, type JudgedRound, type JudgedScorecard, marginX10, sightingsOf } from './judged.ts';

/** Whether a judge leans to a corner. A lean to red is no fault by itself: red may have won more of these rounds. */
export type CornerBias = {
  /** Share of the judge's rounds, even ones apart, that went to red. */
  readonly red: Rate;
  /** The same share for the colleagues, mean over the judge's rounds, an even round counting half. */
  readonly colleaguesRed: number | null;
  /** Mean of the judge's share less the colleagues', round by round; above 0 the judge gives red more than they do. */
  readonly redAgainstColleagues: Mean;
  /** Mean of red's lead on the judge's scorecard less its mean on the colleagues', in points. */
  readonly marginAgainstColleagues: Mean;
};

/**
 * Compared within rounds, with those who saw the same: in each round that colleagues scored too, d = v − mean(v of the
 * colleagues), where v is 1 for red, ½ for even, 0 for blue (and red's lead in points, for the margin). The interval is
 * Student's over rounds.
 */
export function cornerBias(judge: string, rounds: readonly JudgedRound[]): CornerBias {
  const sightings = sightingsOf(judge, rounds);
  const decided = sightings.map(({ own }) => callOf(own)).filter((call) => call !== 'even');
  const shared = sightings.filter(({ others }) => others.length > 0);
  const colleagues = shared.map(({ others }) => meanBy(others, (card) => RED_SHARE[callOf(card)]));
  return {
    red: shareOf(decided, (call) => call === 'red'),
    colleaguesRed: average(colleagues),
    redAgainstColleagues: meanOf(
      shared.map(({ own, others }) => RED_SHARE[callOf(own)] - meanBy(others, (card) => RED_SHARE[callOf(card)])),
    ),
    marginAgainstColleagues: meanOf(shared.map(({ own, others }) => (marginX10(own) - meanBy(others, marginX10)) / 10)),
  };
}

const RED_SHARE: Readonly<Record<Call, number>> = { red: 1, even: 0.5, blue: 0 };

function meanBy(cards: readonly JudgedScorecard[], value: (card: JudgedScorecard) => number): number {
  return sum(cards.map(value)) / cards.length;
}
