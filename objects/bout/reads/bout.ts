import {
  clockView,
  cornerTotals,
  currentRound,
  decide,
  lastRound,
  redlineMoments,
  roundStatus,
  timeRemaining,
  type BoutResult,
  type BoutState,
} from '../../../domain/bout/index.ts';
import { own } from '../../../domain/own.ts';
import { ok } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { readNames } from '../people/names.ts';
import { recordView } from '../record/index.ts';
import { isStaff, seesScorecard, seesTotals, type Viewpoint } from '../release/visibility.ts';
import { look } from './look.ts';
import { countRecent } from './recent.ts';
import { verdictFor } from './verdicts.ts';
import { fighterName, judgeName, judgeNameAt, viewOf, winnerName } from './view.ts';

export function readView(context: BoutContext, caller: Caller | null) {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { state, view, nowMs, shiftMs, ledger } = sight.value;
  const seen = viewOf(state, readNames(ledger.storage.sql), view, nowMs, shiftMs);
  return ok(isStaff(view) ? { ...seen, record: recordView(ledger) } : seen);
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
  const { state, view, ledger, nowMs } = sight.value;
  const names = readNames(ledger.storage.sql);
  const verdict = verdictFor(context.boutId, ledger, null, view);
  const official = state.result?.status === 'official' ? state.result : null;
  const scores = state.config.judges
    .map(({ id }) => ({
      judge_id: id,
      judge_name: judgesOf(state, names, id),
      scorecard: scorecardOf(state, id, view, nowMs),
    }))
    .filter((card) => Object.keys(card.scorecard).length > 0);
  return ok({
    bout_id: context.boutId,
    fighter1: fighterName(state, names, 'red'),
    fighter2: fighterName(state, names, 'blue'),
    final_scores: scores,
    winner: official === null ? null : winnerName(state, names),
    full_event_log_hash_chain_valid: verdict.valid,
    total_rounds: lastRound(state),
    // Only now, so that what clients know of an open bout stays as it was: without the points that were taken and what
    // they make of each scorecard, a result could seem to contradict the scorecards above it.
    ...(official === null ? {} : { result: resultOf(state, official, scores) }),
  });
}

function resultOf(state: BoutState, result: BoutResult, scores: readonly { readonly judge_id: string }[]) {
  return {
    method: result.method,
    decision: result.decision,
    round_id: result.round,
    time_ms: result.clockMs,
    deductions: state.rounds
      .filter(({ deductions }) => deductions.red > 0 || deductions.blue > 0)
      .map(({ number, deductions }) => ({
        round_id: number,
        red: deductions.red / 10,
        blue: deductions.blue / 10,
      })),
    // A seat that is recorded as empty and has no vote has none, whatever was scored from it before.
    totals: decide(state)
      .totals.filter(({ seat }) => scores.some(({ judge_id }) => judge_id === seat))
      .map(({ seat, total }) => ({ judge_id: seat, red: total.red / 10, blue: total.blue / 10 })),
  };
}

/** Everybody who scored from the seat, in order of rounds. */
function judgesOf(state: BoutState, names: ReadonlyMap<string, string>, seat: string): string {
  const scored = state.rounds.filter(({ scorecards }) => own(scorecards, seat) !== undefined);
  const all = scored.map(({ number }) => judgeNameAt(state, names, seat, number));
  return all.length === 0 ? judgeName(state, names, seat) : [...new Set(all)].join(', ');
}

/** `round_n` → `red-blue`, for the rounds that the seat has submitted and the viewpoint may see. */
function scorecardOf(state: BoutState, seat: string, view: Viewpoint, nowMs: number): Record<string, string> {
  const rounds: Record<string, string> = {};
  for (const round of state.rounds) {
    const card = own(round.scorecards, seat);
    if (card !== undefined && !card.open && seesScorecard(view, state, seat, round, nowMs))
      rounds[`round_${round.number}`] = `${card.redX10 / 10}-${card.blueX10 / 10}`;
  }
  return rounds;
}
