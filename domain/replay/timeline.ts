import { controlCursor, valueOf } from '../actions/index.ts';
import { actionOf, claimOf } from '../bout/action-payload.ts';
import { cornerOf } from '../bout/config.ts';
import { observerOf, selectObservers } from '../bout/observers.ts';
import { type BoutState, type Pair, type RoundState, ZERO_PAIR } from '../bout/state.ts';
import { addTo, points, roundTotals, selectedSpans } from '../bout/totals.ts';
import type { Entry } from '../ledger/entry.ts';

export type TimelineSecond<Event> = {
  readonly second: number;
  readonly events: readonly Event[];
  readonly damage_totals: Pair;
  readonly grappling_totals: Pair;
  readonly control_totals: Pair;
};

export type RoundSummary = {
  readonly damage_score: Pair;
  readonly grappling_score: Pair;
  readonly control_score: Pair;
  readonly total_score: Pair;
  readonly score_differential: number;
};

export type Replay<Event> = {
  readonly timeline: readonly TimelineSecond<Event>[];
  readonly round_summary: RoundSummary;
  readonly event_count: number;
};

/**
 * A round second by second. Second `s` holds what happened in [s, s + 1) and the totals at its end, so
 * the last second's totals are the round's. What lies beyond `seconds` stands in the last one: nothing
 * drops out of a replay. Every action appears; only those of the chosen observers that stand count.
 *
 * @param entries the round's entries in ledger order; `show` puts an action into the caller's form
 * @param seconds length of the timeline
 */
export function replayRound<Event>(
  state: BoutState,
  round: RoundState,
  entries: readonly Entry[],
  seconds: number,
  nowMs: number,
  show: (entry: Entry, facts: { readonly voided: boolean; readonly counted: boolean }) => Event,
): Replay<Event> {
  const selection = selectObservers(state, round);
  const voided = new Set(round.voided);
  const bySecond: { events: Event[]; damage: Pair; grappling: Pair }[] = Array.from({ length: seconds }, () => ({
    events: [],
    damage: ZERO_PAIR,
    grappling: ZERO_PAIR,
  }));
  let count = 0;
  for (const entry of entries) {
    const action = actionOf(entry);
    const slot = bySecond[Math.min(Math.floor((entry.clockMs ?? 0) / 1000), seconds - 1)];
    if (action === null || slot === undefined) continue;
    count += 1;
    const corner = cornerOf(state.config, claimOf(entry).fighterId);
    const late = entry.flags.includes('late') && entry.index >= round.lateAdmittedUpTo;
    const chosen =
      corner !== null && action.aspect !== null && selection[corner][action.aspect] === observerOf(entry).id;
    const counted = chosen && !late && !voided.has(entry.index);
    slot.events.push(show(entry, { voided: voided.has(entry.index), counted }));
    if (!counted) continue;
    const value = valueOf(state.config.values, action);
    slot.damage = addTo(slot.damage, corner, value.damage);
    slot.grappling = addTo(slot.grappling, corner, value.grappling);
  }
  return {
    timeline: accumulate(bySecond, controlCursor(selectedSpans(state, round, selection, nowMs), state.config.values)),
    round_summary: summarise(state, round, nowMs),
    event_count: count,
  };
}

function accumulate<Event>(
  bySecond: readonly { events: Event[]; damage: Pair; grappling: Pair }[],
  controlUpTo: (ms: number) => Pair,
): TimelineSecond<Event>[] {
  let damage = ZERO_PAIR;
  let grappling = ZERO_PAIR;
  return bySecond.map((slot, second) => {
    damage = { red: damage.red + slot.damage.red, blue: damage.blue + slot.damage.blue };
    grappling = { red: grappling.red + slot.grappling.red, blue: grappling.blue + slot.grappling.blue };
    // The last second closes the timeline, whatever lies beyond it.
    const upTo = second === bySecond.length - 1 ? Number.MAX_SAFE_INTEGER : (second + 1) * 1000;
    return {
      second,
      events: slot.events,
      damage_totals: pointsOf(damage),
      grappling_totals: pointsOf(grappling),
      control_totals: pointsOf(controlUpTo(upTo)),
    };
  });
}

function summarise(state: BoutState, round: RoundState, nowMs: number): RoundSummary {
  const totals = roundTotals(state, round, nowMs);
  return {
    damage_score: pointsOf(totals.damage),
    grappling_score: pointsOf(totals.grappling),
    control_score: pointsOf(totals.control),
    total_score: pointsOf(totals.total),
    score_differential: points(totals.total.red - totals.total.blue),
  };
}

function pointsOf(pair: Pair): Pair {
  return { red: points(pair.red), blue: points(pair.blue) };
}
