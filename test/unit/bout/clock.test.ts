import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adjustClock,
  clockStatus,
  elapsedAt,
  endClock,
  expiryMs,
  overMs,
  pauseClock,
  resumeClock,
  type RoundClock,
  startClock,
} from '../../../domain/bout/index.ts';
import { T0 } from '../support/book.ts';

const LENGTH = 300_000;

/** 60 s of the round, then 40 s of pause, then on. */
const paused = pauseClock(startClock(LENGTH, T0), T0 + 60_000);
const resumed = resumeClock(paused, T0 + 100_000);

describe('elapsed time', () => {
  it('runs with the wall clock from the start', () => {
    const clock = startClock(LENGTH, T0);
    expect([-5000, 0, 1, 250, 299_999].map((ms) => elapsedAt(clock, T0 + ms))).toEqual([0, 0, 1, 250, 299_999]);
  });

  it('stands in a pause and goes on after it', () => {
    expect(clockStatus(paused, T0 + 80_000)).toBe('PAUSED');
    expect(elapsedAt(paused, T0 + 80_000)).toBe(60_000);
    expect(elapsedAt(paused, T0 + 10_000_000)).toBe(60_000);
    expect(elapsedAt(resumed, T0 + 80_000)).toBe(60_000);
    expect(elapsedAt(resumed, T0 + 101_000)).toBe(61_000);
  });

  it('still says what it was at an instant before a pause', () => {
    expect(elapsedAt(resumed, T0 + 30_000)).toBe(30_000);
  });

  it('never leaves the round, however long nobody asks', () => {
    expect(elapsedAt(resumed, T0 + 99_000_000)).toBe(LENGTH);
  });
});

describe('expiry', () => {
  it('is the start, the length and the pauses, whenever it is asked for', () => {
    expect(expiryMs(resumed)).toBe(T0 + LENGTH + 40_000);
    for (const late of [0, 1, 17, 5_000, 86_400_000]) {
      expect(overMs(resumed, T0 + LENGTH + 40_000 + late)).toBe(T0 + LENGTH + 40_000);
    }
  });

  it('comes at its millisecond and not before', () => {
    expect(overMs(resumed, T0 + LENGTH + 39_999)).toBeNull();
    expect(clockStatus(resumed, T0 + LENGTH + 39_999)).toBe('IN_PROGRESS');
    expect(clockStatus(resumed, T0 + LENGTH + 40_000)).toBe('ENDED');
  });

  it('is unknown while the clock stands', () => {
    expect(expiryMs(paused)).toBeNull();
    expect(overMs(paused, T0 + 99_000_000)).toBeNull();
  });
});

describe('the end of a round', () => {
  it('by hand is the instant of the hand', () => {
    const ended = endClock(resumed, T0 + 150_000);
    expect(overMs(ended, T0 + 200_000)).toBe(T0 + 150_000);
    expect(elapsedAt(ended, T0 + 200_000)).toBe(110_000);
    expect(clockStatus(ended, T0 + 150_000)).toBe('ENDED');
  });

  it('is the expiry where the hand came after it', () => {
    const ended = endClock(resumed, T0 + LENGTH + 45_000);
    expect(overMs(ended, T0 + LENGTH + 45_000)).toBe(T0 + LENGTH + 40_000);
    expect(elapsedAt(ended, T0 + LENGTH + 45_000)).toBe(LENGTH);
  });

  it('may come in a pause', () => {
    const ended = endClock(paused, T0 + 90_000);
    expect([overMs(ended, T0 + 90_000), elapsedAt(ended, T0 + 90_000)]).toEqual([T0 + 90_000, 60_000]);
  });
});

describe('an instant before the stretch that it closes', () => {
  it('pauses where the stretch began', () => {
    const clock = pauseClock(startClock(LENGTH, T0), T0 - 3_000);
    expect([elapsedAt(clock, T0), elapsedAt(clock, T0 + 9_000)]).toEqual([0, 0]);
    expect(elapsedAt(pauseClock(resumed, T0 + 70_000), T0 + 200_000)).toBe(60_000);
  });

  it('resumes where the pause began', () => {
    const clock = resumeClock(paused, T0 + 50_000);
    expect(elapsedAt(clock, T0 + 61_000)).toBe(61_000);
    expect(expiryMs(clock)).toBe(T0 + LENGTH);
  });

  it('ends the round where the stretch began, and never before', () => {
    expect(overMs(endClock(startClock(LENGTH, T0), T0 - 3_000), T0)).toBe(T0);
    for (const clock of [paused, resumed]) {
      const ended = endClock(clock, T0 + 50_000);
      expect(elapsedAt(ended, overMs(ended, T0 + 200_000) ?? 0)).toBe(60_000);
    }
  });
});

