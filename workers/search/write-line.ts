import type { JudgedBout } from '../../domain/search/index.ts';
import type { IndexedBout } from '../../objects/bout/index.ts';
import { writeFacts } from '../analytics/write-facts.ts';
import { foldText, searchText } from './fold-text.ts';
import { resultWords } from './result-words.ts';

/** What a line was read from: the bout's object, or where that is lost, its archive. */
export type Source = 'object' | 'archive';

/**
 * Writes everything that the index holds of a bout, in one transaction: a crash leaves the old or the new. False where
 * something newer stands there already, which then stays as it is: order and repetition do no harm.
 */
export async function writeBout(index: D1Database, bout: IndexedBout, source: Source, nowMs: number): Promise<boolean> {
  try {
    await index.batch([
      writeLine(index, bout, source, nowMs),
      ...writeJudges(index, bout),
      ...writeText(index, bout),
      ...writeJudged(index, bout),
      ...writeFacts(index, {
        boutId: bout.boutId,
        cardId: bout.line.cardId,
        release: bout.release,
        simulated: bout.line.simulated,
        facts: bout.facts,
      }),
      noteDone(index, bout.boutId, nowMs),
    ]);
    return true;
  } catch (error) {
    if (!String(error).includes(STALE)) throw error;
    // What stands there is newer, so what was asked for is done all the same.
    await noteDone(index, bout.boutId, nowMs).run();
    return false;
  }
}

/** As the trigger of `migrations/0003_search.sql` says it. */
const STALE = 'stale_line';

/** Takes everything about a bout out, for one that is nowhere any more. */
export async function removeBout(index: D1Database, boutId: string, nowMs: number): Promise<void> {
  await index.batch([
    index.prepare(`DELETE FROM bout_text WHERE rowid = (SELECT id FROM bout WHERE bout_id = ?)`).bind(boutId),
    ...['bout', 'bout_judge', 'judged_round', 'judged_scorecard'].map((table) =>
      index.prepare(`DELETE FROM ${table} WHERE bout_id = ?`).bind(boutId),
    ),
    ...writeFacts(index, { boutId, cardId: null, release: NOTHING_RELEASED, simulated: false, facts: null }),
    noteDone(index, boutId, nowMs),
  ]);
}

const NOTHING_RELEASED = { statistics: 'none', scorecards: 'none', recommendation: 'none' } as const;

function noteDone(index: D1Database, boutId: string, nowMs: number): D1PreparedStatement {
  return index.prepare('UPDATE index_task SET done_ms = ?2, error = NULL WHERE bout_id = ?1').bind(boutId, nowMs);
}

function writeLine(index: D1Database, bout: IndexedBout, source: Source, nowMs: number): D1PreparedStatement {
  const row = rowOf(bout, source, nowMs);
  const columns = Object.keys(row);
  // The place on the card is the card's to say, and stays.
  return index
    .prepare(
      `INSERT INTO bout (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (bout_id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    )
    .bind(...Object.values(row));
}

function rowOf({ boutId, entries, asOfMs, line, archived }: IndexedBout, source: Source, nowMs: number) {
  const { result } = line;
  return {
    bout_id: boutId,
    card_id: line.cardId,
    promotion: line.promotion,
    event: line.event,
    promotion_key: foldText(line.promotion),
    event_key: foldText(line.event),
    date: line.date,
    sport: line.sport,
    ruleset: line.ruleset,
    fighter1: line.fighters.red.name,
    fighter1_id: line.fighters.red.id,
    fighter2: line.fighters.blue.name,
    fighter2_id: line.fighters.blue.id,
    status: line.status,
    round_id: line.round,
    scheduled_rounds: line.scheduledRounds,
    simulated: line.simulated ? 1 : 0,
    released_to: line.releasedTo,
    winner: result?.winner ?? null,
    method: result?.method ?? null,
    decision: result?.decision ?? null,
    result_round: result?.round ?? null,
    result_time_ms: result?.timeMs ?? null,
    sealed: line.sealed ? 1 : 0,
    archived: archived === null ? null : Number(archived),
    source,
    entries,
    as_of_ms: asOfMs,
    shown_entries: line.shownEntries,
    indexed_ms: nowMs,
    created_ms: line.createdMs,
    updated_ms: line.updatedMs,
  };
}

function writeJudges(index: D1Database, { boutId, line }: IndexedBout): D1PreparedStatement[] {
  const ids = new Set(line.judges.flatMap(({ seat, people }) => [seat, ...people.map(({ id }) => id)]));
  return [
    index.prepare('DELETE FROM bout_judge WHERE bout_id = ?').bind(boutId),
    index
      .prepare('INSERT INTO bout_judge (bout_id, judge_id) SELECT ?1, value FROM json_each(?2)')
      .bind(boutId, JSON.stringify([...ids])),
  ];
}

/** After the line, whose `id` is the text's. */
function writeText(index: D1Database, { boutId, line }: IndexedBout): D1PreparedStatement[] {
  const { fighters, judges, result } = line;
  const ids = [boutId, line.cardId, fighters.red.id, fighters.blue.id];
  const text = (...parts: readonly (string | null | undefined)[]): string =>
    parts.map((part) => searchText(part ?? '')).join(' ');
  return [
    index.prepare('DELETE FROM bout_text WHERE rowid = (SELECT id FROM bout WHERE bout_id = ?)').bind(boutId),
    index
      .prepare(
        `INSERT INTO bout_text (rowid, fighter1, fighter2, promotion, event, facts, judges)
         SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM bout WHERE bout_id = ?1`,
      )
      .bind(
        boutId,
        text(fighters.red.name),
        text(fighters.blue.name),
        text(line.promotion),
        text(line.event),
        text(...ids, line.date, line.sport, line.ruleset, ...resultWords(result)),
        text(...judges.flatMap(({ seat, people }) => [seat, ...people.flatMap(({ id, name }) => [id, name])])),
      ),
  ];
}

function writeJudged(index: D1Database, bout: IndexedBout): D1PreparedStatement[] {
  const { boutId, judged } = bout;
  const cleared = ['judged_round', 'judged_scorecard'].map((table) =>
    index.prepare(`DELETE FROM ${table} WHERE bout_id = ?`).bind(boutId),
  );
  return judged === null ? cleared : [...cleared, ...insertJudged(index, bout, judged)];
}

function insertJudged(index: D1Database, { boutId, line }: IndexedBout, judged: JudgedBout): D1PreparedStatement[] {
  return [
    index
      .prepare(INSERT_ROUNDS)
      .bind(
        boutId,
        line.cardId,
        line.date,
        line.sport,
        line.ruleset,
        JSON.stringify(judged.rules),
        line.scheduledRounds,
        line.simulated ? 1 : 0,
        judged.scorecardsTo,
        judged.recommendationTo,
        judged.resultMs,
        JSON.stringify(judged.rounds.map(({ recommendation, ...round }) => ({ ...round, ...recommendation }))),
      ),
    index.prepare(INSERT_SCORECARDS).bind(boutId, JSON.stringify(judged.scorecards)),
  ];
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
