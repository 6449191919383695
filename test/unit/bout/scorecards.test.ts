import { describe, expect, it } from 'vitest';
import { decide, isSigned, signable, totalOf } from '../../../domain/bout/index.ts';
import { type Book, bookOf, LATER, openBook, refusal, round, ruleSet, write } from '../support/book.ts';
import { clock, reopening, ruling, scorecard, SUPERVISOR } from '../support/lines.ts';
import { closingPaper, closingPanel, panelChange, paper, rescinding, signing } from '../support/officials.ts';

const SEAT = 'JUDGE001';

function scored(...rounds: readonly (readonly [number, number])[]): Book {
  return bookOf(rounds.map(([red, blue], at) => scorecard(SEAT, at + 1, red, blue)));
}

function conflict(field: string) {
  return { code: 'conflict', fields: [field] };
}

describe('a scorecard that is reopened', () => {
  it('keeps every value that ever stood on it', () => {
    const book = openBook();
    const first = write(book, scorecard(SEAT, 1, 10, 9));
    const opened = write(book, reopening(SEAT, 1));
    expect(round(book).scorecards[SEAT]).toMatchObject({ open: true, redX10: 100, blueX10: 90 });
    const second = write(book, scorecard(SEAT, 1, 9, 10));
    const again = write(book, reopening(SEAT, 1));
    const third = write(book, scorecard(SEAT, 1, 8, 10));
    expect(round(book).scorecards[SEAT]).toEqual({
      redX10: 80,
      blueX10: 100,
      index: third.index,
      open: false,
      by: `person-of-${SEAT}`,
      paper: false,
      earlier: [
        { redX10: 100, blueX10: 90, index: first.index, reopenedAt: opened.index },
        { redX10: 90, blueX10: 100, index: second.index, reopenedAt: again.index },
      ],
    });
  });

  it('counts for nothing while it is open', () => {
    const book = scored([10, 9], [10, 9]);
    write(book, reopening(SEAT, 1));
    expect(totalOf(book.state, SEAT)).toEqual({ red: 100, blue: 90 });
    expect(decide(book.state).missing).toContainEqual({ seat: SEAT, round: 1 });
  });

  it('is of another kind than any that there is: that is refused', () => {
    const line = { ...scorecard(SEAT, 1, 10, 9), payload: { judge_id: SEAT, red_x10: 100, blue_x10: 90 } };
    expect(refusal(openBook(), line)).toEqual({ code: 'bad_request', fields: ['type'] });
    expect(refusal(openBook(), { ...line, payload: { type: 'submitted', judge_id: SEAT } })?.fields).toEqual(['red']);
  });
});

