/**
 * What one corner did in one round, by the definitions of public round statistics. All are counts of zero or more;
 * `controlSeconds` are seconds. Significant strikes are split twice, by target and by position; `total` counts all
 * strikes. A takedown that was attempted and not landed was stopped by the other corner.
 */
export type CornerStatistics = {
  readonly kd: number;
  readonly sigLanded: number;
  readonly sigAttempted: number;
  readonly headLanded: number;
  readonly headAttempted: number;
  readonly bodyLanded: number;
  readonly bodyAttempted: number;
  readonly legLanded: number;
  readonly legAttempted: number;
  readonly distanceLanded: number;
  readonly distanceAttempted: number;
  readonly clinchLanded: number;
  readonly clinchAttempted: number;
  readonly groundLanded: number;
  readonly groundAttempted: number;
  readonly totalLanded: number;
  readonly totalAttempted: number;
  readonly takedownsLanded: number;
  readonly takedownsAttempted: number;
  readonly submissionAttempts: number;
  readonly reversals: number;
  readonly controlSeconds: number;
};

/** A corner that did nothing; also the list of fields. */
export const NO_STATISTICS: CornerStatistics = {
  kd: 0,
  sigLanded: 0,
  sigAttempted: 0,
  headLanded: 0,
  headAttempted: 0,
  bodyLanded: 0,
  bodyAttempted: 0,
  legLanded: 0,
  legAttempted: 0,
  distanceLanded: 0,
  distanceAttempted: 0,
  clinchLanded: 0,
  clinchAttempted: 0,
  groundLanded: 0,
  groundAttempted: 0,
  totalLanded: 0,
  totalAttempted: 0,
  takedownsLanded: 0,
  takedownsAttempted: 0,
  submissionAttempts: 0,
  reversals: 0,
  controlSeconds: 0,
};

/**
 * Groups of inputs that a source of statistics may not have: `attempts` strikes thrown (a live round logs no misses),
 * `targets` head, body and leg, `positions` distance, clinch and ground, `total` strikes that were not significant,
 * `control` its seconds, `takedownAttempts` takedowns that failed (a live round has them: they are the other corner's
 * stuffed takedowns).
 */
export const INPUT_GROUPS = ['attempts', 'targets', 'positions', 'total', 'control', 'takedownAttempts'] as const;

export type InputGroup = (typeof INPUT_GROUPS)[number];

export type RoundInput = {
  readonly red: CornerStatistics;
  readonly blue: CornerStatistics;
  /** From 1. No model reads it, nor the next: the fit found no use for either (docs/scoring.md). */
  readonly round: number;
  readonly scheduledRounds: number;
  /** Length of the round, or what has passed of it where it is not complete. Weighs in striking sports alone. */
  readonly roundSeconds: number;
  /** Of the bout; null reads as the last year of the fit. */
  readonly year: number | null;
  readonly lacked: readonly InputGroup[];
  /** The unified rules as of 2017, or with the damage clause of August 2025. */
  readonly criteria: '2017' | '2025';
  /** Whether the round is over. */
  readonly complete: boolean;
};
