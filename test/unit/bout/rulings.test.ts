import { describe, expect, it } from 'vitest';
import { findRuling, standingStoppage } from '../../../domain/bout/index.ts';
import { type Book, bookOf, openBook, refusal, round, ruleSet, write } from '../support/book.ts';
import { clock, ruling, scorecard, tap } from '../support/lines.ts';
import { rescinding, telling } from '../support/officials.ts';

function bad(field: string) {
  return { code: 'bad_request', fields: [field] };
}

function conflict(field: string) {
  return { code: 'conflict', fields: [field] };
}

describe('a foul', () => {
  it('is somebody’s, with intent or without', () => {
    const book = openBook();
    expect(refusal(book, ruling('foul'))).toEqual(bad('fighter_id'));
    write(book, ruling('foul', { fighterId: 'fighter2' }));
    write(book, ruling('foul', { fighterId: 'john-doe', intent: 'intentional' }));
    expect(round(book).rulings).toMatchObject([
      { kind: 'foul', corner: 'blue', intent: null, rescinded: false, told: [] },
      { kind: 'foul', corner: 'red', intent: 'intentional' },
    ]);
    expect(round(book).deductions).toEqual({ red: 0, blue: 0 });
  });

  it('leads to a warning and to points off, of the same fighter and with the same intent', () => {
    const book = openBook();
    const foul = write(book, ruling('foul', { fighterId: 'fighter1', intent: 'accidental' }));
    const warning = write(book, ruling('warning', { target: foul }));
    const deduction = write(book, ruling('deduction', { target: foul, pointsX10: 10, intent: 'intentional' }));
    for (const { index } of [warning, deduction]) {
      expect(findRuling(book.state, index)).toMatchObject({
        round: 1,
        ruling: { corner: 'red', targetIndex: foul.index, intent: 'accidental' },
      });
    }
    expect(round(book).deductions).toEqual({ red: 10, blue: 0 });
  });

  it('leads to nothing in another round, of the other fighter, or once it is rescinded', () => {
    const book = openBook();
    const foul = write(book, ruling('foul', { fighterId: 'fighter1' }));
    for (const kind of ['warning', 'deduction']) {
      const said = { target: foul, pointsX10: 10 };
      expect(refusal(book, ruling(kind, { ...said, round: 2 }))).toEqual(bad('round_id'));
      expect(refusal(book, ruling(kind, { ...said, fighterId: 'fighter2' }))).toEqual(bad('fighter_id'));
    }
    write(book, rescinding(foul));
    for (const kind of ['warning', 'deduction', 'stoppage']) {
      expect(refusal(book, ruling(kind, { target: foul, pointsX10: 10 }))).toEqual(conflict('target_event_id'));
    }
  });
});

describe('a warning or a deduction', () => {
  it('names a foul or nothing, and a fighter', () => {
    const book = openBook();
    const jab = write(book, tap('Jab'));
    const earlier = write(book, ruling('warning', { fighterId: 'fighter1' }));
    for (const kind of ['warning', 'deduction']) {
      const said = { fighterId: 'fighter1', pointsX10: 10 };
      expect(refusal(book, ruling(kind, { ...said, target: jab }))).toEqual(bad('target_event_id'));
      expect(refusal(book, ruling(kind, { ...said, target: earlier }))).toEqual(bad('target_event_id'));
      expect(refusal(book, ruling(kind, { pointsX10: 10 }))).toEqual(bad('fighter_id'));
      expect(refusal(book, ruling(kind, said))).toBeNull();
    }
  });

  it.each([0, 5, 15, 30, -10])('takes no %d tenths of a point', (pointsX10) => {
    expect(refusal(openBook(), ruling('deduction', { fighterId: 'fighter1', pointsX10 }))).toEqual(bad('points'));
  });

  it('takes what its rule set has', () => {
    const two = ruling('deduction', { fighterId: 'fighter1', pointsX10: 20 });
    expect(refusal(openBook(), two)).toBeNull();
    expect(refusal(openBook({ rules: ruleSet('muay-thai') }), two)).toEqual(bad('points'));
    const injury = { fighterId: 'fighter1', intent: 'intentional', injury: true } as const;
    expect(refusal(openBook(), ruling('deduction', { ...injury, pointsX10: 10 }))).toEqual(bad('points'));
    expect(refusal(openBook(), ruling('deduction', { ...injury, pointsX10: 20 }))).toBeNull();
  });

  it('adds up in the round of the foul, apart from the raw scores', () => {
    const book = bookOf([
      scorecard('JUDGE001', 2, 10, 9),
      ruling('deduction', { round: 2, fighterId: 'fighter1', pointsX10: 10 }),
      ruling('deduction', { round: 2, fighterId: 'fighter1', pointsX10: 20 }),
      ruling('deduction', { round: 3, fighterId: 'fighter2', pointsX10: 10 }),
    ]);
    expect([1, 2, 3].map((number) => round(book, number).deductions)).toEqual([
      { red: 0, blue: 0 },
      { red: 30, blue: 0 },
      { red: 0, blue: 10 },
    ]);
    expect(round(book, 2).scorecards['JUDGE001']).toMatchObject({ redX10: 100, blueX10: 90 });
  });
});

