import type { BoutState } from '../../domain/bout/index.ts';
import { type Draft, type Entry, sha256, textOf } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import { type BoutContext, openForWriting } from './context.ts';
import { newEventId, quietly } from './drafts.ts';
import { entriesWritten, noteWritten } from './sockets/fan-out.ts';
import { arm, oweAfter } from './jobs/table.ts';
import { append, attempt, commit, findByEventId, openPending, type Pending } from './ledger/ledger.ts';
import { oweRecord } from './record/owed.ts';
import { type Delivery, delivered, repeated } from './replies.ts';

/** A mutation other than an action: what was asked, in a form that tells a repeat from other content. */
export type Mutation = {
  /** The route's own name: the same body sent elsewhere is other content. */
  readonly name: string;
  readonly eventId: string | null;
  /** The body as checked, without its `event_id`. */
  readonly body: Readonly<Record<string, unknown>>;
};

/** What a mutation writes; everything else about the entry follows from the request. */
export type Content = Pick<Draft, 'kind' | 'payload'> &
  Partial<
    Pick<
      Draft,
      | 'actor'
      | 'round'
      | 'clockMs'
      | 'clockSource'
      | 'timestampMs'
      | 'flags'
      | 'eventHash'
      | 'deviceEpoch'
      | 'deviceSeq'
    >
  > & {
    /** Writes rows that must stand or fall with the entry. */
    readonly beside?: (sql: SqlStorage) => void;
  };

/** Entries after which the index and the expiry of the round are stale. */
const OWING: readonly Draft['kind'][] = ['clock', 'config', 'result', 'seal'];

/** Whose delivery it was: to anybody else the first answer would say what somebody sealed. */
function isAuthor(caller: Caller, known: Entry): boolean {
  const { actor } = known;
  return caller.role === 'judge'
    ? actor.role === 'judge' && actor.seat === caller.seat
    : actor.subject === caller.subject;
}

/**
 * One mutation with the same idempotency as an action: an `event_id` that is known answers again what
 * it answered first if the content is the same, and is refused if it is not.
 */
export function mutate(
  context: BoutContext,
  caller: Caller,
  request: Mutation,
  write: (state: BoutState, receivedMs: number, pending: Pending) => Outcome<Content>,
): Outcome<Delivery> {
  const open = openForWriting(context, caller);
  if (!open.ok) return open;
  const receivedMs = Date.now();
  const pending = openPending(open.value.ledger);
  const claimHash = sha256(`${request.name}\n${JSON.stringify(request.body)}`);
  const known = request.eventId === null ? null : findByEventId(pending, request.eventId);
  if (known !== null) {
    return textOf(known.payload, 'claim_hash') === claimHash && isAuthor(caller, known)
      ? ok(repeated(pending, known, request.eventId))
      : refuse('conflict', `event_id '${known.eventId}' stands for other content already.`, 'event_id');
  }
  let beside: Content['beside'];
  const outcome = attempt(pending, () => {
    const content = write(open.value.state, receivedMs, pending);
    if (!content.ok) return content;
    const { beside: rows, ...draft } = content.value;
    beside = rows;
    const entry = append(pending, {
      ...quietly(caller, receivedMs),
      ...draft,
      payload: { ...draft.payload, claim_hash: claimHash },
      eventId: request.eventId ?? newEventId(),
    });
    return entry.ok ? ok(delivered(pending, entry.value, request.eventId, 'Recorded')) : entry;
  });
  const entries = pending.written.map(({ entry }) => entry);
  const owing = entries.some(({ kind }) => OWING.includes(kind));
  let owesRecord = false;
  commit(pending, () => {
    owesRecord = oweRecord(context.ctx.storage.sql, context.env, entries);
    if (owing && pending.state !== null) oweAfter(context.ctx.storage.sql, pending.state);
    beside?.(context.ctx.storage.sql);
  });
  if (owing || owesRecord) context.ctx.waitUntil(arm(context));
  if (entries.length > 0) {
    noteWritten(context, entries);
    entriesWritten(context);
  }
  return outcome;
}
