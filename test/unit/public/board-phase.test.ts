import { describe, expect, it } from 'vitest';
import { nextBout } from '../../../public/arena/next.ts';
import {
  type BoardFacts,
  boardFor,
  boardShown,
  BOARDS,
  hasBoard,
  readBoard,
} from '../../../public/shared/board/phase.ts';
import { showsClock, TRUST_MS, unconfirmedFor } from '../../../public/shared/board/trust.ts';
import { board, howWords, resultWords } from '../../../public/shared/board/words.ts';
import { winnerByCards } from '../../../public/shared/board/winner.ts';
import { decodeFighters } from '../../../public/shared/wire/fighters.ts';
import { decodeBoutList, type Result } from '../../../public/shared/wire/frames.ts';
import { cardsOf, viewWith } from './board-support.ts';

const SUBMISSION = {
  status: 'official',
  winner: 'Red Fighter',
  winner_corner: 'red',
  method: 'SUB',
  decision: null,
  round_id: 2,
  time_ms: 187_400,
};

const official = viewWith({ round_status: 'FINAL', result: SUBMISSION }).result;
if (official === null) throw new Error('The result of the test is none.');
const OFFICIAL: Result = official;

const fighters = (red: object) =>
  decodeFighters({ bout_id: 'bout_1', red: { name: 'R', ...red }, blue: { name: 'B' } }) ?? null;

function facts(more: Partial<BoardFacts> = {}): BoardFacts {
  return { view: viewWith(), status: 'IN_PROGRESS', winner: null, fighters: null, ...more };
}

describe('the board of the hall', () => {
  const unbegun = viewWith({ round_status: 'NOT_STARTED' });
  const winner = winnerByCards(cardsOf([[10, 9]]), 1);

  it('says which boards have nothing to show yet', () => {
    const empty = (known: BoardFacts) => BOARDS.filter((one) => !hasBoard(one, known));
    expect(empty(facts({ view: null }))).toEqual(['tale', 'live', 'winner', 'result']);
    expect(empty(facts())).toEqual(['winner', 'result']);
    expect(empty(facts({ view: viewWith({ round_status: 'FINAL', result: SUBMISSION }), winner }))).toEqual([]);
  });

  it('follows the bout: standby, tale, live, winner of the round, result', () => {
    expect(boardFor(facts({ view: null }))).toBe('standby');
    expect(boardFor(facts({ view: unbegun, status: 'NOT_STARTED' }))).toBe('standby');
    expect(boardFor(facts({ view: unbegun, status: 'NOT_STARTED', fighters: fighters({ age: 30 }) }))).toBe('tale');
    expect(boardFor(facts({ view: unbegun, status: 'NOT_STARTED', fighters: fighters({}) }))).toBe('standby');
    expect(boardFor(facts())).toBe('live');
    expect(boardFor(facts({ status: 'ENDED' }))).toBe('live');
    expect(boardFor(facts({ status: 'ENDED', winner }))).toBe('winner');
    expect(boardFor(facts({ view: viewWith({ round_status: 'FINAL', result: OFFICIAL }), status: 'FINAL' }))).toBe(
      'result',
    );
  });

  it('shows a result only once it is official, whoever asks for it', () => {
    const pending = viewWith({ result: { ...OFFICIAL, status: 'pending' } });
    expect(boardFor(facts({ view: pending }))).toBe('live');
    expect(boardShown('result', facts({ view: pending }))).toBe('standby');
    expect(boardShown('result', facts())).toBe('standby');
    expect(boardShown('winner', facts())).toBe('live');
    expect(boardShown('tale', facts())).toBe('tale');
    expect(boardShown('live', facts({ view: null }))).toBe('standby');
  });

  it('is chosen by the bout unless the address names one that there is', () => {
    expect(readBoard('tale')).toBe('tale');
    expect([readBoard(null), readBoard('auto'), readBoard('scores')]).toEqual(['auto', 'auto', 'auto']);
  });

  it('names a next bout only where there is one alone', () => {
    const list = (...left: readonly object[]) => {
      const bouts = decodeBoutList({
        bouts: left.map((more, i) => ({
          bout_id: `next_${i}`,
          promotion: 'Promotion',
          event: 'Night',
          date: '2026-11-21',
          fighter1: { id: 'a', name: 'Ann' },
          fighter2: { id: 'b', name: 'Bea' },
          status: 'NOT_STARTED',
          ...more,
        })),
      });
      if (bouts === undefined) throw new Error('The list of the test is none.');
      return bouts.bouts;
    };
    const over = viewWith({ round_status: 'FINAL', result: OFFICIAL });
    expect(nextBout(unbegun, [])).toEqual({ red: 'Red Fighter', blue: 'Blue Fighter' });
    expect(nextBout(viewWith(), list({}))).toBeNull();
    expect(nextBout(over, list({}))).toEqual({ red: 'Ann', blue: 'Bea' });
    expect(nextBout(over, list({}, {}))).toBeNull();
    expect(nextBout(over, list({ event: 'Another night' }, { status: 'FINAL' }))).toBeNull();
  });
});