describe('a ruling that is rescinded', () => {
  it('gives the points back and stays in the record', () => {
    const book = bookOf([ruling('deduction', { fighterId: 'fighter1', pointsX10: 10 })]);
    const second = write(book, ruling('deduction', { fighterId: 'fighter1', pointsX10: 20 }));
    write(book, rescinding(second));
    expect(round(book).deductions).toEqual({ red: 10, blue: 0 });
    expect(round(book).rulings.map(({ rescinded }) => rescinded)).toEqual([false, true]);
  });

  it('is rescinded once, and only where it is one', () => {
    const book = openBook();
    const warning = write(book, ruling('warning', { fighterId: 'fighter1' }));
    const jab = write(book, tap('Jab'));
    const undone = write(book, rescinding(warning));
    expect(refusal(book, rescinding(warning))).toEqual(conflict('target_event_id'));
    for (const target of [jab, undone, { ...warning, index: 99 }]) {
      expect(refusal(book, rescinding(target))).toEqual({ code: 'not_found', fields: ['target_event_id'] });
    }
  });

  it('is no review: that has no effect', () => {
    const book = openBook();
    const review = write(book, ruling('replay_review'));
    expect(refusal(book, rescinding(review))).toEqual(bad('target_event_id'));
  });

  it('comes after what follows from it', () => {
    const book = bookOf([clock('start_round', 0)]);
    const foul = write(book, ruling('foul', { fighterId: 'fighter1', intent: 'accidental' }));
    const warning = write(book, ruling('warning', { target: foul }));
    const deduction = write(book, ruling('deduction', { target: foul, pointsX10: 10 }));
    write(book, clock('start_round', 400_000, 2));
    const stoppage = write(book, ruling('stoppage', { round: 2, target: foul, atMs: 410_000 }));
    write(book, ruling('replay_review', { target: foul }));
    for (const follows of [warning, deduction, stoppage]) {
      expect(refusal(book, rescinding(foul))).toEqual(conflict('target_event_id'));
      write(book, rescinding(follows));
    }
    expect(refusal(book, rescinding(foul))).toBeNull();
    expect(round(book).deductions).toEqual({ red: 0, blue: 0 });
  });
});

