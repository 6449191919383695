import { type Corner, otherCorner } from '../corner.ts';
import type { Decision } from './decide.ts';
import type { AccidentalFoulRule, Rules } from './rules.ts';
import { sourceOf } from './sources.ts';

/** How a bout ends that a foul or an injury by one stops. */
export type FoulEnding = {
  readonly intent: 'accidental' | 'intentional';
  readonly fouler: Corner;
  /** The round that was on when the bout was stopped, or the last before it. */
  readonly round: number;
  readonly scheduledRounds: number;
  /** Rounds whose final bell had rung. */
  readonly completedRounds: number;
  readonly roundElapsedMs: number;
  readonly roundLengthMs: number;
  /** Whether the foul itself ended the bout, or the injury in a later round or after fair blows. */
  readonly when: 'at_once' | 'later';
};

type FoulOutcome = {
  readonly method: 'NC' | 'DQ' | 'TD' | 'DRAW';
  /** `by_scorecards` until {@link endingByFoul} is asked again with a complete decision. */
  readonly winner: Corner | 'draw' | 'no_contest' | 'by_scorecards';
  /** Whether the round in which the bout was stopped counts on the scorecards; a whole one always does. */
  readonly scorePartialRound: boolean;
  readonly reason: string;
  readonly source: string;
};

const INTENTIONAL_SOURCE = '14B NCAC 10.0809(b); SPS 192.29(1) and 192.45; N.J.A.C. 13:46-24A';

/**
 * How a bout ends that a foul ends. Where the scorecards decide and `decision` is null or incomplete, the winner is
 * `by_scorecards`; ask again with the decision, because it is not always its winner who wins: after an intentional
 * foul only the injured fighter can.
 * @param decision of the rounds that count: without the round that was stopped unless `scorePartialRound` says so
 */
export function endingByFoul(rules: Rules, ending: FoulEnding, decision: Decision | null): FoulOutcome {
  const isWhole = completedOf(ending) >= ending.round;
  const scorePartialRound = isWhole || rules.accidentalFoul.scorePartialRound;
  return ending.intent === 'intentional'
    ? endingByIntent(ending, decision, scorePartialRound)
    : endingByAccident(rules, ending, decision, scorePartialRound);
}

function endingByIntent(ending: FoulEnding, decision: Decision | null, scorePartialRound: boolean): FoulOutcome {
  const source = INTENTIONAL_SOURCE;
  const injured = otherCorner(ending.fouler);
  if (ending.when === 'at_once') {
    const reason = 'An intentional foul ended the bout: its author is disqualified.';
    return { method: 'DQ', winner: injured, scorePartialRound: false, reason, source };
  }
  const winner = winnerOf(decision);
  if (winner === null) {
    const reason =
      'An injury by an intentional foul ended the bout later: the scorecards say whether the injured wins.';
    return { method: 'TD', winner: 'by_scorecards', scorePartialRound, reason, source };
  }
  if (winner === injured) {
    const reason = 'An injury by an intentional foul ended the bout later, with the injured ahead: technical decision.';
    return { method: 'TD', winner, scorePartialRound, reason, source };
  }
  const reason = 'An injury by an intentional foul ended the bout later, with the injured not ahead: technical draw.';
  return { method: 'DRAW', winner: 'draw', scorePartialRound, reason, source };
}

function endingByAccident(
  rules: Rules,
  ending: FoulEnding,
  decision: Decision | null,
  scorePartialRound: boolean,
): FoulOutcome {
  const rule = rules.accidentalFoul;
  const source = sourceOf(rules, 'accidentalFoul');
  const scoredAnyway = ending.when === 'later' && rule.aggravated === 'scored';
  if (!scoredAnyway && !isLateEnough(rule, ending)) return { ...early(rule), source };
  const winner = winnerOf(decision);
  if (winner === 'draw') {
    const reason = 'An accidental foul ended the bout late enough, with the scorecards level: technical draw.';
    return { method: 'DRAW', winner, scorePartialRound, reason, source };
  }
  const reason = 'An accidental foul ended the bout late enough for the scorecards: technical decision.';
  return { method: 'TD', winner: winner ?? 'by_scorecards', scorePartialRound, reason, source };
}

function early({ before }: AccidentalFoulRule): Omit<FoulOutcome, 'source'> {
  const when = 'An accidental foul ended the bout too early for the scorecards';
  switch (before) {
    case 'draw':
      return { method: 'DRAW', winner: 'draw', scorePartialRound: false, reason: `${when}: a draw.` };
    case 'no_decision':
      return { method: 'NC', winner: 'no_contest', scorePartialRound: false, reason: `${when}: no decision.` };
    case 'no_contest':
      return { method: 'NC', winner: 'no_contest', scorePartialRound: false, reason: `${when}: no contest.` };
  }
}

function isLateEnough({ from, rounds }: AccidentalFoulRule, ending: FoulEnding): boolean {
  const completed = completedOf(ending);
  switch (from) {
    case 'rounds_completed':
      return completed >= (rounds ?? 0);
    case 'round_begun':
      return ending.round >= (rounds ?? 0);
    case 'half_completed':
      return completed * 2 >= ending.scheduledRounds;
    case 'majority_completed':
      return completed * 2 > ending.scheduledRounds;
  }
}

/** A round whose time has run out is complete, whether or not somebody has counted it. */
function completedOf({ round, completedRounds, roundElapsedMs, roundLengthMs }: FoulEnding): number {
  return roundElapsedMs >= roundLengthMs ? Math.max(completedRounds, round) : completedRounds;
}

function winnerOf(decision: Decision | null): Corner | 'draw' | null {
  return decision !== null && decision.complete ? decision.winner : null;
}