describe('a signature', () => {
  it('stands under the totals of a bout that the seat has scored to its end', () => {
    const book = scored([10, 9], [9, 10]);
    expect(signable(book.state, SEAT, LATER)).toBe('Round 3 has not been fought.');
    expect(refusal(book, signing(SEAT, 19, 19))).toEqual(conflict('judge_id'));
    write(book, scorecard(SEAT, 3, 10, 8));
    expect(signable(book.state, SEAT, LATER)).toBeNull();
    expect(refusal(book, signing(SEAT, 28, 27))).toEqual(conflict('red'));
    expect(refusal(book, signing(SEAT, 29, 28))).toEqual(conflict('blue'));
    expect(isSigned(book.state, SEAT)).toBe(false);
    const signed = write(book, signing(SEAT, 29, 27));
    expect(isSigned(book.state, SEAT)).toBe(true);
    expect(book.state.signatures[SEAT]).toMatchObject({ index: signed.index, subject: `person-of-${SEAT}` });
  });

  it('stands under deductions too, and falls with a later one until it is rescinded', () => {
    const book = bookOf([ruling('deduction', { round: 2, fighterId: 'fighter1', pointsX10: 10 })]);
    for (const number of [1, 2, 3]) write(book, scorecard(SEAT, number, 10, 9));
    expect(refusal(book, signing(SEAT, 30, 27))).toEqual(conflict('red'));
    write(book, signing(SEAT, 29, 27));
    const later = write(book, ruling('deduction', { round: 3, fighterId: 'fighter2', pointsX10: 20 }));
    expect(isSigned(book.state, SEAT)).toBe(false);
    write(book, rescinding(later));
    expect(isSigned(book.state, SEAT)).toBe(true);
  });

  it('falls with a reopening, whatever is written in its place', () => {
    const book = scored([10, 9], [10, 9], [10, 9]);
    write(book, signing(SEAT, 30, 27));
    write(book, reopening(SEAT, 2));
    expect(book.state.signatures).toEqual({});
    write(book, scorecard(SEAT, 2, 10, 9));
    expect(isSigned(book.state, SEAT)).toBe(false);
    write(book, signing(SEAT, 30, 27));
    expect(isSigned(book.state, SEAT)).toBe(true);
  });

  it('is each seat’s own', () => {
    const book = scored([10, 9], [10, 9], [10, 9]);
    write(book, signing(SEAT, 30, 27));
    expect(refusal(book, signing('JUDGE002', 30, 27))).toEqual(conflict('judge_id'));
    expect(refusal(book, signing('JUDGE009', 30, 27))).toEqual({ code: 'bad_request', fields: ['judge_id'] });
    expect(isSigned(book.state, 'JUDGE002')).toBe(false);
  });

  it('of a bout that was stopped needs the rounds before the stoppage', () => {
    const book = bookOf([clock('start_round', 0), clock('start_round', 400_000, 2)]);
    write(book, ruling('stoppage', { round: 2, method: 'KO', fighterId: 'fighter1', atMs: 410_000 }));
    expect(signable(book.state, SEAT, LATER)).toContain('round 1');
    write(book, scorecard(SEAT, 1, 10, 9));
    expect(signable(book.state, SEAT, LATER)).toBeNull();
  });

  it('waits for an extension round that is due', () => {
    const rules = { ...ruleSet('muay-thai'), extension: { rounds: 1, decides: 'alone', evenAllowed: false } } as const;
    const book = openBook({ rules });
    for (const number of [1, 2, 3]) {
      for (const { id } of book.state.config.judges) write(book, scorecard(id, number, 10, 10));
    }
    expect(signable(book.state, SEAT, LATER)).toContain('extension');
    expect(refusal(book, signing(SEAT, 30, 30))).toEqual(conflict('judge_id'));
  });
});

