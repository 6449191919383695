import type { JudgedRound, PanelSeat } from '../../domain/analytics/index.ts';
import type { LeafObject } from '../../domain/ledger/index.ts';
import { AUDIENCES, type Caller, inAudience } from '../../domain/roles/index.ts';
import { type Rules, rulesFromLeaf } from '../../domain/rules/index.ts';

/** A judged round as the index has it; `panel` says who scored it, for those who must not score it again. */
export type IndexedRound = JudgedRound & {
  readonly cardId: string | null;
  readonly resultMs: number;
  readonly panel: readonly PanelSeat[];
};

/** Where a page ended: everything after this bout, from newest to oldest, is on later pages. */
export type Cursor = { readonly resultMs: number; readonly boutId: string };

export type JudgedFilter = {
  readonly boutIds?: readonly string[] | undefined;
  /** Bouts in which this judge scored a round; the whole panel's scorecards of all their rounds. */
  readonly judge?: string | undefined;
  /** Venue-local dates, both included; bouts without a date are then left out. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sport?: string | undefined;
  readonly ruleset?: string | undefined;
  readonly includeSimulated: boolean;
  readonly after?: Cursor | undefined;
};

/** Whole bouts, newest result first. `next` is null where this is all; else what is left out comes after it. */
export type Judged = { readonly rounds: readonly IndexedRound[]; readonly next: Cursor | null };

/** How many scorecards one answer is computed from. */
export const MAX_SCORECARDS = 20_000;

/**
 * Reads judged rounds that a caller may see: within reach of the token, and with scorecards released to the role. A
 * recommendation that is not released to it is null. At most `limit` scorecards, and no bout in part, unless a single
 * one has more.
 */
export async function readJudged(
  index: D1Database,
  caller: Caller,
  filter: JudgedFilter,
  limit = MAX_SCORECARDS,
): Promise<Judged> {
  const { where, values } = conditions(caller, filter);
  const { results } = await index
    .prepare(
      `SELECT r.bout_id, r.round, r.card_id, r.date, r.sport, r.ruleset, r.red_deduction_x10, r.blue_deduction_x10,
         r.p_red, r.margin2, r.model, r.simulated, r.recommendation_to, r.result_ms,
         s.seat, s.judge, s.subject, s.red_x10, s.blue_x10
       FROM judged_round r JOIN judged_scorecard s ON s.bout_id = r.bout_id AND s.round = r.round
       WHERE ${where.join(' AND ')}
       ORDER BY r.result_ms DESC, r.bout_id DESC, r.round, s.seat LIMIT ?`,
    )
    .bind(...values, limit + 1)
    .all<Row>();
  if (results.length <= limit) return { rounds: roundsOf(results, caller), next: null };
  const cut = results.at(-1)?.bout_id;
  const whole = results.filter((row) => row.bout_id !== cut);
  const kept = whole.length > 0 ? whole : results.slice(0, limit);
  const last = kept.at(-1);
  const next = last === undefined ? null : { resultMs: last.result_ms, boutId: last.bout_id };
  return { rounds: roundsOf(kept, caller), next };
}

type Row = {
  bout_id: string;
  round: number;
  card_id: string | null;
  date: string | null;
  sport: string;
  ruleset: string;
  red_deduction_x10: number;
  blue_deduction_x10: number;
  p_red: number | null;
  margin2: number | null;
  model: string | null;
  simulated: number;
  recommendation_to: string;
  result_ms: number;
  seat: string;
  judge: string;
  subject: string | null;
  red_x10: number;
  blue_x10: number;
};

function conditions(caller: Caller, filter: JudgedFilter): { where: string[]; values: (string | number)[] } {
  const released = AUDIENCES.filter((audience) => inAudience(caller.role, audience));
  const where = ['r.scorecards_to IN (SELECT value FROM json_each(?))'];
  const values: (string | number)[] = [JSON.stringify(released)];
  const add = (sql: string, ...bound: (string | number | null | undefined)[]): void => {
    const present = bound.filter((value) => value !== null && value !== undefined);
    if (present.length === 0) return;
    where.push(sql);
    values.push(...present);
  };
  add('r.bout_id = ?', caller.boutId);
  // A token for one bout of a card is for that bout, wherever it stands.
  if (caller.boutId === null) add('r.card_id = ?', caller.cardId);
  add('r.date >= ?', filter.from);
  add('r.date <= ?', filter.to);
  add('r.sport = ?', filter.sport);
  add('r.ruleset = ?', filter.ruleset);
  add('r.bout_id IN (SELECT bout_id FROM judged_scorecard WHERE judge = ?)', filter.judge);
  if (filter.boutIds !== undefined) {
    add('r.bout_id IN (SELECT value FROM json_each(?))', JSON.stringify(filter.boutIds));
  }
  if (filter.after !== undefined) {
    add('(r.result_ms, r.bout_id) < (?, ?)', filter.after.resultMs, filter.after.boutId);
  }
  if (!filter.includeSimulated) where.push('r.simulated = 0');
  return { where, values };
}

function roundsOf(rows: readonly Row[], caller: Caller): IndexedRound[] {
  const rounds = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.bout_id}|${row.round}`;
    const list = rounds.get(key);
    if (list === undefined) rounds.set(key, [row]);
    else list.push(row);
  }
  return [...rounds.values()].flatMap((cards) => (cards[0] === undefined ? [] : [roundOf(cards[0], cards, caller)]));
}

function roundOf(row: Row, cards: readonly Row[], caller: Caller): IndexedRound {
  const { p_red: pRed, margin2, model } = row;
  const isRecommended = pRed !== null && margin2 !== null && model !== null;
  const to = AUDIENCES.find((audience) => audience === row.recommendation_to);
  return {
    boutId: row.bout_id,
    cardId: row.card_id,
    date: row.date,
    sport: row.sport,
    ruleset: row.ruleset,
    round: row.round,
    deductions: { red: row.red_deduction_x10, blue: row.blue_deduction_x10 },
    scorecards: cards.map(({ judge, seat, red_x10: redX10, blue_x10: blueX10 }) => ({ judge, seat, redX10, blueX10 })),
    recommendation: isRecommended && to !== undefined && inAudience(caller.role, to) ? { pRed, margin2, model } : null,
    simulated: row.simulated === 1,
    resultMs: row.result_ms,
    panel: cards.map(({ judge, seat, subject }) => ({ judge, seat, subject })),
  };
}

/** A cursor as text, and back; neither part holds a `~`. */
export function cursorText(cursor: Cursor | null): string | null {
  return cursor === null ? null : `${cursor.resultMs}~${cursor.boutId}`;
}

export function cursorOf(text: string | undefined): Cursor | undefined {
  const [resultMs, boutId] = text?.split('~') ?? [];
  return resultMs === undefined || boutId === undefined ? undefined : { resultMs: Number(resultMs), boutId };
}

/** Fighters' names by bout, from the bouts' own lines; who reads judged rounds sees every line. */
export async function readFighters(
  index: D1Database,
  boutIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly red: string; readonly blue: string }>> {
  const { results } = await index
    .prepare('SELECT bout_id, fighter1, fighter2 FROM bout WHERE bout_id IN (SELECT value FROM json_each(?))')
    .bind(JSON.stringify(boutIds))
    .all<{ bout_id: string; fighter1: string; fighter2: string }>();
  return new Map(results.map((row) => [row.bout_id, { red: row.fighter1, blue: row.fighter2 }]));
}

/** The rules that a judged round was scored under, and whether it was one beyond the scheduled rounds. */
export async function readRules(
  index: D1Database,
  boutId: string,
  round: number,
): Promise<{ readonly rules: Rules; readonly isExtension: boolean }> {
  const row = await index
    .prepare('SELECT ruleset, rules, scheduled_rounds FROM judged_round WHERE bout_id = ? AND round = ?')
    .bind(boutId, round)
    .first<{ ruleset: string; rules: string; scheduled_rounds: number }>();
  const leaf: LeafObject | null = row === null ? null : JSON.parse(row.rules);
  return {
    rules: rulesFromLeaf(leaf, row?.ruleset ?? ''),
    isExtension: row !== null && round > row.scheduled_rounds,
  };
}
