import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AFTER_MS, BEFORE_MS, clipsOf } from '../../../domain/export/clips.ts';
import { labelOf, type Moment, momentsOf } from '../../../domain/export/moments.ts';
import { bookOf, T0, write } from '../support/book.ts';
import { bellMs } from '../support/fought.ts';
import { clock, joining, judge, operator, ruling, tap } from '../support/lines.ts';
import { rescinding } from '../support/officials.ts';
import { script, play } from '../support/script.ts';
import { openBook } from '../support/book.ts';
import { fullBook, knockoutBook, sealedBout } from './fixture.ts';

function times(moments: readonly Moment[]) {
  return moments.map((moment) => [labelOf(moment), moment.atMs - T0]);
}

describe('moments', () => {
  it('are the bells, what was seen and what the referee ruled, in order of time', async () => {
    expect(times(momentsOf(await sealedBout(fullBook())))).toEqual([
      ['R1 ROUND START', 0],
      ['R1 KNOCKDOWN RED HARD', 100_000],
      ['R1 ROCKED RED', 104_000],
      ['R1 ROUND END', 300_000],
      ['R2 ROUND START', bellMs(2)],
      ['R2 SUBMISSION BLUE NEAR FINISH', bellMs(2) + 200_000],
      ['R2 FOUL RED', bellMs(2) + 250_000],
      ['R2 DEDUCTION RED -1', bellMs(2) + 262_000],
      ['R2 ROUND END', bellMs(2) + 300_000],
      ['R3 ROUND START', bellMs(3)],
      ['R3 ROUND END', bellMs(3) + 300_000],
    ]);
  });

  it('put a stoppage at its official time, and say of a knockdown that nobody ruled on it', async () => {
    expect(times(momentsOf(await sealedBout(knockoutBook()))).slice(2)).toEqual([
      ['R2 ROUND START', bellMs(2)],
      ['R2 KNOCKDOWN BLUE FLASH (NOT RULED)', bellMs(2) + 90_000],
      ['R2 STOPPAGE BLUE KO', bellMs(2) + 93_000],
      ['R2 ROUND END', bellMs(2) + 93_500],
    ]);
  });

  it('leave out what was taken back, ruled a slip or rescinded, and what another observer logged too', async () => {
    const book = bookOf([joining('op-1'), joining('op-2'), clock('start_round', 0)]);
    const slipped = write(book, tap('KD', { at: 10_000 }));
    write(book, ruling('slip', { target: slipped, atMs: 12_000 }));
    const foul = write(book, ruling('foul', { fighterId: 'fighter1', intent: 'accidental', atMs: 20_000 }));
    write(book, rescinding(foul));
    write(book, tap('Rocked', { at: 30_000 }));
    write(book, tap('Rocked', { at: 31_000, by: operator('op-2') }));
    write(book, tap('Rocked', { at: 31_500, by: judge() }));
    const seen = momentsOf(await sealedBout(book)).filter(({ kind }) => !kind.startsWith('round'));
    expect(times(seen)).toEqual([['R1 ROCKED RED', 30_000]]);
  });

  it('count a knockdown once that was tapped and confirmed, and one that the referee alone saw', async () => {
    const book = bookOf([joining('op-1'), clock('start_round', 0)]);
    const tapped = write(book, tap('KD', { at: 10_000 }));
    write(book, ruling('knockdown', { target: tapped, atMs: 15_000 }));
    write(book, ruling('knockdown', { fighterId: 'fighter2', atMs: 40_000 }));
    const seen = momentsOf(await sealedBout(book)).filter(({ kind }) => kind === 'knockdown');
    expect(times(seen)).toEqual([
      ['R1 KNOCKDOWN RED FLASH', 10_000],
      ['R1 KNOCKDOWN BLUE', 40_000],
    ]);
  });

  it('lie where the clock of the round ties them, whatever the tablet’s own time was', async () => {
    const book = bookOf([
      joining('op-1'),
      clock('start_round', 0),
      clock('pause', 50_000),
      clock('resume', 80_000),
      tap('Rocked', { at: 60_000, timestampMs: T0 - 3_600_000, receivedMs: T0 + 500_000 }),
    ]);
    const [rocked] = momentsOf(await sealedBout(book)).filter(({ kind }) => kind === 'rocked');
    expect(rocked?.atMs).toBe(T0 + 90_000);
  });

  it('of a reading that a clock showed twice are the nearer one', async () => {
    const book = bookOf([
      joining('op-1'),
      clock('start_round', 0),
      clock('adjust', 60_000, 1, 30_000),
      tap('Rocked', { at: 40_000, timestampMs: T0 + 70_500 }),
      tap('KD', { at: 41_000, timestampMs: T0 + 41_200 }),
    ]);
    const seen = momentsOf(await sealedBout(book)).filter(({ index }) => index !== null);
    expect(times(seen)).toEqual([
      ['R1 KNOCKDOWN RED FLASH (NOT RULED)', 41_000],
      ['R1 ROCKED RED', 70_000],
    ]);
  });

  it('have no bells in a bout that nobody timed', async () => {
    const book = bookOf([joining('op-1'), tap('Jab', { at: 0 }), tap('Rocked', { at: 9_000 })]);
    expect(times(momentsOf(await sealedBout(book)))).toEqual([['R1 ROCKED RED', 9_000]]);
  });
});

const moment = fc.record({
  kind: fc.constantFrom('knockdown' as const, 'foul' as const),
  round: fc.integer({ min: 1, max: 5 }),
  atMs: fc.integer({ min: T0, max: T0 + 3_600_000 }),
  corner: fc.constantFrom('red' as const, 'blue' as const, null),
  detail: fc.constant(null),
  unruled: fc.constant(false),
  index: fc.nat(),
});

describe('clips', () => {
  it('never overlap or touch, hold every moment once, and no more time than asked for', () => {
    fc.assert(
      fc.property(
        fc.array(moment, { maxLength: 40 }),
        fc.option(fc.integer({ min: T0, max: T0 + 60_000 })),
        (all, from) => {
          const clips = clipsOf(all, from);
          for (const [at, clip] of clips.entries()) {
            expect(clip.endMs).toBeGreaterThan(clip.startMs);
            const before = clips[at - 1];
            if (before !== undefined) expect(clip.startMs).toBeGreaterThan(before.endMs);
            const first = Math.min(...clip.moments.map(({ atMs }) => atMs));
            const last = Math.max(...clip.moments.map(({ atMs }) => atMs));
            expect([clip.startMs, clip.endMs]).toEqual([Math.max(first - BEFORE_MS, from ?? 0), last + AFTER_MS]);
          }
          const shown = all.filter(({ atMs }) => from === null || atMs + AFTER_MS > from);
          expect(clips.flatMap((clip) => clip.moments)).toHaveLength(shown.length);
        },
      ),
    );
  });

  it('come out of any night that the fold accepts', async () => {
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const book = openBook();
        play(book, steps);
        const clips = clipsOf(momentsOf(await sealedBout(book)));
        expect(clips.every((clip) => Number.isSafeInteger(clip.startMs) && clip.endMs > clip.startMs)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
