/** Fighters across their bouts: records, rates, trends, damage, and who leads in what. */
export * from './damage.ts';
export * from './fight.ts';
export * from './leaderboard.ts';
export * from './measures.ts';
export * from './profile.ts';
export { type Per15, rateOver } from './rates.ts';
export { FINISHES, type FightRecord, isFinish, recordOf } from './record.ts';
export { credible, type Prior, priorOf, shrunk } from './shrink.ts';
export * from './totals.ts';
export * from './trend.ts';
