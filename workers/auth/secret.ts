import type { Buffer } from 'node:buffer';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../../domain/roles/index.ts';

/** The token id of whoever came with ADMIN_SECRET itself; tokens have a UUID there. */
const SECRET_ID = 'ADMIN_SECRET';

/** Like a token's default life; nothing that is made for the secret's holder outlives it unasked. */
const CALLER_LIFE_MS = 15 * 60_000;

/** Compares by hash, so that the time taken tells neither the length nor a common beginning. */
export function isSecret(candidate: string, secret: string | undefined): boolean {
  if (secret === undefined || secret === '') return false;
  return timingSafeEqual(digest(candidate), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** The deployment's owner. */
export function secretHolder(nowMs: number): Caller {
  return {
    subject: 'admin',
    role: 'admin',
    seat: null,
    device: null,
    boutId: null,
    cardId: null,
    corners: null,
    aspects: null,
    tokenId: SECRET_ID,
    expiresMs: nowMs + CALLER_LIFE_MS,
  };
}

/** Whether a caller came with ADMIN_SECRET itself, not with an administrator's token. */
export function cameWithSecret(caller: Caller | null): boolean {
  return caller?.tokenId === SECRET_ID;
}
