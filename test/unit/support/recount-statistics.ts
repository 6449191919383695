import type { RoundStatistics } from '../../../domain/bout/index.ts';
import { CORNERS, type Corner } from '../../../domain/corner.ts';
import { type Entry, integerOf, objectOf, truthOf } from '../../../domain/ledger/index.ts';
import type { Book } from './book.ts';
import { aspectOf, chooser, controlOf, cornerOf, countable, fact, observerOf, standingRulings } from './recount.ts';

const STRIKES = ['jab', 'cross', 'hook', 'head_kick', 'ground_strike'];

/** The statistics of a round, counted again from all the entries by the words of their definitions. */
export function recountStatistics(book: Book, round: number, elapsedMs: number, over: boolean): RoundStatistics {
  const chosen = chooser(book, round);
  const marks = CORNERS.flatMap((corner) => chosen(corner, 'control').filter((entry) => aspectOf(entry) === 'control'));
  const held = controlOf(marks, elapsedMs, over, () => 1);
  const confirmed = standingRulings(book.entries, 'knockdown').filter((entry) => entry.round === round);
  const of = (corner: Corner) => {
    const damage = chosen(corner, 'damage');
    const strikes = damage.filter((entry) => STRIKES.includes(fact(entry, 'type') ?? ''));
    const significant = strikes.filter(isSignificant);
    const knockdowns = typed(damage, 'kd');
    const where = (name: string, value: string) => significant.filter((entry) => fact(entry, name) === value).length;
    const grappling = (type: string) => typed(chosen(corner, 'grappling'), type).length;
    return {
      knockdowns: Math.max(knockdowns.length, ruled(book, confirmed, corner)),
      significant: significant.length,
      head: where('target', 'head'),
      body: where('target', 'body'),
      leg: where('target', 'leg'),
      distance: where('position', 'distance'),
      clinch: where('position', 'clinch'),
      ground: where('position', 'ground'),
      strikes: strikes.length,
      takedowns: grappling('takedown_landed'),
      stuffed: grappling('takedown_stuffed'),
      submissions: grappling('submission_attempt'),
      reversals: grappling('sweep_reversal'),
      controlMs: held[corner],
      pendingKnockdowns: knockdowns.filter((entry) => !confirmed.some((one) => targetOf(one) === entry.index)).length,
    };
  };
  return { red: of('red'), blue: of('blue'), elapsedMs };
}

/** Of knockdowns that the referee confirmed under several observers' taps, one observer's. */
function ruled(book: Book, confirmed: readonly Entry[], corner: Corner): number {
  const perObserver = new Map<string, number>();
  let untapped = 0;
  for (const ruling of confirmed) {
    const tap = book.entries[targetOf(ruling) ?? -1];
    if (tap === undefined) untapped += cornerOf(ruling) === corner ? 1 : 0;
    if (tap === undefined || cornerOf(tap) !== corner) continue;
    const stands = gone(book, tap) ? 'nobody' : observerOf(tap);
    perObserver.set(stands, (perObserver.get(stands) ?? 0) + 1);
  }
  return untapped + Math.max(0, ...perObserver.values());
}

function gone(book: Book, tap: Entry): boolean {
  // Late or not: only what was taken back is gone.
  const inTime = book.entries.map((entry) => (entry.index === tap.index ? { ...entry, flags: [] } : entry));
  return !countable(inTime, tap.round ?? 0).some((entry) => entry.index === tap.index);
}

function targetOf(ruling: Entry): number | null {
  return integerOf(ruling.payload, 'target_index');
}

function typed(entries: readonly Entry[], type: string): Entry[] {
  return entries.filter((entry) => fact(entry, 'type') === type);
}

/** At distance, or with power: of the clinch and the ground what was marked as significant or as solid. */
function isSignificant(entry: Entry): boolean {
  const marked = truthOf(objectOf(entry.payload, 'action') ?? {}, 'significant');
  return marked || fact(entry, 'tier') === 'solid' || fact(entry, 'position') === 'distance';
}
