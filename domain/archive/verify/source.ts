import type { Subtle } from '../../log/index.ts';
import type { StampSubtle } from '../../timestamp/index.ts';

/** The bytes of a file of an archive by its path; null where there is none. Rejects where it cannot be told. */
export type ArchiveSource = (path: string) => Promise<Uint8Array | null>;

/** Something received by an outsider while the bout ran: an entry's index and its chain hash (hexadecimal). */
export type Receipt = { readonly index: number; readonly hash: string };

export type VerifyOptions<Key> = {
  /** The deployment's verifier key, from anywhere but the archive; null where the verifier has none. */
  readonly key: string | null;
  /** The bout that was asked for, where one was. */
  readonly boutId?: string | undefined;
  readonly receipts?: readonly Receipt[];
  /** Earlier checkpoints of this bout (whole notes) that somebody holds. */
  readonly checkpoints?: readonly string[];
  /** Rotation notes from elsewhere, beside those in the archive. */
  readonly rotations?: readonly string[];
  /** Verifier keys of witnesses: one that did not cosign the log of checkpoints is a finding. */
  readonly witnesses?: readonly string[];
  /** WebCrypto of the platform. */
  readonly subtle: Subtle<Key> & StampSubtle<Key>;
  /** Every path of the archive, where the source can list: then files that do not belong are found too. */
  readonly list?: (() => Promise<readonly string[]>) | undefined;
  /** Told now and then how far it is. */
  readonly onProgress?: ((step: string, done: number, of: number) => void) | undefined;
};
