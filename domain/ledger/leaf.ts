import { isId } from '../ids.ts';
import { ok, refuse } from '../refusal.ts';
import type { Outcome, Refusal } from '../refusal.ts';
import { ROLES } from '../roles/index.ts';
import {
  canonicalInteger,
  canonicalJson,
  canonicalText,
  isLeafObject,
  isPlainObject,
  leafProblem,
} from './canonical.ts';
import { isHash } from './chain.ts';
import { CLOCK_SOURCES, ENTRY_KINDS, FLAGS } from './entry.ts';
import type { Actor, ClockSource, Entry, EntryKind, Flag } from './entry.ts';
import { roundedMs } from './fingerprint.ts';

/** The version of the leaf's shape, in every leaf as `v`. */
export const LEAF_VERSION = 1;

/** An entry bundle of c2sp.org/tlog-tiles gives a leaf's length two bytes. */
export const MAX_LEAF_BYTES = 65_535;

/** Who may stand as `actor.role`. */
export const ACTOR_ROLES = [...ROLES, 'system'] as const;

/** The members of a leaf, in their order. */
const MEMBERS = [
  'actor',
  'clock_ms',
  'clock_source',
  'device_epoch',
  'device_seq',
  'event_hash',
  'event_id',
  'flags',
  'index',
  'kind',
  'payload',
  'prev_chain_hash',
  'received_ms',
  'round',
  'signature',
  'timestamp_ms',
  'timestamp_rounded_ms',
  'v',
] as const;

const ACTOR_MEMBERS = ['device', 'role', 'seat', 'subject'] as const;

/**
 * The bytes of an entry that are stored, hashed and archived: RFC 8785 JSON, written by a template because its members
 * are fixed. Throws a RangeError where the entry holds what cannot stand in a leaf; the caller has checked the payload
 * with `leafProblem` and, after this, the length with {@link leafFits}. `payloadJson` must be the payload's canonical JSON.
 */
export function encodeLeaf(entry: Entry, payloadJson = canonicalJson(entry.payload)): string {
  const { actor, timestampMs } = entry;
  return (
    `{"actor":{"device":${text(actor.device)},"role":"${actor.role}","seat":${text(actor.seat)}` +
    `,"subject":${canonicalText(actor.subject)}},"clock_ms":${integer(entry.clockMs)}` +
    `,"clock_source":${entry.clockSource === null ? 'null' : `"${entry.clockSource}"`}` +
    `,"device_epoch":${integer(entry.deviceEpoch)},"device_seq":${integer(entry.deviceSeq)}` +
    `,"event_hash":${text(entry.eventHash)},"event_id":${canonicalText(entry.eventId)}` +
    `,"flags":${entry.flags.length === 0 ? '[]' : canonicalJson(entry.flags)}` +
    `,"index":${canonicalInteger(entry.index)},"kind":"${entry.kind}","payload":${payloadJson}` +
    `,"prev_chain_hash":${canonicalText(entry.prevChainHash)},"received_ms":${canonicalInteger(entry.receivedMs)}` +
    `,"round":${integer(entry.round)},"signature":${text(entry.signature)},"timestamp_ms":${integer(timestampMs)}` +
    `,"timestamp_rounded_ms":${integer(timestampMs === null ? null : roundedMs(timestampMs))},"v":${LEAF_VERSION}}`
  );
}

function text(value: string | null): string {
  return value === null ? 'null' : canonicalText(value);
}

function integer(value: number | null): string {
  return value === null ? 'null' : canonicalInteger(value);
}

/** The length of a text in UTF-8 bytes; lone surrogates count as the three bytes of their replacement. */
export function utf8Length(value: string): number {
  let bytes = value.length;
  for (let index = 0; index < value.length; index += 1) {
    const unit = value.charCodeAt(index);
    if (unit < 0x80) continue;
    bytes += 1;
    if (unit < 0x800) continue;
    bytes += 1;
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = value.charCodeAt(index + 1);
    if (next >= 0xdc00 && next <= 0xdfff) {
      // A pair is four bytes: three are counted for its first half, so the second half adds none of its own.
      index += 1;
    }
  }
  return bytes;
}

/** Whether a leaf has at most {@link MAX_LEAF_BYTES} bytes. */
export function leafFits(leaf: string): boolean {
  // No UTF-16 unit needs more than three bytes.
  return leaf.length * 3 <= MAX_LEAF_BYTES || utf8Length(leaf) <= MAX_LEAF_BYTES;
}

/**
 * Reads a leaf back. Strict: the members are these and no others, each of its type, and the bytes are the very ones
 * that {@link encodeLeaf} writes for the entry (no other order, spacing, escape or repeated name). A refusal names the
 * member in `errors[0].field`.
 */
export function decodeLeaf(leaf: string): Outcome<Entry> {
  if (!leafFits(leaf)) return refuse('too_large', `the leaf is longer than ${MAX_LEAF_BYTES} bytes`, 'leaf');
  let parsed: unknown;
  try {
    parsed = JSON.parse(leaf);
  } catch {
    return refuse('bad_request', 'the leaf is not JSON', 'leaf');
  }
  const read = readEntry(parsed);
  if (read.ok && encodeLeaf(read.value) !== leaf) {
    const { timestampMs } = read.value;
    const rounded = timestampMs === null ? null : roundedMs(timestampMs);
    if (isPlainObject(parsed) && parsed['timestamp_rounded_ms'] !== rounded) {
      return bad('timestamp_rounded_ms', `must be timestamp_ms rounded down to 10 ms, ${rounded}`);
    }
    return refuse('bad_request', 'the leaf is not in canonical form', 'leaf');
  }
  return read;
}

