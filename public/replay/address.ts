/** What an address asks to see; null where it leaves it open. */
export type Wanted = { readonly bout: string | null; readonly round: number | null; readonly second: number | null };

const LAST_ROUND = 99;
const LAST_SECOND = 3_600;

/** Reads `?bout=…&round=…&t=…`. Nonsense is left out: a link that was cut still opens. */
export function readAddress(search: string): Wanted {
  const query = new URLSearchParams(search);
  const bout = query.get('bout');
  return {
    bout: bout === null || bout === '' ? null : bout,
    round: wholeNumber(query.get('round'), 1, LAST_ROUND),
    second: wholeNumber(query.get('t'), 0, LAST_SECOND),
  };
}

/** The same for others: the address of one second of a round. */
export function addressOf(bout: string, round: number, second: number | null): string {
  const query = new URLSearchParams({ bout, round: String(round) });
  if (second !== null) query.set('t', String(second));
  return `/replay?${query.toString()}`;
}

function wholeNumber(word: string | null, least: number, most: number): number | null {
  if (word === null || !/^\d{1,5}$/.test(word)) return null;
  const value = Number(word);
  return value >= least && value <= most ? value : null;
}
