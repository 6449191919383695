import { type Fight, FIGHTER_OUTCOMES, type RoundFacts } from '../../domain/analytics/index.ts';
import { type Corner, CORNERS, otherCorner } from '../../domain/corner.ts';
import type { Caller } from '../../domain/roles/index.ts';
import { type FactFilter, factWhere } from './fact-filter.ts';
import { readRounds } from './read-rounds.ts';

/** So many bouts of one fighter are looked at: the newest. */
export const MAX_BOUTS = 200;

type FightRow = {
  bout_id: string;
  corner: string;
  fighter: string;
  opponent: string | null;
  date: string | null;
  official_ms: number;
  sport: string;
  ruleset: string;
  values_version: string;
  outcome: string;
  method: string | null;
  decision: string | null;
  ended_round: number | null;
  ended_ms: number | null;
};

/** A fighter's bouts that the caller may see. */
export async function readFights(
  index: D1Database,
  caller: Caller | null,
  fighter: string,
  filter: FactFilter,
  nowMs: number,
): Promise<{ readonly fights: readonly Fight[]; readonly truncated: boolean }> {
  const where = factWhere(caller, filter, nowMs);
  const { results } = await index
    .prepare(
      `SELECT b.bout_id, f.corner, f.fighter, o.fighter AS opponent, b.date, b.official_ms, b.sport, b.ruleset,
         b.values_version, f.outcome, b.method, b.decision, b.ended_round, b.ended_ms
       FROM fact_fighter f JOIN fact_bout b ON b.bout_id = f.bout_id
         JOIN fact_fighter o ON o.bout_id = f.bout_id AND o.corner <> f.corner
       WHERE f.fighter = ? AND ${where.sql} ORDER BY b.official_ms DESC, b.bout_id DESC LIMIT ?`,
    )
    .bind(fighter, ...where.values, MAX_BOUTS + 1)
    .all<FightRow>();
  const rows = results.slice(0, MAX_BOUTS);
  const rounds = await readRounds(
    index,
    rows.map((row) => row.bout_id),
  );
  return {
    fights: rows.flatMap((row) => fightOf(row, rounds.get(row.bout_id) ?? [])),
    truncated: results.length > MAX_BOUTS,
  };
}

function fightOf(row: FightRow, rounds: readonly RoundFacts[]): Fight[] {
  const corner = CORNERS.find((one) => one === row.corner);
  const outcome = FIGHTER_OUTCOMES.find((one) => one === row.outcome);
  if (corner === undefined || outcome === undefined || row.method === null) return [];
  return [
    {
      boutId: row.bout_id,
      fighter: row.fighter,
      corner,
      opponent: row.opponent,
      date: row.date,
      officialMs: row.official_ms,
      sport: row.sport,
      ruleset: row.ruleset,
      valuesVersion: row.values_version,
      outcome,
      method: row.method,
      decision: row.decision,
      endedRound: row.ended_round,
      endedMs: row.ended_ms,
      rounds: rounds.map(({ round, foughtMs, corners }) => ({
        round,
        foughtMs,
        own: corners[corner],
        other: corners[otherCorner(corner)],
      })),
    },
  ];
}

export type BoutRounds = {
  readonly valuesVersion: string;
  readonly date: string | null;
  readonly fighters: Readonly<Record<Corner, string | null>>;
  readonly rounds: readonly RoundFacts[];
};

/** The rounds of one bout; null where there is none of that id with an official result that the caller may see. */
export async function readBoutRounds(
  index: D1Database,
  caller: Caller | null,
  boutId: string,
  nowMs: number,
): Promise<BoutRounds | null> {
  const where = factWhere(caller, { boutId, includeSimulated: true }, nowMs);
  const row = await index
    .prepare(
      `SELECT b.values_version, b.date, r.fighter AS red, u.fighter AS blue FROM fact_bout b
         JOIN fact_fighter r ON r.bout_id = b.bout_id AND r.corner = 'red'
         JOIN fact_fighter u ON u.bout_id = b.bout_id AND u.corner = 'blue'
       WHERE ${where.sql}`,
    )
    .bind(...where.values)
    .first<{ values_version: string; date: string | null; red: string | null; blue: string | null }>();
  if (row === null) return null;
  const rounds = await readRounds(index, [boutId]);
  return {
    valuesVersion: row.values_version,
    date: row.date,
    fighters: { red: row.red, blue: row.blue },
    rounds: rounds.get(boutId) ?? [],
  };
}
