import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeResult, type ComputedResult, countingRounds, decide, totalOf } from '../../../domain/bout/index.ts';
import { type Book, bookOf, LATER, openBook, refusal, ruleSet, valueOf, write } from '../support/book.ts';
import { bellMs, distance, fought, score } from '../support/fought.ts';
import { reopening, ruling, scorecard } from '../support/lines.ts';
import { closingPanel, panelChange, rescinding, signing } from '../support/officials.ts';

function result(book: Book): ComputedResult {
  return valueOf(computeResult(book.state, LATER));
}

function refused(book: Book): string {
  const computed = computeResult(book.state, LATER);
  return computed.ok ? `no refusal: ${computed.value.method}` : computed.detail;
}

describe('by the scorecards', () => {
  it.each([
    ['red', 'DEC', 'UD', [1, 1, 1], [-1, 1, -1], [1, 1, 1]],
    ['blue', 'DEC', 'SD', [-1, -1, 1], [-1, -1, 1], [1, 1, 1]],
    ['red', 'DEC', 'MD', [1, 1, 0], [0, 0, 1], [1, 1, -1]],
    ['draw', 'DRAW', 'D-U', [1, 1, 1], [-1, 0, -1], [0, -1, 0]],
    ['draw', 'DRAW', 'D-M', [1, 1, 1], [-1, -1, 1], [0, 0, 1]],
    ['draw', 'DRAW', 'D-S', [1, -1, 0], [1, -1, 0], [1, -1, 0]],
    ['blue', 'DEC', 'UD', [1, 1, 1], [1, 1, 1], [-3, -3, -3]],
  ])('%s by %s %s', (winner, method, decision, ...margins) => {
    expect(result(distance(margins))).toEqual({
      winner,
      method,
      decision,
      round: null,
      clockMs: null,
      byScorecards: true,
      unsigned: ['JUDGE001', 'JUDGE002', 'JUDGE003'],
      unfought: [],
      reason: null,
    });
  });

  it('mirrors with the corners', () => {
    const round = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(round, { minLength: 3, maxLength: 3 }), (margins) => {
        const { winner, ...rest } = result(distance(margins));
        const mirrored = result(distance(margins.map((seats) => seats.map((margin) => -margin))));
        const swapped = winner === 'red' ? 'blue' : winner === 'blue' ? 'red' : winner;
        expect(mirrored).toEqual({ winner: swapped, ...rest });
      }),
    );
  });

  it('a round of 10-9 with a point off is 9-9, and may make a draw of a win', () => {
    const book = distance([
      [1, 1, 1],
      [-1, -1, -1],
      [1, 1, 1],
    ]);
    expect(result(book)).toMatchObject({ winner: 'red', decision: 'UD' });
    const deduction = write(book, ruling('deduction', { round: 3, fighterId: 'fighter1', pointsX10: 10 }));
    expect(totalOf(book.state, 'JUDGE001')).toEqual({ red: 280, blue: 280 });
    expect(result(book)).toMatchObject({ winner: 'draw', method: 'DRAW', decision: 'D-U' });
    write(book, rescinding(deduction));
    expect(result(book)).toMatchObject({ winner: 'red', decision: 'UD' });
  });

  it('is refused while scorecards are missing, and says which', () => {
    const book = fought(3);
    expect(refused(book)).toContain('JUDGE001 round 1, JUDGE001 round 2, JUDGE001 round 3, …');
    for (const number of [1, 2, 3]) score(book, number, [1, 1, 1]);
    expect(result(book).decision).toBe('UD');
    write(book, reopening('JUDGE002', 2));
    expect(refused(book)).toMatch(/Missing: JUDGE002 round 2\.$/);
  });

  it('is refused where a round that must have been fought has only scorecards that were reopened', () => {
    const book = bookOf(
      [1, 2, 3].map((number) => scorecard('JUDGE001', number, 10, 9)),
      {
        judges: [{ id: 'JUDGE001', commitment: '', person: null }],
      },
    );
    expect(result(book).winner).toBe('red');
    write(book, reopening('JUDGE001', 1));
    expect(refused(book)).toMatch(/Missing: JUDGE001 round 1\.$/);
  });

  it('is refused of a bout that nobody has fought', () => {
    expect(refused(openBook())).not.toContain('no refusal');
  });

  it('names who has not signed, until all have', () => {
    const book = distance([
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, -1],
    ]);
    write(book, signing('JUDGE002', 30, 27));
    expect(result(book).unsigned).toEqual(['JUDGE001', 'JUDGE003']);
    write(book, signing('JUDGE001', 30, 27));
    write(book, signing('JUDGE003', 29, 28));
    expect(result(book).unsigned).toEqual([]);
    write(book, ruling('deduction', { round: 1, fighterId: 'fighter2', pointsX10: 10 }));
    expect(result(book).unsigned).toHaveLength(3);
  });
});

