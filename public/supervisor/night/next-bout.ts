import type { Card } from '../../shared/wire/cards.ts';
import type { Night } from './model.ts';
import { deviceWarnings, panelWarnings, type Warning } from './warnings.ts';

/** The bout that places are for now: the current one, before that the card's first. */
export function nextBout(card: Card): string | null {
  return card.current_bout_id ?? card.bouts[0]?.bout_id ?? null;
}

/** What about that bout should be looked at; nothing while it is not known. */
export function warningsOf(night: Night, card: Card, reporting: readonly string[]): readonly Warning[] {
  const boutId = nextBout(card);
  const judges = (boutId === null ? undefined : night.facts.value.get(boutId))?.bout.judges;
  return judges === undefined ? [] : [...panelWarnings(judges), ...deviceWarnings(judges, card, reporting)];
}
