import { own } from '../own.ts';
import { splitMetadata } from '../ledger/index.ts';
import { ok, type Outcome, type Refusal, refuse } from '../refusal.ts';
import { EVENT_TYPE_PATTERN, type LogInput, MAX_ROUNDS } from './log-body.ts';

/** An event of the original API: a fighter by name, id or corner, and a time in one of two forms. */
export type LegacyEvent = {
  readonly bout_id: string;
  readonly round_num: number;
  readonly fighter: string;
  readonly event_type: string;
  readonly timestamp: number;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
};

/** Below this, a legacy `timestamp` is a second of the round; from it on, epoch milliseconds. */
const ROUND_SECONDS_BELOW = 1_000_000;

const FIGHTERS: Readonly<Record<string, string>> = {
  red: 'fighter1',
  blue: 'fighter2',
  fighter1: 'fighter1',
  fighter2: 'fighter2',
};

/**
 * A legacy event in today's form. `fighterId` may still be a name, which only the bout can resolve. Seat and device are `legacy`. A second of the round has no date: its
 * milliseconds stand in as the timestamp, so that the same event is the same fingerprint at every import.
 */
export function readLegacyEvent(event: LegacyEvent, at = ''): Outcome<LogInput> {
  const fighter = own(FIGHTERS, event.fighter.trim().toLowerCase()) ?? event.fighter.trim();
  if (event.round_num < 1 || event.round_num > MAX_ROUNDS) {
    return refuse('bad_request', `${at}round_num: a whole number from 1 to ${MAX_ROUNDS}.`, `${at}round_num`);
  }
  if (!EVENT_TYPE_PATTERN.test(event.event_type)) {
    return refuse('bad_request', `${at}event_type: a name of at most 64 characters.`, `${at}event_type`);
  }
  const split = splitMetadata(event.metadata ?? {});
  if (!split.ok) return atPlace(split, at);
  const isSecond = event.timestamp < ROUND_SECONDS_BELOW;
  const timestampMs = isSecond ? Math.round(event.timestamp * 1000) : Math.floor(event.timestamp);
  return ok({
    boutId: event.bout_id,
    roundId: event.round_num,
    judgeId: 'legacy',
    fighterId: fighter,
    eventType: event.event_type,
    timestampMs,
    deviceId: 'legacy',
    metadata: split.value.metadata,
    metadataExtra: split.value.extra,
    eventId: null,
    clockMs: isSecond ? timestampMs : null,
    deviceEpoch: null,
    deviceSeq: null,
    signature: null,
    simulated: false,
    legacy: true,
  });
}

function atPlace(refusal: Refusal, at: string): Refusal {
  const errors = refusal.errors.map(({ field, detail }) => ({ field: `${at}${field}`, detail }));
  return { ...refusal, detail: `${at}${refusal.detail}`, errors };
}
