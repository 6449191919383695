import { readCanonicalObject } from './canonical.ts';
import { CLOCK_SOURCES, ENTRY_KINDS, FLAGS } from './entry.ts';
import type { LeafObject } from './entry.ts';
import { ACTOR_ROLES, leafFits, LEAF_VERSION } from './leaf.ts';

/**
 * What the verifier needs of a leaf, cut out of its text. Numbers stay as they are written: canonical bytes have one
 * way to write each, so equal text is equal number.
 */
export type LeafView = {
  readonly index: string;
  readonly kind: string;
  readonly prevChainHash: string;
  readonly eventHash: string | null;
  readonly round: string;
  readonly timestampMs: string;
  readonly timestampRoundedMs: string;
  /** The payload's fields of the fingerprint, where all four are there as texts. */
  readonly action: ActionFields | null;
};

export type ActionFields = {
  readonly judgeId: string;
  readonly fighterId: string;
  readonly eventType: string;
  readonly deviceId: string;
};

const ID = '[A-Za-z0-9_.:-]{1,64}';
/** Text that stands in JSON as it is: without quotation mark and backslash it cannot end early. */
const PLAIN = String.raw`[ !#-\[\]-~]*`;
/** Fifteen digits are always exact; longer numbers take the slow way. */
const COUNT = '(?:0|[1-9][0-9]{0,14})';
const COUNT_OR_NULL = `(?:null|${COUNT})`;
const ID_OR_NULL = `(?:null|"${ID}")`;
/** Its length is looked at afterwards: counting to 64 is what a pattern is slow at. */
const HASH = '[0-9a-f]+';

/** An action as the bout writes it: what was understood, the four fields as received, flat metadata. */
const ACTION_PAYLOAD =
  String.raw`\{(?:"action":(\{[^{}]*\}),)?"device_id":"(${ID})","event_type":"(${PLAIN})","fighter_id":"(${ID})"` +
  String.raw`,"judge_id":"(${ID})","metadata":(\{[^{}]*\})\}`;

/** The whole leaf. One flag at most: only the slow way sees to it that none stands twice. */
const LEAF = new RegExp(
  String.raw`^\{"actor":\{"device":${ID_OR_NULL},"role":"(?:${ACTOR_ROLES.join('|')})","seat":${ID_OR_NULL}` +
    String.raw`,"subject":"${ID}"\},"clock_ms":${COUNT_OR_NULL}` +
    `,"clock_source":(?:null|"(?:${CLOCK_SOURCES.join('|')})"),"device_epoch":${COUNT_OR_NULL}` +
    `,"device_seq":${COUNT_OR_NULL},"event_hash":(?:null|"(${HASH})"),"event_id":"${ID}"` +
    String.raw`,"flags":\[(?:"(?:${FLAGS.join('|')})")?\],"index":(${COUNT})` +
    `,"kind":"(${ENTRY_KINDS.join('|')})","payload":(?:${ACTION_PAYLOAD}|(.*))` +
    `,"prev_chain_hash":"(${HASH})","received_ms":${COUNT},"round":(${COUNT_OR_NULL})` +
    `,"signature":(?:null|"${PLAIN}"),"timestamp_ms":(${COUNT_OR_NULL})` +
    String.raw`,"timestamp_rounded_ms":(${COUNT_OR_NULL}),"v":${LEAF_VERSION}\}$`,
);

/**
 * What surrounds the four fields repeats (`{"type":"jab"}`, `{"significant":true}`), so a run remembers what it has
 * proven; so many at most.
 */
const REMEMBERED = 512;

/**
 * A reader of leaves for one run. It answers null for every leaf that it does not recognise at once; `decodeLeaf` then
 * says what is wrong, or that nothing is.
 *
 * Why a recognised leaf is proven to be one that `decodeLeaf` accepts, with the same fields: all but the payload
 * matches the template to the byte, and the payload (or each object in an action's) is shown, by parsing it and writing
 * it again, to be one canonical JSON object; so the whole is the canonical JSON of the template's members. A
 * `"prev_chain_hash":` within the payload cannot be taken for the real one: what follows the real one can hold no
 * further quotation mark but the template's.
 */
export function leafReader(): (leaf: string) => LeafView | null {
  const proven = new Set<string>();
  return (leaf) => {
    const match = LEAF.exec(leaf);
    if (match === null || !leafFits(leaf)) return null;
    const eventHash = match[1] ?? null;
    const [, , index = '', kind = '', understood, deviceId, eventType, fighterId, judgeId, metadata, payload] = match;
    const { 11: prevChainHash = '', 12: round = '', 13: timestampMs = '', 14: timestampRoundedMs = '' } = match;
    if (prevChainHash.length !== 64 || (eventHash !== null && eventHash.length !== 64)) return null;
    if (!isRounded(timestampMs, timestampRoundedMs)) return null;
    let action: ActionFields | null = null;
    if (payload !== undefined) {
      const value = readCanonicalObject(payload, 0);
      if (value === null) return null;
      action = actionFields(value);
    } else {
      if (metadata === undefined || !isProven(metadata, proven)) return null;
      if (understood !== undefined && !isProven(understood, proven)) return null;
      if (deviceId === undefined || eventType === undefined || fighterId === undefined || judgeId === undefined)
        return null;
      action = { judgeId, fighterId, eventType, deviceId };
    }
    return { index, kind, prevChainHash, eventHash, round, timestampMs, timestampRoundedMs, action };
  };
}

/** Whether a member of the payload is, alone, one canonical object. */
function isProven(member: string, proven: Set<string>): boolean {
  if (proven.has(member)) return true;
  if (readCanonicalObject(member, 1) === null) return false;
  if (proven.size < REMEMBERED) proven.add(member);
  return true;
}

/** Whether the second is the first with its last digit 0, both whole numbers from 0 as text, or both null. */
function isRounded(timestampMs: string, roundedMs: string): boolean {
  if (timestampMs === 'null' || roundedMs === 'null') return timestampMs === roundedMs;
  return (
    timestampMs.length === roundedMs.length && roundedMs.endsWith('0') && timestampMs.startsWith(roundedMs.slice(0, -1))
  );
}

/** The four fields of the fingerprint from a payload, where all are there as texts. */
export function actionFields(payload: LeafObject): ActionFields | null {
  const { judge_id: judgeId, fighter_id: fighterId, event_type: eventType, device_id: deviceId } = payload;
  if (typeof judgeId !== 'string' || typeof fighterId !== 'string') return null;
  if (typeof eventType !== 'string' || typeof deviceId !== 'string') return null;
  return { judgeId, fighterId, eventType, deviceId };
}
