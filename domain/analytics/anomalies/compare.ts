import { modifiedZ, spreadOf } from '../math/robust.ts';
import { normalTwoSided } from '../math/special.ts';
import { binomialTails, twoSided } from '../math/tails.ts';
import { type AnomalyKind, type Findings, MAX_NAMED, MIN_PEERS, type NotAsked, type Tested } from './kinds.ts';

/** Iglewicz and Hoaglin's bound on the modified z-score. */
export const MAX_SCORE = 3.5;

type About = Pick<Tested, 'kind' | 'population'> & { readonly type: Tested['subject']['type'] };

export type Measured = {
  readonly id: string;
  readonly value: number;
  readonly n: number;
  readonly bouts: readonly string[];
};

/**
 * Each value against all, by the modified z-score; its chance is that of a normal population, which a small or a
 * skewed one is not: |M| > 3.5 must hold besides.
 */
export function byModifiedZ(about: About & { readonly unit: Tested['unit'] }, subjects: readonly Measured[]): Findings {
  const spread = spreadOf(subjects.map(({ value }) => value));
  if (spread === null || subjects.length <= MIN_PEERS) return tooFew(about, subjects.length);
  const tested = subjects.map(({ id, value, n, bouts }): Tested => {
    const score = modifiedZ(value, spread);
    return {
      ...basis(about, id, subjects.length, bouts),
      method: 'modified_z',
      unit: about.unit,
      measured: value,
      usual: spread.median,
      n,
      score,
      p: normalTwoSided(score),
      matters: Math.abs(score) > MAX_SCORE,
    };
  });
  return { tested, notAsked: [] };
}

export type Counted = {
  readonly id: string;
  readonly hits: number;
  readonly n: number;
  readonly bouts: readonly string[];
};

/**
 * Each share against all the others' together, by the exact binomial tail. With many taps a trifle is certain: it must
 * be at least twice the others' share, or at most half where `sides` is two. What happens within a bout hangs together
 * (one lost connection loses twenty taps), so a chance is rather too small than too large.
 */
export function byBinomial(about: About, subjects: readonly Counted[], sides: 1 | 2): Findings {
  if (subjects.length <= MIN_PEERS) return tooFew(about, subjects.length);
  const allHits = subjects.reduce((total, { hits }) => total + hits, 0);
  const all = subjects.reduce((total, { n }) => total + n, 0);
  const tested = subjects.map(({ id, hits, n, bouts }): Tested => {
    // Half a hit more (Jeffreys): where nobody else has any, one is unusual and not impossible.
    const usual = (allHits - hits + 0.5) / (all - n + 1);
    const tails = binomialTails(hits, n, usual);
    const measured = hits / n;
    return {
      ...basis(about, id, subjects.length, bouts),
      method: 'binomial',
      unit: 'share',
      measured,
      usual,
      n,
      score: null,
      p: sides === 1 ? tails.upper : twoSided(tails),
      matters: measured >= 2 * usual || (sides === 2 && measured <= usual / 2),
    };
  });
  return { tested, notAsked: [] };
}

function basis({ kind, type, population }: About, id: string, all: number, bouts: readonly string[]) {
  return { kind, subject: { type, id }, population, peers: all - 1, bouts: bouts.slice(0, MAX_NAMED) };
}

function tooFew({ kind, population }: About, subjects: number): Findings {
  if (subjects === 0) return { tested: [], notAsked: [] };
  return { tested: [], notAsked: [{ kind, population, reason: 'too_few_peers', needed: MIN_PEERS, subjects }] };
}

/** The subjects of whom there is enough, and a word on the others. */
export function enough<T>(
  kind: AnomalyKind,
  population: string,
  needed: number,
  subjects: readonly T[],
  amount: (subject: T) => number,
): { readonly kept: readonly T[]; readonly notAsked: readonly NotAsked[] } {
  const kept = subjects.filter((subject) => amount(subject) >= needed);
  const left = subjects.length - kept.length;
  return {
    kept,
    notAsked: left === 0 ? [] : [{ kind, population, reason: 'too_little_data', needed, subjects: left }],
  };
}
