import type { Actor } from '../../domain/ledger/index.ts';
import { canonicalJson } from '../../domain/ledger/index.ts';
import { ok, type Outcome } from '../../domain/refusal.ts';
import { isSamePerson } from '../../domain/bout/index.ts';
import { type Delivered, once } from '../once.ts';
import { append } from './ledger.ts';

/**
 * The erasure of a person: a walk over every bout that is recorded when it begins, newest first, and the list of those
 * in which the person was found. Where it is of one bout alone, the walk is that bout, and the id means somebody there.
 * Whoever drives it asks for work and tells what was done; a driver that is cut off leaves the walk where it told of it
 * last, and every step may be done again.
 */
export type BeginErasure = {
  readonly personId: string;
  /** The one bout that is meant; null for every one. */
  readonly boutId: string | null;
  readonly reason: string;
  readonly by: Actor;
  readonly eventId: string | null;
};

/** Bouts to look into for the first time, and those that were found and are not finished. */
export type ErasureWork = {
  readonly personId: string;
  readonly boutId: string | null;
  readonly fresh: readonly string[];
  /** To be told once all of `fresh` are noted; null where the walk is over. */
  readonly sweptTo: number | null;
  readonly waiting: readonly string[];
};

/** How one bout stands; `detail` says what is in the way where it is not done. */
export type ErasedBout = { readonly boutId: string; readonly done: boolean; readonly detail: string | null };

export type NoteErasure = {
  readonly erasureId: string;
  readonly sweptTo: number | null;
  readonly bouts: readonly ErasedBout[];
};

export type Erasure = {
  readonly erasureId: string;
  readonly personId: string;
  readonly boutId: string | null;
  readonly reason: string;
  readonly begunMs: number;
  readonly doneMs: number | null;
  /** Recorded bouts that have not been looked into yet. */
  readonly unseen: number;
  /** Those in which the person was found, or could not be looked for. */
  readonly bouts: readonly ErasedBout[];
};

/**
 * An erasure of the same person, in the same bout or in all, that is still going on takes the request in. The caller
 * holds the transaction.
 */
export function beginErasure(
  sql: SqlStorage,
  input: BeginErasure,
  nowMs: number,
): Outcome<Delivered<{ readonly erasureId: string }>> {
  const { personId, boutId, reason, by } = input;
  // What is left out means what it meant before it could be said: a request from then is still the same one.
  const asked = { person_id: personId, reason, ...(boutId === null ? {} : { bout_id: boutId }) };
  const content = `erasure|${canonicalJson({ ...asked, subject: by.subject })}`;
  return once(sql, input.eventId, content, (eventId) => {
    const open = sql
      .exec<{ erasure_id: string; person_id: string }>(
        'SELECT erasure_id, person_id FROM erasure WHERE done_ms IS NULL AND bout_id IS ? ORDER BY begun_ms',
        boutId,
      )
      .toArray()
      // Within a bout the id may be a seat, and two seats may differ by case alone.
      .find((row) => (boutId === null ? isSamePerson(row.person_id, personId) : row.person_id === personId));
    if (open !== undefined) return ok({ answer: { erasureId: open.erasure_id }, sameAs: open.erasure_id });
    append(sql, {
      kind: 'note',
      eventId,
      actor: by,
      receivedMs: nowMs,
      payload: { type: 'erasure', ...asked },
    });
    const { newest } = sql.exec<{ newest: number | null }>('SELECT max(idx) AS newest FROM bout').one();
    sql.exec(
      'INSERT INTO erasure (erasure_id, person_id, reason, by, begun_ms, below, bout_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
      eventId,
      personId,
      reason,
      JSON.stringify(by),
      nowMs,
      boutId === null ? (newest ?? -1) + 1 : ONE_BOUT,
      boutId,
    );
    finishIfDone(sql, eventId, nowMs);
    return ok({ answer: { erasureId: eventId } });
  });
}

/** `below` of an erasure of one bout that has not been looked into; 0 once it has. */
const ONE_BOUT = 1;

/** Null where there is no such erasure, or it is done. */
export function erasureWork(sql: SqlStorage, erasureId: string, limit: number): ErasureWork | null {
  const row = rowOf(sql, erasureId);
  if (row === null || row.done_ms !== null) return null;
  const fresh = freshBouts(sql, row, limit);
  // Those that were tried longest ago first, so that a few which stay stuck do not keep the others waiting.
  const waiting = sql
    .exec<{ bout_id: string }>(
      'SELECT bout_id FROM erasure_bout WHERE erasure_id = ? AND done = 0 ORDER BY noted_ms, bout_id LIMIT ?',
      erasureId,
      limit,
    )
    .toArray();
  return {
    personId: row.person_id,
    boutId: row.bout_id,
    fresh: fresh.map(({ bout_id: boutId }) => boutId),
    sweptTo: fresh.at(-1)?.idx ?? null,
    waiting: waiting.map(({ bout_id: boutId }) => boutId),
  };
}