describe('with a judge missing', () => {
  function twoOfThree(missingJudge: 'remaining' | 'average'): Book {
    const book = fought(3, { rules: { ...ruleSet('mma-unified'), missingJudge } });
    write(book, closingPanel(write(book, panelChange('absent', 'JUDGE003'))));
    for (const number of [1, 2, 3]) score(book, number, [1, number === 1 ? 0 : -1]);
    return book;
  }

  it('the others decide, and sign', () => {
    const book = twoOfThree('remaining');
    expect(result(book)).toMatchObject({ winner: 'draw', decision: 'D-S', unsigned: ['JUDGE001', 'JUDGE002'] });
    write(book, signing('JUDGE001', 30, 27));
    write(book, signing('JUDGE002', 28, 30));
    expect(result(book).unsigned).toEqual([]);
  });

  it('or the empty seat has their mean, which has nobody’s signature', () => {
    // 30-27 and 28-30: a mean of 29-28.5.
    expect(result(twoOfThree('average'))).toMatchObject({
      winner: 'red',
      decision: 'SD',
      unsigned: ['JUDGE001', 'JUDGE002'],
      unfought: [],
    });
  });
});

describe('by a stoppage', () => {
  it.each(['KO', 'TKO', 'SUB', 'DQ'])('%s at its official time, whatever the scorecards say', (method) => {
    const book = fought(2);
    score(book, 1, [-2, -2, -2]);
    const said = { round: 2, fighterId: 'fighter1', method, clockMs: 83_000, atMs: bellMs(2) + 84_000 };
    write(book, ruling('stoppage', said));
    expect(result(book)).toEqual({
      winner: 'red',
      method,
      decision: null,
      round: 2,
      clockMs: 83_000,
      byScorecards: false,
      unsigned: [],
      unfought: [],
      reason: null,
    });
  });

  it('no contest', () => {
    const book = fought(1);
    write(book, ruling('stoppage', { method: 'NC', clockMs: 5_000, atMs: 5_000 }));
    expect(result(book)).toMatchObject({ winner: 'no_contest', method: 'NC', round: 1, byScorecards: false });
  });

  it('that is rescinded leaves it to the scorecards', () => {
    const book = fought(1);
    write(book, rescinding(write(book, ruling('stoppage', { method: 'KO', fighterId: 'fighter2', atMs: 5_000 }))));
    score(book, 1, [1, 1, 1]);
    expect(result(book)).toMatchObject({ winner: 'red', byScorecards: true });
  });
});

/** Red fouls and the bout is stopped in the round `stopped`, 100 s into it; the rounds before it went to their end. */
function foul(
  said: { readonly in?: number; readonly stopped: number; readonly intent: 'accidental' | 'intentional' | null },
  changes: Parameters<typeof openBook>[0] = {},
): Book {
  const book = fought(said.stopped, changes);
  const round = said.in ?? said.stopped;
  const intent = said.intent === null ? {} : { intent: said.intent };
  const ruled = write(book, ruling('foul', { round, fighterId: 'fighter1', ...intent }));
  const when = { round: said.stopped, clockMs: 100_000, atMs: bellMs(said.stopped) + 100_000 };
  write(book, ruling('stoppage', { ...when, target: ruled }));
  return book;
}

