import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  chainHash,
  CLOCK_SOURCES,
  encodeLeaf,
  ENTRY_KINDS,
  eventHash,
  FLAGS,
  isLeafObject,
  ZERO_HASH,
} from '../../../domain/ledger/index.ts';
import type { Actor, Entry, LeafObject, LeafValue, StoredRow } from '../../../domain/ledger/index.ts';
import { ROLES } from '../../../domain/roles/index.ts';

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Text that can stand in a leaf: any Unicode, escapes and astral characters among it. */
export const leafText = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => text.isWellFormed()),
  fc.constantFrom(
    '',
    '"',
    '\\',
    '\n',
    '\u0000',
    '\u001f',
    '\u007f',
    '\u2028',
    'é',
    '😀',
    '\uffff',
    '__proto__',
    '10',
    '9',
  ),
);

/** Names must not need an escape. */
export const leafName = leafText.filter((text) => JSON.stringify(text) === `"${text}"`);

export const wholeNumber = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -20, max: 20 }), fc.constant(-0));

function objectOf(members: readonly (readonly [string, LeafValue])[]): LeafObject {
  // fromEntries defines its members, so that `__proto__` is a name like any other.
  return Object.fromEntries(members);
}

const tree = fc.letrec<{ value: LeafValue; object: LeafObject }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(leafText, wholeNumber, fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3, depthIdentifier: 'leaf' }),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(leafName, tie('value')), { maxLength: 4, depthIdentifier: 'leaf' })
    .map((members) => objectOf(members)),
}));

function fits(value: LeafValue): boolean {
  return isLeafObject({ value: [value] });
}

export const leafValue: fc.Arbitrary<LeafValue> = tree.value.filter(fits);
export const leafObject: fc.Arbitrary<LeafObject> = tree.object.filter(fits);

export const id = fc.stringMatching(/^[A-Za-z0-9_.:-]{1,64}$/);
const idOrNull = fc.option(id);
const numberOrNull = fc.option(fc.oneof(fc.nat(), fc.maxSafeInteger()));
/** Any time that can be rounded down to 10 ms without leaving the safe integers. */
const time = fc.oneof(fc.nat(), fc.integer({ min: -(2 ** 53) + 11, max: Number.MAX_SAFE_INTEGER }));
export const hash = fc.stringMatching(/^[0-9a-f]{64}$/);

/** Event types as the edge lets them through: anything printable but `|`. */
export const eventType = fc.oneof(
  fc.constantFrom('Jab', 'KD', 'Sweep/Reversal', 'Ground Strike (Solid)'),
  fc.stringMatching(/^[ -{}~]{1,20}$/),
);

const actor: fc.Arbitrary<Actor> = fc.record({
  subject: id,
  role: fc.constantFrom(...ROLES, 'system' as const),
  seat: idOrNull,
  device: idOrNull,
});

const actionPayload: fc.Arbitrary<LeafObject> = fc
  .record(
    {
      action: fc.record({ type: fc.constantFrom('jab', 'kd'), significant: fc.boolean() }),
      device_id: id,
      event_type: eventType,
      fighter_id: id,
      judge_id: id,
      metadata: fc.oneof(fc.record({ significant: fc.boolean() }), leafObject),
    },
    { requiredKeys: ['device_id', 'event_type', 'fighter_id', 'judge_id', 'metadata'], noNullPrototype: true },
  )
  .filter((payload) => fits(payload));

/** Any entry of the right shape; the hashes in it need not be right. */
export const entry: fc.Arbitrary<Entry> = fc.record({
  index: fc.oneof(fc.nat(), fc.maxSafeNat()),
  eventId: id,
  kind: fc.constantFrom(...ENTRY_KINDS),
  actor,
  timestampMs: fc.option(time),
  receivedMs: fc.oneof(fc.nat(), fc.maxSafeInteger()),
  round: fc.option(fc.nat({ max: 12 })),
  clockMs: numberOrNull,
  clockSource: fc.option(fc.constantFrom(...CLOCK_SOURCES)),
  flags: fc.uniqueArray(fc.constantFrom(...FLAGS)),
  payload: fc.oneof(actionPayload, leafObject),
  eventHash: fc.option(hash),
  prevChainHash: hash,
  deviceEpoch: numberOrNull,
  deviceSeq: numberOrNull,
  signature: fc.option(leafText),
});

export const BOUT = 'bout_123';

/** What varies from line to line of a made-up bout; the rest follows from it. */
export type Line = {
  readonly action: boolean;
  readonly type: string;
  readonly atMs: number;
  readonly metadata: LeafObject;
};

export const line: fc.Arbitrary<Line> = fc.record({
  action: fc.boolean(),
  type: eventType,
  atMs: fc.oneof(
    fc.nat(),
    fc.integer({ min: -1000, max: 1000 }),
    fc.integer({ min: 1_766_300_000_000, max: 1_766_300_300_000 }),
  ),
  metadata: fc.oneof(fc.record({ significant: fc.boolean() }, { noNullPrototype: true }), leafObject),
});

/** The rows that a bout would have stored for these lines. */
export function chainOf(lines: readonly Line[], boutId = BOUT): StoredRow[] {
  const rows: StoredRow[] = [];
  let head = ZERO_HASH;
  for (const [index, { action, type, atMs, metadata }] of lines.entries()) {
    const claim = {
      boutId,
      round: 1,
      judgeId: 'JUDGE001',
      fighterId: 'fighter1',
      eventType: type,
      timestampMs: atMs,
      deviceId: 'device_xyz',
    };
    const fields = { device_id: 'device_xyz', event_type: type, fighter_id: 'fighter1', judge_id: 'JUDGE001' };
    const leaf = encodeLeaf({
      index,
      eventId: `event-${index}`,
      kind: action ? 'action' : 'note',
      actor: { subject: 'operator-1', role: 'operator', seat: null, device: 'device_xyz' },
      timestampMs: action ? atMs : null,
      receivedMs: 1_766_300_000_000 + index,
      round: action ? 1 : null,
      clockMs: action ? index * 1000 : null,
      clockSource: action ? 'client' : null,
      flags: [],
      payload: action ? { action: { type: 'jab' }, ...fields, metadata } : metadata,
      eventHash: action ? eventHash(sha256, claim) : null,
      prevChainHash: head,
      deviceEpoch: action ? 1 : null,
      deviceSeq: action ? index : null,
      signature: null,
    });
    head = chainHash(sha256, leaf);
    rows.push({ index, leaf, hash: head });
  }
  return rows;
}