function readEntry(leaf: unknown): Outcome<Entry> {
  const shape = membersProblem(leaf, MEMBERS, 'leaf');
  if (shape !== null || !isPlainObject(leaf)) return refuse('bad_request', shape ?? 'the leaf is no object', 'leaf');
  if (leaf['v'] !== LEAF_VERSION) return bad('v', `must be ${LEAF_VERSION}`);
  const actor = readActor(leaf['actor']);
  if (!actor.ok) return actor;
  const { index, kind, flags, payload, round } = leaf;
  if (!isCount(index)) return bad('index', 'must be a whole number from 0');
  if (!isKind(kind)) return bad('kind', 'must be a kind of entry');
  const eventId = leaf['event_id'];
  if (!isId(eventId)) return bad('event_id', 'must be an id');
  const timestampMs = leaf['timestamp_ms'];
  if (timestampMs !== null && !(isInteger(timestampMs) && isInteger(roundedMs(timestampMs)))) {
    return bad('timestamp_ms', 'must be a whole number or null');
  }
  const receivedMs = leaf['received_ms'];
  if (!isInteger(receivedMs)) return bad('received_ms', 'must be a whole number');
  if (!isIntegerOrNull(round)) return bad('round', 'must be a whole number or null');
  const clockMs = leaf['clock_ms'];
  if (!isIntegerOrNull(clockMs)) return bad('clock_ms', 'must be a whole number or null');
  const clockSource = leaf['clock_source'];
  if (clockSource !== null && !isClockSource(clockSource)) return bad('clock_source', 'must be a clock source or null');
  if (!isFlags(flags)) return bad('flags', 'must be a list of known flags, each once');
  if (!isLeafObject(payload)) return bad('payload', leafProblem(payload, 'payload') ?? 'must be an object');
  const eventHash = leaf['event_hash'];
  if (eventHash !== null && !isHash(eventHash)) return bad('event_hash', 'must be 64 hexadecimal digits or null');
  const prevChainHash = leaf['prev_chain_hash'];
  if (!isHash(prevChainHash)) return bad('prev_chain_hash', 'must be 64 hexadecimal digits');
  const deviceEpoch = leaf['device_epoch'];
  if (!isIntegerOrNull(deviceEpoch)) return bad('device_epoch', 'must be a whole number or null');
  const deviceSeq = leaf['device_seq'];
  if (!isIntegerOrNull(deviceSeq)) return bad('device_seq', 'must be a whole number or null');
  const signature = leaf['signature'];
  if (signature !== null && !isText(signature)) return bad('signature', 'must be well-formed text or null');
  return ok({
    index,
    eventId,
    kind,
    actor: actor.value,
    timestampMs,
    receivedMs,
    round,
    clockMs,
    clockSource,
    flags,
    payload,
    eventHash,
    prevChainHash,
    deviceEpoch,
    deviceSeq,
    signature,
  });
}

function readActor(actor: unknown): Outcome<Actor> {
  const shape = membersProblem(actor, ACTOR_MEMBERS, 'actor');
  if (shape !== null || !isPlainObject(actor)) return refuse('bad_request', shape ?? 'actor is no object', 'actor');
  const { subject, role, seat, device } = actor;
  if (!isId(subject)) return bad('actor.subject', 'must be an id');
  if (!isActorRole(role)) return bad('actor.role', 'must be a role');
  if (seat !== null && !isId(seat)) return bad('actor.seat', 'must be an id or null');
  if (device !== null && !isId(device)) return bad('actor.device', 'must be an id or null');
  return ok({ subject, role, seat, device });
}

function bad(field: string, detail: string): Refusal {
  return refuse('bad_request', detail.startsWith(field) ? detail : `${field} ${detail}`, field);
}

function membersProblem(value: unknown, members: readonly string[], at: string): string | null {
  if (!isPlainObject(value)) return `${at} must be an object`;
  for (const name of members) if (!Object.hasOwn(value, name)) return `${at} lacks ${name}`;
  const surplus = Object.keys(value).find((name) => !members.includes(name));
  return surplus === undefined ? null : `${at} holds the unknown member ${JSON.stringify(surplus)}`;
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isCount(value: unknown): value is number {
  return isInteger(value) && value >= 0;
}

function isIntegerOrNull(value: unknown): value is number | null {
  return value === null || isInteger(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed();
}

function isKind(value: unknown): value is EntryKind {
  return ENTRY_KINDS.some((kind) => kind === value);
}

function isClockSource(value: unknown): value is ClockSource {
  return CLOCK_SOURCES.some((source) => source === value);
}

function isActorRole(value: unknown): value is Actor['role'] {
  return ACTOR_ROLES.some((role) => role === value);
}

function isFlags(value: unknown): value is readonly Flag[] {
  return Array.isArray(value) && value.every(isFlag) && new Set(value).size === value.length;
}

function isFlag(value: unknown): value is Flag {
  return FLAGS.some((flag) => flag === value);
}
