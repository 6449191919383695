import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FRAME_RATE_IDS,
  frameRate,
  framesIn,
  framesOf,
  framesPerDay,
  timecodeOf,
} from '../../../domain/export/timecode.ts';
import { valueOf } from '../support/book.ts';

const rates = fc.constantFrom(...FRAME_RATE_IDS).map(frameRate);

describe('timecode', () => {
  it('comes back from every frame of the day, at every rate', () => {
    fc.assert(
      fc.property(rates, fc.nat(), (rate, any) => {
        const frame = any % framesPerDay(rate);
        expect(valueOf(framesOf(timecodeOf(frame, rate), rate))).toBe(frame);
      }),
    );
  });

  it('counts on by one frame at a time, also over minutes that drop numbers', () => {
    fc.assert(
      fc.property(rates, fc.nat({ max: 23 }), fc.nat({ max: 59 }), (rate, hour, minute) => {
        const mark = rate.drop > 0 ? ';' : ':';
        const clock = (text: number) => String(text).padStart(2, '0');
        const last = `${clock(hour)}:${clock(minute)}:59${mark}${clock(rate.base - 1)}`;
        const next = timecodeOf(valueOf(framesOf(last, rate)) + 1, rate);
        const dropped = (minute + 1) % 10 === 0 ? 0 : rate.drop;
        expect(next.slice(-5)).toBe(`00${mark}${clock(dropped)}`);
      }),
    );
  });

  // Known values of 29.97 drop-frame: SMPTE ST 12-1 leaves out 00 and 01 of each minute but the tenth.
  it.each([
    ['29.97df', 0, '00:00:00;00'],
    ['29.97df', 1799, '00:00:59;29'],
    ['29.97df', 1800, '00:01:00;02'],
    ['29.97df', 17_981, '00:09:59;29'],
    ['29.97df', 17_982, '00:10:00;00'],
    ['29.97df', 19_781, '00:10:59;29'],
    ['29.97df', 19_782, '00:11:00;02'],
    ['29.97df', 107_892, '01:00:00;00'],
    ['29.97df', 2_589_407, '23:59:59;29'],
    ['59.94df', 3600, '00:01:00;04'],
    ['59.94df', 35_964, '00:10:00;00'],
    ['59.94df', 215_784, '01:00:00;00'],
    ['29.97', 1800, '00:01:00:00'],
    ['29.97', 108_000, '01:00:00:00'],
    ['25', 1_821_125, '20:14:05:00'],
    ['23.976', 86_400, '01:00:00:00'],
  ] as const)('at %s frame %i is %s', (id, frame, text) => {
    expect(timecodeOf(frame, frameRate(id))).toBe(text);
    expect(valueOf(framesOf(text, frameRate(id)))).toBe(frame);
  });

  it('starts again at midnight, in both directions', () => {
    const rate = frameRate('25');
    expect(timecodeOf(framesPerDay(rate), rate)).toBe('00:00:00:00');
    expect(timecodeOf(-1, rate)).toBe('23:59:59:24');
  });

  it('counts frames in real time at the true rate', () => {
    expect(framesIn(3_600_000, frameRate('29.97'))).toBe(107_892);
    expect(framesIn(1_001_000, frameRate('59.94df'))).toBe(60_000);
    expect(framesIn(10_000, frameRate('50'))).toBe(500);
  });

  it.each([
    ['25', '10:00:00;00'],
    ['29.97df', '10:00:00:00'],
    ['25', '10:00:00:25'],
    ['24', '24:00:00:00'],
    ['30', '00:60:00:00'],
    ['30', '00:00:60:00'],
    ['29.97df', '00:01:00;01'],
    ['59.94df', '00:59:00;03'],
    ['25', '1:00:00:00'],
    ['25', ''],
  ] as const)('at %s there is no %s', (id, text) => {
    expect(framesOf(text, frameRate(id))).toMatchObject({ code: 'bad_request', errors: [{ field: 'timecode' }] });
  });
});
