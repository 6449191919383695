/** A bout: its ledger, sessions, sockets, telemetry and jobs. One object per bout, named by the bout id. */
export { Bout } from './bout.ts';
export { BOUT_MIGRATIONS } from './ledger/schema.ts';
export type { BatchItem } from './actions/logging.ts';
export type { BatchResult, Delivery } from './replies.ts';
export type { CorrectionInput } from './actions/corrections.ts';
export type { CreateInput } from './creation.ts';
export type { Photo } from './people/fighters.ts';
export type {
  ClockInput,
  ConfigureInput,
  FinalizeInput,
  LockInput,
  ReopenInput,
  RulingInput,
  ScorecardInput,
} from './officials/index.ts';
export type { ArchiveFacts, SealInput } from './record/index.ts';
export type { SessionInput } from './sessions.ts';
export type { TelemetryInput } from './telemetry.ts';
export type { BoutHealth, Indexed, IndexedBout, PersonHere } from './reads/index.ts';
export type { ErasedHere, FoundHere } from './people/erase.ts';
