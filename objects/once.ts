import { ok, type Outcome, refuse } from '../domain/refusal.ts';

/** The table that {@link once} keeps; part of the schema of every object that uses it. */
export const DELIVERY_TABLE =
  'CREATE TABLE delivery (event_id TEXT PRIMARY KEY, content TEXT NOT NULL, answer TEXT NOT NULL) STRICT, WITHOUT ROWID';

/** What a mutation answers: `eventId` is the caller's, or made here; a duplicate carries the first answer. */
export type Delivered<T> = { readonly answer: T; readonly eventId: string; readonly isDuplicate: boolean };

/**
 * What a mutation did. `sameAs` names the delivery that did it before, where the object can tell so without an
 * `event_id` (a card made twice with the same particulars).
 */
export type Done<T> = { readonly answer: T; readonly sameAs?: string };

/**
 * Runs a mutation once per `event_id`: the same content again gets the first answer, other content is a conflict and
 * writes nothing. The caller holds the transaction, so the answer is kept exactly if the mutation is.
 * `content` is canonical text of everything that the caller asked for; `answer` must be plain JSON data.
 */
export function once<T>(
  sql: SqlStorage,
  eventId: string | null,
  content: string,
  act: (eventId: string) => Outcome<Done<T>>,
): Outcome<Delivered<T>> {
  const id = eventId ?? `evt_${crypto.randomUUID()}`;
  if (eventId !== null) {
    const [before] = sql.exec<{ content: string; answer: string }>(
      'SELECT content, answer FROM delivery WHERE event_id = ?',
      eventId,
    );
    if (before !== undefined && before.content !== content) {
      return refuse('conflict', `event_id ${eventId} was already used for something else.`, 'event_id');
    }
    if (before !== undefined) {
      // Written by the same version of `act` or an older one, whose answers stay readable.
      const first: Delivered<T> = JSON.parse(before.answer);
      return ok({ ...first, isDuplicate: true });
    }
  }
  const done = act(id);
  if (!done.ok) return done;
  const delivered = {
    answer: done.value.answer,
    eventId: done.value.sameAs ?? id,
    isDuplicate: done.value.sameAs !== undefined,
  };
  sql.exec('INSERT INTO delivery (event_id, content, answer) VALUES (?, ?, ?)', id, content, JSON.stringify(delivered));
  return ok(delivered);
}
