import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  decodeLeaf,
  encodeLeaf,
  leafFits,
  LEAF_VERSION,
  MAX_LEAF_BYTES,
  roundedMs,
  utf8Length,
} from '../../../domain/ledger/index.ts';
import type { Entry, LeafObject } from '../../../domain/ledger/index.ts';
import { leafReader } from '../../../domain/ledger/scan.ts';
import { entry } from './support.ts';

/** The leaf's members as the format names them, for the general writer. */
function members(of: Entry): LeafObject {
  return {
    v: LEAF_VERSION,
    index: of.index,
    event_id: of.eventId,
    kind: of.kind,
    actor: { ...of.actor },
    timestamp_ms: of.timestampMs,
    timestamp_rounded_ms: of.timestampMs === null ? null : roundedMs(of.timestampMs),
    received_ms: of.receivedMs,
    round: of.round,
    clock_ms: of.clockMs,
    clock_source: of.clockSource,
    flags: of.flags,
    payload: of.payload,
    event_hash: of.eventHash,
    prev_chain_hash: of.prevChainHash,
    device_epoch: of.deviceEpoch,
    device_seq: of.deviceSeq,
    signature: of.signature,
  };
}

const example: Entry = {
  index: 7,
  eventId: 'evt_1',
  kind: 'action',
  actor: { subject: 'op-1', role: 'operator', seat: null, device: 'device_xyz' },
  timestampMs: 1_234_567_890_127,
  receivedMs: 1_234_567_890_200,
  round: 1,
  clockMs: 15_000,
  clockSource: 'client',
  flags: ['late'],
  payload: {
    device_id: 'device_xyz',
    event_type: 'Jab',
    fighter_id: 'fighter1',
    judge_id: 'JUDGE001',
    metadata: { significant: true },
  },
  eventHash: 'a'.repeat(64),
  prevChainHash: '0'.repeat(64),
  deviceEpoch: 1,
  deviceSeq: 3,
  signature: null,
};

describe('the bytes of a leaf', () => {
  it('are these', () => {
    expect(encodeLeaf(example)).toBe(
      '{"actor":{"device":"device_xyz","role":"operator","seat":null,"subject":"op-1"},"clock_ms":15000' +
        ',"clock_source":"client","device_epoch":1,"device_seq":3' +
        `,"event_hash":"${'a'.repeat(64)}","event_id":"evt_1","flags":["late"],"index":7,"kind":"action"` +
        ',"payload":{"device_id":"device_xyz","event_type":"Jab","fighter_id":"fighter1","judge_id":"JUDGE001"' +
        `,"metadata":{"significant":true}},"prev_chain_hash":"${'0'.repeat(64)}","received_ms":1234567890200,"round":1` +
        ',"signature":null,"timestamp_ms":1234567890127,"timestamp_rounded_ms":1234567890120,"v":1}',
    );
  });

  it('are what the general RFC 8785 writer gives, for every entry', () => {
    fc.assert(
      fc.property(entry, (one) => {
        expect(encodeLeaf(one)).toBe(canonicalJson(members(one)));
      }),
    );
  });

  it('come back as the entry they were written from', () => {
    fc.assert(
      fc.property(entry, (one) => {
        const back = decodeLeaf(encodeLeaf(one));
        expect(back.ok && encodeLeaf(back.value)).toBe(encodeLeaf(one));
        expect(back.ok && canonicalJson(members(back.value))).toBe(canonicalJson(members(one)));
      }),
    );
  });

  it('are never written for what is no whole number', () => {
    expect(() => encodeLeaf({ ...example, clockMs: 0.5 })).toThrow(RangeError);
    expect(() => encodeLeaf({ ...example, receivedMs: Number.NaN })).toThrow(RangeError);
    expect(() => encodeLeaf({ ...example, payload: { speed: 1.5 } })).toThrow(RangeError);
  });
});

