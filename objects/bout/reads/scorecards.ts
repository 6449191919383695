import {
  type BoutState,
  computeResult,
  decide,
  isAbsent,
  isSigned,
  type RoundCard,
  type RoundState,
  roundStatistics,
} from '../../../domain/bout/index.ts';
import { CORNERS } from '../../../domain/corner.ts';
import { own } from '../../../domain/own.ts';
import { textOf } from '../../../domain/ledger/index.ts';
import { ok } from '../../../domain/refusal.ts';
import { inAudience, type Caller } from '../../../domain/roles/index.ts';
import { type Decision, rulesToLeaf, scorecardHints } from '../../../domain/rules/index.ts';
import type { BoutContext } from '../context.ts';
import { entryAt, type Ledger } from '../ledger/ledger.ts';
import { readNames } from '../people/names.ts';
import { isStaff, seesScorecard, type Viewpoint } from '../release/visibility.ts';
import { look } from './look.ts';
import { judgeName, judgeNameAt } from './view.ts';

/**
 * The scorecards as the caller may see them: per seat and round what was submitted, what stood there before it was
 * reopened, the points taken in the round, and where every round of a seat may be seen, its total and signature. For
 * supervisors besides what is missing, what waits for a second person, and the result as it computes.
 */
export function readScorecards(context: BoutContext, caller: Caller | null) {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { state, view, ledger, nowMs } = sight.value;
  const names = readNames(ledger.storage.sql);
  const { totals } = decide(state);
  const seats = state.config.judges.map(({ id }) => ({
    judge_id: id,
    judge_name: judgeName(state, names, id),
    absent: isAbsent(state, id),
    rounds: state.rounds.flatMap((round) => {
      const card = own(round.scorecards, id);
      if (card === undefined || !seesScorecard(view, state, id, round, nowMs)) return [];
      const judge_name = judgeNameAt(state, names, id, round.number);
      return [{ round_id: round.number, judge_name, ...cardFacts(card), deductions: tenths(round.deductions) }];
    }),
    ...(seesAll(view, state, id, nowMs) ? { ...totalIn(totals, id), signed: isSigned(state, id) } : {}),
  }));
  const staff = isStaff(view) && inAudience(view.role, state.config.release.scorecards);
  return ok({
    bout_id: context.boutId,
    rules: rulesToLeaf(state.config.rules),
    seats,
    rulings: rulingsOf(state, ledger, view.seat),
    ...(staff ? staffFacts(state, nowMs) : {}),
  });
}

function cardFacts(card: RoundCard) {
  return {
    submitted: !card.open,
    // An open scorecard has no value: what it had stands among the earlier ones.
    red: card.open ? null : card.redX10 / 10,
    blue: card.open ? null : card.blueX10 / 10,
    sequence_index: card.index,
    paper: card.paper,
    earlier: card.earlier.map(({ redX10, blueX10, index, reopenedAt }) => ({
      red: redX10 / 10,
      blue: blueX10 / 10,
      sequence_index: index,
      reopened_at: reopenedAt,
    })),
  };
}

/** Of a seat that is recorded as empty and has no vote there is none. */
function totalIn(totals: Decision['totals'], seat: string) {
  const found = totals.find((one) => one.seat === seat);
  return found === undefined ? {} : { total: tenths(found.total) };
}

/** A total gives every round away: it is shown to whoever may see them all. */
function seesAll(view: Viewpoint, state: BoutState, seat: string, nowMs: number): boolean {
  // An empty seat can have the mean of the others: whose that is, it is made of theirs.
  const seats = isAbsent(state, seat) ? state.config.judges.map(({ id }) => id) : [seat];
  return state.rounds.every((round) => seats.every((id) => seesScorecard(view, state, id, round, nowMs)));
}

function rulingsOf(state: BoutState, ledger: Ledger, seat: string | null) {
  const entryOf = (index: number | null) => (index === null ? null : entryAt(ledger, index));
  return state.rounds.flatMap((round) =>
    round.rulings.map((ruling) => ({
      round_id: round.number,
      sequence_index: ruling.index,
      event_id: entryOf(ruling.index)?.eventId ?? null,
      target_event_id: entryOf(ruling.targetIndex)?.eventId ?? null,
      foul: textOf(entryOf(ruling.index)?.payload ?? {}, 'foul'),
      time_ms: ruling.clockMs,
      kind: ruling.kind,
      corner: ruling.corner,
      intent: ruling.intent,
      points: ruling.pointsX10 / 10,
      method: ruling.method,
      rescinded: ruling.rescinded,
      ...(seat === null ? {} : { told: ruling.told.includes(seat) }),
    })),
  );
}

function staffFacts(state: BoutState, nowMs: number) {
  const decision = decide(state);
  const computed = computeResult(state, nowMs);
  return {
    missing: decision.missing.map(({ seat, round }) => ({ judge_id: seat, round_id: round })),
    extension_due: decision.extensionDue,
    unsigned: state.config.judges.map(({ id }) => id).filter((id) => !isAbsent(state, id) && !isSigned(state, id)),
    told: state.rounds.flatMap((round) =>
      round.rulings
        .filter(({ kind }) => kind === 'deduction')
        .map(({ index, told }) => ({ sequence_index: index, judges: told })),
    ),
    notices: state.rounds.flatMap((round) => limitReached(state, round, nowMs)),
    hints: state.rounds.flatMap((round) => {
      const { red, blue } = roundStatistics(state, round, nowMs);
      const knockdowns = { red: red.knockdowns, blue: blue.knockdowns };
      return Object.entries(round.scorecards).flatMap(([seat, { redX10, blueX10, open }]) =>
        open
          ? []
          : scorecardHints(state.config.rules, { redX10, blueX10, knockdowns }).map((words) => ({
              judge_id: seat,
              round_id: round.number,
              words,
            })),
      );
    }),
    proposals: state.proposals.map(({ index, proposedBy, change }) => ({
      proposal_index: index,
      proposed_by: proposedBy,
      kind: change.kind,
      judge_id: change.seat,
      ...(change.kind === 'paper'
        ? { round_id: change.round, red: change.redX10 / 10, blue: change.blueX10 / 10 }
        : change.kind === 'substitute'
          ? { person_id: change.person, from_round: change.fromRound }
          : {}),
    })),
    computed: computed.ok
      ? {
          winner: computed.value.winner,
          method: computed.value.method,
          decision: computed.value.decision,
          round_id: computed.value.round,
          time_ms: computed.value.clockMs,
          reason: computed.value.reason,
        }
      : null,
    not_computed: computed.ok ? null : computed.detail,
  };
}

/** The rule is the referee's to apply: the record only says that it is reached. */
function limitReached(state: BoutState, round: RoundState, nowMs: number) {
  const limit = state.config.rules.knockdownLimit;
  if (limit === null) return [];
  const statistics = roundStatistics(state, round, nowMs);
  return CORNERS.filter((corner) => statistics[corner].knockdowns >= limit).map((corner) => ({
    round_id: round.number,
    words: `${corner} scored ${statistics[corner].knockdowns} knockdowns: under these rules ${limit} in a round end the bout.`,
  }));
}

function tenths(pair: { readonly red: number; readonly blue: number }) {
  return { red: pair.red / 10, blue: pair.blue / 10 };
}
