import { minimise } from './optimise.ts';

const CLOSE = { maxSteps: 100, tolerance: 1e-12 };

/**
 * The factor on log-odds that fits outcomes best. Most judges agree more surely than one judge votes, so it is above 1.
 * @returns 1 where there is nothing to fit on
 */
export function fitSharpness(outcomes: readonly { readonly logOdds: number; readonly won: number }[]): number {
  if (outcomes.length === 0) return 1;
  const found = minimise(
    (x, gradient) => {
      const factor = x[0] ?? 1;
      let total = 0;
      let slope = 0;
      for (const { logOdds, won } of outcomes) {
        const z = factor * logOdds;
        total += logLoss(z, won);
        slope += (1 / (1 + Math.exp(-z)) - won) * logOdds;
      }
      gradient[0] = slope;
      return total;
    },
    Float64Array.of(1),
    Float64Array.of(0.05),
    CLOSE,
  );
  return found[0] ?? 1;
}

/** The shift and factor on log-odds that fit outcomes best; the factor is zero or more. */
export function fitLine(outcomes: readonly { readonly logOdds: number; readonly won: number }[]): {
  readonly shift: number;
  readonly sharpness: number;
} {
  const found = minimise(
    (x, gradient) => {
      const shift = x[0] ?? 0;
      const factor = x[1] ?? 1;
      let total = 0;
      gradient.fill(0);
      for (const { logOdds, won } of outcomes) {
        const z = shift + factor * logOdds;
        total += logLoss(z, won);
        const error = 1 / (1 + Math.exp(-z)) - won;
        gradient[0] = (gradient[0] ?? 0) + error;
        gradient[1] = (gradient[1] ?? 0) + error * logOdds;
      }
      return total;
    },
    Float64Array.of(0, 1),
    Float64Array.of(-Infinity, 0),
    CLOSE,
  );
  return { shift: found[0] ?? 0, sharpness: found[1] ?? 1 };
}

/** Log-loss of an outcome from 0 to 1 under log-odds, without overflow. */
export function logLoss(z: number, outcome: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - outcome * z;
}
