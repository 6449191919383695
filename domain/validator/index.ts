/** The round validator: what a round must hold before its statistics are locked. */
export { DEFAULT_LIMITS, limitsFromLeaf, limitsToLeaf, type ValidatorLimits } from './limits.ts';
export { type Finding, type FindingCode, isCritical, type RoundFacts, validateRound } from './validate.ts';
export type { Span } from './gaps.ts';
