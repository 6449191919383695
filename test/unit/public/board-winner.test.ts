import { describe, expect, it } from 'vitest';
import { releasedTotals, roundWinner, winnerByCards } from '../../../public/shared/board/winner.ts';
import type { Recommendations } from '../../../public/shared/wire/recommendations.ts';
import { cardsOf, viewWith } from './board-support.ts';

function adviceOf(p_red: number, more: object = {}): Recommendations {
  const round = {
    round_id: 1,
    complete: true,
    p_red,
    p_two_points: 0.1,
    scorecard: '10-9',
    too_close: false,
    reasons: [],
    lacked: [],
    model: 'test',
    fitted: true,
    notes: [],
  };
  return { bout_id: 'bout_1', rounds: [{ ...round, ...more }] };
}

const OFFICIAL = {
  status: 'official',
  winner: 'Red Fighter',
  winner_corner: 'red',
  method: 'DEC',
  decision: 'UD',
  round_id: null,
  time_ms: null,
};

describe('the winner of a round by the scorecards', () => {
  it('is whom more than half of the seats give more points', () => {
    expect(
      winnerByCards(
        cardsOf([
          [10, 9],
          [10, 9],
          [9, 10],
        ]),
        1,
      )?.winner,
    ).toBe('red');
    expect(
      winnerByCards(
        cardsOf([
          [9, 10],
          [10, 10],
          [9, 10],
        ]),
        1,
      )?.winner,
    ).toBe('blue');
  });

  it('is nobody without a majority: one each and one even, all even, two seats that differ', () => {
    expect(
      winnerByCards(
        cardsOf([
          [10, 9],
          [9, 10],
          [10, 10],
        ]),
        1,
      )?.winner,
    ).toBe('even');
    expect(
      winnerByCards(
        cardsOf([
          [10, 10],
          [10, 10],
          [10, 10],
        ]),
        1,
      )?.winner,
    ).toBe('even');
    expect(
      winnerByCards(
        cardsOf([
          [10, 10],
          [10, 10],
          [10, 9],
        ]),
        1,
      )?.winner,
    ).toBe('even');
    expect(
      winnerByCards(
        cardsOf([
          [10, 9],
          [9, 10],
        ]),
        1,
      )?.winner,
    ).toBe('even');
  });

  it('is not said before every seat that is there has scored, even where the rest could change nothing', () => {
    expect(winnerByCards(cardsOf([[10, 9], [10, 9], null]), 1)).toBeNull();
    expect(winnerByCards(cardsOf([[10, 9], [10, 9], 'open']), 1)).toBeNull();
    expect(winnerByCards(cardsOf([]), 1)).toBeNull();
    expect(
      winnerByCards(
        cardsOf([
          [10, 9],
          [10, 9],
          [10, 9],
        ]),
        2,
      ),
    ).toBeNull();
  });

  it('leaves an empty seat out', () => {
    expect(winnerByCards(cardsOf([[10, 9], [10, 9], null], { absent: [2] }), 1)?.winner).toBe('red');
  });

  it('takes the points off that the referee took', () => {
    const won = winnerByCards(
      cardsOf(
        [
          [10, 9],
          [10, 8],
          [10, 9],
        ],
        { deductions: { red: 1, blue: 0 } },
      ),
      1,
    );
    expect(won).toMatchObject({ winner: 'even', deducted: { red: 1, blue: 0 } });
    expect(won?.by === 'judges' ? won.cards[1] : null).toEqual({ judge: 'Judge 2', red: 9, blue: 8 });
  });
});

describe('the winner of the round that has just been fought', () => {
  const over = viewWith({ round_status: 'ENDED' });

  it('is the judges’, else that of the statistics, else there is none', () => {
    const cards = cardsOf([
      [9, 10],
      [9, 10],
      [9, 10],
    ]);
    expect(roundWinner(over, 'ENDED', cards, adviceOf(0.9))).toMatchObject({ by: 'judges', winner: 'blue' });
    expect(roundWinner(over, 'ENDED', null, adviceOf(0.9))).toMatchObject({ by: 'statistics', winner: 'red' });
    expect(roundWinner(over, 'ENDED', cardsOf([null, null, null]), adviceOf(0.2))).toMatchObject({
      by: 'statistics',
      winner: 'blue',
    });
    expect(roundWinner(over, 'ENDED', null, null)).toBeNull();
  });

  it('is nobody where the statistics call it too close or stand at one half', () => {
    expect(roundWinner(over, 'ENDED', null, adviceOf(0.6, { too_close: true }))?.winner).toBe('even');
    expect(roundWinner(over, 'ENDED', null, adviceOf(0.5))?.winner).toBe('even');
  });

  it('is not said while the round is on, of a round so far, or beside an official result', () => {
    const cards = cardsOf([
      [9, 10],
      [9, 10],
      [9, 10],
    ]);
    for (const status of ['NOT_STARTED', 'IN_PROGRESS', 'PAUSED'] as const) {
      expect(roundWinner(over, status, cards, adviceOf(0.9))).toBeNull();
    }
    expect(roundWinner(over, 'ENDED', null, adviceOf(0.9, { complete: false }))).toBeNull();
    expect(roundWinner(viewWith({ round_status: 'FINAL', result: OFFICIAL }), 'FINAL', cards, null)).toBeNull();
  });

  it('is of no earlier round', () => {
    expect(roundWinner(viewWith({ round_id: 2, round_status: 'ENDED' }), 'ENDED', null, adviceOf(0.9))).toBeNull();
  });
});

describe('the judges’ totals', () => {
  it('are shown all together or not at all', () => {
    const one = cardsOf([
      [10, 9],
      [10, 9],
      [9, 10],
    ]);
    expect(releasedTotals(null)).toEqual([]);
    expect(releasedTotals(one)).toEqual([]);
    const total = { red: 29, blue: 28 };
    const all = { ...one, seats: one.seats.map((seat) => ({ ...seat, total })) };
    expect(releasedTotals(all)).toHaveLength(3);
    expect(
      releasedTotals({ ...all, seats: all.seats.map((seat, i) => (i === 0 ? { ...seat, total: null } : seat)) }),
    ).toEqual([]);
  });
});