describe('a paper scorecard', () => {
  it('counts once a second person has confirmed it, and says that it is one', () => {
    const book = openBook();
    const proposal = write(book, paper(SEAT, 1, 10, 8));
    expect([round(book).scorecards, book.state.proposals.length]).toEqual([{}, 1]);
    expect(refusal(book, closingPaper(proposal, 'confirmed', SUPERVISOR))).toEqual({
      code: 'forbidden',
      fields: ['proposal_index'],
    });
    const confirmed = write(book, closingPaper(proposal));
    expect(round(book).scorecards[SEAT]).toMatchObject({
      redX10: 100,
      blueX10: 80,
      by: null,
      paper: true,
      index: confirmed.index,
    });
    expect(book.state.proposals).toEqual([]);
    expect(refusal(book, closingPaper(proposal))).toEqual({ code: 'not_found', fields: ['proposal_index'] });
    expect(refusal(book, scorecard(SEAT, 1, 10, 9))).toEqual(conflict('round_id'));
  });

  it('may be rejected, also by who proposed it, and leaves nothing', () => {
    for (const by of [SUPERVISOR, undefined]) {
      const book = openBook();
      const proposal = write(book, paper(SEAT, 1, 10, 8));
      write(book, closingPaper(proposal, 'rejected', by));
      expect([round(book).scorecards, book.state.proposals]).toEqual([{}, []]);
      expect(refusal(book, closingPaper(proposal))?.code).toBe('not_found');
    }
  });

  it('is as lawful as any other and finds no scorecard in its place', () => {
    const book = scored([10, 9]);
    expect(refusal(book, paper(SEAT, 1, 10, 9))).toEqual(conflict('round_id'));
    expect(refusal(book, paper(SEAT, 2, 9, 9))).toEqual({ code: 'bad_request', fields: ['red'] });
    expect(refusal(book, paper(SEAT, 4, 10, 9))).toEqual({ code: 'bad_request', fields: ['round_id'] });
    expect(refusal(book, paper('JUDGE009', 2, 10, 9))).toEqual({ code: 'bad_request', fields: ['judge_id'] });
    expect(book.state.proposals).toEqual([]);
  });

  it('gives way to a judge who got through after all', () => {
    const book = openBook();
    const proposal = write(book, paper(SEAT, 1, 10, 8));
    write(book, scorecard(SEAT, 1, 10, 9));
    expect(refusal(book, closingPaper(proposal))).toEqual(conflict('proposal_index'));
    expect(round(book).scorecards[SEAT]).toMatchObject({ blueX10: 90, paper: false });
    expect(refusal(book, closingPaper(proposal, 'rejected'))).toBeNull();
  });

  it('has no place on a seat that is recorded as absent by then', () => {
    const book = openBook();
    const proposal = write(book, paper(SEAT, 1, 10, 8));
    write(book, closingPanel(write(book, panelChange('absent', SEAT))));
    expect(refusal(book, closingPaper(proposal))).toEqual(conflict('judge_id'));
    expect(refusal(book, paper(SEAT, 2, 10, 8))).toEqual(conflict('judge_id'));
  });

  it('of which two are proposed is confirmed once', () => {
    const book = openBook();
    const [one, other] = [write(book, paper(SEAT, 1, 10, 8)), write(book, paper(SEAT, 1, 10, 9))];
    write(book, closingPaper(other));
    expect(refusal(book, closingPaper(one))).toEqual(conflict('proposal_index'));
    expect(round(book).scorecards[SEAT]).toMatchObject({ blueX10: 90 });
  });

  it('is confirmed for the seat and the round that it is for', () => {
    const book = openBook();
    const proposal = write(book, paper(SEAT, 1, 10, 8));
    for (const other of [{ seat: 'JUDGE002' }, { round: 2 }]) {
      const line = closingPaper(proposal, 'confirmed', undefined, other);
      expect(refusal(book, line)).toEqual({ code: 'bad_request', fields: ['proposal_index'] });
    }
    expect(book.state.proposals).toHaveLength(1);
  });

  it('is no change of the panel', () => {
    const book = openBook();
    const change = write(book, panelChange('absent', 'JUDGE002'));
    const sheet = write(book, paper(SEAT, 1, 10, 8));
    const none = { code: 'not_found', fields: ['proposal_index'] };
    expect(refusal(book, { ...closingPaper(sheet), ...closingPanel(sheet) })).toEqual(none);
    const wrong = closingPaper(change, 'confirmed', undefined, { seat: 'JUDGE002', round: 1 });
    expect(refusal(book, wrong)).toEqual(none);
  });

  it('of a scorecard that was reopened keeps what stood there', () => {
    const book = scored([10, 9]);
    write(book, reopening(SEAT, 1));
    write(book, closingPaper(write(book, paper(SEAT, 1, 9, 10))));
    expect(round(book).scorecards[SEAT]).toMatchObject({ redX10: 90, paper: true, earlier: [{ redX10: 100 }] });
  });

  it('waits among so many others and no more', () => {
    const book = openBook();
    for (let i = 0; i < 64; i += 1) write(book, paper(SEAT, 1, 10, 8));
    expect(refusal(book, paper(SEAT, 1, 10, 8))).toEqual(conflict('bout_id'));
  });
});
