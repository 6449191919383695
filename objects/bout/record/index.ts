/** The bout's side of the record: checkpoints, what is published of them, the seal, the archive. */
export { archive } from './archive.ts';
export { makeCheckpoint } from './checkpoint.ts';
export { checkUnpublished } from './anchor.ts';
export { type ArchiveFacts, archiveFacts } from './facts.ts';
export { readCheckpoint, readInclusion } from './proof.ts';
export { publish } from './publish.ts';
export { recordHealth, recordView } from './state.ts';
export { seal, type SealInput, sealInTime } from './seal.ts';
export { timestamp } from './timestamp.ts';
export { compareAtStart } from './wake.ts';
