import type { DeviceInBout, ObserverInBout, TapFacts } from '../../domain/analytics/index.ts';
import type { Caller } from '../../domain/roles/index.ts';
import { type FactFilter, factWhere } from './fact-filter.ts';

/** How many devices' or observers' bouts one answer is computed from: the newest. */
export const MAX_TAP_ROWS = 20_000;

type TapRow = {
  bout_id: string;
  taps: number;
  strikes: number;
  significant: number;
  voided: number;
  replaced: number;
  suppressed: number;
  late: number;
  implausible: number;
  after_swap: number;
  active_ms: number | null;
  lag_p05: number | null;
  lag_p50: number | null;
  lag_p95: number | null;
};

type Read<T> = { readonly rows: readonly T[]; readonly truncated: boolean };

export async function readDevices(
  index: D1Database,
  caller: Caller | null,
  filter: FactFilter,
  nowMs: number,
): Promise<Read<DeviceInBout>> {
  type Row = TapRow & { device: string; numbered: number; missing: number };
  const { rows, truncated } = await readRows<Row>(index, 'fact_device', factWhere(caller, filter, nowMs));
  return {
    truncated,
    rows: rows.map((row) => ({
      boutId: row.bout_id,
      device: row.device,
      numbered: row.numbered,
      missing: row.missing,
      ...tapsOf(row),
    })),
  };
}

export async function readObservers(
  index: D1Database,
  caller: Caller | null,
  filter: FactFilter,
  nowMs: number,
): Promise<Read<ObserverInBout>> {
  type Row = TapRow & { kind: string; observer: string; scope: string; sport: string };
  const { rows, truncated } = await readRows<Row>(index, 'fact_observer', factWhere(caller, filter, nowMs));
  return {
    truncated,
    rows: rows.map((row) => ({
      boutId: row.bout_id,
      kind: row.kind === 'judge' ? 'judge' : 'operator',
      observer: row.observer,
      scope: row.scope,
      sport: row.sport,
      ...tapsOf(row),
    })),
  };
}

async function readRows<Row>(
  index: D1Database,
  table: 'fact_device' | 'fact_observer',
  where: ReturnType<typeof factWhere>,
): Promise<Read<Row>> {
  const { results } = await index
    .prepare(
      `SELECT t.*, b.sport FROM fact_bout b JOIN ${table} t ON t.bout_id = b.bout_id
       WHERE ${where.sql} ORDER BY b.official_ms DESC, b.bout_id DESC LIMIT ?`,
    )
    .bind(...where.values, MAX_TAP_ROWS + 1)
    .all<Row>();
  return { rows: results.slice(0, MAX_TAP_ROWS), truncated: results.length > MAX_TAP_ROWS };
}

function tapsOf(row: TapRow): TapFacts {
  const { taps, strikes, significant, voided, replaced, suppressed, late, implausible } = row;
  const { lag_p05: p05, lag_p50: p50, lag_p95: p95 } = row;
  return {
    taps,
    strikes,
    significant,
    voided,
    replaced,
    suppressed,
    late,
    implausible,
    afterSwap: row.after_swap,
    activeMs: row.active_ms,
    lag: p05 === null || p50 === null || p95 === null ? null : { p05, p50, p95 },
  };
}
