import { queryOf, type SearchWords } from '../place.ts';

/** Bouts of one page. */
const PAGE = '20';

/** The sorts that begin at the other end than the newest. */
export const SORTS = ['', 'date', 'event', 'promotion', 'updated'] as const;

/** The API's address for what the page's address asks. */
export function searchPath({
  q,
  name,
  promotion,
  event,
  number,
  judge,
  from,
  to,
  sealed,
  simulated,
  sort,
  after,
}: SearchWords): string {
  const query = queryOf({
    q,
    fighter: name,
    promotion,
    event,
    bout_number: number,
    judge,
    from,
    to,
    sealed,
    simulated,
    sort,
    cursor: after,
    limit: PAGE,
  });
  return `/api/search?${query}`;
}

/** Whether anything is asked besides the order and the page. */
export function isNarrowed({ sort: _sort, after: _after, ...rest }: SearchWords): boolean {
  return Object.values(rest).some((value) => value !== undefined && value !== '');
}

/** Whether something is asked that stands among the further fields. */
export function asksMore({ q: _q, ...rest }: SearchWords): boolean {
  return isNarrowed(rest);
}