describe('an adjustment', () => {
  it('moves a running clock, and its expiry with it', () => {
    const clock = adjustClock(startClock(LENGTH, T0), T0 + 50_000, 40_000);
    expect(elapsedAt(clock, T0 + 50_000)).toBe(40_000);
    expect(elapsedAt(clock, T0 + 60_000)).toBe(50_000);
    expect(elapsedAt(clock, T0 + 49_000)).toBe(49_000);
    expect(expiryMs(clock)).toBe(T0 + LENGTH + 10_000);
  });

  it('moves a standing clock from its own instant on, not before it', () => {
    const clock = adjustClock(paused, T0 + 80_000, 55_000);
    expect(clockStatus(clock, T0 + 90_000)).toBe('PAUSED');
    expect([61_000, 79_999, 80_000, 500_000].map((ms) => elapsedAt(clock, T0 + ms))).toEqual([
      60_000, 60_000, 55_000, 55_000,
    ]);
    expect(elapsedAt(resumeClock(clock, T0 + 100_000), T0 + 101_000)).toBe(56_000);
    expect(elapsedAt(resumeClock(clock, T0 + 100_000), T0 + 79_999)).toBe(60_000);
  });

  it('after the expiry brings the round back, standing, for the timekeeper to resume', () => {
    const clock = adjustClock(resumed, T0 + 400_000, 290_000);
    expect([clockStatus(clock, T0 + 400_000), overMs(clock, T0 + 900_000)]).toEqual(['PAUSED', null]);
    expect(elapsedAt(clock, T0 + 900_000)).toBe(290_000);
    const again = resumeClock(clock, T0 + 500_000);
    expect([expiryMs(again), elapsedAt(again, T0 + 504_000)]).toEqual([T0 + 510_000, 294_000]);
  });

  it('after an end by hand does the same', () => {
    const clock = adjustClock(endClock(resumed, T0 + 150_000), T0 + 160_000, 100_000);
    expect([clockStatus(clock, T0 + 160_000), elapsedAt(clock, T0 + 170_000)]).toEqual(['PAUSED', 100_000]);
  });

  it('stays within the round', () => {
    expect(elapsedAt(adjustClock(paused, T0 + 80_000, LENGTH + 5), T0 + 80_000)).toBe(LENGTH);
    expect(elapsedAt(adjustClock(paused, T0 + 80_000, -5), T0 + 80_000)).toBe(0);
  });
});

/** What a timekeeper does, each so long after the last. */
type Step = { readonly afterMs: number; readonly toMs: number | null };

const step: fc.Arbitrary<Step> = fc.record({
  afterMs: fc.integer({ min: 0, max: 120_000 }),
  // A number: adjust to it. Null: pause what runs, resume what stands.
  toMs: fc.option(fc.integer({ min: 0, max: LENGTH }), { freq: 4 }),
});

/** The clock after some steps, and every millisecond-exact reading of it in the plainest way. */
function worked(steps: readonly Step[]): { clock: RoundClock; readings: (at: number) => number; adjusts: number[] } {
  let clock = startClock(LENGTH, T0);
  let now = T0;
  const anchors = [{ from: T0, elapsed: 0, runs: true }];
  const adjusts: number[] = [];
  for (const { afterMs, toMs } of steps) {
    now += afterMs;
    const last = anchors.at(-1) ?? { from: T0, elapsed: 0, runs: true };
    const elapsed = Math.min(last.elapsed + (last.runs ? now - last.from : 0), LENGTH);
    const over = last.runs && elapsed >= LENGTH;
    if (toMs !== null) {
      clock = adjustClock(clock, now, toMs);
      anchors.push({ from: now, elapsed: toMs, runs: last.runs && !over });
      adjusts.push(now);
    } else if (!over) {
      clock = last.runs ? pauseClock(clock, now) : resumeClock(clock, now);
      anchors.push({ from: now, elapsed, runs: !last.runs });
    }
  }
  const readings = (at: number) => {
    const anchor = anchors.findLast(({ from }) => from <= at);
    if (anchor === undefined) return 0;
    return Math.min(anchor.elapsed + (anchor.runs ? at - anchor.from : 0), LENGTH);
  };
  return { clock, readings, adjusts };
}

describe('whatever a timekeeper does', () => {
  const steps = fc.array(step, { maxLength: 8 });
  // Single instants, not lists of them: a failure is then made small in no time.
  const instant = fc.integer({ min: -5_000, max: 1_000_000 }).map((ms) => T0 + ms);

  it('elapsed time is the sum of the time that the clock ran since it was last set', () => {
    fc.assert(
      fc.property(steps, instant, (done, at) => {
        const { clock, readings } = worked(done);
        expect(elapsedAt(clock, at)).toBe(readings(at));
      }),
      { numRuns: 500 },
    );
  });

  it('elapsed time stays within the round and never goes back between adjustments', () => {
    fc.assert(
      fc.property(steps, instant, fc.nat({ max: 100_000 }), (done, at, afterMs) => {
        const { clock, adjusts } = worked(done);
        const [before, after] = [elapsedAt(clock, at), elapsedAt(clock, at + afterMs)];
        expect(before >= 0 && after <= LENGTH).toBe(true);
        if (adjusts.some((set) => set > at && set <= at + afterMs)) return;
        expect(after).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it('the expiry is when the clock, left alone, first shows the length', () => {
    fc.assert(
      fc.property(steps, (done) => {
        const { clock } = worked(done);
        const expiry = expiryMs(clock);
        if (expiry === null) return;
        expect([elapsedAt(clock, expiry), overMs(clock, expiry + 1_000_000)]).toEqual([LENGTH, expiry]);
        const set = clock.stretches.at(-1);
        // Set to its very end while it ran, it is over at once.
        if (set !== undefined && set.elapsedMs < LENGTH) expect(clockStatus(clock, expiry - 1)).toBe('IN_PROGRESS');
      }),
    );
  });
});
