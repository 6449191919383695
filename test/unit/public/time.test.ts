import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutesSeconds, remainingMs, shownStatus } from '../../../public/shared/live/clock.ts';
import { addSample, bestSample, NO_SYNC } from '../../../public/shared/live/timesync.ts';

describe('time sync', () => {
  it('takes the reading with the shortest round trip', () => {
    const slow = addSample(NO_SYNC, 0, 10_900, 1_000);
    const quick = addSample(slow, 2_000, 12_010, 2_020);
    const slower = addSample(quick, 3_000, 13_700, 4_000);
    expect(bestSample(slower)).toEqual({ offsetMs: 10_000, roundTripMs: 20, atMs: 2_020 });
  });

  it('is never further off than half the shortest round trip', () => {
    const trip = fc.record({ there: fc.integer({ min: 0, max: 400 }), back: fc.integer({ min: 0, max: 400 }) });
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.array(trip, { minLength: 1, maxLength: 8 }),
        (offset, trips) => {
          const sync = trips.reduce((before, { there, back }, i) => {
            const t0 = i * 1_000;
            return addSample(before, t0, t0 + there + offset, t0 + there + back);
          }, NO_SYNC);
          const shortest = Math.min(...trips.map(({ there, back }) => there + back));
          expect(Math.abs((bestSample(sync)?.offsetMs ?? Infinity) - offset)).toBeLessThanOrEqual(shortest / 2);
        },
      ),
    );
  });

  it('believes the newest reading where the clock stood still in between, however quick the older ones were', () => {
    const before = addSample(NO_SYNC, 0, 5, 10);
    const awake = addSample(before, 31_000, 51_100, 31_200);
    expect(bestSample(awake)).toEqual({ offsetMs: 20_000, roundTripMs: 200, atMs: 31_200 });
    // A slow trip that may say the same is no reason to forget a quick one.
    expect(bestSample(addSample(before, 31_000, 31_390, 31_400))).toEqual({ offsetMs: 0, roundTripMs: 10, atMs: 10 });
  });

  it('passes over a trip that ended before it began', () => {
    expect(bestSample(addSample(NO_SYNC, 100, 5, 50))).toBeNull();
  });
});

describe('the clock', () => {
  const running = { round_id: 1, started: true, length_ms: 300_000, elapsed_ms: 60_000, running_since_ms: 1_000_000 };

  it('is worked out from its anchor', () => {
    expect(remainingMs(running, 1_030_000)).toBe(210_000);
    expect(remainingMs({ ...running, running_since_ms: null }, 9_999_999)).toBe(240_000);
  });

  it('stays within the round, also where the server is thought to be behind the anchor', () => {
    expect(remainingMs(running, 9_999_999)).toBe(0);
    expect(remainingMs(running, 999_000)).toBe(240_000);
  });

  it('shows 0:00 when the round is over and not before', () => {
    expect(minutesSeconds(300_000)).toBe('5:00');
    expect(minutesSeconds(61_000)).toBe('1:01');
    expect(minutesSeconds(1)).toBe('0:01');
    expect(minutesSeconds(0)).toBe('0:00');
  });

  it('sees the end of a round that the clock alone has ended', () => {
    expect(shownStatus('IN_PROGRESS', 0)).toBe('ENDED');
    expect(shownStatus('IN_PROGRESS', 1)).toBe('IN_PROGRESS');
    expect(shownStatus('PAUSED', 0)).toBe('PAUSED');
  });
});
