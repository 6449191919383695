import { describe, expect, it } from 'vitest';
import { type BoutState, cornerTotals, decide, redlineMoments, selectObservers } from '../../../domain/bout/index.ts';
import { own } from '../../../domain/own.ts';
import { bookOf, CONFIG, LATER, panel, refusal, round, T0, write } from '../support/book.ts';
import { clock, joining, judge, lock, operator, reopening, scorecard, seating, tap } from '../support/lines.ts';

/** Ids like any others, which every JavaScript object has members of. */
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

function deviceOf(state: BoutState, name: string) {
  return state.devices.find(({ device }) => device === name);
}

const PANEL = { judges: panel(...NAMES), scheduledRounds: 5 };

describe.each(NAMES)('a seat, a device and a person named %s', (name) => {
  it('has nothing before it has done anything', () => {
    const book = bookOf([clock('start_round', 0)], PANEL);
    expect(refusal(book, reopening(name, 1))).toEqual({ code: 'conflict', fields: ['judge_id'] });
    expect([own(book.state.sessions, name), deviceOf(book.state, name), own(book.state.lastBySeat, name)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(decide(book.state)).toMatchObject({ complete: false });
  });

  it('scores, once', () => {
    const book = bookOf([clock('start_round', 0), scorecard(name, 1, 10, 8)], PANEL);
    expect(refusal(book, scorecard(name, 1, 10, 9))?.code).toBe('conflict');
    expect(own(round(book).scorecards, name)).toMatchObject({ redX10: 100, blueX10: 80 });
    expect(decide(book.state).totals.find(({ seat }) => seat === name)?.total).toEqual({ red: 100, blue: 80 });
    expect(own(book.state.lastBySeat, name)).toBe(2);
  });

  it('logs as judge and as operator', () => {
    const asJudge = bookOf([tap('KD', { by: judge(name), device: name, deviceSeq: 7 })], PANEL);
    expect(selectObservers(asJudge.state, round(asJudge)).red.damage).toBe(`judge:${name}`);
    expect(deviceOf(asJudge.state, name)).toEqual({ device: name, entries: 1, lastSeq: 7, epoch: null });
    const asOperator = bookOf([joining(name), tap('KD', { by: operator(name) })]);
    for (const book of [asJudge, asOperator]) {
      expect(cornerTotals(book.state, round(book), LATER).red.damage).toBe(0.4);
      expect(redlineMoments(book.state, round(book))).toHaveLength(1);
    }
    const late = { flags: ['late'] as const, by: judge(name) };
    write(asJudge, lock());
    write(asJudge, tap('Jab', late));
    write(asJudge, lock(1, true));
    expect(cornerTotals(asJudge.state, round(asJudge), LATER).red.damage).toBe(0.45);
  });

  it('has its session, and is fenced like any other device', () => {
    const book = bookOf([seating(name, name, T0)], PANEL);
    expect(own(book.state.sessions, name)).toMatchObject({ seat: name, device: name, epoch: 1 });
    write(book, seating(name, 'tablet-2', T0 + 5_000));
    expect(own(own(book.state.sessions, name)?.fences ?? {}, name)).toBe(T0 + 5_000);
    write(book, seating(name, 'tablet-3', T0 + 6_000));
    expect(own(own(book.state.sessions, name)?.fences ?? {}, name)).toBe(T0 + 5_000);
    write(book, seating(name, name, T0 + 7_000));
    expect(own(own(book.state.sessions, name)?.fences ?? {}, name)).toBeUndefined();
  });

  it('outlives a snapshot', () => {
    const book = bookOf(
      [
        seating(name, name),
        seating(name, 'tablet-2', T0 + 5_000),
        tap('Jab', { by: judge(name), device: name }),
        scorecard(name, 1, 10, 8),
      ],
      PANEL,
    );
    const read: BoutState = JSON.parse(JSON.stringify(book.state));
    expect(read).toEqual(book.state);
    expect(own(read.rounds[0]?.scorecards ?? {}, name)).toMatchObject({ redX10: 100 });
    expect(own(own(read.sessions, name)?.fences ?? {}, name)).toBe(T0 + 5_000);
  });

  it('is a fighter where it is registered, and nobody where it is not', () => {
    expect(refusal(bookOf([]), tap('Jab', { fighterId: name }))?.fields).toEqual(['fighter_id']);
    const fighters = { ...CONFIG.fighters, blue: { id: name, commitment: '' } };
    const book = bookOf([joining('op-1'), tap('Jab', { fighterId: name })], { fighters });
    expect(cornerTotals(book.state, round(book), LATER).blue.damage).toBe(0.05);
  });
});
