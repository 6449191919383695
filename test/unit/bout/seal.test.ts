import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEAL_TYPE, sealFacts, sealPayload } from '../../../domain/bout/index.ts';
import { type Draft, encodeLeaf, type Entry, leafFits, ZERO_HASH } from '../../../domain/ledger/index.ts';
import { type Book, bookOf, type Line, openBook, refusal, T0, write } from '../support/book.ts';
import { clock, confirming, operator, proposing, sealing, SUPERVISOR, tap, voiding } from '../support/lines.ts';

/** A book whose result is official. */
function decided(lines: readonly Line[] = [clock('start_round', 0), tap('Jab')]): Book {
  const book = bookOf(lines);
  const proposal = write(book, proposing('red', 'KO'));
  write(book, confirming(proposal.index));
  return book;
}

/** An action of a device under a number of its own. */
function numbered(device: string, deviceSeq: number | null, deviceEpoch: number | null = null): Line {
  return { ...tap('Jab', { device }), deviceSeq, deviceEpoch };
}

function devicesOf(lines: readonly Line[]) {
  return sealFacts(bookOf(lines).entries).devices;
}

describe('the fold of a seal', () => {
  it('takes it once the result is official, and keeps where and when it was', () => {
    const book = openBook();
    expect(refusal(book, sealing(book.state))).toMatchObject({ code: 'conflict' });
    write(book, tap('Jab'));
    const proposal = write(book, proposing('red', 'KO'));
    expect(refusal(book, sealing(book.state))).toMatchObject({ code: 'conflict' });
    write(book, confirming(proposal.index));
    expect(book.state.sealed).toBeNull();
    write(book, { ...sealing(book.state), receivedMs: T0 + 7 });
    expect(book.state.sealed).toEqual({ index: 4, atMs: T0 + 7 });
  });

  it('refuses whatever comes after it, of every kind, by everybody', () => {
    const book = decided();
    write(book, sealing(book.state));
    const lines: readonly Line[] = [
      tap('Hook'),
      clock('start_round', 1_000, 2),
      proposing('blue'),
      confirming(0),
      sealing(book.state),
      { kind: 'note', payload: { type: 'remark' } },
      { kind: 'config', payload: { type: 'changed', delay_ms: 0 } },
      { kind: 'vision', payload: {} },
      { kind: 'void', actor: SUPERVISOR, payload: { target_index: 2 } },
    ];
    for (const line of lines) expect(refusal(book, line)).toEqual({ code: 'sealed', fields: ['bout_id'] });
    expect(book.state.next).toBe(6);
  });

  it('refuses one that was made for another ledger or another moment of this one', () => {
    const book = decided();
    for (const over of [
      { entries: book.state.next - 1 },
      { entries: book.state.next + 1 },
      { result_index: 0 },
      { result_index: null },
    ]) {
      expect(refusal(book, sealing(book.state, over))).toMatchObject({ code: 'conflict' });
    }
    expect(refusal(book, sealing(book.state, { type: 'something' }))).toMatchObject({ code: 'bad_request' });
    expect(refusal(book, sealing(book.state))).toBeNull();
  });
});

