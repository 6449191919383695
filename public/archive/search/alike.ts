import type { Hit } from '../wire/search.ts';

/** The bouts of a page that say the same in their rows' names and events: they are told apart by their ids. */
export function alikeIn(hits: readonly Hit[]): ReadonlySet<string> {
  const rows = Map.groupBy(hits, (hit) =>
    JSON.stringify([hit.fighter1.name, hit.fighter2.name, hit.promotion, hit.event]),
  );
  return new Set(
    [...rows.values()].filter((same) => same.length > 1).flatMap((same) => same.map((hit) => hit.bout_id)),
  );
}

/** How far the record of a bout is that nobody has sealed. */
export function openState({ result, status }: Pick<Hit, 'result' | 'status'>): 'toBeSealed' | 'notBegun' | 'underWay' {
  if (result !== null) return 'toBeSealed';
  return status === 'NOT_STARTED' ? 'notBegun' : 'underWay';
}
