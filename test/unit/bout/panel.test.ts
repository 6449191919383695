import { describe, expect, it } from 'vitest';
import { decide, isAbsent, isSigned, mayAct, personAt } from '../../../domain/bout/index.ts';
import { type Book, bookOf, openBook, refusal, round, T0, write } from '../support/book.ts';
import { confirming, proposing, reopening, ruling, scorecard, seating, SUPERVISOR } from '../support/lines.ts';
import { closingPanel, panelChange, SECOND, signing } from '../support/officials.ts';

const SEAT = 'JUDGE002';

/** Proposes and confirms. */
function change(book: Book, ...said: Parameters<typeof panelChange>): void {
  write(book, closingPanel(write(book, panelChange(...said)), 'confirmed', SECOND, 1_000));
}

describe('a substitution', () => {
  it('gives the seat to one person, whatever tokens there still are', () => {
    const book = openBook();
    expect(['former', 'stand-in'].map((who) => mayAct(book.state, SEAT, who))).toEqual([true, true]);
    change(book, 'substitute', SEAT, 'stand-in', 2);
    expect(['former', 'stand-in'].map((who) => mayAct(book.state, SEAT, who))).toEqual([false, true]);
    expect(mayAct(book.state, 'JUDGE001', 'former')).toBe(true);
    change(book, 'substitute', SEAT, 'another', 3);
    expect(['stand-in', 'another'].map((who) => mayAct(book.state, SEAT, who))).toEqual([false, true]);
  });

  it('takes effect when a second person confirms it, not before', () => {
    const book = openBook();
    const proposal = write(book, panelChange('substitute', SEAT, 'stand-in', 2));
    expect(mayAct(book.state, SEAT, 'former')).toBe(true);
    expect(refusal(book, closingPanel(proposal, 'confirmed', SUPERVISOR))).toEqual({
      code: 'forbidden',
      fields: ['proposal_index'],
    });
    write(book, closingPanel(proposal));
    expect(mayAct(book.state, SEAT, 'former')).toBe(false);
    expect(refusal(book, closingPanel(proposal))).toEqual({ code: 'not_found', fields: ['proposal_index'] });
  });

  it('may be rejected, also by who proposed it', () => {
    const book = openBook();
    write(book, closingPanel(write(book, panelChange('substitute', SEAT, 'stand-in', 2)), 'rejected', SUPERVISOR));
    expect([mayAct(book.state, SEAT, 'former'), book.state.seats, book.state.proposals]).toEqual([true, {}, []]);
  });

  it('fences the former judge’s device; the new judge’s takes the seat by a session', () => {
    const book = bookOf([seating(SEAT, 'tablet-1')]);
    change(book, 'substitute', SEAT, 'stand-in', 1);
    expect(book.state.sessions[SEAT]).toMatchObject({ device: null, fences: { 'tablet-1': T0 + 1_000 } });
    write(book, seating(SEAT, 'tablet-2', T0 + 2_000));
    expect(book.state.sessions[SEAT]).toMatchObject({
      device: 'tablet-2',
      fences: { 'tablet-1': T0 + 1_000 },
      sinceMs: T0 + 2_000,
    });
  });

  it('leaves the former judge’s scorecards, under the person who gave them', () => {
    const judges = [{ id: SEAT, commitment: '', person: 'anna' }];
    const book = openBook({ judges });
    write(book, scorecard(SEAT, 1, 10, 9));
    change(book, 'substitute', SEAT, 'bert', 2);
    change(book, 'substitute', SEAT, 'cleo', 3);
    expect(round(book).scorecards[SEAT]).toMatchObject({ redX10: 100, blueX10: 90, open: false });
    expect([1, 2, 3].map((number) => personAt(book.state, SEAT, number))).toEqual(['anna', 'bert', 'cleo']);
    expect(personAt(openBook().state, SEAT, 1)).toBe(SEAT);
    expect(book.state.seats[SEAT]?.people.map(({ index }) => book.entries[index]?.payload['person_id'])).toEqual([
      'bert',
      'cleo',
    ]);
  });

  it('takes the signature away: it was somebody else’s', () => {
    const book = bookOf([
      scorecard(SEAT, 1, 10, 9),
      ruling('stoppage', { method: 'KO', round: 2, fighterId: 'fighter1' }),
    ]);
    write(book, signing(SEAT, 10, 9));
    change(book, 'substitute', SEAT, 'stand-in', 2);
    expect([isSigned(book.state, SEAT), book.state.signatures]).toEqual([false, {}]);
  });

  it('begins after what the former judge has scored, or with what was reopened', () => {
    const book = bookOf([1, 2].map((number) => scorecard(SEAT, number, 10, 9)));
    const from = (round: number) => panelChange('substitute', SEAT, 'stand-in', round);
    expect(refusal(book, from(2))).toEqual({ code: 'conflict', fields: ['from_round'] });
    write(book, reopening(SEAT, 2));
    const proposal = write(book, from(2));
    write(book, scorecard(SEAT, 2, 9, 10));
    expect(refusal(book, closingPanel(proposal))).toEqual({ code: 'conflict', fields: ['from_round'] });
  });

  it('ends an absence', () => {
    const book = openBook();
    change(book, 'absent', SEAT);
    change(book, 'substitute', SEAT, 'stand-in', 1);
    expect(isAbsent(book.state, SEAT)).toBe(false);
  });

  it('names a seat of the panel, a person and a round', () => {
    const book = openBook();
    const bad = (field: string) => ({ code: 'bad_request', fields: [field] });
    expect(refusal(book, panelChange('substitute', 'JUDGE009', 'x', 1))).toEqual(bad('judge_id'));
    expect(refusal(book, panelChange('substitute', '__proto__', 'x', 1))).toEqual(bad('judge_id'));
    expect(refusal(book, panelChange('substitute', SEAT, null, 1))).toEqual(bad('person_id'));
    expect(refusal(book, panelChange('substitute', SEAT, 'x', 4))).toEqual(bad('from_round'));
    expect(refusal(book, panelChange('substitute', SEAT, 'x'))).toEqual(bad('from_round'));
    expect(refusal(book, panelChange('promote', SEAT, 'x', 1))).toEqual(bad('change'));
    change(book, 'substitute', SEAT, 'stand-in', 1);
    expect(refusal(book, panelChange('substitute', SEAT, 'stand-in', 2))).toEqual({
      code: 'conflict',
      fields: ['person_id'],
    });
  });
});

