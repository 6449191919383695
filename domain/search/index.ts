/** What the searchable index says of a bout, worked out from its ledger alone: the same for the object and the archive. */
export { boutLine, type BoutLine, type LineInput, type LineResult } from './line.ts';
export { judgedBout, type JudgedBout } from './judged.ts';
