/**
 * What is asked, of whom, and how it is tested.
 * - `device_clock`: the least lag of a device: its clock's offset, and the way to the server.
 * - `device_lag`: how far its lag spreads: a bad network, or a time without any.
 * - `device_duplicates`, `device_gaps`: deliveries that were known already; numbers that never came.
 * - `operator_rate`, `operator_voids`: taps per minute, and the share of them that was taken back.
 * - `judge_dissent`: how often a judge was the only one of a panel to say so.
 * - `judge_corner`: how often a judge named red where the panel was divided.
 */
export const ANOMALY_KINDS = [
  'device_clock',
  'device_lag',
  'device_duplicates',
  'device_gaps',
  'operator_rate',
  'operator_voids',
  'judge_dissent',
  'judge_corner',
] as const;

export type AnomalyKind = (typeof ANOMALY_KINDS)[number];

export const ANOMALY_METHODS = ['modified_z', 'binomial', 'exchangeable'] as const;

export type AnomalyMethod = (typeof ANOMALY_METHODS)[number];

export const SUBJECT_TYPES = ['device', 'operator', 'judge'] as const;

export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** One test of one subject. */
export type Tested = {
  readonly kind: AnomalyKind;
  /** `judge` is a judge on the panel, and one who logs. */
  readonly subject: { readonly type: SubjectType; readonly id: string };
  /** Against whom, in words, and how many these are without the subject. */
  readonly population: string;
  readonly peers: number;
  readonly method: AnomalyMethod;
  /** `ms`, `per_minute`, or `share`. */
  readonly unit: 'ms' | 'per_minute' | 'share';
  readonly measured: number;
  /** What it is in the population: the median, the others' share, or the expected share. */
  readonly usual: number;
  /** Of how many bouts, taps, deliveries, numbers or divided rounds. */
  readonly n: number;
  /** The modified z-score; null for exact tests. */
  readonly score: number | null;
  /** How likely something at least so unusual is by chance. */
  readonly p: number;
  /** Whether it is large enough to matter, however certain it is. */
  readonly matters: boolean;
  /** Where it was measured: some of the bouts. */
  readonly bouts: readonly string[];
};

/** What could not be asked, and why: nobody is flagged by it. */
export type NotAsked = {
  readonly kind: AnomalyKind;
  readonly population: string;
  readonly reason: 'too_few_peers' | 'too_little_data';
  /** Peers, or taps, minutes or rounds of a subject, that are needed. */
  readonly needed: number;
  /** Subjects of whom nothing is said for it. */
  readonly subjects: number;
};

export type Findings = { readonly tested: readonly Tested[]; readonly notAsked: readonly NotAsked[] };

/** Fewer others are no population. */
export const MIN_PEERS = 10;

/** Of a device or an observer with fewer taps nothing is said. */
export const MIN_TAPS = 50;

/** Of an observer who was at it for less, no rate. */
export const MIN_ACTIVE_MINUTES = 15;

/** Of a judge with fewer rounds in which a panel was divided, nothing. */
export const MIN_DIVIDED = 20;

/** So many bouts are named with an anomaly. */
export const MAX_NAMED = 10;

export function joined(all: readonly Findings[]): Findings {
  return { tested: all.flatMap(({ tested }) => tested), notAsked: all.flatMap(({ notAsked }) => notAsked) };
}
