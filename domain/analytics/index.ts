/** What stored scorecards say about judging: agreement, bias, habits, questions worth asking, and shadow judging. */
export * from './agreement.ts';
export * from './bias.ts';
export * from './flags.ts';
export { type Mean, type Rate } from './interval.ts';
export * from './judged.ts';
export * from './kappa.ts';
export * from './panel.ts';
export * from './shadow.ts';
export * from './summary.ts';
export * from './two-point.ts';
