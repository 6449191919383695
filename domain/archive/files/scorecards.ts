import {
  type BoutResult,
  computeResult,
  decide,
  type EarlierCard,
  isAbsent,
  isSigned,
  type RoundCard,
} from '../../bout/index.ts';
import { textOf } from '../../ledger/index.ts';
import { own } from '../../own.ts';
import { rulesToLeaf } from '../../rules/index.ts';
import { documentLines, formatOf, mapped } from '../document.ts';
import { AFTER_ALL, type BoutRecord, entryAt } from '../record.ts';
import { pairOf } from './points.ts';

/**
 * `judge_scorecards.json`: per seat every round's scorecard with what stood there before, signature and total; then the
 * deductions, what the scorecards decide, what the whole record computes to, and the result with who proposed and
 * confirmed it. People by id.
 */
export function scorecardLines(record: BoutRecord): Iterable<string> {
  const { state } = record;
  const { totals: _totals, missing, extensionDue, ...decision } = decide(state);
  const computed = computeResult(state, AFTER_ALL);
  return documentLines([
    ['bout_id', JSON.stringify(state.config.boutId)],
    ['format', JSON.stringify(formatOf('judge_scorecards'))],
    ['rules', JSON.stringify(rulesToLeaf(state.config.rules))],
    ['seats', mapped(state.config.judges, ({ id }) => JSON.stringify(seatOf(record, id)))],
    ['deductions', mapped(deductionsOf(record), (one) => JSON.stringify(one))],
    [
      'decision',
      JSON.stringify({
        ...decision,
        extension_due: extensionDue,
        missing: missing.map(({ seat, round }) => ({ judge_id: seat, round_id: round })),
      }),
    ],
    ['computed', JSON.stringify(computed.ok ? wireOutcome(computed.value) : null)],
    ['result', JSON.stringify(resultOf(state.result))],
  ]);
}

function seatOf(record: BoutRecord, seat: string) {
  const { state } = record;
  const change = own(state.seats, seat);
  const signature = own(state.signatures, seat);
  const total = decide(state).totals.find((one) => one.seat === seat);
  return {
    judge_id: seat,
    person_id: state.config.judges.find(({ id }) => id === seat)?.person ?? null,
    substitutes: (change?.people ?? []).map(({ person, fromRound, index }) => ({
      person_id: person,
      from_round: fromRound,
      proposal_index: index,
    })),
    absent: isAbsent(state, seat),
    rounds: state.rounds.flatMap(({ number, scorecards, deductions }) => {
      const card = own(scorecards, seat);
      return card === undefined ? [] : [{ round_id: number, ...cardOf(record, card), deductions: pairOf(deductions) }];
    }),
    signature:
      signature === undefined
        ? null
        : {
            sequence_index: signature.index,
            subject: signature.subject,
            red: signature.redX10 / 10,
            blue: signature.blueX10 / 10,
          },
    signed: isSigned(state, seat),
    total: total === undefined ? null : pairOf(total.total),
  };
}

function cardOf(record: BoutRecord, card: RoundCard) {
  return {
    submitted: !card.open,
    // An open scorecard has no value: what it had stands among the earlier ones.
    red: card.open ? null : card.redX10 / 10,
    blue: card.open ? null : card.blueX10 / 10,
    sequence_index: card.index,
    by: card.by,
    paper: card.paper,
    earlier: card.earlier.map((earlier) => earlierOf(record, earlier)),
  };
}

function earlierOf(record: BoutRecord, { redX10, blueX10, index, reopenedAt }: EarlierCard) {
  const reopening = entryAt(record, reopenedAt);
  return {
    red: redX10 / 10,
    blue: blueX10 / 10,
    sequence_index: index,
    reopened_at: reopenedAt,
    reopened_by: reopening?.actor.subject ?? null,
    reason: textOf(reopening?.payload ?? {}, 'reason'),
  };
}

function deductionsOf({ state }: BoutRecord) {
  return state.rounds
    .filter(({ deductions }) => deductions.red > 0 || deductions.blue > 0)
    .map(({ number, deductions }) => ({ round_id: number, ...pairOf(deductions) }));
}

type Outcome = Pick<BoutResult, 'winner' | 'method' | 'decision' | 'round' | 'clockMs'>;

function wireOutcome({ winner, method, decision, round, clockMs }: Outcome) {
  return { winner, method, decision, round_id: round, time_ms: clockMs };
}

/** A result as it stands, by corner; null where none has been proposed. */
export function resultOf(result: BoutResult | null) {
  if (result === null) return null;
  return {
    status: result.status,
    ...wireOutcome(result),
    proposal_index: result.index,
    proposed_by: result.proposedBy,
    confirmed_by: result.confirmedBy,
  };
}
