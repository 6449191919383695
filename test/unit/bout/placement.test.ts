import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Claimed, place } from '../../../domain/bout/index.ts';
import { type Book, bookOf, openBook, round, ROUND_MS, T0 } from '../support/book.ts';
import { clock, tap } from '../support/lines.ts';

const HOUR = 3_600_000;

/** Times are counted from the first bell. */
function placed(book: Book, said: Partial<Claimed>) {
  const claimed = { clockMs: null, timestampMs: 0, receivedMs: 0, offsetMs: null, ...said };
  return place(book.state.config, round(book), {
    ...claimed,
    timestampMs: T0 + claimed.timestampMs,
    receivedMs: T0 + claimed.receivedMs,
  });
}

const TIMED = bookOf([clock('start_round', 0)]);
/** 60 s, a pause of 40 s, on; over by itself at 340 s. */
const PAUSED = bookOf([clock('start_round', 0), clock('pause', 60_000), clock('resume', 100_000)]);

describe('a client’s own reading of the clock', () => {
  it('is believed, whatever its other times say', () => {
    for (const book of [TIMED, PAUSED, openBook()]) {
      expect(placed(book, { clockMs: 12_345, timestampMs: -9 * HOUR, receivedMs: 80_000 })).toEqual({
        clockMs: 12_345,
        clockSource: 'client',
        flags: [],
      });
    }
  });

  it('beyond the round is its end, and flagged', () => {
    const receivedMs = ROUND_MS;
    expect(placed(TIMED, { clockMs: ROUND_MS, receivedMs })).toMatchObject({ clockMs: ROUND_MS, flags: [] });
    expect(placed(TIMED, { clockMs: ROUND_MS + 1, receivedMs })).toMatchObject({
      clockMs: ROUND_MS,
      flags: ['implausible_time'],
    });
  });
});

describe('a client’s reading that runs ahead of the clock', () => {
  it('is believed, and flagged from five seconds on', () => {
    const receivedMs = 60_000;
    expect(placed(TIMED, { clockMs: 65_000, receivedMs })).toMatchObject({ clockMs: 65_000, flags: [] });
    expect(placed(TIMED, { clockMs: 65_001, receivedMs })).toMatchObject({
      clockMs: 65_001,
      flags: ['implausible_time'],
    });
    expect(placed(openBook(), { clockMs: 200_000, receivedMs })).toMatchObject({ flags: [] });
  });
});