function freshBouts(sql: SqlStorage, { bout_id: boutId, below }: Row, limit: number) {
  if (boutId !== null) return below > 0 ? [{ idx: 0, bout_id: boutId }] : [];
  return sql
    .exec<{ idx: number; bout_id: string }>(
      'SELECT idx, bout_id FROM bout WHERE idx < ? ORDER BY idx DESC LIMIT ?',
      below,
      limit,
    )
    .toArray();
}

/** Takes in what a driver did. A bout that is done stays done, whatever a slower driver says of it later. */
export function noteErasure(sql: SqlStorage, input: NoteErasure, nowMs: number): Erasure | null {
  const { erasureId, sweptTo, bouts } = input;
  for (const { boutId, done, detail } of bouts) {
    sql.exec(
      `INSERT INTO erasure_bout (erasure_id, bout_id, done, detail, noted_ms) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (erasure_id, bout_id) DO UPDATE SET done = ?3, detail = ?4, noted_ms = ?5 WHERE done = 0`,
      erasureId,
      boutId,
      done ? 1 : 0,
      detail,
      nowMs,
    );
  }
  if (sweptTo !== null) {
    sql.exec('UPDATE erasure SET below = min(below, ?) WHERE erasure_id = ?', sweptTo, erasureId);
  }
  finishIfDone(sql, erasureId, nowMs);
  return readErasure(sql, erasureId);
}

export function readErasure(sql: SqlStorage, erasureId: string): Erasure | null {
  const row = rowOf(sql, erasureId);
  if (row === null) return null;
  const bouts = sql
    .exec<{ bout_id: string; done: number; detail: string | null }>(
      'SELECT bout_id, done, detail FROM erasure_bout WHERE erasure_id = ? ORDER BY bout_id',
      erasureId,
    )
    .toArray()
    .map((bout) => ({ boutId: bout.bout_id, done: bout.done === 1, detail: bout.detail }));
  return {
    erasureId,
    personId: row.person_id,
    boutId: row.bout_id,
    reason: row.reason,
    begunMs: row.begun_ms,
    doneMs: row.done_ms,
    unseen: unseen(sql, row),
    bouts,
  };
}

/** What somebody has to go on with, oldest first. */
export function openErasures(sql: SqlStorage): readonly string[] {
  return sql
    .exec<{ erasure_id: string }>('SELECT erasure_id FROM erasure WHERE done_ms IS NULL ORDER BY begun_ms, erasure_id')
    .toArray()
    .map((row) => row.erasure_id);
}

type Row = {
  erasure_id: string;
  person_id: string;
  reason: string;
  by: string;
  begun_ms: number;
  below: number;
  done_ms: number | null;
  bout_id: string | null;
};

function rowOf(sql: SqlStorage, erasureId: string): Row | null {
  const [row] = sql.exec<Row>('SELECT * FROM erasure WHERE erasure_id = ?', erasureId);
  return row ?? null;
}

function unseen(sql: SqlStorage, { bout_id: boutId, below }: Row): number {
  if (boutId !== null) return below;
  return sql.exec<{ count: number }>('SELECT count(*) AS count FROM bout WHERE idx < ?', below).one().count;
}

/** With the last bout the erasure ends, in the ledger too. */
function finishIfDone(sql: SqlStorage, erasureId: string, nowMs: number): void {
  const row = rowOf(sql, erasureId);
  if (row === null || row.done_ms !== null || unseen(sql, row) > 0) return;
  const { waiting, found } = sql
    .exec<{ waiting: number; found: number }>(
      'SELECT coalesce(sum(done = 0), 0) AS waiting, count(*) AS found FROM erasure_bout WHERE erasure_id = ?',
      erasureId,
    )
    .one();
  if (waiting > 0) return;
  // This object's own writing.
  const actor: Actor = JSON.parse(row.by);
  append(sql, {
    kind: 'note',
    eventId: `evt_${crypto.randomUUID()}`,
    actor,
    receivedMs: nowMs,
    payload: {
      type: 'erased',
      person_id: row.person_id,
      erasure_id: erasureId,
      bouts: found,
      ...(row.bout_id === null ? {} : { bout_id: row.bout_id }),
    },
  });
  sql.exec('UPDATE erasure SET done_ms = ? WHERE erasure_id = ?', nowMs, erasureId);
}
