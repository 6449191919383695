import { CORNERS, otherCorner } from '../../domain/corner.ts';
import {
  criteriaShare,
  eraOf,
  type MarginWeights,
  marginLogOdds,
  readSigns,
  type SignName,
} from '../../domain/scoring/margin.ts';
import { measureRound } from '../../domain/scoring/measures.ts';
import type { JudgedRound } from './judged.ts';
import { minimise } from './optimise.ts';
import { fitLine, logLoss } from './sharpness.ts';

export type MarginSettings = { readonly penalty: number; readonly maxSteps: number };

/** A round from the side of one corner. */
type Side = {
  readonly signs: readonly number[];
  readonly eras: readonly number[];
  readonly year: number;
  /** Share of the judges with a margin of two points or more for this corner. */
  readonly share: number;
  readonly majority: 0 | 1;
};

/** Fits the weights of a two-point margin on the cards of all judges, then brings them to those of the majority. */
export function trainMargin(
  rounds: readonly JudgedRound[],
  signs: readonly SignName[],
  settings: MarginSettings,
): MarginWeights {
  const sides = rounds.flatMap((round) => sidesOf(round, signs));
  const eraCount = eraOf(0).length;
  const scale = signs.map((_, i) => {
    const sum = sides.reduce((total, side) => total + (side.signs[i] ?? 0) ** 2, 0);
    return sum === 0 ? 1 : Math.sqrt(sum / sides.length);
  });
  // Each sign stands twice: with its weight of old and with that of now.
  const moving = signs.length * 2;
  const size = moving + eraCount + 1;
  const inputs = sides.map((side) => {
    const late = criteriaShare(side.year);
    const scaled = side.signs.map((sign, i) => sign / (scale[i] ?? 1));
    return Float64Array.from([
      ...scaled.map((sign) => sign * (1 - late)),
      ...scaled.map((sign) => sign * late),
      ...side.eras,
      1,
    ]);
  });
  const start = new Float64Array(size).fill(0.1);
  start[size - 1] = -4;
  const lower = new Float64Array(size).fill(-Infinity, moving);
  const found = minimise(
    (x, gradient) => {
      gradient.fill(0);
      let total = 0;
      for (const [row, input] of inputs.entries()) {
        let z = 0;
        for (let i = 0; i < size; i += 1) z += (x[i] ?? 0) * (input[i] ?? 0);
        const share = sides[row]?.share ?? 0;
        total += logLoss(z, share);
        const error = 1 / (1 + Math.exp(-z)) - share;
        for (let i = 0; i < size; i += 1) gradient[i] = (gradient[i] ?? 0) + error * (input[i] ?? 0);
      }
      for (let i = 0; i < size - 1; i += 1) {
        const weight = x[i] ?? 0;
        total += 0.5 * settings.penalty * weight * weight;
        gradient[i] = (gradient[i] ?? 0) + settings.penalty * weight;
      }
      return total;
    },
    start,
    lower,
    { maxSteps: settings.maxSteps, tolerance: 1e-8 },
  );
  const weights: MarginWeights = {
    base: found[size - 1] ?? 0,
    signs: {
      early: signs.map((_, i) => (found[i] ?? 0) / (scale[i] ?? 1)),
      late: signs.map((_, i) => (found[signs.length + i] ?? 0) / (scale[i] ?? 1)),
    },
    eras: Array.from(found.subarray(moving, size - 1)),
    shift: 0,
    sharpness: 1,
  };
  const line = fitLine(
    sides.map((side) => ({ logOdds: marginLogOdds(weights, side.signs, side.year), won: side.majority })),
  );
  return { ...weights, ...line };
}

function sidesOf(round: JudgedRound, signs: readonly SignName[]): Side[] {
  const measured = measureRound(round.input);
  const year = round.input.year ?? 0;
  return CORNERS.map((corner) => {
    const two = round.margins.filter((margin) => (corner === 'red' ? margin : -margin) >= 2).length;
    return {
      signs: readSigns(signs, measured[corner], measured[otherCorner(corner)]),
      eras: eraOf(year),
      year,
      share: two / round.margins.length,
      majority: two * 2 > round.margins.length ? 1 : 0,
    };
  });
}
