import { describe, expect, it } from 'vitest';
import { adviceStillReleased, cardsStillReleased } from '../../../public/shared/board/still-released.ts';
import { winnerByCards } from '../../../public/shared/board/winner.ts';
import { decodeRecommendations, type Recommendations } from '../../../public/shared/wire/recommendations.ts';
import { cardsOf } from './board-support.ts';

const late = cardsOf([
  [10, 9],
  [10, 9],
  [9, 10],
]);

describe('what is shown late', () => {
  it('stays as it is while the newest answer still gives it, or is of another bout', () => {
    for (const now of [late, null, { ...cardsOf([null, null, null]), bout_id: 'bout_2' }]) {
      expect(winnerByCards(cardsStillReleased(late, now), 1)?.winner).toBe('red');
    }
  });

  it('is gone with its release, and so is every total', () => {
    const totalled = { ...late, seats: late.seats.map((seat) => ({ ...seat, total: { red: 30, blue: 27 } })) };
    const shown = cardsStillReleased(totalled, cardsOf([null, null, null]));
    expect(winnerByCards(shown, 1)).toBeNull();
    expect(shown.seats.map(({ rounds, total }) => [rounds.length, total])).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
  });

  it('says nothing of a round whose scorecard has been opened again', () => {
    expect(winnerByCards(cardsStillReleased(late, cardsOf([[10, 9], 'open', [9, 10]])), 1)).toBeNull();
  });

  it('keeps of the statistics what is given of the same round', () => {
    const advice = (...rounds: readonly number[]): Recommendations => {
      const round = (round_id: number) => ({
        round_id,
        complete: true,
        p_red: 0.7,
        p_two_points: 0.1,
        scorecard: '10-9',
        too_close: false,
        reasons: [],
        model: 'test',
        fitted: true,
      });
      const read = decodeRecommendations({ bout_id: 'bout_1', rounds: rounds.map(round) });
      if (read === undefined) throw new Error('The advice of the test is none.');
      return read;
    };
    const rounds = (now: Recommendations | null) =>
      adviceStillReleased(advice(1, 2), now).rounds.map(({ round_id }) => round_id);
    expect(rounds(advice(1, 2, 3))).toEqual([1, 2]);
    expect(rounds(advice(2))).toEqual([2]);
    expect(rounds(null)).toEqual([1, 2]);
  });
});
