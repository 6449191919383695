import type * as z from 'zod';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import { type hitSchema, MAX_TOTAL, type SearchQuery, type SORTS } from '../schemas/search.ts';
import { type Clause, conditionsOf, relevanceOf } from './conditions.ts';
import { cursorOf, cursorText, type Place } from './cursor.ts';

export type Hit = z.infer<typeof hitSchema>;

export type Found = {
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly isCapped: boolean;
  readonly nextCursor: string | null;
};

type Sort = (typeof SORTS)[number];

/** What each order compares first. None of them changes because of another bout. */
const KEYS: Readonly<Record<Exclude<Sort, 'relevance'>, string>> = {
  // Bouts without a date are older than any.
  date: "coalesce(b.date, '')",
  created: 'b.created_ms',
  updated: 'b.updated_ms',
  promotion: 'b.promotion_key',
  event: 'b.event_key',
  status: 'b.status',
};

const ASCENDING: readonly Sort[] = ['promotion', 'event', 'status'];

/**
 * Bouts of the index that the caller may see. A page goes on exactly behind the last one: bouts that come meanwhile are on
 * the page where they belong, and move no other. Count and page are of one moment. Refusals: `bad_request` (`sort`,
 * `cursor`).
 */
export async function search(index: D1Database, caller: Caller | null, query: SearchQuery): Promise<Outcome<Found>> {
  const sort: Sort = query.sort ?? (query.q === undefined ? 'date' : 'relevance');
  const order = query.order ?? (ASCENDING.includes(sort) ? 'asc' : 'desc');
  const key = keyOf(sort, query.q);
  if (!key.ok) return key;
  const kind = `${sort} ${order}`;
  const after = query.cursor === undefined ? null : cursorOf(kind, query.cursor);
  if (after !== null && !after.ok) return after;
  const where = conditionsOf(caller, query);
  const [page, count] = await index.batch<Row & { n: number }>([
    pageOf(index, where, key.value, order, after?.value ?? null, query.limit + 1),
    index
      .prepare(`SELECT count(*) AS n FROM (SELECT 1 FROM bout b WHERE ${where.sql} LIMIT ?)`)
      .bind(...where.values, MAX_TOTAL + 1),
  ]);
  const rows = page?.results ?? [];
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  const n = count?.results[0]?.n ?? 0;
  return ok({
    hits: shown.map(hitOf),
    total: Math.min(n, MAX_TOTAL),
    isCapped: n > MAX_TOTAL,
    nextCursor: last === undefined ? null : cursorText(kind, [last.sort_key, last.created_ms, last.bout_id]),
  });
}

function keyOf(sort: Sort, q: string | undefined): Outcome<Clause> {
  if (sort !== 'relevance') return ok({ sql: KEYS[sort], values: [] });
  return q === undefined ? refuse('bad_request', 'sort: relevance is of a q.', 'sort') : ok(relevanceOf(q));
}

function pageOf(
  index: D1Database,
  where: Clause,
  key: Clause,
  order: 'asc' | 'desc',
  after: Place | null,
  limit: number,
): D1PreparedStatement {
  const behind = after === null ? '' : `WHERE (sort_key, created_ms, bout_id) ${order === 'asc' ? '>' : '<'} (?, ?, ?)`;
  const by = ['sort_key', 'created_ms', 'bout_id'].map((column) => `${column} ${order}`).join(', ');
  return index
    .prepare(
      `SELECT * FROM (SELECT b.*, ${key.sql} AS sort_key FROM bout b WHERE ${where.sql}) ${behind}
       ORDER BY ${by} LIMIT ?`,
    )
    .bind(...key.values, ...where.values, ...(after ?? []), limit);
}

type Row = {
  sort_key: string | number;
  bout_id: string;
  card_id: string | null;
  position: number | null;
  promotion: string;
  event: string;
  date: string | null;
  sport: string | null;
  ruleset: string | null;
  fighter1: string;
  fighter1_id: string | null;
  fighter2: string;
  fighter2_id: string | null;
  status: string;
  round_id: number;
  scheduled_rounds: number;
  simulated: number;
  winner: string | null;
  method: string | null;
  decision: string | null;
  result_round: number | null;
  result_time_ms: number | null;
  sealed: number;
  archived: number | null;
  source: 'object' | 'archive';
  shown_entries: number;
  created_ms: number;
  updated_ms: number;
  indexed_ms: number;
};

function hitOf(row: Row): Hit {
  return {
    bout_id: row.bout_id,
    card_id: row.card_id,
    bout_number: row.position,
    promotion: row.promotion,
    event: row.event,
    date: row.date,
    sport: row.sport,
    ruleset: row.ruleset,
    fighter1: { id: row.fighter1_id ?? 'fighter1', name: row.fighter1 },
    fighter2: { id: row.fighter2_id ?? 'fighter2', name: row.fighter2 },
    status: row.status,
    round_id: row.round_id,
    scheduled_rounds: row.scheduled_rounds,
    simulated: row.simulated === 1,
    result: resultOf(row),
    sealed: row.sealed === 1,
    // An archive tells of a seal, which may still be held back.
    archived: row.sealed === 1 && row.archived === null ? null : row.sealed === 1 && row.archived === 1,
    source: row.source,
    entries: row.shown_entries,
    created_ms: row.created_ms,
    updated_ms: row.updated_ms,
    indexed_ms: row.indexed_ms,
  };
}

function resultOf(row: Row): Hit['result'] {
  const { winner, method, decision } = row;
  if (winner === null || method === null) return null;
  const names: Readonly<Record<string, string>> = {
    red: row.fighter1,
    blue: row.fighter2,
    draw: 'Draw',
    no_contest: 'No Contest',
  };
  return {
    winner: names[winner] ?? winner,
    winner_corner: winner === 'red' || winner === 'blue' ? winner : null,
    method,
    decision,
    round_id: row.result_round,
    time_ms: row.result_time_ms,
  };
}
