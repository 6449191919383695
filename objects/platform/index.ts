/** The deployment's own ledger: cards, bouts, tokens, trainees' scorecards. */
export { Platform } from './platform.ts';
export { PLATFORM_MIGRATIONS } from './schema.ts';
export type { ListBouts, ListedBout, RecordBout, RecordCard, Recorded } from './directory.ts';
export type { Head } from './ledger.ts';
export type { NotedStatuses, SeenPart, StatusChange } from './monitor-status.ts';
export type { AddTraffic, MinuteTotal, ReadTraffic } from './monitor-traffic.ts';
export type { RecordShadow, ShadowEntry, ShadowPlace } from './shadow.ts';
export type { ReadTo, RecordToken, RevokedSince, RevokedToken, RevokeToken, TokenGrant } from './tokens.ts';
export type { ErasedBout, Erasure, ErasureWork } from './erasures.ts';
export type { PersonOfPlatform } from './person.ts';
export type { PlatformUsage, StorageRules } from './storage-rules.ts';
export type { CleanRun } from './storage-runs.ts';
export type { AddCheckpoint, AddedCheckpoint, LogEnv, LogHealth, PublicKeys, WitnessHealth } from './log/index.ts';
