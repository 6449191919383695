import { describe, expect, it } from 'vitest';
import { isSamePerson, mayAct, personAt } from '../../../domain/bout/index.ts';
import type { Actor } from '../../../domain/ledger/index.ts';
import { type Book, bookOf, openBook, refusal, round, T0, write } from '../support/book.ts';
import { clock, confirming, judge, proposing, reopening, ruling, scorecard, SUPERVISOR } from '../support/lines.ts';
import { closingPanel, closingPaper, panelChange, paper, SECOND } from '../support/officials.ts';

const SEAT = 'JUDGE002';
const THIRD: Actor = { ...SUPERVISOR, subject: 'supervisor-3' };

/** The seats' people as they are set up. */
const PEOPLE = { JUDGE001: 'anna', JUDGE002: 'bert', JUDGE003: null };

function seated(): Book {
  return openBook({ judges: Object.entries(PEOPLE).map(([id, person]) => ({ id, commitment: '', person })) });
}

function otherCase({ subject, ...actor }: Actor): Actor {
  return { ...actor, subject: subject.toUpperCase() };
}

function substitute(book: Book, seat: string, person: string, from: number): void {
  write(book, closingPanel(write(book, panelChange('substitute', seat, person, from))));
}

/** A seat's scorecard, by whoever writes it. */
function by(subject: string, seat: string, number: number) {
  return { ...scorecard(seat, number, 10, 9), actor: { ...judge(seat), subject } };
}

