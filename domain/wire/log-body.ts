import { isId } from '../ids.ts';
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
  readonly metadata: Readonly<Record<string, unknown>>;
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

/**
 * Checks the one message on the hot path by hand: the same rules as its schema in the API's document,
 * at a tenth of the cost. Unknown fields are refused, because a misspelt `event_id` loses idempotency.
 *
 * @param boutId stands for `bout_id` where the message travels on a bout's own socket or in a batch
 * @param at where the message stands in its request, for the names of fields (`events[3].`)
 */
export function readLogBody(body: unknown, boutId: string | null = null, at = ''): Outcome<LogInput> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return badFields([{ field: at === '' ? 'body' : at.replace(/\.$/, ''), detail: 'must be an object' }]);
  }
  const errors: FieldError[] = [];
  const fields = new Map<string, unknown>(Object.entries(body));
  for (const name of fields.keys())
    if (!FIELDS.has(name)) errors.push({ field: `${at}${name}`, detail: 'unknown field' });

  const id = (name: string, fallback: string | null = null): string => {
    const value = fields.get(name) ?? fallback;
    if (isId(value)) return value;
    errors.push({ field: `${at}${name}`, detail: 'must be an id: 1 to 64 of A-Z a-z 0-9 _ . : -' });
    return '';
  };
  const integer = (name: string, min: number, max: number): number => {
    const value = fields.get(name);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
    errors.push({ field: `${at}${name}`, detail: `must be a whole number from ${min} to ${max}` });
    return 0;
  };
  const given = (name: string) => fields.get(name) !== undefined && fields.get(name) !== null;

  const input: LogInput = {
    boutId: id('bout_id', boutId),
    roundId: integer('round_id', 1, MAX_ROUNDS),
    judgeId: id('judge_id'),
    fighterId: id('fighter_id'),
    eventType: eventTypeOf(fields.get('event_type'), at, errors),
    timestampMs: integer('timestamp_ms', 0, MAX_INSTANT_MS),
    deviceId: id('device_id'),
    metadata: metadataOf(fields.get('metadata'), at, errors),
    eventId: given('event_id') ? id('event_id') : null,
    clockMs: given('clock_ms') ? integer('clock_ms', 0, MAX_CLOCK_MS) : null,
    deviceEpoch: given('device_epoch') ? integer('device_epoch', 0, 1_000_000) : null,
    deviceSeq: given('device_seq') ? integer('device_seq', 0, Number.MAX_SAFE_INTEGER) : null,
    signature: given('signature') ? signatureOf(fields.get('signature'), at, errors) : null,
    simulated: truthOf(fields.get('simulated'), at, errors),
    legacy: false,
  };
  return errors.length === 0 ? ok(input) : badFields(errors);
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

function metadataOf(value: unknown, at: string, errors: FieldError[]): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return Object.fromEntries(Object.entries(value));
  errors.push({ field: `${at}metadata`, detail: 'must be an object' });
  return {};
}

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
