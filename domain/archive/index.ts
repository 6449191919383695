/** A bout's archive: its files made from the ledger, verified from their bytes, and what a verdict means in words. */
export { type ArchiveFile, type ArchiveInput, buildArchive, rotationsText } from './build.ts';
export { metadataLines } from './files/metadata.ts';
export { type ArchivedPerson, archivedPeople, boundPeople, type PersonRow } from './people.ts';
export { archivePrefix } from './prefix.ts';
export { ARCHIVE_VERSION, VERSIONS } from './versions.ts';
export {
  type DeviceFacts,
  type Facts,
  type Finding,
  type FindingCode,
  FINDINGS,
  type PlatformFacts,
  type Report,
  type ResultFacts,
  type TimeStampFacts,
  type Verdict,
  type Weight,
} from './verify/report.ts';
export type { ArchiveSource, Receipt, VerifyOptions } from './verify/source.ts';
export { verifyArchive } from './verify/verify.ts';
export {
  factLines,
  FINDING_WORDS,
  type FindingText,
  findingText,
  VERDICT_WORDS,
  type VerdictText,
  verdictWords,
} from './words.ts';
