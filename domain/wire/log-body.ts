import { isId } from '../ids.ts';
import { type LeafObject, type SplitMetadata, splitMetadata } from '../ledger/index.ts';
import { type FieldError, ok, type Outcome } from '../refusal.ts';

/** An action as its sender states it: every field has its type, nothing has been judged yet. */
export type LogInput = {
  readonly boutId: string;
  readonly roundId: number;
  readonly judgeId: string;
  readonly fighterId: string;
  readonly eventType: string;
  readonly timestampMs: number;
  readonly deviceId: string;
  /** What of the metadata a leaf can hold as it is, and the rest as JSON. */
  readonly metadata: LeafObject;
  readonly metadataExtra: string | null;
  readonly eventId: string | null;
  readonly clockMs: number | null;
  readonly deviceEpoch: number | null;
  readonly deviceSeq: number | null;
  readonly signature: string | null;
  readonly simulated: boolean;
  /** Legacy events have no seat and no device of their own. */
  readonly legacy: boolean;
};

/** The latest instant that a date can hold. */
export const MAX_INSTANT_MS = 8_640_000_000_000_000;

/** No round of any sport comes near an hour. */
export const MAX_CLOCK_MS = 3_600_000;

export const MAX_ROUNDS = 20;

export const MAX_EVENT_TYPE = 64;

const FIELDS: ReadonlySet<string> = new Set([
  'bout_id',
  'round_id',
  'judge_id',
  'fighter_id',
  'event_type',
  'timestamp_ms',
  'device_id',
  'metadata',
  'event_id',
  'clock_ms',
  'device_epoch',
  'device_seq',
  'signature',
  'simulated',
]);

/** What a log message may have besides, because of where it travels. */
export type Envelope = {
  /** Stands for `bout_id` where the message travels on a bout's own socket or in a batch. */
  readonly boutId?: string;
  /** Where the message stands in its request, for the names of fields (`events[3].`). */
  readonly at?: string;
  /** A member of the envelope itself: a socket's messages say their `type`. */
  readonly besides?: string;
};

/**
 * Checks the one message on the hot path by hand: the same rules as its schema in the API's document,
 * at a tenth of the cost. Unknown fields are refused, because a misspelt `event_id` loses idempotency.
 */
export function readLogBody(body: unknown, envelope: Envelope = {}): Outcome<LogInput> {
  const at = envelope.at ?? '';
  if (!isRecord(body))
    return badFields([{ field: at === '' ? 'body' : at.replace(/\.$/, ''), detail: 'must be an object' }]);
  const errors: FieldError[] = [];
  for (const name of Object.keys(body)) {
    if (!FIELDS.has(name) && name !== envelope.besides) errors.push({ field: `${at}${name}`, detail: 'unknown field' });
  }
  const { metadata, extra: metadataExtra } = metadataOf(body['metadata'], at, errors);
  const input: LogInput = {
    boutId: idOf(body['bout_id'] ?? envelope.boutId, 'bout_id', at, errors),
    roundId: integerOf(body['round_id'], 'round_id', 1, MAX_ROUNDS, at, errors),
    judgeId: idOf(body['judge_id'], 'judge_id', at, errors),
    fighterId: idOf(body['fighter_id'], 'fighter_id', at, errors),
    eventType: eventTypeOf(body['event_type'], at, errors),
    timestampMs: integerOf(body['timestamp_ms'], 'timestamp_ms', 0, MAX_INSTANT_MS, at, errors),
    deviceId: idOf(body['device_id'], 'device_id', at, errors),
    metadata,
    metadataExtra,
    eventId: body['event_id'] == null ? null : idOf(body['event_id'], 'event_id', at, errors),
    clockMs: integerOrNull(body['clock_ms'], 'clock_ms', MAX_CLOCK_MS, at, errors),
    deviceEpoch: integerOrNull(body['device_epoch'], 'device_epoch', MAX_EPOCH, at, errors),
    deviceSeq: integerOrNull(body['device_seq'], 'device_seq', Number.MAX_SAFE_INTEGER, at, errors),
    signature: body['signature'] == null ? null : signatureOf(body['signature'], at, errors),
    simulated: truthOf(body['simulated'], at, errors),
    legacy: false,
  };
  return errors.length === 0 ? ok(input) : badFields(errors);
}

const MAX_EPOCH = 1_000_000;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function idOf(value: unknown, name: string, at: string, errors: FieldError[]): string {
  if (isId(value)) return value;
  errors.push({ field: `${at}${name}`, detail: 'must be an id: 1 to 64 of A-Z a-z 0-9 _ . : -' });
  return '';
}

function integerOf(value: unknown, name: string, min: number, max: number, at: string, errors: FieldError[]): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  errors.push({ field: `${at}${name}`, detail: `must be a whole number from ${min} to ${max}` });
  return 0;
}

function integerOrNull(value: unknown, name: string, max: number, at: string, errors: FieldError[]): number | null {
  return value == null ? null : integerOf(value, name, 0, max, at, errors);
}

function badFields(errors: readonly FieldError[]): Outcome<never> {
  const first = errors[0];
  return {
    ok: false,
    code: 'bad_request',
    detail: first === undefined ? 'The request is not valid.' : `${first.field}: ${first.detail}`,
    errors: errors.slice(0, 20),
  };
}

/** Part of the fingerprint, so it may not hold the fingerprint's separator. */
function eventTypeOf(value: unknown, at: string, errors: FieldError[]): string {
  if (typeof value === 'string' && EVENT_TYPE_PATTERN.test(value)) return value;
  errors.push({
    field: `${at}event_type`,
    detail: `must be a name of 1 to ${MAX_EVENT_TYPE} printable characters without |`,
  });
  return '';
}

export const EVENT_TYPE_PATTERN = /^[\x20-\x7b\x7d\x7e]{1,64}$/;

function metadataOf(value: unknown, at: string, errors: FieldError[]): SplitMetadata {
  if (value == null) return NO_METADATA;
  if (!isRecord(value)) {
    errors.push({ field: `${at}metadata`, detail: 'must be an object' });
    return NO_METADATA;
  }
  const split = splitMetadata(value);
  if (split.ok) return split.value;
  for (const { field, detail } of split.errors) errors.push({ field: `${at}${field}`, detail });
  return NO_METADATA;
}

const NO_METADATA: SplitMetadata = { metadata: {}, extra: null };

/** Base64url of a device's signature: Ed25519 and P-256 are 64 bytes. */
export const SIGNATURE_PATTERN = /^[A-Za-z0-9_-]{16,128}$/;

function signatureOf(value: unknown, at: string, errors: FieldError[]): string {
  if (typeof value === 'string' && SIGNATURE_PATTERN.test(value)) return value;
  errors.push({ field: `${at}signature`, detail: 'must be 16 to 128 characters of base64url' });
  return '';
}

function truthOf(value: unknown, at: string, errors: FieldError[]): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  errors.push({ field: `${at}simulated`, detail: 'must be true or false' });
  return false;
}
