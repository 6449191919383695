import type { Status } from '../../domain/monitor/index.ts';

/** A part of the deployment as a look found it. `boutId` and `cardId` say who may know. */
export type SeenPart = {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly status: Status;
  readonly detail: string;
  readonly boutId: string | null;
  readonly cardId: string | null;
};

export type NoteStatuses = {
  readonly parts: readonly SeenPart[];
  /** The look was the one that is taken every minute, whether somebody watches or not. */
  readonly scheduled: boolean;
  /** Since when this object had not answered whoever looked; null where it had. */
  readonly awaySinceMs: number | null;
};

/** A change; `before` is null where the part was not known before. */
export type StatusChange = {
  readonly atMs: number;
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly before: Status | null;
  readonly status: Status;
  readonly detail: string;
  readonly boutId: string | null;
  readonly cardId: string | null;
};

/** `sinceMs` in the order of the parts; changes newest first. */
export type NotedStatuses = { readonly sinceMs: readonly number[]; readonly history: readonly StatusChange[] };

const KEPT_CHANGES = 200;

/** A part that nobody has found for so long is no longer known: when it is back, its status begins anew. */
const FORGOTTEN_MS = 3_600_000;

/** What is not news is written once a minute, to know who has gone. */
const SEEN_EVERY_MS = 60_000;

type Known = { readonly status: Status; readonly sinceMs: number; readonly seenMs: number };

/** Compares what was found with what is known, and keeps the changes. The caller holds the transaction. */
export function noteStatuses(sql: SqlStorage, input: NoteStatuses, nowMs: number): NotedStatuses {
  const { known, scheduledMs } = readKnown(sql);
  const next = new Map(known);
  let isNews = input.scheduled;
  const sinceMs = input.parts.map((part) => {
    const before = known.get(part.id);
    if (before !== undefined && before.status === part.status && !isAway(part, input)) {
      if (nowMs - before.seenMs >= SEEN_EVERY_MS) isNews = true;
      next.set(part.id, { ...before, seenMs: nowMs });
      return before.sinceMs;
    }
    isNews = true;
    if (isAway(part, input) && input.awaySinceMs !== null) {
      addChange(sql, part, before?.status ?? null, 'offline', 'It did not answer.', input.awaySinceMs);
      addChange(sql, part, 'offline', part.status, part.detail, nowMs);
    } else addChange(sql, part, before?.status ?? null, part.status, part.detail, nowMs);
    next.set(part.id, { status: part.status, sinceMs: nowMs, seenMs: nowMs });
    return nowMs;
  });
  if (isNews) {
    const kept = [...next].filter(([, { seenMs }]) => nowMs - seenMs < FORGOTTEN_MS);
    sql.exec(
      'INSERT OR REPLACE INTO part_status (id, parts, scheduled_ms) VALUES (1, ?, ?)',
      JSON.stringify(kept),
      input.scheduled ? nowMs : scheduledMs,
    );
  }
  return { sinceMs, history: readHistory(sql) };
}

/** When the look of every minute was taken last; null where it never was. */
export function readScheduledMs(sql: SqlStorage): number | null {
  return readKnown(sql).scheduledMs;
}

function isAway(part: SeenPart, { awaySinceMs }: NoteStatuses): boolean {
  return part.kind === 'platform' && awaySinceMs !== null;
}

function readKnown(sql: SqlStorage): { known: Map<string, Known>; scheduledMs: number | null } {
  const [row] = sql.exec<{ parts: string; scheduled_ms: number | null }>(
    'SELECT parts, scheduled_ms FROM part_status WHERE id = 1',
  );
  if (row === undefined) return { known: new Map(), scheduledMs: null };
  // This object's own writing.
  const parts: readonly [string, Known][] = JSON.parse(row.parts);
  return { known: new Map(parts), scheduledMs: row.scheduled_ms };
}

function addChange(
  sql: SqlStorage,
  part: SeenPart,
  before: Status | null,
  status: Status,
  detail: string,
  atMs: number,
): void {
  const change: StatusChange = {
    atMs,
    id: part.id,
    kind: part.kind,
    name: part.name,
    before,
    status,
    detail,
    boutId: part.boutId,
    cardId: part.cardId,
  };
  sql.exec('INSERT INTO status_change (change) VALUES (?)', JSON.stringify(change));
  sql.exec('DELETE FROM status_change WHERE id <= (SELECT max(id) FROM status_change) - ?', KEPT_CHANGES);
}

function readHistory(sql: SqlStorage): readonly StatusChange[] {
  return (
    sql
      .exec<{ change: string }>('SELECT change FROM status_change ORDER BY id DESC')
      .toArray()
      .map((row) => {
        const change: StatusChange = JSON.parse(row.change);
        return change;
      })
      // An outage of this object itself is told afterwards.
      .toSorted((a, b) => b.atMs - a.atMs)
  );
}
