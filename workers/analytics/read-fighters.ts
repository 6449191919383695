import {
  type Candidate,
  FINISHES,
  type RateMeasure,
  type ShareCandidate,
  type Side,
} from '../../domain/analytics/index.ts';
import type { Caller } from '../../domain/roles/index.ts';
import { type FactFilter, factWhere, type Where } from './fact-filter.ts';

export const FIGHTER_SORTS = ['recent', 'bouts', 'wins', 'fighter'] as const;

export type FighterSort = (typeof FIGHTER_SORTS)[number];

/** Where a page of fighters ended: its last one, by what the list is sorted by. */
export type FighterCursor = { readonly key: number; readonly fighter: string };

export type FighterLine = {
  readonly fighter: string;
  readonly bouts: number;
  readonly wins: number;
  readonly losses: number;
  readonly draws: number;
  readonly no_contests: number;
  readonly finishes: number;
  readonly last_ms: number;
  readonly last_date: string | null;
};

/** Null: by id alone. */
const SORT_KEYS: Readonly<Record<FighterSort, string | null>> = {
  recent: 'last_ms',
  bouts: 'bouts',
  wins: 'wins',
  fighter: null,
};

const FIGHTER_COLUMNS = `f.fighter, COUNT(*) AS bouts, SUM(f.outcome = 'win') AS wins, SUM(f.outcome = 'loss') AS losses,
    SUM(f.outcome = 'draw') AS draws, SUM(f.outcome = 'no_contest') AS no_contests,
    SUM(f.outcome = 'win' AND b.method IN (SELECT value FROM json_each(?))) AS finishes,
    MAX(b.official_ms) AS last_ms, MAX(b.date) AS last_date`;

/** One page of the fighters who have bouts that the caller may see: by the sort, the most first, then by id. */
export async function readFighterLines(
  index: D1Database,
  caller: Caller | null,
  filter: FactFilter,
  page: {
    readonly sort: FighterSort;
    readonly minBouts: number;
    readonly limit: number;
    readonly after: FighterCursor | undefined;
  },
  nowMs: number,
): Promise<{ readonly fighters: readonly FighterLine[]; readonly next: FighterCursor | null }> {
  const where = factWhere(caller, filter, nowMs);
  const key = SORT_KEYS[page.sort];
  const after = afterSql(key, page.after);
  const { results } = await index
    .prepare(
      `SELECT ${FIGHTER_COLUMNS} FROM fact_fighter f JOIN fact_bout b ON b.bout_id = f.bout_id
       WHERE f.fighter IS NOT NULL AND ${where.sql} GROUP BY f.fighter
       HAVING COUNT(*) >= ?${after.sql} ORDER BY ${key === null ? '' : `${key} DESC, `}f.fighter LIMIT ?`,
    )
    .bind(JSON.stringify(FINISHES), ...where.values, page.minBouts, ...after.values, page.limit + 1)
    .all<FighterLine>();
  const fighters = results.slice(0, page.limit);
  const last = fighters.at(-1);
  const isMore = results.length > page.limit && last !== undefined;
  return { fighters, next: isMore ? { key: keyOf(last, page.sort), fighter: last.fighter } : null };
}

function afterSql(key: string | null, after: FighterCursor | undefined): Where {
  if (after === undefined) return { sql: '', values: [] };
  return key === null
    ? { sql: ' AND f.fighter > ?', values: [after.fighter] }
    : { sql: ` AND (${key} < ? OR (${key} = ? AND f.fighter > ?))`, values: [after.key, after.key, after.fighter] };
}

function keyOf(line: FighterLine, sort: FighterSort): number {
  switch (sort) {
    case 'recent':
      return line.last_ms;
    case 'bouts':
      return line.bouts;
    case 'wins':
      return line.wins;
    case 'fighter':
      return 0;
  }
}

