import type { Reach } from '../reach.ts';
import { useAsked } from '../asked.ts';
import { decodeSearch, type Found } from '../wire/search.ts';

/** Figures know fighters by id alone; the index of bouts knows what they are called, where that is still kept. */
export type Names = ReadonlyMap<string, string>;

export function namesIn(found: Found | null): Names {
  const names = new Map<string, string>();
  // Newest first: a fighter goes by the newest name.
  for (const { fighter1, fighter2 } of found?.hits ?? []) {
    for (const { id, name } of [fighter1, fighter2]) if (!names.has(id)) names.set(id, name);
  }
  return names;
}

/** @param fighterId of one; null for those of the newest bouts */
export function useNames(reach: Reach, fighterId: string | null): Names {
  const one = fighterId === null ? 'limit=100' : `fighter=${encodeURIComponent(fighterId)}&limit=10`;
  return namesIn(useAsked(reach, `/api/search?sealed=true&sort=date&${one}`, decodeSearch).value);
}