describe('reading a leaf', () => {
  const leaf = encodeLeaf(example);
  const cases: readonly (readonly [string, string, string])[] = [
    ['other spacing', leaf.replace('"v":1', '"v": 1'), 'leaf'],
    ['another order', `{"v":1,${leaf.slice(1).replace(',"v":1', '')}`, 'leaf'],
    ['a name given twice', leaf.replace('"round":1', '"round":1,"round":1'), 'leaf'],
    ['a needless escape', leaf.replace('evt_1', String.raw`\u0065vt_1`), 'leaf'],
    ['another writing of a number', leaf.replace('15000', '15e3'), 'leaf'],
    [
      'a name given twice in the payload',
      leaf.replace('"significant":true', '"significant":false,"significant":true'),
      'leaf',
    ],
    ['an unknown member', leaf.replace('"v":1', '"v":1,"w":1'), 'leaf'],
    ['a missing member', leaf.replace('"round":1,', ''), 'leaf'],
    ['no JSON', leaf.slice(1), 'leaf'],
    ['a list', '[]', 'leaf'],
    ['another version', leaf.replace('"v":1', '"v":2'), 'v'],
    ['another rounded time', leaf.replace('7890120', '7890130'), 'timestamp_rounded_ms'],
    ['an unknown kind', leaf.replace('"kind":"action"', '"kind":"thing"'), 'kind'],
    ['an unknown flag', leaf.replace('"late"', '"early"'), 'flags'],
    ['a flag given twice', leaf.replace('"late"', '"late","late"'), 'flags'],
    ['an index below 0', leaf.replace('"index":7', '"index":-7'), 'index'],
    ['a fraction in the payload', leaf.replace('"significant":true', '"speed":1.5'), 'payload'],
    ['an id with a bar', leaf.replace('evt_1', 'evt|1'), 'event_id'],
    ['a short hash', leaf.replace('0'.repeat(64), '0'.repeat(63)), 'prev_chain_hash'],
    ['an unknown role', leaf.replace('operator', 'owner'), 'actor.role'],
    ['a missing actor member', leaf.replace('"seat":null,', ''), 'actor'],
    [
      'a time that cannot be rounded',
      leaf.replace('"timestamp_ms":1234567890127', '"timestamp_ms":-9007199254740991'),
      'timestamp_ms',
    ],
    ['a round that is no number', leaf.replace('"round":1', '"round":"1"'), 'round'],
  ];
  for (const [name, bytes, field] of cases) {
    it(`refuses ${name}`, () => {
      expect(bytes).not.toBe(leaf);
      const read = decodeLeaf(bytes);
      expect(read.ok ? null : read.errors.map((error) => error.field)).toEqual([field]);
      expect(leafReader()(bytes)).toBeNull();
    });
  }

  it('refuses what is too long, in bytes and not in characters', () => {
    const filled = (length: number): string => encodeLeaf({ ...example, payload: { note: '€'.repeat(length) } });
    const room = Math.floor((MAX_LEAF_BYTES - Buffer.byteLength(filled(0))) / 3);
    expect(decodeLeaf(filled(room)).ok).toBe(true);
    const over = decodeLeaf(filled(room + 1));
    expect(over.ok ? null : over.code).toBe('too_large');
    expect(leafFits(filled(room + 1))).toBe(false);
    expect(leafReader()(filled(room + 1))).toBeNull();
  });

  it('counts UTF-8 bytes as the platform does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text));
      }),
    );
    expect(utf8Length('\ud800x\udc00')).toBe(7);
  });
});

describe('the quick reader of the verifier', () => {
  it('sees in a leaf what decodeLeaf sees, or leaves it to decodeLeaf', () => {
    const read = leafReader();
    fc.assert(
      fc.property(entry, (one) => {
        const view = read(encodeLeaf(one));
        if (view === null) return;
        expect(view).toMatchObject({
          index: String(one.index),
          kind: one.kind,
          prevChainHash: one.prevChainHash,
          eventHash: one.eventHash,
          round: String(one.round),
          timestampMs: String(one.timestampMs),
        });
        const { judge_id: judgeId, fighter_id: fighterId, event_type: eventType, device_id: deviceId } = one.payload;
        const fields = { judgeId, fighterId, eventType, deviceId };
        expect(view.action ?? fields).toEqual(fields);
      }),
      { numRuns: 500 },
    );
  });

  it('recognises the common action', () => {
    expect(leafReader()(encodeLeaf(example))?.action?.eventType).toBe('Jab');
  });

  it('never accepts bytes that decodeLeaf refuses', () => {
    const read = leafReader();
    const inserts = fc.constantFrom('', ...'",{}[]\\0- '.split(''), '":', '.5', '1e3', ',"prev_chain_hash":');
    const places = fc.tuple(entry, fc.nat(), fc.nat({ max: 12 }), inserts);
    fc.assert(
      fc.property(places, ([one, at, cut, insert]) => {
        const leaf = encodeLeaf(one);
        const where = at % leaf.length;
        const changed = leaf.slice(0, where) + insert + leaf.slice(where + cut);
        expect(read(changed) === null || decodeLeaf(changed).ok).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
