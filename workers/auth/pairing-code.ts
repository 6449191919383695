import { createHmac } from 'node:crypto';
import { base64url } from 'jose';
import type { KeyRing } from './keys.ts';

/** Between the card's id and the secret in a code: it stands in no id and needs no escape in an address. */
export const CODE_SEPARATOR = '~';

/**
 * A pairing code: the card's id, so that a claim finds its card, and 128 bits that nobody can guess. With an event id
 * these are derived from it, under a key that never leaves the edge: the card keeps only a hash, and yet a repeated
 * request gets the first code again.
 */
export function pairingCode(ring: KeyRing, cardId: string, eventId: string | undefined): string {
  return `${cardId}${CODE_SEPARATOR}${secretFor(ring, cardId, eventId)}`;
}

function secretFor(ring: KeyRing, cardId: string, eventId: string | undefined): string {
  if (eventId === undefined) return base64url.encode(crypto.getRandomValues(new Uint8Array(16)));
  const digest = createHmac('sha256', ring.seed).update(`fightjudge-pairing|${cardId}|${eventId}`).digest();
  return base64url.encode(digest.subarray(0, 16));
}
