/** The log of checkpoints: what every bout's checkpoint is a leaf of, signed, published, anchored and witnessed. */
export { addCheckpoint } from './add.ts';
export type { AddCheckpoint, AddedCheckpoint } from './add.ts';
export { createLog } from './context.ts';
export type { LogContext, LogEnv } from './context.ts';
export { logHealth } from './health.ts';
export type { LogHealth, WitnessHealth } from './health.ts';
export { publicKeys } from './keys.ts';
export type { PublicKeys } from './keys.ts';
export { ledgerCheckpoint } from './own-ledger.ts';
export { logCheckpoint, proofOf, tileAt } from './read.ts';
export { LOG_TABLES } from './schema.ts';
export { runLogJobs, wakeLog } from './wake.ts';
