import { type Measure, measureRound } from '../../domain/scoring/measures.ts';
import { lateness, type Network, type WinnerWeights } from '../../domain/scoring/winner.ts';
import { voteLogOdds } from '../../domain/scoring/winner.ts';
import { seededRandom } from '../simulator/random.ts';
import { type JudgedRound, majorityOf, voteOf } from './judged.ts';
import { minimise } from './optimise.ts';
import { fitSharpness } from './sharpness.ts';

export type WinnerSettings = {
  readonly units: number;
  /** Networks that are averaged, each from a start of its own. */
  readonly members: number;
  /** Weight of the squares of the linear weights, and of those of the networks. */
  readonly linearPenalty: number;
  readonly networkPenalty: number;
  readonly maxSteps: number;
  readonly seed: number;
};

/** How much of a measure must be there before a lead counts in full: about half of what a corner does in a round. */
const OFFSETS: Readonly<Record<Measure, number>> = {
  knockdowns: 0.5,
  significant: 10,
  head: 10,
  body: 5,
  leg: 5,
  clinch: 4,
  ground: 4,
  thrown: 25,
  strikes: 15,
  takedowns: 1,
  stopped: 2,
  submissions: 0.5,
  reversals: 0.5,
  control: 1,
};

const BIAS_PENALTY = 0.1;

/** Everything a fit reads, in flat lists: one block of `width` numbers for each round. */
type Table = {
  readonly rows: number;
  readonly width: number;
  /** Measures of red and of blue, scaled. */
  readonly red: Float64Array;
  readonly blue: Float64Array;
  /** Differences, then leads, scaled: `2 · width` a round. */
  readonly gaps: Float64Array;
  readonly late: Float64Array;
  /** Mean of the judges' votes for red. */
  readonly votes: Float64Array;
  readonly scale: readonly number[];
  readonly offset: readonly number[];
  readonly gapScale: readonly number[];
};

/** Fits the weights of the winner on the votes of all judges, then their sharpness on the majorities. */
export function trainWinner(
  rounds: readonly JudgedRound[],
  measures: readonly Measure[],
  settings: WinnerSettings,
): WinnerWeights {
  const table = tabulate(rounds, measures);
  const fits = Array.from({ length: settings.members }, (_, member) =>
    trainMember(table, settings, settings.seed + member),
  );
  const mean = (read: (fit: MemberFit) => readonly number[]): number[] =>
    table.gapScale.map((_, i) => fits.reduce((sum, fit) => sum + (read(fit)[i] ?? 0), 0) / fits.length);
  const early = mean((fit) => fit.early);
  const late = mean((fit) => fit.late);
  const width = table.width;
  const weights: WinnerWeights = {
    scale: table.scale,
    offset: table.offset,
    difference: { early: early.slice(0, width), late: late.slice(0, width) },
    lead: { early: early.slice(width), late: late.slice(width) },
    networks: fits.map((fit) => fit.network),
    sharpness: 1,
  };
  return { ...weights, sharpness: sharpnessOf(weights, rounds, measures) };
}

function sharpnessOf(weights: WinnerWeights, rounds: readonly JudgedRound[], measures: readonly Measure[]): number {
  const decided = rounds.flatMap((round) => {
    const won = majorityOf(round);
    if (won === null) return [];
    const measured = measureRound(round.input);
    const x = measures.map((measure) => measured.red[measure]);
    const y = measures.map((measure) => measured.blue[measure]);
    return [{ logOdds: voteLogOdds(weights, x, y, round.input.year ?? 0), won }];
  });
  return fitSharpness(decided);
}

function tabulate(rounds: readonly JudgedRound[], measures: readonly Measure[]): Table {
  const width = measures.length;
  const rows = rounds.length;
  const red = new Float64Array(rows * width);
  const blue = new Float64Array(rows * width);
  const gaps = new Float64Array(rows * width * 2);
  const late = new Float64Array(rows);
  const votes = new Float64Array(rows);
  const offset = measures.map((measure) => OFFSETS[measure]);
  for (const [row, round] of rounds.entries()) {
    const measured = measureRound(round.input);
    late[row] = lateness(round.input.year ?? 0);
    votes[row] = round.margins.reduce((sum, margin) => sum + voteOf(margin), 0) / round.margins.length;
    for (const [i, measure] of measures.entries()) {
      const x = measured.red[measure];
      const y = measured.blue[measure];
      red[row * width + i] = x;
      blue[row * width + i] = y;
      gaps[row * width * 2 + i] = x - y;
      gaps[row * width * 2 + width + i] = (x - y) / Math.sqrt(x + y + (offset[i] ?? 1));
    }
  }
  const scale = measures.map((_, i) => rootMeanSquare([red, blue], width, i));
  const gapScale = Array.from({ length: width * 2 }, (_, i) => rootMeanSquare([gaps], width * 2, i));
  divide(red, scale);
  divide(blue, scale);
  divide(gaps, gapScale);
  return { rows, width, red, blue, gaps, late, votes, scale, offset, gapScale };
}

function rootMeanSquare(lists: readonly Float64Array[], width: number, place: number): number {
  let sum = 0;
  let count = 0;
  for (const list of lists) {
    for (let i = place; i < list.length; i += width) sum += (list[i] ?? 0) ** 2;
    count += list.length / width;
  }
  // A measure that nobody ever scored in has no scale of its own.
  return sum === 0 ? 1 : Math.sqrt(sum / count);
}

function divide(list: Float64Array, scale: readonly number[]): void {
  for (let i = 0; i < list.length; i += 1) list[i] = (list[i] ?? 0) / (scale[i % scale.length] ?? 1);
}

