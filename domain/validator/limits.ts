import type { LeafObject } from '../ledger/entry.ts';

/** What a round must hold before its statistics are locked. */
export type ValidatorLimits = {
  readonly minActions: number;
  /** Of those, actions that a person logged. */
  readonly minHuman: number;
  readonly maxHumanGapMs: number;
  /** Only where cameras are on. */
  readonly maxCameraGapMs: number;
};

export const DEFAULT_LIMITS: ValidatorLimits = {
  minActions: 5,
  minHuman: 2,
  maxHumanGapMs: 60_000,
  maxCameraGapMs: 30_000,
};

/** As it stands in a bout's first entry. */
export function limitsToLeaf(limits: ValidatorLimits): LeafObject {
  return {
    min_actions: limits.minActions,
    min_human: limits.minHuman,
    max_human_gap_ms: limits.maxHumanGapMs,
    max_camera_gap_ms: limits.maxCameraGapMs,
  };
}

/** What is missing or no whole number from 0 takes the default: older ledgers name no limits. */
export function limitsFromLeaf(leaf: LeafObject | null): ValidatorLimits {
  const read = (name: string, otherwise: number): number => {
    const value = leaf?.[name];
    return typeof value === 'number' && value >= 0 ? value : otherwise;
  };
  return {
    minActions: read('min_actions', DEFAULT_LIMITS.minActions),
    minHuman: read('min_human', DEFAULT_LIMITS.minHuman),
    maxHumanGapMs: read('max_human_gap_ms', DEFAULT_LIMITS.maxHumanGapMs),
    maxCameraGapMs: read('max_camera_gap_ms', DEFAULT_LIMITS.maxCameraGapMs),
  };
}
