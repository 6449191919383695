import type { JudgedRecommendation } from '../../domain/analytics/index.ts';
import {
  type BoutState,
  countingRounds,
  personAt,
  recommendationFor,
  type RoundCard,
  type RoundState,
} from '../../domain/bout/index.ts';
import { rulesToLeaf } from '../../domain/rules/index.ts';
import type { BoutContext } from './context.ts';
import { entryAt, type Ledger } from './ledger.ts';

/** Only a model that was fitted on real scores is held against a judge; a published formula is not. */
function recommendationOf(state: BoutState, round: RoundState): JudgedRecommendation | null {
  const said = recommendationFor(state, round, Date.now());
  return said === null || !said.fitted ? null : { pRed: said.pRed, margin2: said.margin2, model: said.model };
}

/**
 * Writes the judged rounds of a bout whose result is official into the index, in place of what stood there. They tell
 * whom they may be shown to, so a change of the release writes them again.
 */
export async function writeJudged(context: BoutContext): Promise<void> {
  const { ledger } = context;
  const state = ledger?.state ?? null;
  if (ledger === null || state === null || state.result?.status !== 'official') return;
  const { config } = state;
  const index = context.env.INDEX;
  const rounds = countingRounds(state).filter((round) => closedCards(round).length > 0);
  await index.batch([
    index.prepare('DELETE FROM judged_round WHERE bout_id = ?').bind(config.boutId),
    index.prepare('DELETE FROM judged_scorecard WHERE bout_id = ?').bind(config.boutId),
    index
      .prepare(INSERT_ROUNDS)
      .bind(
        config.boutId,
        config.cardId,
        config.date,
        config.sport,
        config.ruleset,
        JSON.stringify(rulesToLeaf(config.rules)),
        config.scheduledRounds,
        config.simulated ? 1 : 0,
        config.release.scorecards,
        config.release.recommendation,
        entryAt(ledger, state.result.index)?.receivedMs ?? 0,
        JSON.stringify(rounds.map((round) => ({ ...roundFacts(round), ...recommendationOf(state, round) }))),
      ),
    index
      .prepare(INSERT_SCORECARDS)
      .bind(config.boutId, JSON.stringify(rounds.flatMap((round) => scorecardFacts(ledger, state, round)))),
  ]);
}

const INSERT_ROUNDS = `INSERT INTO judged_round (bout_id, card_id, date, sport, ruleset, rules, scheduled_rounds,
    simulated, scorecards_to, recommendation_to, result_ms,
    round, red_deduction_x10, blue_deduction_x10, p_red, margin2, model)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
    value ->> 'round', value ->> 'redDeduction', value ->> 'blueDeduction',
    value ->> 'pRed', value ->> 'margin2', value ->> 'model' FROM json_each(?12)`;

const INSERT_SCORECARDS = `INSERT INTO judged_scorecard (bout_id, round, seat, judge, subject, red_x10, blue_x10)
  SELECT ?1, value ->> 'round', value ->> 'seat', value ->> 'judge', value ->> 'subject', value ->> 'redX10',
    value ->> 'blueX10' FROM json_each(?2)`;

function roundFacts({ number, deductions }: RoundState) {
  return { round: number, redDeduction: deductions.red, blueDeduction: deductions.blue };
}

function scorecardFacts(ledger: Ledger, state: BoutState, round: RoundState) {
  return closedCards(round).map(([seat, card]) => {
    const subject = card.paper ? null : (entryAt(ledger, card.index)?.actor.subject ?? null);
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