/** The column of a measure, and how many of its units one of the measure's is. */
const COLUMNS: Readonly<Record<RateMeasure, readonly [column: string, per: number]>> = {
  significant_strikes: ['significant', 1],
  strikes: ['strikes', 1],
  head_strikes: ['head', 1],
  body_strikes: ['body', 1],
  leg_strikes: ['leg', 1],
  knockdowns: ['knockdowns', 1],
  rocked: ['rocked', 1],
  takedowns: ['takedowns', 1],
  submission_attempts: ['submissions', 1],
  reversals: ['reversals', 1],
  control_seconds: ['control_ms', 1_000],
  damage: ['damage', 1_000_000],
  grappling: ['grappling', 1_000_000],
};

/** How many bouts a leaderboard is computed from: the newest. Anybody may ask, so what one answer costs is bounded. */
export const MAX_BOARD_BOUTS = 10_000;

function newest({ sql }: Where): string {
  return `WITH newest AS MATERIALIZED (SELECT b.* FROM fact_bout b WHERE ${sql}
    ORDER BY b.official_ms DESC, b.bout_id DESC LIMIT ${MAX_BOARD_BOUTS + 1})`;
}

export type Candidates<T> = {
  readonly candidates: readonly T[];
  readonly truncated: boolean;
  /** The tables of values that points come from; two of them do not compare. */
  readonly valuesVersions: readonly string[];
};

/** Each fighter's bouts with what is measured, over the rounds that were both counted and timed. */
export async function readCandidates(
  index: D1Database,
  caller: Caller | null,
  filter: FactFilter,
  { measure, side }: { readonly measure: RateMeasure; readonly side: Side },
  nowMs: number,
): Promise<Candidates<Candidate>> {
  const where = factWhere(caller, filter, nowMs);
  const [column, per] = COLUMNS[measure];
  const { results } = await index
    .prepare(
      `${newest(where)} SELECT f.fighter, b.values_version, SUM(r.${column}) AS total, SUM(r.fought_ms) AS ms,
         (SELECT COUNT(*) FROM newest) AS read_bouts
       FROM newest b CROSS JOIN fact_fighter f ON f.bout_id = b.bout_id
         CROSS JOIN fact_round r ON r.bout_id = b.bout_id AND r.corner ${side === 'own' ? '=' : '<>'} f.corner
       WHERE f.fighter IS NOT NULL AND r.${column} IS NOT NULL AND r.fought_ms > 0
       GROUP BY b.bout_id, f.corner`,
    )
    .bind(...where.values)
    .all<{ fighter: string; values_version: string; total: number; ms: number; read_bouts: number }>();
  const bouts = new Map<string, { total: number; minutes: number }[]>();
  for (const { fighter, total, ms } of results) {
    const list = bouts.get(fighter) ?? [];
    list.push({ total: total / per, minutes: ms / 60_000 });
    bouts.set(fighter, list);
  }
  return {
    candidates: [...bouts].map(([fighter, list]) => ({ fighter, bouts: list })),
    truncated: (results[0]?.read_bouts ?? 0) > MAX_BOARD_BOUTS,
    valuesVersions: [...new Set(results.map((row) => row.values_version))].toSorted(),
  };
}

/** Wins of all bouts but no contests, or finishes of all wins. */
export async function readShares(
  index: D1Database,
  caller: Caller | null,
  filter: FactFilter,
  measure: 'win_share' | 'finish_share',
  nowMs: number,
): Promise<Candidates<ShareCandidate>> {
  const where = factWhere(caller, filter, nowMs);
  const { results } = await index
    .prepare(
      `${newest(where)} SELECT ${FIGHTER_COLUMNS}, (SELECT COUNT(*) FROM newest) AS read_bouts
       FROM newest b CROSS JOIN fact_fighter f ON f.bout_id = b.bout_id
       WHERE f.fighter IS NOT NULL GROUP BY f.fighter`,
    )
    .bind(...where.values, JSON.stringify(FINISHES))
    .all<FighterLine & { read_bouts: number }>();
  const candidates = results.map(({ fighter, bouts, wins, no_contests, finishes }) =>
    measure === 'win_share' ? { fighter, hits: wins, of: bouts - no_contests } : { fighter, hits: finishes, of: wins },
  );
  return { candidates, truncated: (results[0]?.read_bouts ?? 0) > MAX_BOARD_BOUTS, valuesVersions: [] };
}
