import { describe, expect, it } from 'vitest';
import { type Book, bookOf, openBook, refusal, round, tryWrite, write } from '../support/book.ts';
import { bellMs, fought } from '../support/fought.ts';
import { clock, joining, lock, type Ruled, ruling, scorecard, tap } from '../support/lines.ts';
import { rescinding, telling } from '../support/officials.ts';

const FIRST = { fighterId: 'fighter1' };

function conflict(field: string) {
  return { code: 'conflict', fields: [field] };
}

function stoppage(said: Ruled) {
  return ruling('stoppage', { ...FIRST, method: 'TKO', ...said });
}

describe('in a timed bout a ruling', () => {
  it('is of a round whose clock has been started, or is a review', () => {
    const book = fought(1);
    for (const kind of ['knockdown', 'foul', 'warning', 'deduction', 'stoppage']) {
      const said = { ...FIRST, pointsX10: 10, method: 'TKO' };
      expect(refusal(book, ruling(kind, { ...said, round: 2 })), kind).toEqual(conflict('round_id'));
    }
    const down = write(book, tap('KD', { round: 2 }));
    for (const kind of ['knockdown', 'slip']) {
      expect(refusal(book, ruling(kind, { round: 2, target: down })), kind).toEqual(conflict('round_id'));
    }
    expect(refusal(book, ruling('replay_review', { round: 2 }))).toBeNull();
    write(book, clock('start_round', bellMs(2), 2));
    for (const kind of ['knockdown', 'slip']) {
      const other = write(book, tap('KD', { round: 2, corner: 'blue', at: kind.length }));
      expect(refusal(book, ruling(kind, { round: 2, target: other })), kind).toBeNull();
    }
    // Points are taken in the round of the foul, also once the next has begun.
    for (const kind of ['foul', 'warning', 'deduction']) {
      expect(refusal(book, ruling(kind, { ...FIRST, pointsX10: 10 })), kind).toBeNull();
    }
  });

  it('that stops the bout is of the round that is on', () => {
    const book = fought(2);
    expect(refusal(book, stoppage({ round: 1, atMs: bellMs(2) + 1_000 }))).toEqual(conflict('round_id'));
    expect(refusal(book, stoppage({ round: 3, atMs: bellMs(2) + 1_000 }))).toEqual(conflict('round_id'));
    expect(refusal(book, stoppage({ round: 2, atMs: bellMs(2) + 1_000 }))).toBeNull();
  });

  it('and whose time is beyond the clock says in a note why', () => {
    const at = (clockMs: number) => ({ clockMs, atMs: 60_000 });
    for (const clockMs of [0, 60_000, 61_000]) expect(refusal(fought(1), stoppage(at(clockMs)))).toBeNull();
    const book = fought(1);
    expect(refusal(book, stoppage(at(61_001)))).toEqual(conflict('time_ms'));
    expect(round(book).rulings).toEqual([]);
    expect(refusal(book, stoppage({ ...at(61_001), note: 'the clock was started late' }))).toBeNull();
    expect(round(book).rulings).toMatchObject([{ kind: 'stoppage', clockMs: 61_001 }]);
  });

  it('has its time by where a paused clock stands', () => {
    const book = bookOf([clock('start_round', 0), clock('pause', 30_000)]);
    expect(refusal(book, stoppage({ clockMs: 60_000, atMs: 60_000 }))).toEqual(conflict('time_ms'));
    expect(refusal(book, stoppage({ clockMs: 30_000, atMs: 60_000 }))).toBeNull();
  });
});

describe('in a bout that nobody times a ruling', () => {
  it('may be of any round, a stoppage of the last that was fought or a later one, at any time', () => {
    const fresh = () => bookOf([scorecard('JUDGE001', 2, 10, 9)]);
    for (const kind of ['knockdown', 'foul', 'warning', 'deduction']) {
      for (const number of [1, 2, 3]) {
        expect(refusal(fresh(), ruling(kind, { ...FIRST, round: number, pointsX10: 10 })), kind).toBeNull();
      }
    }
    expect(refusal(fresh(), stoppage({ round: 1 }))).toEqual(conflict('round_id'));
    expect(refusal(fresh(), stoppage({ round: 2, clockMs: 250_000 }))).toBeNull();
    expect(refusal(fresh(), stoppage({ round: 3 }))).toBeNull();
  });
});

