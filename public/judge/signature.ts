import type { Pair } from '../../domain/corner.ts';
import type { OutboxItem } from '../shared/outbox/outbox.ts';
import type { WireEntry } from '../shared/wire/frames.ts';

/**
 * `early`: rounds are still to come. `missing`: a round is not scored. `due`: nothing is in the way. `waiting`: signed
 * on this device, not sent. `refused`: the server said no. `again`: what was signed is no more what the card says.
 */
export type Signature =
  | { readonly state: 'early' | 'missing' | 'waiting' | 'signed' }
  | { readonly state: 'due' | 'again' }
  | { readonly state: 'refused'; readonly detail: string };

/** Whether the judge can and should sign now. */
export function isSignable(
  signature: Signature,
): signature is Extract<Signature, { readonly state: 'due' | 'again' | 'refused' }> {
  return signature.state === 'due' || signature.state === 'again' || signature.state === 'refused';
}

export type SignatureFacts = {
  readonly seat: string;
  readonly distanceOver: boolean;
  readonly complete: boolean;
  /** In tenths, as they would be signed now. */
  readonly total: Pair;
  /** How often rounds of this card have been opened again: what was signed before the last time counts no more. */
  readonly openings: number;
  readonly signedInLedger: boolean;
};

export function signatureOf(
  facts: SignatureFacts,
  items: readonly OutboxItem[],
  entries: readonly WireEntry[],
  path: string,
): Signature {
  const mine = items.findLast((item) => item.path.endsWith(path) && item.body.judge_id === facts.seat);
  const holds = mine !== undefined && isUnder(mine, facts);
  if (mine?.state === 'unsent' && holds) return { state: 'waiting' };
  if (!facts.distanceOver) return { state: 'early' };
  if (!facts.complete) return { state: 'missing' };
  if (facts.signedInLedger || (mine?.state === 'sent' && holds)) return { state: 'signed' };
  if (mine?.state === 'refused' && holds) return { state: 'refused', detail: mine.refusal?.detail ?? '' };
  const before =
    mine?.state === 'sent' ||
    entries.some(
      ({ kind, payload }) => kind === 'scorecard' && payload.type === 'signed' && payload.judge_id === facts.seat,
    );
  return { state: before ? 'again' : 'due' };
}

function isUnder({ body, note }: OutboxItem, { total, openings }: SignatureFacts): boolean {
  const { red, blue } = body;
  if (typeof red !== 'number' || typeof blue !== 'number') return false;
  return Math.round(red * 10) === total.red && Math.round(blue * 10) === total.blue && note.openings === openings;
}
