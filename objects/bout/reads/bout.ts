import {
  clockView,
  cornerTotals,
  currentRound,
  lastRound,
  redlineMoments,
  roundStatus,
  timeRemaining,
  type BoutState,
} from '../../../domain/bout/index.ts';
import { own } from '../../../domain/own.ts';
import { ok } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { readNames } from '../people.ts';
import { seesScorecard, seesTotals, type Viewpoint } from '../visibility.ts';
import { look } from './look.ts';
import { countRecent } from './recent.ts';
import { verdictFor } from './verdicts.ts';
import { fighterName, judgeName, viewOf, winnerName } from './view.ts';

export function readView(context: BoutContext, caller: Caller | null) {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { state, view, nowMs, shiftMs, ledger } = sight.value;
  return ok(viewOf(state, readNames(ledger.storage.sql), view, nowMs, shiftMs));
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
  return ok({
    bout_id: context.boutId,
    fighter1: fighterName(state, names, 'red'),
    fighter2: fighterName(state, names, 'blue'),
    final_scores: state.config.judges
      .map((judge) => ({
        judge_id: judge.id,
        judge_name: judgeName(state, names, judge.id),
        scorecard: scorecardOf(state, judge.id, view, nowMs),
      }))
      .filter((card) => Object.keys(card.scorecard).length > 0),
    winner: state.result?.status === 'official' ? winnerName(state, names) : null,
    full_event_log_hash_chain_valid: verdict.valid,
    total_rounds: lastRound(state),
  });
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
