import type { Sha256 } from './chain.ts';

/**
 * What makes two deliveries the same tap: its fields exactly as received, before any alias is resolved.
 * The caller has seen to it that no text holds `|` (ids cannot; an event type is checked), so that the joined
 * fingerprint has one reading only.
 */
export type Claim = {
  readonly boutId: string;
  readonly round: number;
  readonly judgeId: string;
  readonly fighterId: string;
  readonly eventType: string;
  /** UTC epoch milliseconds, unrounded. */
  readonly timestampMs: number;
  readonly deviceId: string;
};

/** The 10 ms bucket of a time in whole milliseconds: floor, also before 1970. */
export function roundedMs(timestampMs: number): number {
  // Adding 0 turns -0 into 0.
  return Math.floor(timestampMs / 10) * 10 + 0;
}

/** `bout_id|round_id|judge_id|fighter_id|event_type|timestamp_ms(rounded to 10 ms)|device_id`. */
export function fingerprint(claim: Claim): string {
  const { boutId, round, judgeId, fighterId, eventType, timestampMs, deviceId } = claim;
  return `${boutId}|${round}|${judgeId}|${fighterId}|${eventType}|${roundedMs(timestampMs)}|${deviceId}`;
}

/** `event_hash` on the wire: SHA-256 of the fingerprint. */
export function eventHash(sha256: Sha256, claim: Claim): string {
  return sha256(fingerprint(claim));
}
