/** The ledger: what an entry is, its bytes, its hashes and how they are verified. */
export * from './entry.ts';
export * from './read.ts';
export { joinMetadata, METADATA_KEY_PATTERN, splitMetadata, type SplitMetadata } from './metadata.ts';
export { canonicalJson, isLeafObject, leafProblem, MAX_DEPTH } from './canonical.ts';
export { chainHash, isHash, ZERO_HASH } from './chain.ts';
export type { Sha256 } from './chain.ts';
export { commitmentOf } from './commitment.ts';
export { eventHash, fingerprint, roundedMs } from './fingerprint.ts';
export type { Claim } from './fingerprint.ts';
export { decodeLeaf, encodeLeaf, leafFits, LEAF_VERSION, MAX_LEAF_BYTES, utf8Length } from './leaf.ts';
export { readReceipts, type ReceiptsFile, writeReceipts } from './receipts.ts';
export { sha256, sha256Bytes, utf8Bytes } from './sha256.ts';
export { signedTapText, type SignedTap, tapText } from './tap-signature.ts';
export { verifyRows } from './verify.ts';
export type { Fault, FaultReason, StoredRow, Verdict, VerifyOptions } from './verify.ts';
