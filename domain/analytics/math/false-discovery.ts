/**
 * For each chance of one question, the least false discovery rate at which it would be rejected:
 * q_(i) = min over j ≥ i of m p_(j) / j, at most 1. To reject where q ≤ 0.05 keeps the expected share of rejections
 * that are none at 5 %, for tests that are independent or depend on each other positively.
 * Sources: Benjamini, Y., Hochberg, Y. (1995), J. R. Stat. Soc. B 57, 289-300; Benjamini, Yekutieli (2001), Ann. Stat. 29.
 * @returns in the order of `chances`
 */
export function falseDiscoveryRates(chances: readonly number[]): readonly number[] {
  const m = chances.length;
  const order = chances.map((p, at) => ({ p, at })).toSorted((a, b) => b.p - a.p);
  const rates = Array.from({ length: m }, () => 1);
  let least = 1;
  for (const [from, { p, at }] of order.entries()) {
    least = Math.min(least, p * (m / (m - from)));
    rates[at] = least;
  }
  return rates;
}
