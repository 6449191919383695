import { describe, expect, it } from 'vitest';
import { addressOf, readAddress } from '../../../public/replay/address.ts';
import { curveOf, highest } from '../../../public/replay/chart.ts';
import { isMoment, marksOf, momentsOf } from '../../../public/replay/marks.ts';
import { happenedBy, placedEvents, reachedSeconds, totalsAt } from '../../../public/replay/position.ts';
import { viewAt } from './fixtures.ts';
import { replayOf } from './replay-fixtures.ts';

const { bout } = viewAt(1);

describe('the totals at a second', () => {
  const replay = replayOf([
    { at: 0.5, corner: 'red', points: 0.1 },
    { at: 214.2, corner: 'blue', points: 0.14 },
  ]);

  it('are nothing at the bell, and those of the second before from then on', () => {
    expect(totalsAt(replay, 0).weighted_score).toEqual({ red: 0, blue: 0 });
    expect(totalsAt(replay, 1).damage).toEqual({ red: 0.1, blue: 0 });
    expect(totalsAt(replay, 214).damage).toEqual({ red: 0.1, blue: 0 });
    expect(totalsAt(replay, 215).damage).toEqual({ red: 0.1, blue: 0.14 });
  });

  it('are the sum of the three categories, with two decimals', () => {
    expect(totalsAt(replay, 300).weighted_score).toEqual({ red: 0.35, blue: 0.24 });
  });

  it('are the round’s beyond its end', () => {
    expect(totalsAt(replay, 4_000)).toEqual(totalsAt(replay, 300));
  });
});

describe('what has happened by a second', () => {
  it('is newest first, and holds what lies before that second only', () => {
    const placed = placedEvents(
      replayOf([
        { at: 3.1, corner: 'red' },
        { at: 4.9, corner: 'blue' },
        { at: 5, corner: 'red' },
      ]),
    );
    expect(happenedBy(placed, 5).map(({ event }) => event.clock_ms)).toEqual([4_900, 3_100]);
    expect(happenedBy(placed, 0)).toEqual([]);
  });

  it('holds an action beyond the end once the round is shown to its end', () => {
    const placed = placedEvents(replayOf([{ at: 72, corner: 'red' }], 60));
    expect(happenedBy(placed, 59)).toHaveLength(0);
    expect(happenedBy(placed, 60)).toHaveLength(1);
  });
});

describe('how much of a round there is to see', () => {
  const clock = { round_id: 2, length_ms: 300_000 };
  it('is all of one that is not the current round', () => {
    expect(reachedSeconds(clock, 1, 300, 120_000)).toBe(300);
  });
  it('is what the clock has run of the current one, in whole seconds', () => {
    expect(reachedSeconds(clock, 2, 300, 120_500)).toBe(179);
    expect(reachedSeconds(clock, 2, 300, 300_000)).toBe(0);
    expect(reachedSeconds(clock, 2, 300, 0)).toBe(300);
  });
});

describe('the marks on the timeline', () => {
  it('say corner, moment and whether it stands', () => {
    const placed = placedEvents(
      replayOf([
        { at: 10.5, corner: 'red' },
        { at: 20, corner: 'blue', change: { event_type: 'KD', metadata: { tier: 'Hard' } } },
        { at: 30, corner: 'red', change: { voided: true, counted: false } },
        { at: 40, corner: 'red', change: { event_type: 'Control Start', metadata: { control: 'Top' } } },
        { at: 50, corner: 'red', change: { fighter_id: 'somebody_else' } },
        { at: 60, corner: 'blue', change: { counted: false, fighter_id: 'blue_1' } },
      ]),
    );
    expect(marksOf(bout, placed, 300).map(({ corner, at, weight, hollow }) => [corner, at, weight, hollow])).toEqual([
      ['red', 10.5, 'plain', false],
      ['blue', 20, 'moment', false],
      ['red', 30, 'plain', true],
      ['red', 40, 'control', false],
      ['blue', 60, 'plain', true],
    ]);
  });

  it('never lie outside the round', () => {
    const placed = placedEvents(replayOf([{ at: 75, corner: 'red' }], 60));
    expect(marksOf(bout, placed, 60).map(({ at }) => at)).toEqual([60]);
  });

  it('know moments by every name that they can be logged under', () => {
    const said = (event_type: string, metadata = {}) => {
      const [placed] = placedEvents(replayOf([{ at: 1, corner: 'red', change: { event_type, metadata } }]));
      return placed !== undefined && isMoment(placed.event);
    };
    expect(said('Knockdown')).toBe(true);
    expect(said('KD Near-Finish')).toBe(true);
    expect(said('Rocked/Stunned')).toBe(true);
    expect(said('Submission Attempt', { tier: 'near finish' })).toBe(true);
    expect(said('Submission Attempt', { tier: 'Deep' })).toBe(false);
    expect(said('Jab', { significant: true })).toBe(false);
    expect(said('Something that a newer server knows')).toBe(false);
  });

  it('leave a knockdown out of the moments that was a slip, or that is not counted', () => {
    const knockdown = { event_type: 'KD', metadata: { tier: 'Flash' } };
    const placed = placedEvents(
      replayOf([
        { at: 1, corner: 'red', change: { ...knockdown, voided: true, counted: false } },
        { at: 2, corner: 'red', change: { ...knockdown, counted: false } },
        { at: 3, corner: 'red', change: knockdown },
      ]),
    );
    expect(momentsOf(placed).map(({ second }) => second)).toEqual([3]);
  });
});

describe('the curve', () => {
  const replay = replayOf(
    [
      { at: 2, corner: 'red', points: 1 },
      { at: 5, corner: 'red', points: 1 },
    ],
    10,
  );
  it('steps up at the second that is over, on the scale of the corner with the most', () => {
    const most = highest(replay, 'damage');
    expect(most).toBe(2);
    expect(curveOf(replay, 'damage', 'red', 10, most).line).toBe('M0 100H3V50H6V0H10');
    expect(curveOf(replay, 'damage', 'blue', 10, most).line).toBe('M0 100H10');
  });
  it('ends where the round has come to', () => {
    expect(curveOf(replay, 'damage', 'red', 4, 2).line).toBe('M0 100H3V50H4');
    expect(curveOf(replay, 'damage', 'red', 4, 2).area).toBe('M0 100H3V50H4V100H0Z');
  });
  it('lies on the ground where nobody has a point', () => {
    expect(curveOf(replay, 'control', 'red', 10, 0).line).toBe('M0 100H10');
  });
});

describe('the address', () => {
  it('names bout, round and second, and reads back what it wrote', () => {
    const address = addressOf('bout 1', 2, 123);
    expect(address).toBe('/replay?bout=bout+1&round=2&t=123');
    expect(readAddress(address.slice(address.indexOf('?')))).toEqual({ bout: 'bout 1', round: 2, second: 123 });
    expect(addressOf('b', 1, null)).toBe('/replay?bout=b&round=1');
  });
  it.each(['', '?bout=', '?round=0&t=-1', '?round=x&t=3.5', '?t=99999&round=1000'])(
    'leaves nonsense out: %s',
    (search) => {
      expect(readAddress(search)).toEqual({ bout: null, round: null, second: null });
    },
  );
});
