/** The tamper-evident log: its tree, proofs, tiles, signed checkpoints, and whose signatures count. */
export { joinBytes, leafHash, nodeHash, sameBytes } from './hash.ts';
export type { Hash } from './hash.ts';
export { base64Of, bytesOfBase64, bytesOfHex, hexOf, textOfUtf8 } from './text.ts';
export { EMPTY_FRONTIER, extend, frontierFromText, frontierToText, rootOf, rootOfFrontier } from './tree.ts';
export type { Frontier } from './tree.ts';
export { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proof.ts';
export type { ConsistencyClaim, InclusionClaim } from './proof.ts';
export { bundlesOf, expectedTiles, readBundle, readTile, TILE_WIDTH, tilePath, tilesOf } from './tile.ts';
export type { ExpectedTile, TileFile, TileLevel } from './tile.ts';
export {
  COSIGNATURE,
  ED25519,
  formatVerifierKey,
  isKeyName,
  keyFor,
  keyId,
  parseVerifierKey,
  verifierKey,
} from './key.ts';
export type { SignText, VerifierKey, VerifySignature } from './key.ts';
export { addSignatures, formatNote, MAX_SIGNATURES, openNote, parseNote, signatureLine, signNote } from './note.ts';
export type { Note, NoteSignature, OpenedNote } from './note.ts';
export { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
export type { Checkpoint, OpenedCheckpoint } from './checkpoint.ts';
export { cosign, cosignatureTime, cosignedMessage, verifyCosignature } from './cosignature.ts';
export { formatProof, parseProof, verifyProof } from './tlog-proof.ts';
export type { TlogProof } from './tlog-proof.ts';
export { formatAddCheckpoint, readCosignatures, readWitnessSize } from './witness.ts';
export type { AddCheckpoint } from './witness.ts';
export { followRotations, openRotation, rotationText, signRotation } from './rotation.ts';
export type { Signer } from './rotation.ts';
export { ed25519 } from './ed25519.ts';
export type { Subtle } from './ed25519.ts';