describe('on a round whose statistics are locked', () => {
  it('a knockdown or a slip needs a note, for it changes them; a foul does not', () => {
    const locked = (): [Book, ReturnType<typeof write>] => {
      const book = bookOf([joining('op-1'), clock('start_round', 0)]);
      const down = write(book, tap('KD'));
      for (const line of [clock('end_round', 300_000), lock()]) write(book, line);
      return [book, down];
    };
    for (const kind of ['knockdown', 'slip']) {
      const [book, target] = locked();
      expect(refusal(book, ruling(kind, { target })), kind).toEqual(conflict('note'));
      expect(refusal(book, ruling(kind, { target, note: 'seen on the footage' })), kind).toBeNull();
    }
    const [book] = locked();
    const untapped = { fighterId: 'fighter2' };
    expect(refusal(book, ruling('knockdown', untapped))).toEqual(conflict('note'));
    expect(refusal(book, ruling('knockdown', { ...untapped, note: 'nobody tapped it' }))).toBeNull();
    expect(refusal(book, ruling('foul', untapped))).toBeNull();
  });
});

describe('one knockdown is not made two', () => {
  const another = { ...FIRST, note: 'a second one' };

  it('by a ruling that names no tap while one of that corner waits', () => {
    const book = bookOf([joining('op-1')]);
    const down = write(book, tap('KD'));
    expect(refusal(book, ruling('knockdown', FIRST))).toEqual(conflict('note'));
    expect(refusal(bookOf([joining('op-1'), tap('KD')]), ruling('knockdown', another))).toBeNull();
    expect(refusal(book, ruling('knockdown', { fighterId: 'fighter2' }))).toBeNull();
    expect(refusal(book, ruling('knockdown', { ...FIRST, round: 2 }))).toBeNull();
    // Once the tap has been ruled on, one more ruling is one more knockdown.
    write(book, ruling('knockdown', { target: down }));
    expect(refusal(book, ruling('knockdown', FIRST))).toBeNull();
  });

  it('by a tap that is confirmed where one of that corner was ruled on without', () => {
    const book = bookOf([joining('op-1')]);
    const untapped = write(book, ruling('knockdown', FIRST));
    const down = write(book, tap('KD'));
    const blue = write(book, tap('KD', { corner: 'blue' }));
    expect(refusal(book, ruling('knockdown', { target: down }))).toEqual(conflict('note'));
    expect(round(book).redline.find(({ index }) => index === down.index)?.pending).toBe(true);
    expect(refusal(book, ruling('knockdown', { target: blue }))).toBeNull();
    const confirmed = write(book, ruling('knockdown', { target: down, note: 'a second one' }));
    write(book, rescinding(confirmed));
    write(book, rescinding(untapped));
    expect(refusal(book, ruling('knockdown', { target: down }))).toBeNull();
  });

  it('and a slip needs no such word', () => {
    const book = bookOf([joining('op-1'), ruling('knockdown', FIRST)]);
    const down = write(book, tap('KD'));
    expect(refusal(book, ruling('slip', { target: down }))).toBeNull();
  });
});

describe('for one foul', () => {
  it('points are taken once, and again only when that has been rescinded', () => {
    const book = openBook();
    const foul = write(book, ruling('foul', FIRST));
    const points = ruling('deduction', { target: foul, pointsX10: 10 });
    write(book, ruling('warning', { target: foul }));
    const taken = write(book, points);
    expect(refusal(book, points)).toEqual(conflict('target_event_id'));
    expect(refusal(book, ruling('deduction', { target: foul, pointsX10: 20 }))).toEqual(conflict('target_event_id'));
    expect(round(book).deductions).toEqual({ red: 10, blue: 0 });
    expect(refusal(book, ruling('warning', { target: foul }))).toBeNull();
    write(book, rescinding(taken));
    expect(refusal(book, ruling('deduction', { target: foul, pointsX10: 20 }))).toBeNull();
    const next = write(book, ruling('foul', FIRST));
    expect(refusal(book, ruling('deduction', { target: next, pointsX10: 10 }))).toBeNull();
    expect(round(book).deductions).toEqual({ red: 30, blue: 0 });
  });
});

describe('a round', () => {
  it('holds two hundred rulings; another round and what takes one back are free', () => {
    const book = openBook();
    for (let i = 0; i < 199; i += 1) write(book, ruling('warning', FIRST));
    const last = write(book, ruling('warning', FIRST));
    for (const kind of ['warning', 'replay_review']) {
      expect(refusal(book, ruling(kind, FIRST)), kind).toEqual(conflict('round_id'));
    }
    expect(round(book).rulings).toHaveLength(200);
    expect(refusal(book, ruling('warning', { ...FIRST, round: 2 }))).toBeNull();
    expect(refusal(book, telling(last))).toBeNull();
    expect(refusal(book, rescinding(last))).toBeNull();
  });
});

describe('an acknowledgement', () => {
  it('of an entry that is no ruling says the same as of one that there is not', () => {
    const book = openBook();
    const jab = write(book, tap('Jab'));
    const outcomes = [jab, { ...jab, index: 99 }].map((target) => tryWrite(book, telling(target)));
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0]).toMatchObject({ ok: false, code: 'not_found' });
  });
});
