import type { Env } from '../env.ts';
import { platformOf } from './platform.ts';

/** Bouts that a token without a bout or a card may have sockets at: the newest, far more than one night has. */
const RECENT_BOUTS = 50;

/**
 * Closes the sockets that revoked tokens have open. Best effort beside the revocation itself, which stands:
 * a bout that cannot be reached now has its sockets live on until the token expires.
 */
export async function hangUp(env: Env, tokenIds: readonly string[]): Promise<void> {
  const bouts = new Set<string>();
  for (const tokenId of tokenIds) for (const boutId of await boutsOf(env, tokenId)) bouts.add(boutId);
  await Promise.allSettled([...bouts].map(async (boutId) => await env.BOUT.getByName(boutId).revoke(tokenIds)));
}

async function boutsOf(env: Env, tokenId: string): Promise<readonly string[]> {
  const reach = await platformOf(env).reachOf(tokenId);
  if (reach?.boutId != null) return [reach.boutId];
  if (reach?.cardId != null) {
    const card = await env.CARD.getByName(reach.cardId).view();
    return card === null ? [] : card.bouts.map((bout) => bout.boutId);
  }
  const bouts = await platformOf(env).bouts({ limit: RECENT_BOUTS, beforeIndex: null });
  return bouts.map((bout) => bout.boutId);
}
