import { type Action, normaliseAction } from '../../domain/actions/index.ts';
import type { ReplayEvent } from './wire.ts';

type Leaf = string | number | boolean | null;

/** What the words of an event mean, as the ledger understood them; null for words that this page does not know. */
export function understood({ event_type, metadata }: Pick<ReplayEvent, 'event_type' | 'metadata'>): Action | null {
  const plain: Record<string, Leaf> = {};
  for (const [name, value] of Object.entries(metadata)) if (isLeaf(value)) plain[name] = value;
  const read = normaliseAction(event_type, plain);
  return read.ok ? read.value.action : null;
}

function isLeaf(value: unknown): value is Leaf {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