describe('an absence', () => {
  it('leaves the decision to the others until the judge is back', () => {
    const book = bookOf(['JUDGE001', 'JUDGE003'].map((seat) => scorecard(seat, 1, 10, 9)));
    expect(decide(book.state)).toMatchObject({ complete: false, missing: [{ seat: SEAT, round: 1 }] });
    change(book, 'absent', SEAT);
    expect(decide(book.state)).toMatchObject({ complete: true, winner: 'red', decision: 'UD' });
    expect(refusal(book, scorecard(SEAT, 1, 10, 9))).toEqual({ code: 'conflict', fields: ['judge_id'] });
    expect(refusal(book, signing(SEAT, 0, 0))).toEqual({ code: 'conflict', fields: ['judge_id'] });
    change(book, 'present', SEAT);
    expect(decide(book.state).complete).toBe(false);
    write(book, scorecard(SEAT, 1, 10, 9));
    expect(decide(book.state)).toMatchObject({ complete: true, totals: [{}, { seat: SEAT }, {}] });
  });

  it('is proposed of who is there, a return of who is not', () => {
    const book = openBook();
    const conflict = { code: 'conflict', fields: ['judge_id'] };
    expect(refusal(book, panelChange('present', SEAT))).toEqual(conflict);
    change(book, 'absent', SEAT);
    expect(refusal(book, panelChange('absent', SEAT))).toEqual(conflict);
  });

  it('never empties the panel, in whatever order it is proposed and confirmed', () => {
    const conflict = { code: 'conflict', fields: ['judge_id'] };
    const oneByOne = openBook();
    change(oneByOne, 'absent', 'JUDGE001');
    change(oneByOne, 'absent', 'JUDGE003');
    expect(refusal(oneByOne, panelChange('absent', SEAT))).toEqual(conflict);

    const atOnce = openBook();
    const proposals = ['JUDGE001', SEAT, 'JUDGE003'].map((seat) => write(atOnce, panelChange('absent', seat)));
    const outcomes = proposals.map((proposal) => refusal(atOnce, closingPanel(proposal)));
    expect(outcomes).toEqual([null, null, conflict]);
    expect(isAbsent(atOnce.state, 'JUDGE003')).toBe(false);
  });

  it('that was proposed twice is confirmed once', () => {
    const book = openBook();
    const [one, other] = [write(book, panelChange('absent', SEAT)), write(book, panelChange('absent', SEAT))];
    write(book, closingPanel(one));
    expect(refusal(book, closingPanel(other))).toEqual({ code: 'conflict', fields: ['judge_id'] });
    expect(refusal(book, closingPanel(other, 'rejected'))).toBeNull();
  });
});

describe('the panel of a bout whose result is official', () => {
  it('is closed, and what waited has lapsed', () => {
    const book = openBook();
    const waiting = write(book, panelChange('absent', SEAT));
    write(book, confirming(write(book, proposing('red', 'KO')).index));
    expect(book.state.proposals).toEqual([]);
    const closed = { code: 'conflict', fields: ['bout_id'] };
    expect(refusal(book, closingPanel(waiting))).toEqual(closed);
    expect(refusal(book, panelChange('absent', SEAT))).toEqual(closed);
  });
});
