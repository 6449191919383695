import type { Caller } from '../../domain/roles/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { type BoutState, mayAct } from '../../domain/bout/index.ts';
import type { Card } from '../card/index.ts';
import type { LogKeySettings } from '../log-key.ts';
import type { Platform } from '../platform/index.ts';
import type { FanOut } from './sockets/fan-out.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { SocketTaps } from './sockets/taps.ts';

/** The bindings that a bout's object uses. */
export type BoutEnv = LogKeySettings & {
  readonly INDEX_QUEUE: Queue<{ readonly bout_id: string }>;
  readonly CARD: DurableObjectNamespace<Card>;
  readonly PLATFORM: DurableObjectNamespace<Platform>;
  readonly ARCHIVE: R2Bucket;
  readonly TSA_URL?: string;
  readonly SEAL_AFTER_H?: string;
};

/** What every module of the bout works on. Mutable in these places only: ledger, fan-out, offsets, socket taps. */
export type BoutContext = {
  readonly boutId: string;
  readonly ctx: DurableObjectState;
  readonly env: BoutEnv;
  /** Null until the bout is created: an object that was merely asked for stores nothing. */
  ledger: Ledger | null;
  readonly fanOut: FanOut;
  /** By device id. */
  readonly offsets: Map<string, DeviceOffset>;
  readonly socketTaps: SocketTaps;
};

/** Server time less device time; `bound` where the token that reported it was the device's own. */
export type DeviceOffset = { readonly ms: number; readonly bound: boolean };

export type OpenBout = { readonly ledger: Ledger; readonly state: BoutState };

/** The bout for a reader: it exists, and the caller's token reaches it. */
export function openForReading(context: BoutContext, caller: Caller | null): Outcome<OpenBout> {
  const ledger = context.ledger;
  const state = ledger?.state ?? null;
  if (ledger === null || (state === null && ledger.fault === null)) {
    return refuse('not_found', `There is no bout '${context.boutId}'.`, 'bout_id');
  }
  if (state === null) {
    return refuse('unavailable', `The ledger does not check out from entry ${ledger.fault?.index ?? 0} on.`);
  }
  const reach = inReach(context, state, caller);
  return reach.ok ? ok({ ledger, state }) : reach;
}

/** The bout for a writer: besides, its ledger checks out, so that nothing is built on a damaged entry. */
export function openForWriting(context: BoutContext, caller: Caller): Outcome<OpenBout> {
  const open = openForReading(context, caller);
  if (!open.ok) return open;
  const { fault } = open.value.ledger;
  return fault === null
    ? open
    : refuse(
        'unavailable',
        fault.isFork === true
          ? `${fault.detail} Nothing is written to it.`
          : `The ledger does not check out from entry ${fault.index} on; nothing is written to it.`,
      );
}

function inReach(context: BoutContext, state: BoutState, caller: Caller | null): Outcome<true> {
  if (caller?.boutId != null && caller.boutId !== context.boutId) {
    return refuse('forbidden', `This token is for bout '${caller.boutId}'.`, 'bout_id');
  }
  if (caller?.cardId != null && caller.boutId === null && caller.cardId !== state.config.cardId) {
    return refuse('forbidden', `This token is for card '${caller.cardId}', which this bout is not on.`, 'bout_id');
  }
  // Not even to read: the seat's own scorecard is another person's now.
  if (caller?.role === 'judge' && caller.seat !== null && !mayAct(state, caller.seat, caller.subject)) {
    return refuse('forbidden', `Seat '${caller.seat}' has been given to another judge.`, 'judge_id');
  }
  return ok(true);
}
