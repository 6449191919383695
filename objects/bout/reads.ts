import {
  type BoutState,
  cornerTotals,
  currentRound,
  redlineMoments,
  roundOf,
  roundStatus,
  type RoundState,
  clockView,
  timeRemaining,
  toldByLegacy,
} from '../../domain/bout/index.ts';
import { decodeLeaf, type Entry, type Verdict } from '../../domain/ledger/index.ts';
import { own } from '../../domain/own.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { replayRound } from '../../domain/replay/index.ts';
import type { Caller } from '../../domain/roles/index.ts';
import { type BoutContext, openForReading } from './context.ts';
import { advanceLag, releasedAs } from './lag.ts';
import type { Ledger } from './ledger.ts';
import { readNames } from './people.ts';
import { countRecent } from './recent.ts';
import * as store from './store.ts';
import { fighterName, judgeName, viewOf, winnerName } from './view.ts';
import { verdictFor, verifyUpTo } from './verdicts.ts';
import {
  isDelayed,
  requireStatistics,
  sees,
  seesRecommendation,
  seesScorecard,
  seesTotals,
  type Viewpoint,
  viewpointOf,
} from './visibility.ts';
import { wireAction, wireEntry } from './wire.ts';

/** A bout as one caller may see it: for who is kept behind, as it was `delay_ms` ago. */
type Sight = {
  readonly ledger: Ledger;
  readonly state: BoutState;
  readonly view: Viewpoint;
  /** The moment that the state is of. */
  readonly nowMs: number;
  readonly shiftMs: number;
};

export function look(context: BoutContext, caller: Caller | null): Outcome<Sight> {
  const open = openForReading(context, caller);
  if (!open.ok) return open;
  const { ledger, state } = open.value;
  const view = viewpointOf(caller);
  const released = requireStatistics(view, state);
  if (!released.ok) return released;
  const nowMs = Date.now();
  const { delayMs } = state.config;
  if (delayMs === 0 || !isDelayed(view)) return ok({ ledger, state, view, nowMs, shiftMs: 0 });
  const then = advanceLag(context.fanOut.lag, ledger, nowMs - delayMs);
  if (then === null) return refuse('unavailable', 'The bout cannot be read yet; try again.');
  return ok({ ledger, state: releasedAs(then, state), view, nowMs: nowMs - delayMs, shiftMs: delayMs });
}

export function readView(context: BoutContext, caller: Caller | null) {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { state, view, nowMs, shiftMs, ledger } = sight.value;
  return ok(viewOf(state, readNames(ledger.storage.sql), view, nowMs, shiftMs));
}

/** A round of the bout, or why there is none. */
function roundFor(state: BoutState, number: number): Outcome<RoundState> {
  return number >= 1 && number <= state.config.scheduledRounds
    ? ok(roundOf(state, number))
    : refuse('not_found', `This bout has rounds 1 to ${state.config.scheduledRounds}.`, 'round_id');
}

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
function countFor({ ledger, state, view }: Sight, round: RoundState): number {
  if (view.role !== 'judge') return round.totalEvents;
  return entriesOf(ledger, round).filter(({ entry }) => isAction(entry) && sees(view, state, entry)).length;
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
  const { state, view, ledger } = sight.value;
  const round = roundFor(state, number);
  if (!round.ok) return round;
  const voided = new Set(round.value.voided);
  const events = entriesOf(ledger, round.value)
    .filter(({ entry }) => isAction(entry) && sees(view, state, entry))
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

/** The entries of a round in ledger order, the last ones from memory; other rounds’ that lie between are passed over. */
function entriesOf(ledger: Ledger, round: RoundState): { entry: Entry; hash: string }[] {
  if (round.span === null) return [];
  const { first, last } = round.span;
  const keptFrom = (ledger.state?.next ?? 0) - ledger.kept.length;
  const entries: { entry: Entry; hash: string }[] = [];
  for (const row of store.readEntries(ledger.storage.sql, first, Math.min(last, keptFrom - 1))) {
    const decoded = decodeLeaf(row.leaf);
    if (decoded.ok && decoded.value.round === round.number) entries.push({ entry: decoded.value, hash: row.hash });
  }
  for (const kept of ledger.kept) {
    const { entry } = kept;
    if (entry.index >= first && entry.index <= last && entry.round === round.number) entries.push(kept);
  }
  return entries;
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
  const { red, blue } = replay.round_summary.total_score;
  const recommendation = red > blue ? '10-9' : blue > red ? '9-10' : '10-10';
  return ok({
    bout_id: context.boutId,
    round_id: number,
    timeline: replay.timeline,
    round_summary: {
      ...replay.round_summary,
      winner_recommendation: seesRecommendation(view, state, round.value) ? recommendation : null,
    },
    event_count: replay.event_count,
  });
}

function withoutLegacy<T extends { readonly entry: Entry }>(entries: readonly T[]): T[] {
  return entries.filter(({ entry }) => !entry.flags.includes('legacy'));
}

export function readLive(context: BoutContext, caller: Caller | null) {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { state, view, nowMs, ledger } = sight.value;
  const round = currentRound(state);
  const open = seesTotals(view, state, round, nowMs);
  const totals = open ? cornerTotals(state, round, nowMs) : null;
  return ok({
    bout_id: context.boutId,
    round_id: round.number,
    round_status: roundStatus(state, round, nowMs),
    red_totals: totals?.red ?? null,
    blue_totals: totals?.blue ?? null,
    time_remaining: timeRemaining(clockView(state, round, nowMs), nowMs),
    events_last_5_sec: open ? countRecent(context.fanOut.recent, ledger, state, round, nowMs) : null,
    redline_moments: open ? redlineMoments(state, round) : [],
  });
}

export function readFinal(context: BoutContext, caller: Caller | null) {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { state, view, ledger } = sight.value;
  const names = readNames(ledger.storage.sql);
  const verdict = verdictFor(context.boutId, ledger, null, view);
  return ok({
    bout_id: context.boutId,
    fighter1: fighterName(state, names, 'red'),
    fighter2: fighterName(state, names, 'blue'),
    final_scores: state.config.judges
      .map((judge) => ({
        judge_id: judge.id,
        judge_name: judgeName(names, judge.id),
        scorecard: scorecardOf(state, judge.id, view),
      }))
      .filter((card) => Object.keys(card.scorecard).length > 0),
    winner: state.result?.status === 'official' ? winnerName(state, names) : null,
    full_event_log_hash_chain_valid: verdict.valid,
    total_rounds: state.config.scheduledRounds,
  });
}

/** `round_n` → `red-blue`, for the rounds that the seat has submitted and the viewpoint may see. */
function scorecardOf(state: BoutState, seat: string, view: Viewpoint): Record<string, string> {
  const rounds: Record<string, string> = {};
  for (const round of state.rounds) {
    const card = own(round.scorecards, seat);
    if (card !== undefined && !card.open && seesScorecard(view, state, seat, round))
      rounds[`round_${round.number}`] = `${card.redX10 / 10}-${card.blueX10 / 10}`;
  }
  return rounds;
}
