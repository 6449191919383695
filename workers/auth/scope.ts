import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';

/**
 * Whether a caller's token reaches a bout. A token with a bout reaches that bout alone; one with a card, the bouts of
 * that card; one with neither, every bout. `cardIdOfBout` is undefined where it is not known yet (at the edge): the
 * bout object, which knows, asks again.
 */
export function callerMayUse(caller: Caller | null, boutId: string, cardIdOfBout: string | null | undefined): boolean {
  if (caller === null) return true;
  if (caller.boutId !== null) return caller.boutId === boutId;
  return caller.cardId === null || cardIdOfBout === undefined || caller.cardId === cardIdOfBout;
}

/** The refusal for a bout that the caller's token does not reach; null where it does. */
export function boutScopeRefusal(caller: Caller | null, boutId: string, cardIdOfBout?: string | null): Refusal | null {
  if (caller === null || callerMayUse(caller, boutId, cardIdOfBout)) return null;
  const reach = caller.boutId === null ? `card ${caller.cardId}` : `bout ${caller.boutId}`;
  return refuse('forbidden', `This token is for ${reach}; it does not reach bout ${boutId}.`, 'bout_id');
}

/** The refusal for a card that the caller's token does not reach; null where it does. */
export function cardScopeRefusal(caller: Caller | null, cardId: string): Refusal | null {
  if (caller === null || caller.cardId === cardId) return null;
  if (caller.cardId === null && caller.boutId === null) return null;
  const reach = caller.cardId === null ? `bout ${caller.boutId} alone` : `card ${caller.cardId}`;
  return refuse('forbidden', `This token is for ${reach}; it does not reach card ${cardId}.`, 'card_id');
}