describe('a clock that is not confirmed', () => {
  const running = { status: 'IN_PROGRESS', leftMs: 60_000 } as const;

  it('goes on for ten seconds and no longer', () => {
    expect(showsClock({ ...running, unconfirmedMs: 0 })).toBe(true);
    expect(showsClock({ ...running, unconfirmedMs: TRUST_MS })).toBe(true);
    expect(showsClock({ ...running, unconfirmedMs: TRUST_MS + 1 })).toBe(false);
  });

  it('ends at the bell: whether the time was stopped before it is not known', () => {
    expect(showsClock({ ...running, leftMs: 0, unconfirmedMs: 1 })).toBe(false);
    expect(showsClock({ ...running, leftMs: 0, unconfirmedMs: 0 })).toBe(true);
  });

  it('does not stand for ever where it was stopped either, but does once the bout is over', () => {
    expect(showsClock({ status: 'PAUSED', leftMs: 60_000, unconfirmedMs: TRUST_MS + 1 })).toBe(false);
    expect(showsClock({ status: 'ENDED', leftMs: 0, unconfirmedMs: TRUST_MS + 1 })).toBe(false);
    expect(showsClock({ status: 'FINAL', leftMs: 0, unconfirmedMs: 3_600_000 })).toBe(true);
  });

  it('counts from the loss, or after a reload from when the server made what is shown', () => {
    const at = { stale: true, nowMs: 100_000, lostMs: 97_000, madeMs: 40_000, delayMs: 0 };
    expect(unconfirmedFor(at)).toBe(3_000);
    expect(unconfirmedFor({ ...at, lostMs: null })).toBe(60_000);
    expect(unconfirmedFor({ ...at, stale: false, lostMs: null })).toBe(0);
    expect(unconfirmedFor({ ...at, delayMs: 5_000 })).toBe(0);
    expect(unconfirmedFor({ ...at, delayMs: 2_000 })).toBe(1_000);
  });
});

describe('a result in words', () => {
  const name = (corner: 'red' | 'blue') => (corner === 'red' ? 'Red Fighter' : 'Blue Fighter');

  it('names the winner and how, with the elapsed time of a stoppage', () => {
    expect(resultWords(OFFICIAL, name)).toBe('Red Fighter wins');
    expect(howWords(OFFICIAL)).toBe('Submission · round 2 · 3:07');
    expect(howWords({ ...OFFICIAL, method: 'DEC', decision: 'SD', round_id: null, time_ms: null })).toBe(
      'Decision (split)',
    );
  });

  it('keeps a name from turning the words around it', () => {
    expect(board.winsRound('Red Fighter', 2)).toBe('Red Fighter wins round 2');
    for (const written of ['\u202Erethgif', '\u0645\u062D\u0645\u062F', '\u05D3\u05D5\u05D3']) {
      expect(board.winsRound(written, 2)).toBe(`\u2068${written}\u2069 wins round 2`);
      expect(resultWords(OFFICIAL, () => written)).toBe(`\u2068${written}\u2069 wins`);
    }
  });

  it('names nobody for a draw and a no contest', () => {
    expect(resultWords({ ...OFFICIAL, winner: 'Draw', winner_corner: null, method: 'DRAW' }, name)).toBe('Draw');
    expect(resultWords({ ...OFFICIAL, winner: 'No Contest', winner_corner: null, method: 'NC' }, name)).toBe(
      'No contest',
    );
  });
});
