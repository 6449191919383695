import { addTraffic, type RouteTraffic, totalOf, type Traffic } from '../../domain/monitor/index.ts';

/** What an isolate has counted since its last part; `seq` numbers its parts from 1. */
export type AddTraffic = { readonly isolate: string; readonly seq: number; readonly traffic: Traffic };

/** `minute` is the number of minutes since 1970. */
export type MinuteTotal = { readonly minute: number; readonly total: RouteTraffic };

export type ReadTraffic = {
  /** Minutes that begin here, oldest first; one in which nothing was counted is left out. */
  readonly minutes: readonly MinuteTotal[];
  /** By route, since `recentFrom`. */
  readonly recent: Traffic;
};

export const MINUTE_MS = 60_000;

const KEPT_MINUTES = 24 * 60;

/**
 * Adds a part to the minute in which it arrives. Parts come at least once and in order, so the last number of each
 * isolate tells a repeat. The caller holds the transaction: a part counts exactly if its number is kept.
 */
export function addPart(sql: SqlStorage, { isolate, seq, traffic }: AddTraffic, nowMs: number): void {
  const [known] = sql.exec<{ seq: number }>('SELECT seq FROM traffic_isolate WHERE isolate = ?', isolate);
  if (known !== undefined && seq <= known.seq) return;
  const minute = Math.floor(nowMs / MINUTE_MS);
  const [row] = sql.exec<{ routes: string }>('SELECT routes FROM traffic_minute WHERE minute = ?', minute);
  if (row === undefined) forget(sql, minute);
  const routes = addTraffic(row === undefined ? {} : parseTraffic(row.routes), traffic);
  sql.exec(
    'INSERT OR REPLACE INTO traffic_minute (minute, total, routes) VALUES (?, ?, ?)',
    minute,
    JSON.stringify(totalOf(routes)),
    JSON.stringify(routes),
  );
  sql.exec('INSERT OR REPLACE INTO traffic_isolate (isolate, seq, minute) VALUES (?, ?, ?)', isolate, seq, minute);
}

export function readTraffic(sql: SqlStorage, from: number, recentFrom: number): ReadTraffic {
  const minutes = sql
    .exec<{ minute: number; total: string }>(
      'SELECT minute, total FROM traffic_minute WHERE minute >= ? ORDER BY minute',
      from,
    )
    .toArray()
    .map(({ minute, total }) => ({ minute, total: parseTotal(total) }));
  const recent = sql
    .exec<{ routes: string }>('SELECT routes FROM traffic_minute WHERE minute >= ?', recentFrom)
    .toArray()
    .reduce<Traffic>((sum, { routes }) => addTraffic(sum, parseTraffic(routes)), {});
  return { minutes, recent };
}

function forget(sql: SqlStorage, minute: number): void {
  sql.exec('DELETE FROM traffic_minute WHERE minute < ?', minute - KEPT_MINUTES);
  sql.exec('DELETE FROM traffic_isolate WHERE minute < ?', minute - KEPT_MINUTES);
}

/** This object's own writing, as is the next. */
function parseTraffic(text: string): Traffic {
  const traffic: Traffic = JSON.parse(text);
  return traffic;
}

function parseTotal(text: string): RouteTraffic {
  const total: RouteTraffic = JSON.parse(text);
  return total;
}
