import { recommendationFor, type RoundState, toldByLegacy } from '../../../domain/bout/index.ts';
import type { Entry, Verdict } from '../../../domain/ledger/index.ts';
import { ok, refuse } from '../../../domain/refusal.ts';
import { replayRound } from '../../../domain/replay/index.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { entriesOf } from '../ledger/round-entries.ts';
import { sees, seesRecommendation, seesTotals } from '../release/visibility.ts';
import { wireAction, wireEntry } from '../wire.ts';
import { look, roundFor, type Sight } from './look.ts';
import { verdictFor, verifyUpTo } from './verdicts.ts';

export function readVerdict(context: BoutContext, caller: Caller | null, number: number) {
  const ledger = context.ledger;
  // A damaged ledger must still be able to say so: it is verified even where it cannot be folded.
  if (ledger !== null && ledger.fault !== null)
    return ok(verdictBody(context, number, 0, verifyUpTo(context.boutId, ledger, null)));
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const round = roundFor(sight.value.state, number);
  if (!round.ok) return round;
  // A round without entries is verified by what precedes it, and for who is kept behind that ends earlier.
  const last = round.value.span?.last ?? sight.value.state.next - 1;
  const verdict = verdictFor(context.boutId, sight.value.ledger, last, sight.value.view);
  return ok(verdictBody(context, number, countFor(sight.value, round.value), verdict));
}

/** How many actions the round has, and for a judge, how many of their own: others' would tell of the statistics. */
function countFor({ ledger, state, view, nowMs }: Sight, round: RoundState): number {
  if (view.role !== 'judge') return round.totalEvents;
  return entriesOf(ledger, round).filter(({ entry }) => isAction(entry) && sees(view, state, entry, nowMs)).length;
}

function verdictBody(context: BoutContext, number: number, events: number, verdict: Verdict) {
  const { fault } = verdict;
  return {
    bout_id: context.boutId,
    round_id: number,
    total_events: events,
    chain_valid: verdict.valid,
    message: fault === null ? 'Hash chain intact' : `Hash chain broken at entry ${fault.index}: ${fault.detail}`,
    verified_entries: verdict.entries,
    fault: fault === null ? null : { sequence_index: fault.index, reason: fault.reason, detail: fault.detail },
  };
}

export function readEvents(context: BoutContext, caller: Caller | null, number: number) {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { state, view, ledger, nowMs } = sight.value;
  const round = roundFor(state, number);
  if (!round.ok) return round;
  const voided = new Set(round.value.voided);
  const events = entriesOf(ledger, round.value)
    .filter(({ entry }) => isAction(entry) && sees(view, state, entry, nowMs))
    .map(({ entry, hash }) => ({ ...wireEntry(entry, hash), voided: voided.has(entry.index) }));
  return ok({
    bout_id: context.boutId,
    round_id: number,
    total_events: view.role === 'judge' ? events.length : round.value.totalEvents,
    events,
  });
}

function isAction(entry: Entry): boolean {
  return entry.kind === 'action' || entry.kind === 'replace';
}

export function readReplay(context: BoutContext, caller: Caller | null, number: number, seconds: number) {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { state, view, ledger, nowMs } = sight.value;
  const round = roundFor(state, number);
  if (!round.ok) return round;
  if (!seesTotals(view, state, round.value, nowMs)) {
    return refuse('forbidden', 'A judge sees the totals of a round once their own scorecard for it is in.');
  }
  const all = entriesOf(ledger, round.value);
  const shown = toldByLegacy(round.value) ? all : withoutLegacy(all);
  const replay = replayRound(
    state,
    round.value,
    shown.map(({ entry }) => entry),
    seconds,
    nowMs,
    (entry, facts) => ({
      sequence_index: entry.index,
      event_id: entry.eventId,
      ...wireAction(entry),
      timestamp_ms: entry.timestampMs,
      clock_ms: entry.clockMs,
      ...facts,
    }),
  );
  const open = seesRecommendation(view, state, round.value, nowMs);
  return ok({
    bout_id: context.boutId,
    round_id: number,
    timeline: replay.timeline,
    round_summary: {
      ...replay.round_summary,
      winner_recommendation: open ? (recommendationFor(state, round.value, nowMs)?.card ?? null) : null,
    },
    event_count: replay.event_count,
  });
}

function withoutLegacy<T extends { readonly entry: Entry }>(entries: readonly T[]): T[] {
  return entries.filter(({ entry }) => !entry.flags.includes('legacy'));
}
