import type { Model } from '../../domain/scoring/model.ts';
import type { Compared } from './figures.ts';
import { sharedMargin } from './figures.ts';
import type { HumanFigures } from './humans.ts';
import { majorityOf } from './judged.ts';
import { shareOf } from './metrics.ts';

type Chosen = Pick<Model, 'tooCloseBelow' | 'tooCloseReason' | 'twoPointFrom'>;

const CLOSE_STEPS = [0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];
// A second point is not recommended on less than even odds.
const TWO_POINT_STEPS = [0.5, 0.55, 0.6, 0.65, 0.7];

/**
 * Chooses from answers out of sample. Not too close is where the model agrees with the majority as often as a judge
 * does with two colleagues who agree; the two-point card begins where it gives most scores that the majority gave.
 */
export function chooseThresholds(compared: readonly Compared[], humans: HumanFigures): Chosen {
  const agreementFrom = (least: number): number =>
    shareOf(
      compared.flatMap(({ round, said }) => {
        const won = majorityOf(round);
        return won === null || Math.max(said.pRed, 1 - said.pRed) < least ? [] : [said.pRed > 0.5 === (won === 1)];
      }),
    );
  const tooCloseBelow = CLOSE_STEPS.find((step) => agreementFrom(step) >= humans.againstTwo) ?? 0.95;
  let twoPointFrom = 0.5;
  for (const step of TWO_POINT_STEPS) {
    if (exactFrom(compared, step) > exactFrom(compared, twoPointFrom)) twoPointFrom = step;
  }
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return {
    tooCloseBelow,
    tooCloseReason:
      `the least of steps of 0.05 from which the model agrees with the majority (${percent(agreementFrom(tooCloseBelow))} ` +
      `in cross-validation) as often as a judge does with two colleagues who agree (${percent(humans.againstTwo)})`,
    twoPointFrom,
  };
}

/** How often the score is that of the majority if the second point is given from a probability on. */
function exactFrom(compared: readonly Compared[], twoPointFrom: number): number {
  return shareOf(
    compared.flatMap(({ round, said }) => {
      const shared = sharedMargin(round.margins);
      const margin = (said.pRed > 0.5 ? 1 : -1) * (said.margin2 >= twoPointFrom ? 2 : 1);
      return shared === null ? [] : [margin === shared];
    }),
  );
}
