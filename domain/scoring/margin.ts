import type { MeasuredRound, Measured, Measure } from './measures.ts';
import { type OverYears, probabilityOf } from './winner.ts';

/** One sign of a lopsided round: never falls as the own corner does more, nor as the other does less. */
type Sign = { readonly needs: readonly Measure[]; readonly of: (own: Measured, other: Measured) => number };

const lead = (own: number, other: number, offset: number): number => (own - other) / Math.sqrt(own + other + offset);

export const SIGNS = {
  knockdowns: { needs: ['knockdowns'], of: (own) => own.knockdowns },
  significant: { needs: ['significant'], of: (own) => own.significant },
  significant_root: { needs: ['significant'], of: (own) => Math.sqrt(own.significant) },
  head: { needs: ['head'], of: (own) => own.head },
  head_root: { needs: ['head'], of: (own) => Math.sqrt(own.head) },
  ground: { needs: ['ground'], of: (own) => own.ground },
  ground_root: { needs: ['ground'], of: (own) => Math.sqrt(own.ground) },
  strikes: { needs: ['strikes'], of: (own) => own.strikes },
  takedowns: { needs: ['takedowns'], of: (own) => own.takedowns },
  submissions: { needs: ['submissions'], of: (own) => own.submissions },
  control: { needs: ['control'], of: (own) => own.control },
  ground_in_control: { needs: ['ground', 'control'], of: (own) => Math.min(own.ground / 10, own.control) },
  other_knockdowns: { needs: ['knockdowns'], of: (_own, other) => -other.knockdowns },
  other_significant: { needs: ['significant'], of: (_own, other) => -other.significant },
  other_significant_root: { needs: ['significant'], of: (_own, other) => -Math.sqrt(other.significant) },
  other_head: { needs: ['head'], of: (_own, other) => -other.head },
  other_control: { needs: ['control'], of: (_own, other) => -other.control },
  other_takedowns: { needs: ['takedowns'], of: (_own, other) => -other.takedowns },
  significant_lead: { needs: ['significant'], of: (own, other) => lead(own.significant, other.significant, 10) },
  significant_share: {
    needs: ['significant'],
    of: (own, other) => (own.significant - other.significant) / (own.significant + other.significant + 10),
  },
  strikes_lead: { needs: ['strikes'], of: (own, other) => lead(own.strikes, other.strikes, 10) },
} as const satisfies Record<string, Sign>;

export type SignName = keyof typeof SIGNS;

const SIGN_NAMES = Object.keys(SIGNS).filter(isSignName);

function isSignName(name: string): name is SignName {
  return Object.hasOwn(SIGNS, name);
}

/** The signs that can be read from the given measures, in a fixed order. */
export function signsFrom(measures: readonly Measure[]): SignName[] {
  return SIGN_NAMES.filter((name) => SIGNS[name].needs.every((measure) => measures.includes(measure)));
}

export function readSigns(signs: readonly SignName[], own: Measured, other: Measured): number[] {
  return signs.map((name) => SIGNS[name].of(own, other));
}

/**
 * How ready judges were for a two-point margin: they gave three times as many after the criteria of 2017 as five
 * years before. One number for each: the years to 2017, from 2017 on, and the years since.
 */
export function eraOf(year: number): number[] {
  return [clamp((year - 2010) / 7, 0, 1), year >= 2017 ? 1 : 0, clamp((year - 2017) / 4, 0, 1)];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/**
 * How far the signs' weights have moved from those of old to those of now: what made a 10-8 changed with the criteria
 * that were written in 2016, from 2014 to 2018 in a straight line.
 */
export function criteriaShare(year: number): number {
  return clamp((year - 2014) / 4, 0, 1);
}

/** Weights of the signs are zero or more; those of the eras are free. */
export type MarginWeights = {
  readonly base: number;
  readonly signs: OverYears;
  readonly eras: readonly number[];
  /** From a judge's log-odds to those of the majority: `shift + sharpness · z`. */
  readonly shift: number;
  readonly sharpness: number;
};

/**
 * P(the majority has a two-point margin for `own` over `other`): grows with what the own corner did and falls with
 * what the other did.
 */
export function marginProbability(
  weights: MarginWeights,
  signs: readonly SignName[],
  own: Measured,
  other: Measured,
  year: number,
): number {
  return probabilityOf(weights.shift + weights.sharpness * marginLogOdds(weights, readSigns(signs, own, other), year));
}

/** Log-odds that one judge gives a two-point margin. */
export function marginLogOdds(weights: MarginWeights, signs: readonly number[], year: number): number {
  let sum = weights.base;
  const late = criteriaShare(year);
  const { signs: moving } = weights;
  for (const [i, sign] of signs.entries()) {
    sum += ((1 - late) * (moving.early[i] ?? 0) + late * (moving.late[i] ?? 0)) * sign;
  }
  for (const [i, era] of eraOf(year).entries()) sum += (weights.eras[i] ?? 0) * era;
  return sum;
}

/** P(the majority has a two-point margin for either corner); the same for exchanged corners. */
export function eitherMargin(
  weights: MarginWeights,
  signs: readonly SignName[],
  round: MeasuredRound,
  year: number,
): number {
  const red = marginProbability(weights, signs, round.red, round.blue, year);
  const blue = marginProbability(weights, signs, round.blue, round.red, year);
  // The two exclude each other; each alone is far from certain.
  return Math.min(1, red + blue);
}
