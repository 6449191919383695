import { canonicalJson, sha256 } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { type Delivered, once } from '../once.ts';
import type { Badge } from './badge.ts';
import { noCard, readNight } from './night.ts';
import { codeIsKept, insertPairing } from './pairings.ts';
import { holdsPlace } from './place.ts';

/** Whoever holds a place shows its next device a code; it is scanned at once or not at all. */
const HANDOVER_S = 180;

/** `device` is the one that hands its place over; null where the token names none. `code` is the one-time secret. */
export type HandOver = {
  readonly code: string;
  readonly badge: Badge;
  readonly device: string | null;
  readonly eventId: string | null;
};

/** Makes a one-time code for the very badge that is held. The code before it that the same device showed ends with it. */
export function handOver(
  sql: SqlStorage,
  input: HandOver,
  nowMs: number,
): Outcome<Delivered<{ readonly expiresMs: number }>> {
  if (readNight(sql) === null) return noCard();
  const { badge, device } = input;
  if (device !== null && !holdsPlace(sql, device, badge)) {
    return refuse('fenced', 'This device holds the place no more; it cannot hand it over.', 'device_id');
  }
  const codeHash = sha256(input.code);
  const content = `handover|${canonicalJson({ ...badge, device })}`;
  const delivered = once(sql, input.eventId, content, () => {
    const expiresMs = nowMs + HANDOVER_S * 1000;
    if (device !== null) {
      sql.exec(
        'UPDATE pairing SET expires_ms = min(expires_ms, ?) WHERE from_device = ? AND answer IS NULL',
        nowMs,
        device,
      );
    }
    insertPairing(sql, { codeHash, badge, fromDevice: device, nowMs, expiresMs });
    return ok({ answer: { expiresMs } });
  });
  return codeIsKept(sql, codeHash, delivered);
}
