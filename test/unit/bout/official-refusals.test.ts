import { describe, expect, it } from 'vitest';
import { bookOf, openBook, refusal, round, ruleSet, T0, write } from '../support/book.ts';
import {
  clock,
  confirming,
  joining,
  judge,
  lock,
  proposing,
  reopening,
  replacing,
  ruling,
  scorecard,
  sealing,
  seating,
  SUPERVISOR,
  tap,
  voiding,
} from '../support/lines.ts';

describe('a scorecard', () => {
  it('is submitted once, and again after a supervisor has reopened it', () => {
    const book = bookOf([scorecard('JUDGE001', 1, 10, 9)]);
    expect(refusal(book, scorecard('JUDGE001', 1, 9, 10))).toEqual({ code: 'conflict', fields: ['round_id'] });
    expect(refusal(book, scorecard('JUDGE002', 1, 9, 10))).toBeNull();
    expect(refusal(book, scorecard('JUDGE001', 2, 9, 10))).toBeNull();
    write(book, reopening('JUDGE001', 1));
    expect(refusal(book, scorecard('JUDGE001', 1, 10, 8))).toBeNull();
    expect(round(book).scorecards['JUDGE001']).toMatchObject({ redX10: 100, blueX10: 80, open: false });
  });

  it('is reopened only where one lies, and once', () => {
    const book = bookOf([scorecard('JUDGE001', 1, 10, 9)]);
    expect(refusal(book, reopening('JUDGE002', 1))).toEqual({ code: 'conflict', fields: ['judge_id'] });
    expect(refusal(book, reopening('JUDGE001', 2))).toEqual({ code: 'conflict', fields: ['judge_id'] });
    write(book, reopening('JUDGE001', 1));
    expect(refusal(book, reopening('JUDGE001', 1))).toEqual({ code: 'conflict', fields: ['judge_id'] });
  });

  it.each([
    [11, 9, 'red'],
    [10, 5, 'blue'],
    [10, 6, 'blue'],
    [6, 10, 'red'],
    [9.5, 10, 'red'],
    [10, 9.5, 'blue'],
    [9, 9, 'red'],
  ])('is no %d-%d', (red, blue, field) => {
    expect(refusal(openBook(), scorecard('JUDGE001', 1, red, blue))).toEqual({ code: 'bad_request', fields: [field] });
  });

  it.each([
    [10, 10],
    [10, 9],
    [8, 10],
    [10, 7],
  ])('may be %d-%d', (red, blue) => {
    expect(refusal(openBook(), scorecard('JUDGE001', 1, red, blue))).toBeNull();
  });

  it('may be what its rule set allows: 10-6 in boxing, half points where they are chosen', () => {
    expect(refusal(openBook({ rules: ruleSet('boxing') }), scorecard('JUDGE001', 1, 10, 6))).toBeNull();
    const halves = openBook({ rules: { ...ruleSet('mma-unified'), halfPoints: true } });
    expect(refusal(halves, scorecard('JUDGE001', 1, 10, 9.5))).toBeNull();
    expect(refusal(halves, scorecard('JUDGE001', 2, 10, 9.3))).toEqual({ code: 'bad_request', fields: ['blue'] });
  });

  it('needs no clock, no statistics and no open round', () => {
    expect(refusal(openBook(), scorecard('JUDGE001', 2, 10, 9))).toBeNull();
    expect(refusal(bookOf([tap('Jab'), lock()]), scorecard('JUDGE001', 1, 10, 9))).toBeNull();
  });
});

describe('a result', () => {
  it('is confirmed by a second person, of what they read', () => {
    const book = bookOf([]);
    expect(refusal(book, confirming(1))).toEqual({ code: 'conflict', fields: ['confirm'] });
    const first = write(book, proposing('red'));
    expect(refusal(book, confirming(first.index, SUPERVISOR.subject))).toEqual({
      code: 'forbidden',
      fields: ['confirm'],
    });
    const second = write(book, proposing('blue'));
    expect(refusal(book, confirming(first.index))).toEqual({ code: 'conflict', fields: ['proposal_index'] });
    expect(refusal(book, confirming(null))).toEqual({ code: 'conflict', fields: ['proposal_index'] });
    write(book, confirming(second.index));
    expect(book.state.result).toMatchObject({ status: 'official', winner: 'blue', confirmedBy: 'supervisor-2' });
  });

  it('names a winner and a method that there are', () => {
    expect(refusal(openBook(), proposing('fighter1'))).toEqual({ code: 'bad_request', fields: ['winner'] });
    expect(refusal(openBook(), proposing('red', 'MAGIC'))).toEqual({ code: 'bad_request', fields: ['method'] });
    for (const winner of ['red', 'blue', 'draw', 'no_contest'])
      expect(refusal(openBook(), proposing(winner))).toBeNull();
  });

  it('closes the bout for everything but the record’s own upkeep', () => {
    const book = bookOf([clock('start_round', 0)]);
    const jab = write(book, tap('Jab'));
    const proposal = write(book, proposing('red', 'KO'));
    write(book, confirming(proposal.index));
    const closed = { code: 'conflict', fields: ['bout_id'] };
    const lines = [
      tap('Hook'),
      voiding(jab),
      replacing(jab, 'Hook'),
      clock('pause', 1_000),
      ruling('foul'),
      scorecard('JUDGE001', 1, 10, 9),
      proposing('blue'),
      confirming(proposal.index),
      joining('op-2'),
      seating('JUDGE001', 'tablet-1'),
    ];
    for (const line of lines) expect(refusal(book, line)).toEqual(closed);
    expect(refusal(book, { kind: 'note', payload: { type: 'remark' } })).toBeNull();
    expect(refusal(book, { kind: 'config', payload: { type: 'changed', delay_ms: 0 } })).toBeNull();
    expect(refusal(book, sealing(book.state))).toBeNull();
  });
});

describe('a seat’s session', () => {
  it('needs a seat, and belongs to one seat only', () => {
    const book = bookOf([seating('JUDGE001', 'tablet-1')]);
    expect(
      refusal(book, { kind: 'session', actor: judge(), payload: { type: 'seat', session_id: 's' } })?.fields,
    ).toEqual(['judge_id']);
    expect(refusal(book, seating('JUDGE002', 'tablet-2', T0, 'session-JUDGE001'))).toEqual({
      code: 'conflict',
      fields: ['judge_session_id'],
    });
  });
});
