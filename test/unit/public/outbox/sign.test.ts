import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseAction } from '../../../../domain/actions/index.ts';
import { actionToLeaf, understood } from '../../../../domain/bout/index.ts';
import { decodeLeaf, encodeLeaf, type Entry, sha256, tapText, ZERO_HASH } from '../../../../domain/ledger/index.ts';
import { readLogBody } from '../../../../domain/wire/log-body.ts';
import { readTap, writeTap } from '../../../../domain/wire/tap.ts';
import type { Caller } from '../../../../domain/roles/index.ts';
import type { OutboxItem } from '../../../../public/shared/outbox/items.ts';
import { signItems, textOf } from '../../../../public/shared/outbox/sign.ts';

const DEVICE = 'dev_1';
const BODY = {
  round_id: 1,
  judge_id: 'op_1',
  fighter_id: 'fighter1',
  event_type: 'Jab',
  bout_id: 'bout_1',
  timestamp_ms: 1_768_075_205_003,
  device_id: DEVICE,
  event_id: 'event_1',
  device_epoch: 2,
  device_seq: 5,
};

const CALLER: Caller = {
  subject: 'op_1',
  role: 'operator',
  seat: null,
  device: DEVICE,
  boutId: null,
  cardId: null,
  corners: null,
  aspects: null,
  tokenId: 't',
  expiresMs: 0,
};

function item(body: object, change: Partial<OutboxItem> = {}): OutboxItem {
  const eventId = 'event_1';
  const base = { boutId: 'bout_1', path: '', note: {}, seq: 5, atMs: 0, state: 'unsent', refusal: null } as const;
  return { eventId, kind: 'action', ...base, body: { ...body }, ...change };
}

/** What the server makes of a body, down to the bytes of the leaf and back; null where it refuses it. */
function entryOf(body: object): Entry | null {
  const read = readLogBody(JSON.parse(JSON.stringify(body)));
  if (!read.ok) return null;
  const { input } = readTap(writeTap(CALLER, read.value));
  const action = normaliseAction(input.eventType, input.metadata);
  if (!action.ok) return null;
  const meaning = understood(action.value.action, input.metadata);
  const leaf = encodeLeaf({
    index: 4,
    eventId: input.eventId ?? '',
    kind: 'action',
    actor: { subject: 'op_1', role: 'operator', seat: null, device: DEVICE },
    timestampMs: input.timestampMs,
    receivedMs: input.timestampMs + 40,
    round: input.roundId,
    clockMs: 1_000,
    clockSource: 'device',
    flags: [],
    payload: actionToLeaf({ ...input, metadata: meaning.metadata }, meaning.leaf),
    eventHash: ZERO_HASH,
    prevChainHash: ZERO_HASH,
    deviceEpoch: input.deviceEpoch,
    deviceSeq: input.deviceSeq,
    signature: input.signature,
  });
  const entry = decodeLeaf(leaf);
  if (!entry.ok) throw new Error(entry.detail);
  return entry.value;
}

const names = fc.stringMatching(/^[A-Za-z0-9_.:-]{1,12}$/);
const metadata = fc.dictionary(names, fc.jsonValue(), { maxKeys: 6 });
const words = fc.constantFrom<string[]>(
  'Jab',
  'KD',
  'Takedown Landed',
  'cross',
  'Rocked',
  'Control Start',
  'Head Kick',
);

/** What JSON, a leaf and a hash could each write in another way. */
const ODD = {
  event_type: 'Jab',
  metadata: { speed: 1.5, note: 'ü', deep: { a: [0.1, -0], 2: 1e21 }, zero: -0 },
  timestamp_ms: 1_768_075_205_009,
  device_seq: 5,
};

describe('what a device signs of a tap', () => {
  it('is what a verifier puts together from the leaf, whatever the metadata', () => {
    let compared = 0;
    const taps = fc.record({
      event_type: words,
      metadata: fc.oneof(metadata, fc.constant(undefined), fc.constant(null)),
      timestamp_ms: fc.nat({ max: 4_000_000_000_000 }),
      device_seq: fc.nat(),
    });
    fc.assert(
      fc.property(taps, (tap) => {
        const body = { ...BODY, ...tap };
        const entry = entryOf(body);
        if (entry === null) return;
        compared += 1;
        expect(textOf(body)).toBe(tapText(entry, 'bout_1'));
      }),
      { numRuns: 300, examples: [[ODD]] },
    );
    expect(compared).toBeGreaterThan(50);
  });

  it('binds every part of the metadata, also what a leaf keeps as text', () => {
    const text = textOf({ ...BODY, metadata: { tier: 'Hard' } });
    const digest = sha256('{"tier":"Hard"}');
    expect(text).toBe(
      `fightjudge-tap-v1|bout_1|event_1|bout_1|1|op_1|fighter1|Jab|1768075205000|${DEVICE}|2|5|1768075205003|${digest}`,
    );
    const digests = [
      { tier: 'Hard', speed: 1.5 },
      { tier: 'Hard', speed: 2.5 },
      { tier: 'Hard', more: {} },
    ];
    expect(new Set([text, ...digests.map((one) => textOf({ ...BODY, metadata: one }))]).size).toBe(4);
  });

  it('is nothing where the server will refuse it', () => {
    expect(textOf({ ...BODY, round_id: 0 })).toBeNull();
    expect(textOf({ ...BODY, event_id: undefined })).toBeNull();
  });
});

describe('a parcel of a paired device', () => {
  const sign = async (text: string): Promise<string | null> => `signed:${text.length}`;

  it('is signed once: actions of this device that have no signature yet', async () => {
    const fresh = item(BODY);
    const parcel = [
      fresh,
      item({ ...BODY, signature: 'before' }),
      item({ ...BODY, device_id: 'dev_before' }),
      item(BODY, { kind: 'command' }),
      item({ ...BODY, round_id: 0 }),
    ];
    const signed = await signItems(parcel, DEVICE, sign);
    expect(signed).toEqual([{ ...fresh, body: { ...BODY, signature: `signed:${textOf(BODY)?.length ?? 0}` } }]);
  });

  it('goes out unsigned where the key is gone or fails', async () => {
    expect(await signItems([item(BODY)], DEVICE, async () => null)).toEqual([]);
    const broken = async (): Promise<string> => await Promise.reject(new Error('the key is broken'));
    expect(await signItems([item(BODY)], DEVICE, broken)).toEqual([]);
  });
});
