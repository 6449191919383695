import type { Rules } from '../../domain/rules/rules.ts';
// Not from the index: the texts of the jurisdictions would come along.
import { scorecardProblem } from '../../domain/rules/scorecard.ts';
import { type Score, winnerOf } from './score.ts';

/** What a judge can choose from for a round: lawful scores only, by who wins, closest first. */
export type Choices = {
  readonly red: readonly Score[];
  readonly blue: readonly Score[];
  readonly even: readonly Score[];
};

const TEN = 100;
/** The margins that nearly every round has: on the first screen, whatever the rule set. */
const USUAL_X10: readonly number[] = [5, 10, 20];

/** @param extension whether the round comes after the scheduled ones, where a draw may not be lawful any more */
export function choicesFor(rules: Rules, extension: boolean): { readonly usual: Choices; readonly more: Choices } {
  const lawful = scoresOf(rules).filter(
    ({ redX10, blueX10 }) => scorecardProblem(rules, redX10, blueX10, { extension }) === null,
  );
  return { usual: sortOut(lawful.filter(isUsual)), more: sortOut(lawful.filter((score) => !isUsual(score))) };
}

function isUsual({ redX10, blueX10 }: Score): boolean {
  if (Math.max(redX10, blueX10) !== TEN) return false;
  const margin = Math.abs(redX10 - blueX10);
  return margin === 0 || USUAL_X10.includes(margin);
}

function scoresOf(rules: Rules): readonly Score[] {
  const step = rules.halfPoints ? 5 : 10;
  const points: number[] = [];
  for (let x10 = TEN; x10 >= rules.lowestX10; x10 -= step) points.push(x10);
  return points.flatMap((redX10) => points.map((blueX10) => ({ redX10, blueX10 })));
}

function sortOut(scores: readonly Score[]): Choices {
  const of = (side: 'red' | 'blue' | 'even'): readonly Score[] =>
    scores.filter((score) => winnerOf(score) === side).toSorted(closestFirst);
  return { red: of('red'), blue: of('blue'), even: of('even') };
}

function closestFirst(a: Score, b: Score): number {
  const margin = (score: Score): number => Math.abs(score.redX10 - score.blueX10);
  return margin(a) - margin(b) || b.redX10 + b.blueX10 - (a.redX10 + a.blueX10);
}
