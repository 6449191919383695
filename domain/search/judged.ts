import type { JudgedRecommendation } from '../analytics/index.ts';
import {
  type BoutState,
  countingRounds,
  type LookUp,
  personAt,
  recommendationFor,
  type RoundCard,
  type RoundState,
} from '../bout/index.ts';
import { type LeafObject } from '../ledger/index.ts';
import { rulesToLeaf } from '../rules/index.ts';

/** The judged rounds of a bout whose result is official; ids only, no names. Points in tenths. */
export type JudgedBout = {
  /** As they were frozen into the bout: what a scorecard of these rounds may hold. */
  readonly rules: LeafObject;
  readonly scorecardsTo: string;
  readonly recommendationTo: string;
  /** When the result that stands was put forward. */
  readonly resultMs: number;
  readonly rounds: readonly {
    readonly round: number;
    readonly redDeduction: number;
    readonly blueDeduction: number;
    readonly recommendation: JudgedRecommendation | null;
  }[];
  readonly scorecards: readonly {
    readonly round: number;
    readonly seat: string;
    /** The person's id where it is known, else the seat's. */
    readonly judge: string;
    /** Whose token wrote it; null for one from paper. */
    readonly subject: string | null;
    readonly redX10: number;
    readonly blueX10: number;
  }[];
};

/** Null until the result is official. */
export function judgedBout(state: BoutState, lookUp: LookUp, nowMs: number): JudgedBout | null {
  if (state.result?.status !== 'official') return null;
  const { config } = state;
  const rounds = countingRounds(state).filter((round) => closedCards(round).length > 0);
  return {
    rules: rulesToLeaf(config.rules),
    scorecardsTo: config.release.scorecards,
    recommendationTo: config.release.recommendation,
    resultMs: lookUp(state.result.index)?.receivedMs ?? 0,
    rounds: rounds.map((round) => ({
      round: round.number,
      redDeduction: round.deductions.red,
      blueDeduction: round.deductions.blue,
      recommendation: recommendationOf(state, round, nowMs),
    })),
    scorecards: rounds.flatMap((round) => scorecardsOf(state, round, lookUp)),
  };
}

/** Only a model that was fitted on real scores is held against a judge; a published formula is not. */
function recommendationOf(state: BoutState, round: RoundState, nowMs: number): JudgedRecommendation | null {
  const said = recommendationFor(state, round, nowMs);
  return said === null || !said.fitted ? null : { pRed: said.pRed, margin2: said.margin2, model: said.model };
}

function scorecardsOf(state: BoutState, round: RoundState, lookUp: LookUp): JudgedBout['scorecards'][number][] {
  return closedCards(round).map(([seat, card]) => {
    const subject = card.paper ? null : (lookUp(card.index)?.actor.subject ?? null);
    const person = personAt(state, seat, round.number);
    return {
      round: round.number,
      seat,
      // A seat is nobody: where the panel does not say who sat there, the token that wrote the scorecard does.
      judge: person === seat ? (subject ?? seat) : person,
      subject,
      redX10: card.redX10,
      blueX10: card.blueX10,
    };
  });
}

/** A scorecard that a supervisor opened again and nobody closed says nothing. */
function closedCards(round: RoundState): [seat: string, card: RoundCard][] {
  return Object.entries(round.scorecards).filter(([, card]) => !card.open);
}