describe('by an accidental foul', () => {
  it('early: no contest', () => {
    const book = foul({ stopped: 2, intent: 'accidental' });
    expect(result(book)).toMatchObject({ winner: 'no_contest', method: 'NC', round: 2, clockMs: 100_000 });
    expect(result(book).reason).toContain('too early');
  });

  it('after four rounds of boxing there is a decision, before them none', () => {
    const boxing = { rules: ruleSet('boxing'), scheduledRounds: 6 };
    expect(result(foul({ stopped: 4, intent: 'accidental' }, boxing))).toMatchObject({ method: 'NC' });
    const late = foul({ stopped: 5, intent: 'accidental' }, boxing);
    for (const number of [1, 2, 3, 4, 5]) score(late, number, [1, 1, 1]);
    expect(result(late)).toMatchObject({ winner: 'red', method: 'TD', decision: 'UD', round: 5 });
  });

  it('late: a technical decision, the partial round scored with the others', () => {
    const book = foul({ stopped: 3, intent: 'accidental' });
    score(book, 1, [1, 1, 1]);
    score(book, 2, [-1, -1, -1]);
    expect(refused(book)).toContain('JUDGE001 round 3');
    score(book, 3, [-1, -1, 1]);
    expect(result(book)).toEqual({
      winner: 'blue',
      method: 'TD',
      decision: 'SD',
      round: 3,
      clockMs: 100_000,
      byScorecards: true,
      unsigned: ['JUDGE001', 'JUDGE002', 'JUDGE003'],
      unfought: [],
      reason: expect.stringContaining('technical decision'),
    });
  });

  it('late: without the partial round where the rules leave it out', () => {
    const rules = ruleSet('mma-unified');
    const without = { ...rules, accidentalFoul: { ...rules.accidentalFoul, scorePartialRound: false } };
    const book = foul({ stopped: 3, intent: 'accidental' }, { rules: without });
    score(book, 1, [1, 1, 1]);
    score(book, 2, [1, 0, 0]);
    expect(result(book)).toMatchObject({ winner: 'red', method: 'TD', decision: 'UD' });
    score(book, 3, [-3, -3, -3]);
    expect(result(book)).toMatchObject({ winner: 'red', method: 'TD', decision: 'UD' });
  });

  it('late and level: a technical draw', () => {
    const book = foul({ stopped: 3, intent: 'accidental' });
    for (const number of [1, 2, 3]) score(book, number, [0, 0, 0]);
    expect(result(book)).toMatchObject({ winner: 'draw', method: 'DRAW', decision: 'D-U' });
    expect(result(book).reason).toContain('technical draw');
  });
});

describe('by an intentional foul', () => {
  it('at once: the fouler is disqualified', () => {
    const book = foul({ stopped: 1, intent: 'intentional' });
    expect(result(book)).toMatchObject({ winner: 'blue', method: 'DQ', decision: null, byScorecards: false });
  });

  it('later, with the injured ahead: a technical decision', () => {
    const book = foul({ in: 1, stopped: 2, intent: 'intentional' });
    expect(refused(book)).toContain('JUDGE001 round 1');
    score(book, 1, [-1, -1, -1]);
    score(book, 2, [-1, -1, -1]);
    expect(result(book)).toMatchObject({ winner: 'blue', method: 'TD', decision: 'UD', byScorecards: true });
  });

  it('later, with the injured not ahead: a technical draw, not a win of the fouler', () => {
    const book = foul({ in: 1, stopped: 2, intent: 'intentional' });
    for (const number of [1, 2]) score(book, number, [1, 1, 1]);
    expect(result(book)).toMatchObject({ winner: 'draw', method: 'DRAW', byScorecards: true });
  });
});

describe('by a foul whose intent', () => {
  it('nobody has ruled there is no result', () => {
    expect(refused(foul({ stopped: 1, intent: null }))).toContain('accidental or intentional');
  });

  it('is said with the stoppage it is that', () => {
    const book = fought(1);
    const ruled = write(book, ruling('foul', { fighterId: 'fighter1' }));
    write(book, ruling('stoppage', { target: ruled, intent: 'intentional', clockMs: 1_000, atMs: 1_000 }));
    expect(result(book)).toMatchObject({ winner: 'blue', method: 'DQ' });
  });
});

describe('a round that was never fought', () => {
  it('is named, where no stoppage says why', () => {
    const book = bookOf(['JUDGE001', 'JUDGE002', 'JUDGE003'].map((seat) => scorecard(seat, 1, 10, 9)));
    expect(result(book)).toMatchObject({ winner: 'red', unfought: [2, 3] });
  });

  it('has no scorecard once the bout was stopped, and one from before decides nothing', () => {
    const book = fought(2, {}, [scorecard('JUDGE001', 3, 9, 10)]);
    write(book, ruling('stoppage', { round: 2, method: 'KO', fighterId: 'fighter1', atMs: bellMs(2) + 5_000 }));
    expect(refusal(book, scorecard('JUDGE002', 3, 10, 9))).toEqual({ code: 'conflict', fields: ['round_id'] });
    expect(countingRounds(book.state).map(({ number }) => number)).toEqual([1]);
    expect(decide(book.state).missing).toEqual(
      ['JUDGE001', 'JUDGE002', 'JUDGE003'].map((seat) => ({ seat, round: 1 })),
    );
  });
});
