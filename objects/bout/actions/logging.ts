import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { LogInput } from '../../../domain/wire/log-body.ts';
import { type BoutContext, openForWriting } from '../context.ts';
import { entriesWritten, noteWritten } from '../sockets/fan-out.ts';
import type { Arrival } from './fence.ts';
import { resolveLegacy } from './legacy.ts';
import { attempt, commit, openPending, type Pending } from '../ledger/ledger.ts';
import { logAction } from './log.ts';
import type { BatchResult, Delivery } from '../replies.ts';

const LOGGERS: readonly Caller['role'][] = ['operator', 'judge', 'supervisor', 'admin'];

/** One action as it happens. The answer stands for a committed entry; the output gate holds it until then. */
export function logOne(context: BoutContext, caller: Caller, input: LogInput): Outcome<Delivery> {
  if (!LOGGERS.includes(caller.role)) return refuse('forbidden', `A ${caller.role} does not log actions.`);
  const open = openForWriting(context, caller);
  if (!open.ok) return open;
  const pending = openPending(open.value.ledger);
  const resolved = resolveLegacy(open.value, input);
  if (!resolved.ok) return resolved;
  const outcome = attempt(pending, () => logAction(context, pending, caller, resolved.value, Date.now(), 'live'));
  store(context, pending);
  return outcome;
}

/** One item of a batch: checked by the edge, or already refused there. */
export type BatchItem = Outcome<LogInput> & { readonly clientEventId?: string | null };

/**
 * Up to 500 actions that may have waited for a network, in their sender's order, in one transaction.
 * Each is judged for itself: an item that is refused stops no other. A crash before the commit leaves
 * none of them, and the sender repeats the batch.
 */
export function logBatch(
  context: BoutContext,
  caller: Caller,
  items: readonly BatchItem[],
  arrival: Arrival = 'batch',
): Outcome<readonly BatchResult[]> {
  const open = openForWriting(context, caller);
  if (!open.ok) return open;
  const pending = openPending(open.value.ledger);
  const receivedMs = Date.now();
  const results = items.map((item): BatchResult => {
    if (!item.ok) return { refusal: item, clientEventId: item.clientEventId ?? null };
    const input = resolveLegacy(open.value, item.value);
    const outcome = input.ok
      ? attempt(pending, () => logAction(context, pending, caller, input.value, receivedMs, arrival))
      : input;
    return outcome.ok ? outcome.value : { refusal: outcome, clientEventId: item.value.eventId };
  });
  store(context, pending);
  return ok(results);
}

function store(context: BoutContext, pending: Pending): void {
  if (pending.written.length === 0) return;
  commit(pending);
  noteWritten(
    context,
    pending.written.map(({ entry }) => entry),
  );
  entriesWritten(context);
}
