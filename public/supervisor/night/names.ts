import { nightWords, deskWords } from '../../shared/strings/supervisor-night.ts';
import type { Night } from './model.ts';

/** Both fighters of a bout, as far as this page knows them; null for a place whose bout is not set up. */
export function fightersOf(night: Night, boutId: string): { readonly red: string; readonly blue: string } | null {
  const facts = night.facts.value.get(boutId);
  if (facts !== undefined) return { red: facts.bout.fighter1.name, blue: facts.bout.fighter2.name };
  const line = night.lines.value.get(boutId);
  return line === undefined ? null : { red: line.fighter1, blue: line.fighter2 };
}

export function namesOf(night: Night, boutId: string): string {
  const fighters = fightersOf(night, boutId);
  return fighters === null
    ? `${boutId} (${nightWords.notMade})`
    : `${fighters.red} ${deskWords.versus} ${fighters.blue}`;
}
