import type { Pair, Replay, ReplayEvent } from './wire.ts';

/** Category points of both corners; `weighted_score` is their sum. */
type TotalsAt = {
  readonly weighted_score: Pair;
  readonly damage: Pair;
  readonly grappling: Pair;
  readonly control: Pair;
};

export type Category = keyof TotalsAt;

export const CATEGORIES: readonly Category[] = ['weighted_score', 'damage', 'grappling', 'control'];

const ZERO: Pair = { red: 0, blue: 0 };
const NOTHING: TotalsAt = { weighted_score: ZERO, damage: ZERO, grappling: ZERO, control: ZERO };

/**
 * The totals when so many seconds of the round are over: those at the end of the second before. At the round's full
 * length they are the round's, with whatever lies beyond it.
 */
export function totalsAt(replay: Replay, position: number): TotalsAt {
  const at = replay.timeline[Math.min(position, replay.timeline.length) - 1];
  if (at === undefined) return NOTHING;
  const { damage_totals: damage, grappling_totals: grappling, control_totals: control } = at;
  return {
    weighted_score: { red: sum(damage, grappling, control, 'red'), blue: sum(damage, grappling, control, 'blue') },
    damage,
    grappling,
    control,
  };
}

/** Rounded as points are, so that a sum of points with two decimals has two as well. */
function sum(a: Pair, b: Pair, c: Pair, corner: keyof Pair): number {
  return Math.round((a[corner] + b[corner] + c[corner]) * 100) / 100;
}

/** An action with the second of the timeline that holds it. */
export type Placed = { readonly second: number; readonly event: ReplayEvent };

/** Every action of the round in the order of the timeline. */
export function placedEvents(replay: Replay): readonly Placed[] {
  return replay.timeline.flatMap(({ second, events }) => events.map((event) => ({ second, event })));
}

/** What has happened when so many seconds are over, newest first. */
export function happenedBy(placed: readonly Placed[], position: number): readonly Placed[] {
  return placed.filter(({ second }) => second < position).reverse();
}

/**
 * How much of the round there is to see, in whole seconds: all of one that is over, and of the current one what the clock
 * has run. A round that was stopped early ends there.
 */
export function reachedSeconds(
  clock: { readonly round_id: number; readonly length_ms: number },
  round: number,
  lengthS: number,
  leftMs: number,
): number {
  if (clock.round_id !== round) return lengthS;
  return Math.min(Math.max(Math.floor((clock.length_ms - leftMs) / 1_000), 0), lengthS);
}
