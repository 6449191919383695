import { words } from '../strings/common.ts';
import type { WireEntry } from '../wire/frames.ts';

/** An entry in words: what happened, and what is said about it beside. */
export type EntryWords = { readonly title: string; readonly details: readonly string[]; readonly isAction: boolean };

/** Null for entries that are no news to people who watch (sessions, configuration, the void itself). */
export function entryWords(entry: WireEntry): EntryWords | null {
  switch (entry.kind) {
    case 'action':
    case 'replace':
      return entry.event_type === null ? null : { ...actionWords(entry.event_type, entry.metadata), isAction: true };
    case 'clock':
      return plain(words.clockAction[textIn(entry.payload, 'action')]);
    case 'ruling':
      return plain(words.ruling[textIn(entry.payload, 'kind')] ?? words.otherRuling);
    case 'scorecard':
      return plain(words.scorecard);
    case 'result':
      return plain(words.resultEntry);
    default:
      return null;
  }
}

/** `KD` with tier `Hard` → "Knockdown", ["Hard"]. */
export function actionWords(
  eventType: string,
  metadata: Readonly<Record<string, unknown>>,
): { readonly title: string; readonly details: readonly string[] } {
  const where = textIn(metadata, 'control');
  const details = [
    textIn(metadata, 'tier'),
    textIn(metadata, 'quality'),
    textIn(metadata, 'target'),
    textIn(metadata, 'position'),
    metadata.significant === true ? words.significant : '',
  ].filter((detail) => detail !== '');
  if (eventType === 'KD') return { title: words.knockdown, details };
  if (eventType === 'Control Start') return { title: words.controlStarts(where), details };
  if (eventType === 'Control Stop') return { title: words.controlEnds(where), details };
  return { title: eventType, details };
}

/** Who logged it: the seat at the table where there is one, else the person's id. */
export function loggedBy(entry: WireEntry): string {
  return entry.judge_id ?? entry.actor.seat ?? entry.actor.subject;
}

function plain(title: string | undefined): EntryWords | null {
  return title === undefined ? null : { title, details: [], isAction: false };
}

function textIn(values: Readonly<Record<string, unknown>>, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}
