import { seededRandom } from '../simulator/random.ts';
import { type Compared, FIGURES, type FigureName, type Figures, figuresOf } from './figures.ts';

/** A figure with the ends of its 95 % interval. */
export type Interval = {
  readonly name: FigureName;
  readonly value: number;
  readonly low: number;
  readonly high: number;
};

/**
 * Figures with intervals: whole bouts are drawn with replacement, since rounds of one bout are alike. Repeatable.
 * In the order of {@link FIGURES}.
 * Calibration errors of drawn samples lie above the figure itself, because chance only ever adds to them.
 */
export function withIntervals(
  compared: readonly Compared[],
  { draws, seed }: { readonly draws: number; readonly seed: number },
): Interval[] {
  const bouts = [...Map.groupBy(compared, ({ round }) => round.boutId).values()];
  const random = seededRandom(seed);
  const samples: Figures[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    samples.push(figuresOf(bouts.flatMap(() => bouts[random.below(bouts.length)] ?? [])));
  }
  const all = figuresOf(compared);
  const interval = (name: FigureName): Interval => {
    const values = samples
      .map((sample) => sample[name])
      .filter((value) => !Number.isNaN(value))
      .toSorted((a, b) => a - b);
    const at = (share: number): number => values[Math.floor(share * (values.length - 1))] ?? Number.NaN;
    return { name, value: all[name], low: at(0.025), high: at(0.975) };
  };
  return FIGURES.map(({ name }) => interval(name));
}
