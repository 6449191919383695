import { rateOf, sum } from './interval.ts';
import { type Call, callOf, CALLS, type JudgedRound } from './judged.ts';

/**
 * Agreement beyond what the raters' own habits would give by chance: 1 is perfect, 0 is chance, below 0 is worse.
 * Null where it is not defined: nothing rated, or everything in one category, so that chance alone agrees perfectly.
 */
export type Kappa = {
  readonly n: number;
  readonly kappa: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Observed agreement, and what chance would give. */
  readonly observed: number | null;
  readonly expected: number | null;
};

const UNDEFINED: Omit<Kappa, 'n'> = { kappa: null, low: null, high: null, observed: null, expected: null };

/**
 * Cohen's κ = (p_o − p_e) / (1 − p_e) of two raters, with p_e = Σ p_1k p_2k from each rater's own shares. The interval
 * is Wilson's for p_o, carried over with p_e held fixed.
 * Source: Cohen, J. (1960), Educ. Psychol. Meas. 20, 37-46.
 */
export function cohenKappa<T extends string>(pairs: readonly (readonly [T, T])[]): Kappa {
  const n = pairs.length;
  if (n === 0) return { n, ...UNDEFINED };
  const categories = new Set(pairs.flat());
  const agreed = pairs.filter(([one, other]) => one === other).length;
  const observed = rateOf(agreed, n);
  const expected = sum(
    [...categories].map(
      (category) =>
        (pairs.filter(([one]) => one === category).length * pairs.filter(([, other]) => other === category).length) /
        (n * n),
    ),
  );
  // One category throughout: chance agrees perfectly, too.
  if (categories.size < 2) return { n, ...UNDEFINED, observed: observed.rate, expected: 1 };
  const carry = (share: number | null): number | null =>
    share === null ? null : Math.max(-1, (share - expected) / (1 - expected));
  return {
    n,
    kappa: carry(observed.rate),
    low: carry(observed.low),
    high: carry(observed.high),
    observed: observed.rate,
    expected,
  };
}

/**
 * Fleiss' κ of a table with one row per subject and one count per category, every row of the same number of raters m:
 * P_i = (Σ_j n_ij² − m) / (m (m − 1)), P̄ their mean, P̄_e = Σ_j p_j² with p_j the share of category j in all ratings,
 * κ = (P̄ − P̄_e) / (1 − P̄_e). No interval: its known standard error holds for κ = 0 alone.
 * Source: Fleiss, J. L. (1971), Psychol. Bull. 76, 378-382.
 */
export function fleissKappa(table: readonly (readonly number[])[]): Kappa {
  const n = table.length;
  const raters = sum(table[0] ?? []);
  if (n === 0 || raters < 2 || table.some((row) => sum(row) !== raters)) return { n, ...UNDEFINED };
  const squares = sum(table.map((row) => sum(row.map((count) => count * count))));
  const observed = (squares - n * raters) / (n * raters * (raters - 1));
  const totals = (table[0] ?? []).map((_, category) => sum(table.map((row) => row[category] ?? 0)));
  if (totals.filter((total) => total > 0).length < 2) return { n, ...UNDEFINED, observed, expected: 1 };
  const expected = sum(totals.map((total) => (total / (n * raters)) ** 2));
  return { n, ...UNDEFINED, kappa: (observed - expected) / (1 - expected), observed, expected };
}

/** κ of the winners that two judges named in the rounds which both scored; even rounds are a category of their own. */
export function pairKappa(judge: string, colleague: string, rounds: readonly JudgedRound[]): Kappa {
  return cohenKappa(
    rounds.flatMap((round) => {
      const own = round.scorecards.find((card) => card.judge === judge);
      const other = round.scorecards.find((card) => card.judge === colleague && card.seat !== own?.seat);
      return own === undefined || other === undefined ? [] : [[callOf(own), callOf(other)] as const];
    }),
  );
}

export type ColleagueKappa = { readonly judge: string; readonly kappa: Kappa };

/** κ with everybody whom a judge has scored a round with, by the colleague's id. */
export function colleagueKappas(judge: string, rounds: readonly JudgedRound[]): readonly ColleagueKappa[] {
  const pairs = new Map<string, (readonly [Call, Call])[]>();
  for (const { scorecards } of rounds) {
    for (const own of scorecards.filter((card) => card.judge === judge)) {
      for (const other of scorecards) {
        if (other.judge === judge) continue;
        const list = pairs.get(other.judge) ?? [];
        list.push([callOf(own), callOf(other)]);
        pairs.set(other.judge, list);
      }
    }
  }
  return [...pairs]
    .map(([colleague, calls]) => ({ judge: colleague, kappa: cohenKappa(calls) }))
    .toSorted((a, b) => (a.judge < b.judge ? -1 : 1));
}

/** Fleiss' κ of the winners named in rounds that have equally many scorecards. */
export function roundsKappa(rounds: readonly JudgedRound[]): Kappa {
  return fleissKappa(
    rounds.map(({ scorecards }) => CALLS.map((call) => scorecards.filter((card) => callOf(card) === call).length)),
  );
}
