/**
 * What stored bouts say: of judging (agreement, bias, habits, questions worth asking, shadow judging), of fighters across
 * their bouts, and of what is unusual.
 */
export * from './agreement.ts';
export * from './anomalies/index.ts';
export * from './bias.ts';
export * from './facts/index.ts';
export * from './fighters/index.ts';
export * from './flags.ts';
export { type Mean, type Rate } from './interval.ts';
export * from './judged.ts';
export * from './kappa.ts';
export * from './panel.ts';
export * from './shadow.ts';
export * from './summary.ts';
export * from './two-point.ts';
