/** Numbers of one kind, and what to say of them. */
export type Spread = { readonly median: number; readonly min: number; readonly max: number };

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

/** The value below which `share` of the sorted values lie, by the nearest rank. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[rankOf(sorted.length, share)] ?? Number.NaN;
}

function rankOf(count: number, share: number): number {
  return Math.min(count - 1, Math.max(0, Math.ceil(count * share) - 1));
}

/** `product` and `against` are the figures of one round: the one whose ratio is the median. */
export type Comparison = { readonly product: number; readonly against: number; readonly ratio: Spread };

/**
 * Compares figures round by round: those of one round were measured one right after the other, so that what slows one
 * slows both. `ratioOf` says which of them is divided by which.
 */
export function compare(
  product: readonly number[],
  against: readonly number[],
  ratioOf: (product: number, against: number) => number = (ours, theirs) => ours / theirs,
): Comparison {
  const rounds = product
    .flatMap((ours, i) => {
      const theirs = against[i];
      return theirs === undefined ? [] : [{ ours, theirs, ratio: ratioOf(ours, theirs) }];
    })
    .toSorted((a, b) => a.ratio - b.ratio);
  const middle = rounds[rankOf(rounds.length, 0.5)];
  return {
    product: middle?.ours ?? Number.NaN,
    against: middle?.theirs ?? Number.NaN,
    ratio: spreadOf(rounds.map(({ ratio }) => ratio)),
  };
}
