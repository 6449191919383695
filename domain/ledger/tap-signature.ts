import { canonicalJson } from './canonical.ts';
import type { Entry, LeafObject } from './entry.ts';
import { type Claim, fingerprint } from './fingerprint.ts';
import { objectOf, textOf } from './read.ts';
import { actionFields } from './scan.ts';
import { sha256 } from './sha256.ts';

const VERSION = 'fightjudge-tap-v1';

/** A tap as its device sends it; the metadata divided as `splitMetadata` does. */
export type SignedTap = Claim & {
  readonly eventId: string;
  readonly deviceEpoch: number | null;
  readonly deviceSeq: number | null;
  readonly metadata: LeafObject;
  readonly metadataExtra: string | null;
};

/**
 * What a device signs of a tap, and what a verifier puts together again from the entry: `fightjudge-tap-v1`, the bout,
 * the event id, the seven fields of the fingerprint, the device's epoch and sequence, the claimed time unrounded, and the
 * SHA-256 of the metadata's canonical JSON, directly followed by that of what no leaf can hold (`metadata_extra`, a JSON
 * object too) where there is any; joined by `|`, which none of them holds. What is not there is empty. ES256 signs it as
 * r || s, Ed25519 as RFC 8032; both stand in the entry as base64url.
 */
export function signedTapText(tap: SignedTap): string {
  return [
    VERSION,
    tap.boutId,
    tap.eventId,
    fingerprint(tap),
    tap.deviceEpoch ?? '',
    tap.deviceSeq ?? '',
    tap.timestampMs,
    sha256(canonicalJson(tap.metadata) + (tap.metadataExtra ?? '')),
  ].join('|');
}

/** The text that the device of an entry has signed; null for an entry that is no tap. */
export function tapText(entry: Entry, boutId: string): string | null {
  const { eventId, payload, round, timestampMs, deviceEpoch, deviceSeq } = entry;
  const action = actionFields(payload);
  if (action === null || round === null || timestampMs === null) return null;
  const metadata = objectOf(payload, 'metadata') ?? {};
  const metadataExtra = textOf(payload, 'metadata_extra');
  return signedTapText({
    boutId,
    eventId,
    round,
    timestampMs,
    deviceEpoch,
    deviceSeq,
    metadata,
    metadataExtra,
    ...action,
  });
}
