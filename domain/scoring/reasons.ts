import { type Corner, otherCorner } from '../corner.ts';
import type { Measure, MeasuredRound } from './measures.ts';
import type { Variant } from './model.ts';
import type { Reason } from './recommendation.ts';
import { winnerLogOdds } from './winner.ts';

const STEPS = 8;
const MOST_REASONS = 3;

/**
 * Shares the log-odds out over the measures: both corners start level, half way between them, and walk to where they
 * are; each measure is credited with what it moves on the way. (The path that Aumann and Shapley share costs along, in
 * steps.) The shares add up to the log-odds but for the coarseness of the steps, have the sign of the difference in
 * their measure, and are negated by exchanging the corners.
 * @returns one figure for each measure of the variant, positive towards red
 */
export function contributionsOf(variant: Variant, round: MeasuredRound, year: number): number[] {
  const red = variant.measures.map((measure) => round.red[measure]);
  const blue = variant.measures.map((measure) => round.blue[measure]);
  const along = (values: readonly number[], others: readonly number[], i: number, step: number): number => {
    const value = values[i] ?? 0;
    const middle = (value + (others[i] ?? 0)) / 2;
    return middle + (value - middle) * step;
  };
  const at = (values: readonly number[], others: readonly number[], step: number): number[] =>
    values.map((_, i) => along(values, others, i, step));
  return variant.measures.map((_, i) => {
    if (red[i] === blue[i]) return 0;
    let credit = 0;
    for (let step = 0; step < STEPS; step += 1) {
      // The others stand half way through the step while this one takes it.
      const x = at(red, blue, (step + 0.5) / STEPS);
      const y = at(blue, red, (step + 0.5) / STEPS);
      const moved = (to: number): number => {
        x[i] = along(red, blue, i, to);
        y[i] = along(blue, red, i, to);
        return winnerLogOdds(variant.winner, x, y, year);
      };
      credit += moved((step + 1) / STEPS) - moved(step / STEPS);
    }
    return credit;
  });
}

/** The strongest contributions as reasons, at most three. */
export function reasonsFor(variant: Variant, round: MeasuredRound, year: number): Reason[] {
  return contributionsOf(variant, round, year)
    .map((credit, i) => ({ credit, measure: variant.measures[i], order: i }))
    .toSorted((a, b) => Math.abs(b.credit) - Math.abs(a.credit) || a.order - b.order)
    .slice(0, MOST_REASONS)
    .flatMap(({ credit, measure }) =>
      credit === 0 || measure === undefined ? [] : [reasonOf(measure, credit > 0 ? 'red' : 'blue', credit, round)],
    );
}

function reasonOf(measure: Measure, corner: Corner, credit: number, round: MeasuredRound): Reason {
  const own = round[corner][measure];
  const other = round[otherCorner(corner)][measure];
  return { corner, input: measure, words: WORDS[measure](own, other), logOdds: Math.abs(credit) };
}

type Phrase = (own: number, other: number) => string;

const counted =
  (one: string, many: string): Phrase =>
  (own, other) =>
    `${own} ${own === 1 ? one : many} to ${other}`;

const WORDS: Readonly<Record<Measure, Phrase>> = {
  knockdowns: counted('knockdown', 'knockdowns'),
  significant: counted('significant strike landed', 'significant strikes landed'),
  head: counted('head strike landed', 'head strikes landed'),
  body: counted('body strike landed', 'body strikes landed'),
  leg: counted('leg strike landed', 'leg strikes landed'),
  clinch: counted('strike landed in the clinch', 'strikes landed in the clinch'),
  ground: counted('strike landed on the ground', 'strikes landed on the ground'),
  thrown: counted('significant strike thrown', 'significant strikes thrown'),
  strikes: counted('strike of any kind landed', 'strikes of any kind landed'),
  takedowns: counted('takedown', 'takedowns'),
  stopped: counted('takedown stopped', 'takedowns stopped'),
  submissions: counted('submission attempt', 'submission attempts'),
  reversals: counted('reversal', 'reversals'),
  control: (own, other) => `${minutes(own)} of control to ${minutes(other)}`,
};

/** As `4:07`. */
export function minutes(value: number): string {
  const seconds = Math.round(value * 60);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