describe('the same person in another case', () => {
  it('is no second person', () => {
    expect([isSamePerson('Sam', 'sAM'), isSamePerson('sam', 'sam '), isSamePerson('sam', 'pam')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('confirms neither a change of the panel, nor a paper scorecard, nor a result', () => {
    const book = openBook();
    const forbidden = (field: string) => ({ code: 'forbidden', fields: [field] });
    const again = otherCase(SUPERVISOR);
    const change = write(book, panelChange('absent', SEAT));
    expect(refusal(book, closingPanel(change, 'confirmed', again))).toEqual(forbidden('proposal_index'));
    const sheet = write(book, paper(SEAT, 1, 10, 9));
    expect(refusal(book, closingPaper(sheet, 'confirmed', again))).toEqual(forbidden('proposal_index'));
    const result = write(book, proposing('red', 'KO'));
    expect(refusal(book, confirming(result.index, again.subject))).toEqual(forbidden('confirm'));
    expect(book.state.result).toMatchObject({ status: 'pending', confirmedBy: null });
    expect(refusal(book, closingPaper(sheet, 'rejected', again))).toBeNull();
  });
});

describe('a person', () => {
  const taken = { code: 'conflict', fields: ['person_id'] };

  it('who sits in another seat, by the set-up or since, takes no second', () => {
    const book = seated();
    for (const person of ['anna', 'Anna']) {
      expect(refusal(book, panelChange('substitute', SEAT, person, 1))).toEqual(taken);
    }
    substitute(book, 'JUDGE001', 'cleo', 2);
    expect(refusal(book, panelChange('substitute', SEAT, 'CLEO', 2))).toEqual(taken);
    // Whoever has left a seat is free for another.
    expect(refusal(book, panelChange('substitute', SEAT, 'anna', 2))).toBeNull();
  });

  it('who is seated already does not take the same seat anew', () => {
    expect(refusal(seated(), panelChange('substitute', SEAT, 'Bert', 2))).toEqual(taken);
  });

  it('for whom two seats were proposed gets the first that is confirmed', () => {
    const book = seated();
    const [one, other] = ['JUDGE001', SEAT].map((seat) => write(book, panelChange('substitute', seat, 'cleo', 2)));
    if (one === undefined || other === undefined) throw new Error('two proposals');
    write(book, closingPanel(one));
    expect(refusal(book, closingPanel(other))).toEqual(taken);
    expect(['JUDGE001', SEAT].map((seat) => mayAct(book.state, seat, 'cleo'))).toEqual([true, true]);
    expect(book.state.seats[SEAT]).toBeUndefined();
    expect(refusal(book, closingPanel(other, 'rejected'))).toBeNull();
  });
});

describe('nobody puts themselves into a seat', () => {
  it('as proposer', () => {
    for (const person of [SUPERVISOR.subject, otherCase(SUPERVISOR).subject]) {
      expect(refusal(openBook(), panelChange('substitute', SEAT, person, 1))).toEqual({
        code: 'forbidden',
        fields: ['person_id'],
      });
    }
  });

  it('or as who confirms: a third person does, or they reject it', () => {
    for (const confirmer of [SECOND, otherCase(SECOND)]) {
      const book = openBook();
      const proposal = write(book, panelChange('substitute', SEAT, SECOND.subject, 1));
      const forbidden = { code: 'forbidden', fields: ['proposal_index'] };
      expect(refusal(book, closingPanel(proposal, 'confirmed', confirmer))).toEqual(forbidden);
      expect(book.state.proposals).toHaveLength(1);
      expect(refusal(book, closingPanel(proposal, 'confirmed', THIRD))).toBeNull();
    }
    const book = openBook();
    const proposal = write(book, panelChange('substitute', SEAT, SECOND.subject, 1));
    expect(refusal(book, closingPanel(proposal, 'rejected', SECOND))).toBeNull();
  });
});

describe('a paper scorecard that waits', () => {
  it('is dropped with the judge that it was entered for, and no other is', () => {
    const book = openBook();
    const [dropped, kept] = [write(book, paper(SEAT, 1, 10, 9)), write(book, paper('JUDGE001', 1, 10, 9))];
    const absence = write(book, panelChange('absent', SEAT));
    const proposal = write(book, panelChange('substitute', SEAT, 'stand-in', 1));
    expect(book.state.proposals).toHaveLength(4);
    write(book, closingPanel(proposal));
    expect(book.state.proposals.map(({ index }) => index)).toEqual([kept.index, absence.index]);
    expect(refusal(book, closingPaper(dropped))).toEqual({ code: 'not_found', fields: ['proposal_index'] });
    expect(refusal(book, closingPaper(kept))).toBeNull();
  });

  it('is refused once the bout was stopped before its round', () => {
    const book = bookOf([clock('start_round', 0)]);
    const [same, later] = [write(book, paper(SEAT, 1, 10, 9)), write(book, paper(SEAT, 2, 10, 9))];
    write(book, ruling('stoppage', { method: 'KO', fighterId: 'fighter1', atMs: 5_000 }));
    expect(refusal(book, closingPaper(later))).toEqual({ code: 'conflict', fields: ['round_id'] });
    expect(refusal(book, closingPaper(same))).toBeNull();
  });
});

describe('a scorecard', () => {
  it('is of who wrote it, though it is of a round before they came', () => {
    const book = seated();
    write(book, by('bert', SEAT, 1));
    substitute(book, SEAT, 'cleo', 3);
    write(book, by('cleo', SEAT, 2));
    write(book, by('cleo', SEAT, 3));
    expect([1, 2, 3].map((number) => personAt(book.state, SEAT, number))).toEqual(['bert', 'cleo', 'cleo']);
    expect(round(book, 2).scorecards[SEAT]?.by).toBe('cleo');
    write(book, reopening(SEAT, 1));
    write(book, by('cleo', SEAT, 1));
    expect(personAt(book.state, SEAT, 1)).toBe('cleo');
  });

  it('of two who came one after the other is each one’s own', () => {
    const book = seated();
    substitute(book, SEAT, 'cleo', 1);
    write(book, by('cleo', SEAT, 1));
    substitute(book, SEAT, 'dora', 2);
    write(book, by('dora', SEAT, 2));
    expect([1, 2, 3].map((number) => personAt(book.state, SEAT, number))).toEqual(['cleo', 'dora', 'dora']);
  });

  it('from paper is of who held the seat in that round', () => {
    const book = seated();
    substitute(book, SEAT, 'cleo', 2);
    for (const number of [1, 2]) write(book, closingPaper(write(book, paper(SEAT, number, 10, 9))));
    expect(round(book, 1).scorecards[SEAT]).toMatchObject({ by: null, paper: true });
    expect([1, 2].map((number) => personAt(book.state, SEAT, number))).toEqual(['bert', 'cleo']);
    expect(personAt(book.state, 'JUDGE003', 1)).toBe('JUDGE003');
  });

  it('is reopened fifty times and no more', () => {
    const book = openBook();
    for (let i = 0; i < 50; i += 1) {
      write(book, scorecard(SEAT, 1, 10, i % 2 === 0 ? 9 : 8));
      write(book, reopening(SEAT, 1));
    }
    write(book, scorecard(SEAT, 1, 10, 9));
    expect(refusal(book, reopening(SEAT, 1))).toEqual({ code: 'conflict', fields: ['judge_id'] });
    expect(round(book).scorecards[SEAT]?.earlier).toHaveLength(50);
    write(book, scorecard('JUDGE001', 1, 10, 9));
    expect(refusal(book, reopening('JUDGE001', 1))).toBeNull();
  });
});

describe('a proposed result', () => {
  it('keeps what the record said then, through its confirmation', () => {
    const book = openBook();
    const line = proposing('red', 'KO');
    const first = write(book, { ...line, payload: { ...line.payload, basis: 'red KO 1' }, receivedMs: T0 });
    expect(book.state.result).toMatchObject({ basis: 'red KO 1', status: 'pending' });
    write(book, confirming(first.index));
    expect(book.state.result).toMatchObject({ basis: 'red KO 1', status: 'official' });
  });
});
