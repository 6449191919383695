import {
  redlineMoments,
  recommendationFor,
  roundStatistics,
  roundStatus,
  type RoundState,
  type RoundStatistics,
} from '../../bout/index.ts';
import type { Corner } from '../../corner.ts';
import { textOf } from '../../ledger/index.ts';
import { replayRound } from '../../replay/index.ts';
import { documentLines, formatOf, mapped } from '../document.ts';
import { AFTER_ALL, type BoutRecord, entryAt } from '../record.ts';
import { pairOf } from './points.ts';

/** `round_summaries.json`: per round its clock, category totals, statistics, rulings, and what the statistical judge made of it. */
export function roundLines(record: BoutRecord): Iterable<string> {
  const { state } = record;
  return documentLines([
    ['bout_id', JSON.stringify(state.config.boutId)],
    ['format', JSON.stringify(formatOf('round_summaries'))],
    ['rounds', mapped(state.rounds, (round) => JSON.stringify(roundOf(record, round)))],
  ]);
}

function roundOf(record: BoutRecord, round: RoundState) {
  const { state } = record;
  const statistics = roundStatistics(state, round, AFTER_ALL);
  const advice = adviceOf(record, round);
  return {
    round_id: round.number,
    status: roundStatus(state, round, AFTER_ALL),
    started_ms: round.clock?.stretches[0]?.fromMs ?? null,
    ended_ms: round.clock?.endedMs ?? null,
    length_ms: round.clock?.lengthMs ?? state.config.roundLengthMs,
    elapsed_ms: statistics.elapsedMs,
    first_index: round.span?.first ?? null,
    last_index: round.span?.last ?? null,
    total_events: round.totalEvents,
    voided: round.voided,
    locked_at: round.lockedAt,
    round_summary: {
      ...replayRound(state, round, [], 1, AFTER_ALL, () => null).round_summary,
      winner_recommendation: advice?.scorecard ?? null,
    },
    statistics: { red: countsOf(statistics, 'red'), blue: countsOf(statistics, 'blue') },
    redline_moments: redlineMoments(state, round),
    deductions: pairOf(round.deductions),
    rulings: rulingsOf(record, round),
    recommendation: advice,
  };
}

function countsOf(statistics: RoundStatistics, corner: Corner) {
  const { controlMs, pendingKnockdowns, ...counts } = statistics[corner];
  return { ...counts, pending_knockdowns: pendingKnockdowns, control_ms: controlMs };
}

function rulingsOf(record: BoutRecord, round: RoundState) {
  return round.rulings.map((ruling) => ({
    sequence_index: ruling.index,
    kind: ruling.kind,
    corner: ruling.corner,
    target_index: ruling.targetIndex,
    foul: textOf(entryAt(record, ruling.index)?.payload ?? {}, 'foul'),
    intent: ruling.intent,
    points: ruling.pointsX10 / 10,
    method: ruling.method,
    time_ms: ruling.clockMs,
    aggravated: ruling.aggravated,
    rescinded: ruling.rescinded,
    told: ruling.told,
  }));
}

function adviceOf({ state }: BoutRecord, round: RoundState) {
  const said = recommendationFor(state, round, AFTER_ALL);
  if (said === null) return null;
  return {
    scorecard: said.card,
    p_red: rounded(said.pRed),
    p_two_points: rounded(said.margin2),
    too_close: said.tooClose,
    reasons: said.reasons.map(({ corner, input, words, logOdds }) => ({
      corner,
      input,
      words,
      log_odds: rounded(logOdds),
    })),
    lacked: said.lacked,
    model: said.model,
    fitted: said.fitted,
    notes: said.notes,
  };
}

/** As the API gives it. More would also be what two platforms' exponential functions may not agree on. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
