/** What a search asks for, by the names in the address; what is empty is not asked. */
export const SEARCH_FIELDS = [
  'q',
  'name',
  'promotion',
  'event',
  'number',
  'judge',
  'from',
  'to',
  'sealed',
  'simulated',
  'sort',
  'after',
] as const;

export type SearchField = (typeof SEARCH_FIELDS)[number];

export type SearchWords = Readonly<Partial<Record<SearchField, string>>>;

export const FIGURES = ['fighters', 'judges', 'anomalies'] as const;

export type FiguresPart = (typeof FIGURES)[number];

const OPTIONS = ['measure', 'side', 'simulated'] as const;

export type FigureOptions = Readonly<Partial<Record<(typeof OPTIONS)[number], string>>>;

/** Where on the page one is. The address holds all of it, so that it can be shared and gone back to. */
export type Place =
  | { readonly view: 'search'; readonly words: SearchWords }
  | { readonly view: 'bout'; readonly boutId: string }
  | { readonly view: 'check' }
  | { readonly view: 'figures'; readonly part: FiguresPart; readonly options: FigureOptions }
  | { readonly view: 'fighter'; readonly fighterId: string; readonly simulated: boolean }
  | { readonly view: 'storage' };

/** @param search as `location.search`; what is not understood is a search for everything */
export function placeOf(search: string): Place {
  const asked = new URLSearchParams(search);
  const boutId = asked.get('bout') ?? '';
  if (boutId !== '') return { view: 'bout', boutId };
  const fighterId = asked.get('fighter') ?? '';
  if (fighterId !== '') return { view: 'fighter', fighterId, simulated: asked.get('simulated') === 'true' };
  if (asked.has('check')) return { view: 'check' };
  if (asked.has('storage')) return { view: 'storage' };
  if (asked.has('figures')) {
    const part = FIGURES.find((one) => one === asked.get('figures')) ?? 'fighters';
    return { view: 'figures', part, options: given(asked, OPTIONS) };
  }
  return { view: 'search', words: given(asked, SEARCH_FIELDS) };
}

/** The address of a place, the same each time. */
export function addressOf(place: Place): string {
  switch (place.view) {
    case 'bout':
      return `/archive?bout=${encodeURIComponent(place.boutId)}`;
    case 'fighter':
      return `/archive?fighter=${encodeURIComponent(place.fighterId)}${place.simulated ? '&simulated=true' : ''}`;
    case 'check':
      return '/archive?check';
    case 'storage':
      return '/archive?storage';
    case 'figures':
      return `/archive?${queryOf({ figures: place.part, ...place.options })}`;
    case 'search': {
      const query = queryOf(place.words);
      return query === '' ? '/archive' : `/archive?${query}`;
    }
  }
}

export function queryOf(fields: Readonly<Partial<Record<string, string>>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    const trimmed = value?.trim() ?? '';
    if (trimmed !== '') query.set(name, trimmed);
  }
  return query.toString();
}

function given<F extends string>(asked: URLSearchParams, fields: readonly F[]): Readonly<Partial<Record<F, string>>> {
  const found: Partial<Record<F, string>> = {};
  for (const field of fields) {
    const value = asked.get(field)?.trim() ?? '';
    if (value !== '') found[field] = value;
  }
  return found;
}
