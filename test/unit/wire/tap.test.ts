import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METADATA_KEY_PATTERN } from '../../../domain/ledger/index.ts';
import { refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import { ackJson, type Delivery, deliveryJson } from '../../../domain/wire/delivery.ts';
import { type LogInput, MAX_CLOCK_MS, MAX_INSTANT_MS, MAX_ROUNDS } from '../../../domain/wire/log-body.ts';
import { readTap, readTapAnswer, writeTap, writeTapAnswer } from '../../../domain/wire/tap.ts';

const CALLER: Caller = {
  subject: 'olga',
  role: 'operator',
  seat: null,
  device: 'd-1',
  boutId: 'bout_123',
  cardId: null,
  corners: ['red'],
  aspects: null,
  tokenId: 'token-1',
  expiresMs: 1_800_000_000_000,
};

const id = fc.stringMatching(/^[A-Za-z0-9_.:-]{1,64}$/);
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);

const delivery: fc.Arbitrary<Delivery> = fc.record({
  status: fc.constantFrom(200, 409),
  body: fc.record({
    success: fc.constant(true),
    event_id: id,
    client_event_id: fc.option(id),
    is_duplicate: fc.boolean(),
    sequence_index: fc.nat(),
    event_hash: fc.option(hash),
    chain_hash: hash,
    message: fc.string(),
  }),
});

describe('a delivery as text', () => {
  it('is the JSON of its body, and on a socket with type and status before it', () => {
    fc.assert(
      fc.property(delivery, (one) => {
        expect(JSON.parse(deliveryJson(one))).toEqual(one.body);
        expect(JSON.parse(ackJson(one))).toEqual({ type: 'ack', status: one.status, ...one.body });
      }),
    );
  });
});

const metadataKey = id.filter((name) => METADATA_KEY_PATTERN.test(name));

const input: fc.Arbitrary<LogInput> = fc.record({
  boutId: id,
  roundId: fc.integer({ min: 1, max: MAX_ROUNDS }),
  judgeId: id,
  fighterId: id,
  eventType: fc.stringMatching(/^[ -{}~]{1,64}$/),
  timestampMs: fc.integer({ min: 0, max: MAX_INSTANT_MS }),
  deviceId: id,
  metadata: fc.dictionary(metadataKey, fc.oneof(fc.string(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null))),
  metadataExtra: fc.option(fc.dictionary(id, fc.jsonValue(), { minKeys: 1 }).map((rest) => JSON.stringify(rest))),
  eventId: fc.option(id),
  clockMs: fc.option(fc.integer({ min: 0, max: MAX_CLOCK_MS })),
  deviceEpoch: fc.option(fc.nat()),
  deviceSeq: fc.option(fc.maxSafeNat()),
  signature: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{16,128}$/)),
  simulated: fc.boolean(),
  legacy: fc.constant(false),
});

describe('a tap on its way to the bout', () => {
  it('arrives as it was sent, whatever it holds', () => {
    fc.assert(
      fc.property(input, (one) => {
        expect(readTap(writeTap(CALLER, one))).toEqual({ caller: CALLER, input: one });
      }),
      { numRuns: 500 },
    );
  });

  it('arrives as its own caller’s, of more callers than are remembered', () => {
    const [one] = fc.sample(input, 1);
    if (one === undefined) throw new Error('no sample');
    for (let i = 0; i < 2_500; i += 1) {
      const caller = { ...CALLER, subject: `s-${i % 1_200}` };
      expect(readTap(writeTap(caller, one)).caller).toEqual(caller);
    }
  });
});

describe('the answer to a tap', () => {
  it('is told as it was given, a delivery or a refusal', () => {
    fc.assert(
      fc.property(delivery, (one) => {
        const answer = readTapAnswer(writeTapAnswer({ ok: true, value: one }));
        expect(answer).toEqual({ ok: true, value: { status: one.status, body: deliveryJson(one) } });
      }),
    );
    const refusal = refuse('conflict', '409 {"success":true}', 'event_id');
    expect(readTapAnswer(writeTapAnswer(refusal))).toEqual(refusal);
  });
});
