/** The fold of a bout: from entries to rounds, clock, totals, cards and result. */
export * from './action-payload.ts';
export * from './clock.ts';
export * from './config.ts';
export * from './decision.ts';
export { CLOCK_ACTIONS, type ClockAction } from './fold-clock.ts';
export { METHODS, type Method } from './fold-result.ts';
export { RULING_KINDS, type RulingKind } from './fold-ruling.ts';
export { beginBout, fold, type LookUp } from './fold.ts';
export * from './live.ts';
export * from './observers.ts';
export { place, type Claimed, type Placement } from './placement.ts';
export * from './state.ts';
export { controlRuns, points, roundElapsed, roundTotals, type Totals } from './totals.ts';
