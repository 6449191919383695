import { type BoutState, type ReleasePolicy, releaseToLeaf } from '../../../domain/bout/index.ts';
import { canonicalJson } from '../../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import { type BoutContext, openForWriting } from '../context.ts';
import { actorOf, newEventId } from '../drafts.ts';
import { pushToAll } from '../sockets/fan-out.ts';
import { arm, enqueue, oweAfter } from '../jobs/run.ts';
import { recordReleases } from '../jobs/releases.ts';
import type { Delivery } from '../replies.ts';
import { readChanges, type ReleaseChange, withRelease, writeChange } from './released.ts';

export type ReleaseInput = {
  readonly release: ReleasePolicy | null;
  readonly delayMs: number | null;
  readonly reason: string | null;
  readonly eventId: string | null;
};

/**
 * Changes who sees a sealed bout. It holds from its commit on, also while the deployment's ledger is out of reach: a
 * release that is taken back must not wait. That ledger records it right after, or when it can be reached again; until
 * then the caller has no receipt and is told so. A crash after the commit leaves the recording owed.
 */
export async function releaseAfterSeal(
  context: BoutContext,
  caller: Caller,
  input: ReleaseInput,
): Promise<Outcome<Delivery>> {
  const open = openForWriting(context, caller);
  if (!open.ok) return open;
  const { ledger, state } = open.value;
  const { sql } = ledger.storage;
  const asked: ReleaseChange = {
    change: readChanges(sql).length + 1,
    eventId: input.eventId ?? newEventId(),
    release: input.release,
    delayMs: input.delayMs,
    reason: input.reason,
    actor: actorOf(caller),
    receivedMs: Date.now(),
    recorded: null,
  };
  const known = readChanges(sql).find(({ eventId }) => eventId === asked.eventId);
  if (known !== undefined && !isSame(known, asked)) {
    return refuse('conflict', `event_id '${asked.eventId}' stands for other content already.`, 'event_id');
  }
  if (known === undefined) {
    const next = withRelease(state, [...readChanges(sql), asked]);
    keep(context, asked, next);
    ledger.state = next;
    // Whoever may not see it any more is sent away, everybody else what they may see now.
    pushToAll(context);
    await tryRecording(context);
    await arm(context);
  } else if (known.recorded === null) await tryRecording(context);
  return answer(context, asked.eventId, input.eventId, known !== undefined);
}

function keep(context: BoutContext, change: ReleaseChange, next: BoutState): void {
  const { storage } = context.ctx;
  storage.transactionSync(() => {
    writeChange(storage.sql, change);
    oweAfter(storage.sql, next);
    enqueue(storage.sql, 'release', Date.now());
  });
}

/** The job stays owed where this fails, and is deleted by the job's own run. */
async function tryRecording(context: BoutContext): Promise<void> {
  try {
    await recordReleases(context);
  } catch (error) {
    console.error(JSON.stringify({ at: 'release after seal', bout: context.boutId, error: String(error) }));
  }
}

function isSame(one: ReleaseChange, other: ReleaseChange): boolean {
  return one.actor.subject === other.actor.subject && contentOf(one) === contentOf(other);
}

function contentOf({ release, delayMs, reason }: ReleaseChange): string {
  return canonicalJson({ release: release === null ? null : releaseToLeaf(release), delay_ms: delayMs, reason });
}

function answer(
  context: BoutContext,
  eventId: string,
  clientEventId: string | null,
  isDuplicate: boolean,
): Outcome<Delivery> {
  const kept = readChanges(context.ctx.storage.sql).find((one) => one.eventId === eventId);
  if (kept === undefined || kept.recorded === null) {
    return refuse(
      'unavailable',
      'The change holds. The deployment’s ledger could not be reached and records it by itself later; sent again, with its event_id, this request then answers with the receipt.',
    );
  }
  return ok({
    status: isDuplicate ? 409 : 200,
    body: {
      success: true,
      event_id: eventId,
      client_event_id: clientEventId,
      is_duplicate: isDuplicate,
      sequence_index: kept.recorded.index,
      event_hash: null,
      chain_hash: kept.recorded.hash,
      message: isDuplicate
        ? 'Duplicate: this was recorded already'
        : 'Recorded in the deployment’s ledger: the bout’s own is sealed',
    },
  });
}
