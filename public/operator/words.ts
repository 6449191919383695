import type { Corner } from '../../domain/corner.ts';
import { actionWords } from '../shared/look/entry-words.ts';
import { words } from '../shared/strings/common.ts';
import { operatorWords } from '../shared/strings/operator.ts';
import type { Bag } from '../shared/wire/decode.ts';

/** An action in words; what is filled in after the fact starts nothing, and says so. */
export function saidOf(
  eventType: string,
  metadata: Bag,
): { readonly title: string; readonly details: readonly string[] } {
  const { backfill_ms: backfillMs, control } = metadata;
  if (typeof backfillMs === 'number' && typeof control === 'string') {
    return { title: operatorWords.backfillWords(Math.round(backfillMs / 1_000), control), details: [] };
  }
  const { title, details } = actionWords(eventType, metadata);
  return { title, details: details.map((detail) => detail.toLowerCase()) };
}

/** One line of text: `Red Jab, head, distance`. */
export function sentenceOf(corner: Corner | null, eventType: string, metadata: Bag): string {
  const { title, details } = saidOf(eventType, metadata);
  const what = [title, ...details].join(', ');
  return corner === null ? what : `${words.corner[corner]} ${what}`;
}
