/**
 * Special functions to about 1e-12, as exact tests and intervals need them.
 * Sources: NIST Digital Library of Mathematical Functions (dlmf.nist.gov), by section number.
 */

/** ln Γ(x) for x > 0, by Stirling's series (DLMF 5.11.1) after the recurrence (5.5.1) has carried x above 12. */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 12; z += 1) shift += Math.log(z);
  const y = 1 / (z * z);
  const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360_360)))))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

const TINY = 1e-300;
const EPSILON = 1e-15;
const MOST_TERMS = 100_000;

/** The lower regularised incomplete gamma function P(a, x): a series below a + 1 (DLMF 8.11.4), else 1 − Q. */
export function gammaP(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= a + 1) return 1 - gammaFraction(a, x);
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > sum * EPSILON; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return Math.min(1, sum * Math.exp(a * Math.log(x) - x - logGamma(a)));
}

/** Q(a, x) by its continued fraction (DLMF 8.9.2), evaluated from the front (Lentz). */
function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / away(an * d + b);
    c = away(b + an / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return Math.exp(a * Math.log(x) - x - logGamma(a)) * h;
}

/** Q(a, x) = 1 − P(a, x), without losing a small tail to the subtraction. */
export function gammaQ(a: number, x: number): number {
  if (x <= 0) return 1;
  return x >= a + 1 ? gammaFraction(a, x) : 1 - gammaP(a, x);
}

/** The x with P(a, x) = p, for a > 0 and 0 < p < 1, by halving. */
export function gammaQuantile(a: number, p: number): number {
  let low = 0;
  let high = a + 1;
  while (gammaP(a, high) < p) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-13 * high; step += 1) {
    const middle = (low + high) / 2;
    if (gammaP(a, middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The regularised incomplete beta function I_x(a, b), a, b > 0, by its continued fraction (DLMF 8.17.22). */
export function betaI(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast below the mean; above, the mirror image does (DLMF 8.17.4).
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < MOST_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return h;
}

/** A denominator of Lentz's method that must not be 0. */
function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** P(|Z| ≥ |z|) of the standard normal: erfc(|z| / √2) = Q(½, z² / 2) (DLMF 7.11.2). */
export function normalTwoSided(z: number): number {
  return gammaQ(0.5, (z * z) / 2);
}