describe('a device’s time in a timed round', () => {
  it('is the moment of the tap, not of its arrival', () => {
    expect(placed(TIMED, { timestampMs: 30_000, receivedMs: 200_000 })).toEqual({
      clockMs: 30_000,
      clockSource: 'device',
      flags: [],
    });
  });

  it('follows the pauses of the clock', () => {
    const at = [59_000, 60_000, 80_000, 100_000, 105_000];
    expect(at.map((timestampMs) => placed(PAUSED, { timestampMs, receivedMs: 200_000 }).clockMs)).toEqual([
      59_000, 60_000, 60_000, 60_000, 65_000,
    ]);
  });

  it.each([HOUR, -HOUR])('is corrected by the measured offset of a clock that is %d ms off', (skew) => {
    const said = { timestampMs: 30_000 + skew, receivedMs: 30_050, offsetMs: -skew };
    expect(placed(TIMED, said)).toEqual({ clockMs: 30_000, clockSource: 'device', flags: [] });
  });

  it.each([HOUR, -HOUR])('without an offset, %d ms off, gives way to the moment of receipt, flagged', (skew) => {
    expect(placed(TIMED, { timestampMs: 30_000 + skew, receivedMs: 30_050 })).toEqual({
      clockMs: 30_050,
      clockSource: 'server',
      flags: ['implausible_time'],
    });
  });

  it('may lie 5 s before the bell or after now', () => {
    const source = (timestampMs: number) => placed(TIMED, { timestampMs, receivedMs: 20_000 });
    expect(source(-5_000)).toMatchObject({ clockMs: 0, clockSource: 'device', flags: [] });
    expect(source(-5_001)).toMatchObject({ clockMs: 20_000, clockSource: 'server', flags: ['implausible_time'] });
    expect(source(25_000)).toMatchObject({ clockMs: 20_000, clockSource: 'device', flags: [] });
    expect(source(25_001)).toMatchObject({ clockMs: 20_000, clockSource: 'server', flags: ['implausible_time'] });
  });

  it('may lie 5 s after the last bell, and then is the bell', () => {
    const late = { receivedMs: 900_000 };
    expect(placed(PAUSED, { ...late, timestampMs: 345_000 })).toMatchObject({
      clockMs: ROUND_MS,
      clockSource: 'device',
    });
    expect(placed(PAUSED, { ...late, timestampMs: 345_001 })).toMatchObject({
      clockMs: ROUND_MS,
      clockSource: 'server',
    });
    const ended = bookOf([clock('start_round', 0), clock('end_round', 90_000)]);
    expect(placed(ended, { ...late, timestampMs: 93_000 })).toMatchObject({ clockMs: 90_000, clockSource: 'device' });
  });

  it('is never refused, and always a moment of the round', () => {
    const time = fc.integer({ min: -2 * HOUR, max: 2 * HOUR });
    const claims = fc.record({
      clockMs: fc.option(fc.nat({ max: HOUR })),
      timestampMs: time,
      receivedMs: fc.nat({ max: HOUR }),
      offsetMs: fc.option(time),
    });
    fc.assert(
      fc.property(claims, fc.constantFrom(TIMED, PAUSED, openBook(), bookOf([tap('Jab')])), (said, book) => {
        const { clockMs } = placed(book, said);
        expect(Number.isSafeInteger(clockMs) && clockMs >= 0 && clockMs <= ROUND_MS).toBe(true);
      }),
    );
  });
});

describe('a round that nobody times', () => {
  it('counts from its first action', () => {
    expect(placed(openBook(), { timestampMs: 5_000, receivedMs: 5_040 })).toEqual({
      clockMs: 0,
      clockSource: 'first_action',
      flags: [],
    });
    const book = bookOf([tap('Jab', { timestampMs: T0 + 5_000, receivedMs: T0 + 5_040 })]);
    expect(placed(book, { timestampMs: 17_000, receivedMs: 99_000 })).toEqual({
      clockMs: 12_000,
      clockSource: 'first_action',
      flags: [],
    });
  });

  it('takes one that was tapped before the first that arrived as its beginning', () => {
    const book = bookOf([tap('Jab', { timestampMs: T0 + 5_000 })]);
    expect(placed(book, { timestampMs: 1_000 })).toMatchObject({ clockMs: 0, clockSource: 'first_action', flags: [] });
  });

  it('needs no right clock, as long as all are wrong alike', () => {
    const book = bookOf([tap('Jab', { timestampMs: T0 - HOUR, receivedMs: T0 })]);
    expect(placed(book, { timestampMs: -HOUR + 7_000, receivedMs: 7_300 })).toMatchObject({
      clockMs: 7_000,
      flags: [],
    });
  });

  it('falls back on receipt, flagged, where one clock is off', () => {
    const book = bookOf([tap('Jab', { timestampMs: T0, receivedMs: T0 })]);
    expect(placed(book, { timestampMs: HOUR, receivedMs: 7_300 })).toEqual({
      clockMs: 7_300,
      clockSource: 'server',
      flags: ['implausible_time'],
    });
  });

  it('flags a first action that claims another day', () => {
    expect(placed(openBook(), { timestampMs: -25 * HOUR })).toMatchObject({ clockMs: 0, flags: ['implausible_time'] });
    expect(placed(openBook(), { timestampMs: -23 * HOUR })).toMatchObject({ clockMs: 0, flags: [] });
  });
});