describe('a stoppage', () => {
  function fought(): Book {
    return bookOf([clock('start_round', 0)]);
  }

  it('says how and for whom, or names the foul', () => {
    const book = fought();
    expect(refusal(book, ruling('stoppage', { fighterId: 'fighter1' }))).toEqual(bad('method'));
    for (const method of ['DEC', 'TD', 'DRAW', 'FORFEIT', 'MAGIC']) {
      expect(refusal(book, ruling('stoppage', { fighterId: 'fighter1', method }))).toEqual(bad('method'));
    }
    for (const method of ['KO', 'TKO', 'SUB', 'DQ']) {
      expect(refusal(book, ruling('stoppage', { method }))).toEqual(bad('fighter_id'));
      expect(refusal(fought(), ruling('stoppage', { method, fighterId: 'fighter1' }))).toBeNull();
    }
    expect(refusal(book, ruling('stoppage', { method: 'NC', fighterId: 'fighter1' }))).toEqual(bad('fighter_id'));
    const foul = write(book, ruling('foul', { fighterId: 'fighter2' }));
    expect(refusal(book, ruling('stoppage', { target: foul, method: 'DQ' }))).toEqual(bad('method'));
    expect(refusal(book, ruling('stoppage', { method: 'NC' }))).toBeNull();
  });

  it('comes in the round of its foul or later', () => {
    const book = openBook();
    const foul = write(book, ruling('foul', { round: 2, fighterId: 'fighter2' }));
    expect(refusal(book, ruling('stoppage', { target: foul }))).toEqual(bad('round_id'));
    expect(refusal(book, ruling('stoppage', { round: 3, target: foul }))).toBeNull();
  });

  it.each([
    ['runs', []],
    ['stands', [clock('pause', 100_000)]],
  ])('ends a clock that %s, once', (_how, lines) => {
    const book = bookOf([clock('start_round', 0), ...lines]);
    const said = { method: 'TKO', fighterId: 'fighter1', clockMs: 100_000, atMs: 125_000 };
    const stoppage = write(book, ruling('stoppage', said));
    expect(round(book).clock?.endedMs).toBe(stoppage.receivedMs);
    expect(standingStoppage(book.state)).toMatchObject({ round: 1, ruling: { method: 'TKO', clockMs: 100_000 } });
    expect(refusal(book, ruling('stoppage', said))).toEqual(conflict('kind'));
  });

  it('leaves a clock alone that had run out', () => {
    const book = fought();
    write(book, ruling('stoppage', { method: 'TKO', fighterId: 'fighter1', atMs: 330_000 }));
    expect(round(book).clock).toEqual(bookOf([clock('start_round', 0)]).state.rounds[0]?.clock);
  });

  it('lets no round begin or go on until it is rescinded', () => {
    const book = fought();
    const stoppage = write(book, ruling('stoppage', { method: 'SUB', fighterId: 'fighter2', atMs: 60_000 }));
    expect(refusal(book, clock('start_round', 400_000, 2))).toEqual(conflict('round_id'));
    expect(refusal(book, clock('adjust', 70_000, 1, 58_000))).toEqual(conflict('action'));
    expect(refusal(book, clock('resume', 80_000))).toEqual(conflict('action'));
    write(book, rescinding(stoppage));
    expect(standingStoppage(book.state)).toBeNull();
    write(book, clock('adjust', 85_000, 1, 58_000));
    write(book, clock('resume', 90_000));
    write(book, clock('end_round', 200_000));
    expect(refusal(book, clock('start_round', 400_000, 2))).toBeNull();
  });

  it('may be ruled anew after the first was rescinded: the one that stands counts', () => {
    const book = openBook();
    write(book, rescinding(write(book, ruling('stoppage', { round: 2, method: 'KO', fighterId: 'fighter1' }))));
    write(book, ruling('stoppage', { method: 'TKO', fighterId: 'fighter2' }));
    expect(standingStoppage(book.state)).toMatchObject({ round: 1, ruling: { method: 'TKO', corner: 'blue' } });
  });
});

describe('judges are told', () => {
  it('once per seat, of a ruling that there is', () => {
    const book = openBook();
    const deduction = write(book, ruling('deduction', { fighterId: 'fighter1', pointsX10: 10 }));
    write(book, telling(deduction, 'JUDGE002'));
    write(book, telling(deduction, 'JUDGE001'));
    expect(refusal(book, telling(deduction, 'JUDGE002'))).toEqual(conflict('target_event_id'));
    expect(findRuling(book.state, deduction.index)?.ruling.told).toEqual(['JUDGE002', 'JUDGE001']);
    const jab = write(book, tap('Jab'));
    expect(refusal(book, telling(jab))).toEqual({ code: 'not_found', fields: ['target_event_id'] });
  });

  it('also of one that has been rescinded, and that changes nothing else', () => {
    const book = openBook();
    const deduction = write(book, ruling('deduction', { fighterId: 'fighter1', pointsX10: 10 }));
    write(book, rescinding(deduction));
    write(book, telling(deduction));
    expect(round(book).deductions).toEqual({ red: 0, blue: 0 });
    expect(findRuling(book.state, deduction.index)?.ruling).toMatchObject({ rescinded: true, told: ['JUDGE001'] });
  });
});
