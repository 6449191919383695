/** One small network: `out · tanh(own · x − other · y + bias)`; all weights but the bias are zero or more. */
export type Network = {
  readonly out: readonly number[];
  /** By unit, then by measure. */
  readonly own: readonly (readonly number[])[];
  readonly other: readonly (readonly number[])[];
  readonly bias: readonly number[];
};

/** Weights at both ends of the years in which judges' habits moved; between them they are interpolated. */
export type OverYears = { readonly early: readonly number[]; readonly late: readonly number[] };

/**
 * How the log-odds of a round follow from the measures of both corners. `scale`, `offset`, `difference` and `lead`
 * have one number for each measure; all weights are zero or more.
 */
export type WinnerWeights = {
  /** What a measure is divided by before it enters a network. */
  readonly scale: readonly number[];
  /** How much of a measure must be there before a lead in it counts in full. */
  readonly offset: readonly number[];
  /** Weight of `x − y`. */
  readonly difference: OverYears;
  /** Weight of `(x − y) / √(x + y + offset)`: a lead of five of ten says more than of five of fifty. */
  readonly lead: OverYears;
  readonly networks: readonly Network[];
  /** From the log-odds of one judge's vote to those of the majority. */
  readonly sharpness: number;
};

// Far finer than any meaning the figure has, and far coarser than what the order of additions does to it: without
// it, one strike more could lower the log-odds by the last bit of a sum.
const GRAIN = 1e9;

/**
 * Log-odds that the majority of judges gives the round to the corner of `x` over the corner of `y`. Exchanging both
 * negates it exactly; it never falls as `x` grows.
 */
export function winnerLogOdds(
  weights: WinnerWeights,
  x: readonly number[],
  y: readonly number[],
  year: number,
): number {
  const z = weights.sharpness * voteLogOdds(weights, x, y, year);
  return z < 0 ? -roundToGrain(-z) : roundToGrain(z);
}

function roundToGrain(z: number): number {
  return Math.round(z * GRAIN) / GRAIN;
}

/** As {@link winnerLogOdds}, of a single judge's vote and not rounded. */
export function voteLogOdds(weights: WinnerWeights, x: readonly number[], y: readonly number[], year: number): number {
  const late = lateness(year);
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) {
    const own = x[i] ?? 0;
    const other = y[i] ?? 0;
    const gap = own - other;
    sum += gap * between(weights.difference, i, late);
    sum += (gap / Math.sqrt(own + other + (weights.offset[i] ?? 1))) * between(weights.lead, i, late);
  }
  const scaledX = x.map((value, i) => value / (weights.scale[i] ?? 1));
  const scaledY = y.map((value, i) => value / (weights.scale[i] ?? 1));
  let fromNetworks = 0;
  for (const network of weights.networks) {
    fromNetworks += networkOutput(network, scaledX, scaledY) - networkOutput(network, scaledY, scaledX);
  }
  return weights.networks.length === 0 ? sum : sum + fromNetworks / weights.networks.length;
}

/** 0 in 2010 and before, 1 from 2018 on: the criteria of 2017 had settled by then. */
export function lateness(year: number): number {
  return Math.min(1, Math.max(0, (year - 2010) / 8));
}

function between(weights: OverYears, i: number, late: number): number {
  return (1 - late) * (weights.early[i] ?? 0) + late * (weights.late[i] ?? 0);
}

function networkOutput(network: Network, x: readonly number[], y: readonly number[]): number {
  let sum = 0;
  for (let unit = 0; unit < network.out.length; unit += 1) {
    const inner = dot(network.own[unit], x) - dot(network.other[unit], y) + (network.bias[unit] ?? 0);
    sum += (network.out[unit] ?? 0) * Math.tanh(inner);
  }
  return sum;
}

function dot(weights: readonly number[] | undefined, values: readonly number[]): number {
  let sum = 0;
  if (weights === undefined) return sum;
  for (let i = 0; i < values.length; i += 1) sum += (weights[i] ?? 0) * (values[i] ?? 0);
  return sum;
}

/** The probability of log-odds; that of the negated log-odds is exactly one minus it. */
export function probabilityOf(logOdds: number): number {
  return logOdds < 0 ? 1 - 1 / (1 + Math.exp(logOdds)) : 1 / (1 + Math.exp(-logOdds));
}
