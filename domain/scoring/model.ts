import { INPUT_GROUPS, type InputGroup } from './input.ts';
import type { MarginWeights, SignName } from './margin.ts';
import type { Measure } from './measures.ts';
import type { WinnerWeights } from './winner.ts';

/** Weights for rounds of which the same groups of inputs are lacking. */
export type Variant = {
  readonly lacked: readonly InputGroup[];
  readonly measures: readonly Measure[];
  readonly winner: WinnerWeights;
  readonly signs: readonly SignName[];
  readonly margin: MarginWeights;
};

/** A fitted model: the whole of what a recommendation depends on besides the round. */
export type Model = {
  readonly version: string;
  readonly fittedOn: {
    readonly rounds: number;
    readonly bouts: number;
    readonly firstYear: number;
    readonly lastYear: number;
  };
  /** A round is too close to call while neither corner's probability reaches this. */
  readonly tooCloseBelow: number;
  /** Why it is that figure. */
  readonly tooCloseReason: string;
  /** The card gets its two-point margin from this probability on. */
  readonly twoPointFrom: number;
  /** The first lacks nothing, the last the most. */
  readonly variants: readonly Variant[];
};

/**
 * The variant that lacks no less than what is lacking, and as little more as there is.
 * @throws Error where the model has no such variant, which {@link readModel} rules out
 */
export function variantFor(model: Model, lacked: readonly InputGroup[]): Variant {
  let best: Variant | undefined;
  for (const variant of model.variants) {
    const fits = lacked.every((group) => variant.lacked.includes(group));
    if (fits && (best === undefined || variant.lacked.length < best.lacked.length)) best = variant;
  }
  if (best === undefined) throw new Error(`model ${model.version} has no weights for rounds without ${lacked.join()}`);
  return best;
}

/** Whether the variants answer for every combination of lacking groups. */
export function coversEveryLack(variants: readonly Variant[]): boolean {
  return (
    variants.some((variant) => variant.lacked.length === 0) &&
    variants.some((variant) => INPUT_GROUPS.every((group) => variant.lacked.includes(group)))
  );
}

/** The year as the model may read it: it knows nothing of years outside its fit. */
export function yearWithin(model: Model, year: number | null): number {
  const { firstYear, lastYear } = model.fittedOn;
  return year === null ? lastYear : Math.min(lastYear, Math.max(firstYear, year));
}
