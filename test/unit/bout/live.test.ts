import { describe, expect, it } from 'vitest';
import {
  clockView,
  cornerTotals,
  currentRound,
  points,
  redlineMoments,
  roundStatus,
  timeRemaining,
} from '../../../domain/bout/index.ts';
import { type Book, bookOf, LATER, openBook, round, ruleSet, T0, write } from '../support/book.ts';
import {
  clock,
  confirming,
  joining,
  judge,
  lock,
  operator,
  proposing,
  ruling,
  tap,
  voiding,
} from '../support/lines.ts';

function status(book: Book, second: number, number = 1) {
  return roundStatus(book.state, round(book, number), T0 + second * 1_000);
}

function remaining(book: Book, second: number): string {
  const nowMs = T0 + second * 1_000;
  return timeRemaining(clockView(book.state, currentRound(book.state), nowMs), nowMs);
}

describe('the status of a round', () => {
  it('goes from not started to ended by the clock alone', () => {
    const book = openBook();
    expect(status(book, 0)).toBe('NOT_STARTED');
    write(book, clock('start_round', 0));
    expect([0, 299, 300, 900].map((second) => status(book, second))).toEqual([
      'IN_PROGRESS',
      'IN_PROGRESS',
      'ENDED',
      'ENDED',
    ]);
    expect(status(book, 0, 2)).toBe('NOT_STARTED');
    write(book, clock('pause', 60_000));
    expect(status(book, 900)).toBe('PAUSED');
    write(book, clock('resume', 100_000));
    expect(status(book, 100)).toBe('IN_PROGRESS');
    write(book, clock('end_round', 110_000));
    expect(status(book, 110)).toBe('ENDED');
    write(book, lock());
    expect(status(book, 120)).toBe('LOCKED');
  });

  it('is by its actions where nobody times it', () => {
    const book = bookOf([tap('Jab')]);
    expect([0, 299, 300].map((second) => status(book, second))).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'ENDED']);
    write(book, tap('Jab', { round: 2, receivedMs: T0 + 20_000 }));
    expect([status(book, 21), status(book, 21, 2)]).toEqual(['ENDED', 'IN_PROGRESS']);
  });

  it('is final once the result is official, not when it is proposed', () => {
    const book = bookOf([clock('start_round', 0)]);
    const proposal = write(book, proposing('red', 'KO'));
    expect(status(book, 10)).toBe('IN_PROGRESS');
    write(book, confirming(proposal.index));
    expect(status(book, 10)).toBe('FINAL');
  });
});

describe('time remaining', () => {
  it('counts down as a clock does: m:ss, full until the first second is over', () => {
    const book = bookOf([clock('start_round', 0)]);
    const at = [-1, 0, 0.001, 0.999, 1, 135, 240, 299, 299.5, 300, 900];
    expect(at.map((second) => remaining(book, second))).toEqual([
      '5:00',
      '5:00',
      '5:00',
      '5:00',
      '4:59',
      '2:45',
      '1:00',
      '0:01',
      '0:01',
      '0:00',
      '0:00',
    ]);
  });

  it('stands in a pause and at a hand-made end, and follows an adjustment', () => {
    const book = bookOf([clock('start_round', 0), clock('pause', 60_000)]);
    expect(remaining(book, 80)).toBe('4:00');
    write(book, clock('adjust', 80_000, 1, 50_000));
    expect(remaining(book, 90)).toBe('4:10');
    write(book, clock('resume', 100_000));
    expect(remaining(book, 110)).toBe('4:00');
    write(book, clock('end_round', 120_000));
    expect(remaining(book, 500)).toBe('3:50');
  });

  it('is the whole round before it begins, of whatever length', () => {
    expect(remaining(openBook(), 0)).toBe('5:00');
    expect(remaining(openBook({ roundLengthMs: 1_800_000 }), 0)).toBe('30:00');
    expect(remaining(openBook({ roundLengthMs: 30_000 }), 0)).toBe('0:30');
  });

  it('counts from the first action where nobody times', () => {
    const book = bookOf([tap('Jab', { receivedMs: T0 + 3_000 })]);
    expect([remaining(book, 3), remaining(book, 63), remaining(book, 900)]).toEqual(['5:00', '4:00', '0:00']);
  });
});