describe('what a seal states', () => {
  it('counts what stands before it', () => {
    const book = bookOf([clock('start_round', 0)]);
    const jab = write(book, tap('Jab', { device: 'd-1', deviceSeq: 1 }));
    write(book, tap('Hook', { device: 'd-1', deviceSeq: 2 }));
    write(book, voiding(jab));
    write(book, { kind: 'note', payload: { type: 'suppressed', of_index: 1, device_id: 'd-1' }, deviceSeq: 3 });
    write(book, confirming(write(book, proposing('red', 'KO')).index));
    const payload = sealPayload(book.state, sealFacts(book.entries), {
      keys: new Map([['d-1', { kty: 'OKP', crv: 'Ed25519', x: 'A' }]]),
      declared: false,
      reason: 'done',
    });
    expect(payload).toEqual({
      type: SEAL_TYPE,
      entries: 8,
      kinds: { config: 1, clock: 1, action: 2, void: 1, note: 1, result: 2 },
      actions: 2,
      voided: 1,
      suppressed: 1,
      result_index: 6,
      devices: [
        {
          device_id: 'd-1',
          entries: 3,
          epoch: null,
          last_seq: 3,
          missing: [],
          declared: false,
          key: { kty: 'OKP', crv: 'Ed25519', x: 'A' },
        },
      ],
      reason: 'done',
    });
    expect(refusal(book, { kind: 'seal', payload })).toBeNull();
  });

  it('names the numbers of a device that are missing, in whatever order the others came', () => {
    const [device] = devicesOf([3, 9, 4, 7].map((seq) => numbered('d-1', seq)));
    expect(device).toMatchObject({
      lastSeq: 9,
      missing: [
        [1, 2],
        [5, 6],
        [8, 8],
      ],
    });
    expect(devicesOf([numbered('d-1', null)])).toEqual([
      { device: 'd-1', entries: 1, epoch: null, lastSeq: null, missing: [] },
    ]);
    expect(devicesOf([numbered('d-1', 0), numbered('d-1', 1)])[0]?.missing).toEqual([]);
  });

  it('goes on across epochs, or begins anew, as the numbers say', () => {
    const across = [numbered('d-1', 1, 1), numbered('d-1', 2, 1), numbered('d-1', 4, 2)];
    expect(devicesOf(across)[0]).toMatchObject({ epoch: 2, lastSeq: 4, missing: [[3, 3]] });
    const anew = [numbered('d-1', 1, 1), numbered('d-1', 2, 1), numbered('d-1', 1, 2), numbered('d-1', 3, 2)];
    expect(devicesOf(anew)[0]).toMatchObject({ missing: [[2, 2]] });
  });

  it('a device lacks exactly what it has not delivered, whatever arrives when', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }), (numbers) => {
        const entries = numbers.map((deviceSeq, index) =>
          entryOf(index, { ...tap('Jab', { device: 'd' }), deviceSeq }),
        );
        const missing = new Set(
          sealFacts(entries).devices.flatMap((device) =>
            device.missing.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i)),
          ),
        );
        const last = Math.max(...numbers);
        for (let number = 1; number <= last; number += 1) expect(missing.has(number)).toBe(!numbers.includes(number));
        expect(Math.max(0, ...missing)).toBeLessThan(last);
      }),
    );
  });

  it('is counted again the same by whoever knows only the keys that it names', () => {
    for (let length = 20; length <= 64; length += 4) {
      const entries: Entry[] = [];
      for (let device = 0; device < 400; device += 1) {
        entries.push(entryOf(device, { ...tap('Jab', { device: `${device}`.padEnd(length, 'x') }), deviceSeq: 1 }));
      }
      const key = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) };
      const keys = new Map(entries.map(({ payload }) => [String(payload['device_id']), key]));
      const { state } = decided();
      const sealed = sealPayload(state, sealFacts(entries), { keys, declared: false, reason: null });
      const named = Array.isArray(sealed['devices']) ? sealed['devices'].length : 0;
      expect(named).toBeLessThan(400);
      const known = new Map([...keys].slice(0, named));
      expect(sealPayload(state, sealFacts(entries), { keys: known, declared: false, reason: null })).toEqual(sealed);
    }
  });

  it('fits into a leaf whoever numbers however, and says what it left out', () => {
    const entries: Entry[] = [];
    // Many devices with long names, each with more gaps than are listed.
    for (let device = 0; device < 300; device += 1) {
      for (let seq = 1; seq < 80; seq += 2) {
        const deviceSeq = seq * 1_000_000_000_000;
        entries.push(entryOf(entries.length, { ...tap('Jab', { device: `${device}`.padEnd(64, 'x') }), deviceSeq }));
      }
    }
    const keys = new Map(
      entries.map(({ payload }) => [
        String(payload['device_id']),
        { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) },
      ]),
    );
    const { state } = decided();
    const payload = sealPayload(state, sealFacts(entries), { keys, declared: true, reason: '\u{1F94A}'.repeat(250) });
    expect(leafFits(encodeLeaf(entryOf(entries.length, { kind: 'seal', payload })))).toBe(true);
    const devices: readonly unknown[] = Array.isArray(payload['devices']) ? payload['devices'] : [];
    expect(devices.length).toBeGreaterThan(10);
    expect(payload['more_devices']).toBe(300 - devices.length);
    expect(devices[0]).toMatchObject({ more_missing: 8, declared: true });
  });
});

function entryOf(index: number, line: Line): Entry {
  const draft: Draft = {
    eventId: `e-${index}`,
    actor: operator(),
    timestampMs: null,
    receivedMs: T0,
    round: null,
    clockMs: null,
    clockSource: null,
    flags: [],
    eventHash: null,
    deviceEpoch: null,
    deviceSeq: null,
    signature: null,
    ...line,
  };
  return { ...draft, index, prevChainHash: ZERO_HASH };
}
