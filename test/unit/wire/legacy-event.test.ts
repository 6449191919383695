import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LegacyEvent, readLegacyEvent } from '../../../domain/wire/legacy-event.ts';
import { valueOf } from '../support/book.ts';

const EVENT: LegacyEvent = {
  bout_id: 'bout_123',
  round_num: 2,
  fighter: 'red',
  event_type: 'SS Jab',
  timestamp: 95.25,
};

function fieldsOf(changes: Partial<LegacyEvent>, at = ''): string[] | null {
  const read = readLegacyEvent({ ...EVENT, ...changes }, at);
  return read.ok ? null : read.errors.map((error) => error.field);
}

describe('a legacy event', () => {
  it('is an action of the seat and the device that are called legacy', () => {
    expect(valueOf(readLegacyEvent({ ...EVENT, metadata: { source: 'export' } }))).toEqual({
      boutId: 'bout_123',
      roundId: 2,
      judgeId: 'legacy',
      fighterId: 'fighter1',
      eventType: 'SS Jab',
      timestampMs: 95_250,
      deviceId: 'legacy',
      metadata: { source: 'export' },
      metadataExtra: null,
      eventId: null,
      clockMs: 95_250,
      deviceEpoch: null,
      deviceSeq: null,
      signature: null,
      simulated: false,
      legacy: true,
    });
  });

  it.each([
    ['red', 'fighter1'],
    ['RED', 'fighter1'],
    [' Blue ', 'fighter2'],
    ['fighter1', 'fighter1'],
    ['Fighter2', 'fighter2'],
    ['john-doe', 'john-doe'],
    [' john-doe ', 'john-doe'],
    // A name goes on as it is: only the bout knows whose it is.
    [' John Doe ', 'John Doe'],
    ['constructor', 'constructor'],
    ['__proto__', '__proto__'],
    ['toString', 'toString'],
  ])('names its fighter %j, who is %s', (fighter, expected) => {
    expect(valueOf(readLegacyEvent({ ...EVENT, fighter })).fighterId).toBe(expected);
  });

  it('has a second of the round below a million, and an instant from there on', () => {
    const times = (timestamp: number) => {
      const { timestampMs, clockMs } = valueOf(readLegacyEvent({ ...EVENT, timestamp }));
      return [timestampMs, clockMs];
    };
    expect(times(0)).toEqual([0, 0]);
    expect(times(12)).toEqual([12_000, 12_000]);
    expect(times(0.0015)).toEqual([2, 2]);
    expect(times(999_999)).toEqual([999_999_000, 999_999_000]);
    expect(times(1_000_000)).toEqual([1_000_000, null]);
    expect(times(1_700_000_000_000.9)).toEqual([1_700_000_000_000, null]);
  });

  it('has whole milliseconds always, the same at every import', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 8_640_000_000_000_000, noNaN: true }), (timestamp) => {
        const one = valueOf(readLegacyEvent({ ...EVENT, timestamp }));
        expect(Number.isSafeInteger(one.timestampMs)).toBe(true);
        expect(readLegacyEvent({ ...EVENT, timestamp })).toEqual({ ok: true, value: one });
      }),
    );
  });

  it('without metadata has none', () => {
    for (const metadata of [null, undefined]) {
      expect(valueOf(readLegacyEvent({ ...EVENT, metadata })).metadata).toEqual({});
    }
  });

  it('that is wrong says where', () => {
    expect(fieldsOf({ round_num: 0 })).toEqual(['round_num']);
    expect(fieldsOf({ round_num: 21 }, 'events[3].')).toEqual(['events[3].round_num']);
    expect(fieldsOf({ event_type: 'Jab|Cross' }, 'events[3].')).toEqual(['events[3].event_type']);
    expect(fieldsOf({ event_type: '' })).toEqual(['event_type']);
  });
});