describe('the clock as anchors', () => {
  it('says since when it runs and what it showed then', () => {
    const book = bookOf([clock('start_round', 0), clock('pause', 60_000), clock('resume', 100_000)]);
    const view = (second: number) => clockView(book.state, round(book), T0 + second * 1_000);
    const running = {
      round_id: 1,
      started: true,
      length_ms: 300_000,
      elapsed_ms: 60_000,
      running_since_ms: T0 + 100_000,
    };
    expect([view(100), view(200)]).toEqual([running, running]);
    expect(view(340)).toEqual({ ...running, elapsed_ms: 300_000, running_since_ms: null });
  });

  it('says that nobody has started it, where it runs by the first action', () => {
    const book = bookOf([tap('Jab', { receivedMs: T0 + 3_000 })]);
    const early = clockView(book.state, round(book), T0 + 10_000);
    expect(early).toMatchObject({ started: false, elapsed_ms: 0, running_since_ms: T0 + 3_000 });
    expect(clockView(openBook().state, round(openBook()), T0)).toMatchObject({
      started: false,
      running_since_ms: null,
    });
  });
});

describe('totals as they go out', () => {
  it('have two decimals and add up before they are rounded', () => {
    const book = bookOf([
      joining('op-1'),
      tap('Control Start', { metadata: { control: 'Back' } }),
      tap('Control Stop', { at: 700 }),
      tap('Jab'),
    ]);
    const { red, blue } = cornerTotals(book.state, round(book), LATER);
    expect(red).toEqual({ damage: 0.05, grappling: 0, control: 0.01, weighted_score: 0.06 });
    expect(blue).toEqual({ damage: 0, grappling: 0, control: 0, weighted_score: 0 });
  });

  it('round alike on both sides of nothing', () => {
    expect([4_999, 5_000, 15_000, 14_999].map(points)).toEqual([0, 0.01, 0.02, 0.01]);
    expect([-4_999, -5_000, -15_000, -14_999].map(points)).toEqual([0, -0.01, -0.02, -0.01]);
  });
});

describe('redline moments', () => {
  const DANGER = [
    tap('KD', { at: 1_000, metadata: { tier: 'Hard' } }),
    tap('Rocked', { at: 2_000, corner: 'blue' }),
    tap('Submission Attempt', { at: 3_000, metadata: { tier: 'Near-Finish' } }),
  ];

  it('are knockdowns, rocked fighters and near-finish submissions, and nothing else', () => {
    const book = bookOf([
      joining('op-1'),
      ...DANGER,
      tap('Submission Attempt', { metadata: { tier: 'Deep' } }),
      tap('Head Kick', { metadata: { significant: true } }),
      tap('Takedown Landed'),
      tap('KD', { round: 2 }),
    ]);
    expect(redlineMoments(book.state, round(book))).toEqual([
      { timestamp: T0 + 1_000, fighter_id: 'fighter1', event_type: 'KD', severity: 'Hard', pending: true },
      { timestamp: T0 + 2_000, fighter_id: 'fighter2', event_type: 'Rocked', severity: null, pending: false },
      {
        timestamp: T0 + 3_000,
        fighter_id: 'fighter1',
        event_type: 'Submission Attempt',
        severity: 'Near-Finish',
        pending: false,
      },
    ]);
  });

  it('are those of the observers who count', () => {
    const book = bookOf([joining('op-1', ['red']), ...DANGER, tap('KD', { by: judge(), at: 1_100 })]);
    expect(redlineMoments(book.state, round(book)).map(({ fighter_id }) => fighter_id)).toEqual([
      'fighter1',
      'fighter1',
    ]);
    write(book, joining('op-2', ['red'], ['damage']));
    write(book, tap('Rocked', { by: operator('op-2'), at: 9_000 }));
    expect(redlineMoments(book.state, round(book)).map(({ event_type }) => event_type)).toEqual([
      'Submission Attempt',
      'Rocked',
    ]);
  });

  it('lose what is taken back or was a slip', () => {
    const book = bookOf([joining('op-1')]);
    const [knockdown, rocked] = DANGER.map((line) => write(book, line));
    if (knockdown === undefined || rocked === undefined) throw new Error('no moments');
    write(book, voiding(rocked));
    expect(redlineMoments(book.state, round(book))).toHaveLength(2);
    write(book, ruling('slip', { target: knockdown }));
    expect(redlineMoments(book.state, round(book)).map(({ event_type }) => event_type)).toEqual(['Submission Attempt']);
    expect(cornerTotals(book.state, round(book), LATER).red.damage).toBe(0);
    expect(round(book).totalEvents).toBe(3);
  });

  it('wait for the referee where the rule set gives them the say', () => {
    const pending = (book: Book) => redlineMoments(book.state, round(book)).map((moment) => moment.pending);
    const book = bookOf([joining('op-1')]);
    const knockdown = write(book, tap('KD'));
    expect([pending(book), cornerTotals(book.state, round(book), LATER).red.damage]).toEqual([[true], 0.4]);
    write(book, ruling('knockdown', { target: knockdown }));
    expect(pending(book)).toEqual([false]);
    const statistics = bookOf([joining('op-1'), tap('KD')], {
      rules: { ...ruleSet('mma-unified'), knockdownAuthority: 'statistics' },
    });
    expect(pending(statistics)).toEqual([false]);
  });
});
