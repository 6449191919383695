import type { Credential } from '../device/credential.ts';
import { newEventId } from '../wire/event-id.ts';
import type { Draft } from './items.ts';
import type { NewItem } from './shelf.ts';

/** The ledger takes the same action of a device within the same 10 ms for one that was sent twice. */
const FINGERPRINT_MS = 10;

/**
 * The moment of a tap, never in the same 10 ms as the one before: two taps, however fast, are two. A hand is slower
 * than that, so a tap is all but never moved, and then by less than 10 ms.
 * @param nowMs of a clock that only goes forward while the page is open, as `localNow` does
 */
export function momentAfter(lastMs: number, nowMs: number): number {
  const now = Math.round(nowMs);
  const next = (Math.floor(lastMs / FINGERPRINT_MS) + 1) * FINGERPRINT_MS;
  return Math.max(now, next);
}

/** An item with everything that will ever be sent of it. `seq` is the shelf's to give. */
export function stamp(draft: Draft, credential: Credential, atMs: number): NewItem {
  const eventId = newEventId();
  const base = { eventId, boutId: draft.boutId, atMs, note: draft.note ?? {}, deviceId: credential.deviceId };
  if (draft.kind === 'command') {
    return { ...base, kind: 'command', path: draft.path, body: { ...draft.fields, event_id: eventId } };
  }
  return {
    ...base,
    kind: 'action',
    path: '',
    body: {
      ...draft.fields,
      bout_id: draft.boutId,
      timestamp_ms: atMs,
      device_id: credential.deviceId,
      event_id: eventId,
      ...(credential.deviceEpoch === null ? {} : { device_epoch: credential.deviceEpoch }),
    },
  };
}