type MemberFit = { readonly early: readonly number[]; readonly late: readonly number[]; readonly network: Network };

/** Where each kind of weight begins in the list of variables. */
function layoutOf(width: number, units: number) {
  const linear = width * 2;
  const out = linear * 3;
  const own = out + units;
  const other = own + units * width;
  const bias = other + units * width;
  return { linear, out, own, other, bias, size: bias + units };
}

function trainMember(table: Table, settings: WinnerSettings, seed: number): MemberFit {
  const { width } = table;
  const { units } = settings;
  const place = layoutOf(width, units);
  const random = seededRandom(seed);
  const start = new Float64Array(place.size).fill(0.05, 0, place.out);
  const lower = new Float64Array(place.size).fill(-Infinity, place.bias);
  for (let i = place.out; i < place.own; i += 1) start[i] = 0.3 * random.unit();
  for (let i = place.own; i < place.bias; i += 1) start[i] = -0.25 * Math.log(1 - random.unit());
  for (let i = place.bias; i < place.size; i += 1) start[i] = 2.4 * (random.unit() - 0.5);
  const found = minimise((x, gradient) => loss(table, settings, x, gradient), start, lower, {
    maxSteps: settings.maxSteps,
    tolerance: 1e-7,
  });
  const plain = (from: number, to: number): number[] => Array.from(found.subarray(from, to));
  const rows = (from: number): number[][] =>
    Array.from({ length: units }, (_, unit) => plain(from + unit * width, from + (unit + 1) * width));
  const linear = (shift: number): number[] =>
    table.gapScale.map((scale, i) => ((found[i] ?? 0) + (found[shift + i] ?? 0)) / scale);
  return {
    early: linear(place.linear),
    late: linear(place.linear * 2),
    network: {
      out: plain(place.out, place.own),
      own: rows(place.own),
      other: rows(place.other),
      bias: plain(place.bias, place.size),
    },
  };
}

/** Penalised log-loss of the mean vote. Linear weights are a common part and one for each end of the years. */
function loss(table: Table, settings: WinnerSettings, x: Float64Array, gradient: Float64Array): number {
  const { rows, width, red, blue, gaps, late, votes } = table;
  const { units } = settings;
  const place = layoutOf(width, units);
  const linear = place.linear;
  gradient.fill(0);
  let total = 0;
  const ahead = new Float64Array(units);
  const behind = new Float64Array(units);
  for (let row = 0; row < rows; row += 1) {
    const share = late[row] ?? 0;
    const gapsAt = row * linear;
    const at = row * width;
    let z = 0;
    for (let i = 0; i < linear; i += 1) {
      const weight = (x[i] ?? 0) + (1 - share) * (x[linear + i] ?? 0) + share * (x[2 * linear + i] ?? 0);
      z += weight * (gaps[gapsAt + i] ?? 0);
    }
    for (let unit = 0; unit < units; unit += 1) {
      const own = place.own + unit * width;
      const other = place.other + unit * width;
      let forRed = x[place.bias + unit] ?? 0;
      let forBlue = forRed;
      for (let i = 0; i < width; i += 1) {
        const r = red[at + i] ?? 0;
        const b = blue[at + i] ?? 0;
        const u = x[own + i] ?? 0;
        const v = x[other + i] ?? 0;
        forRed += u * r - v * b;
        forBlue += u * b - v * r;
      }
      const a = Math.tanh(forRed);
      const c = Math.tanh(forBlue);
      ahead[unit] = a;
      behind[unit] = c;
      z += (x[place.out + unit] ?? 0) * (a - c);
    }
    const vote = votes[row] ?? 0;
    total += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - vote * z;
    const error = 1 / (1 + Math.exp(-z)) - vote;
    for (let i = 0; i < linear; i += 1) {
      const slope = error * (gaps[gapsAt + i] ?? 0);
      gradient[i] = (gradient[i] ?? 0) + slope;
      gradient[linear + i] = (gradient[linear + i] ?? 0) + (1 - share) * slope;
      gradient[2 * linear + i] = (gradient[2 * linear + i] ?? 0) + share * slope;
    }
    for (let unit = 0; unit < units; unit += 1) {
      const own = place.own + unit * width;
      const other = place.other + unit * width;
      const a = ahead[unit] ?? 0;
      const c = behind[unit] ?? 0;
      const out = x[place.out + unit] ?? 0;
      gradient[place.out + unit] = (gradient[place.out + unit] ?? 0) + error * (a - c);
      const slopeRed = error * out * (1 - a * a);
      const slopeBlue = -error * out * (1 - c * c);
      gradient[place.bias + unit] = (gradient[place.bias + unit] ?? 0) + slopeRed + slopeBlue;
      for (let i = 0; i < width; i += 1) {
        const r = red[at + i] ?? 0;
        const b = blue[at + i] ?? 0;
        gradient[own + i] = (gradient[own + i] ?? 0) + slopeRed * r + slopeBlue * b;
        gradient[other + i] = (gradient[other + i] ?? 0) - slopeRed * b - slopeBlue * r;
      }
    }
  }
  const penalise = (from: number, to: number, penalty: number): void => {
    for (let i = from; i < to; i += 1) {
      const weight = x[i] ?? 0;
      total += 0.5 * penalty * weight * weight;
      gradient[i] = (gradient[i] ?? 0) + penalty * weight;
    }
  };
  penalise(0, place.out, settings.linearPenalty);
  penalise(place.out, place.bias, settings.networkPenalty);
  penalise(place.bias, place.size, BIAS_PENALTY);
  return total;
}
