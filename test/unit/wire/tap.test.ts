import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import { ackJson, type Delivery, deliveryJson } from '../../../domain/wire/delivery.ts';
import { readLogBody } from '../../../domain/wire/log-body.ts';
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

const BODY = {
  bout_id: 'bout_123',
  round_id: 1,
  judge_id: 'olga',
  fighter_id: 'fighter1',
  event_type: 'Jab',
  timestamp_ms: 1_234_567_890_000,
  device_id: 'd-1',
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

describe('a tap on its way to the bout', () => {
  it('arrives as it was sent, from each of its callers', () => {
    const bodies = [JSON.stringify(BODY), JSON.stringify(BODY, null, 2), `\n ${JSON.stringify(BODY)}\n`];
    const callers = [CALLER, { ...CALLER, subject: 'oleg' }, CALLER];
    for (const caller of callers) {
      for (const body of bodies) {
        expect(readTap(writeTap(caller, body))).toEqual([caller, readLogBody(BODY)]);
      }
    }
  });

  it('is read anew for more callers than are remembered', () => {
    for (let i = 0; i < 2_500; i += 1) {
      const caller = { ...CALLER, subject: `s-${i}` };
      expect(readTap(writeTap(caller, JSON.stringify(BODY)))[0]).toEqual(caller);
    }
  });

  it('with a body that is wrong after all is a refusal, not an action', () => {
    const [, input] = readTap(writeTap(CALLER, '{"bout_id":"bout_123"}'));
    expect(input).toMatchObject({ ok: false, code: 'bad_request' });
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
