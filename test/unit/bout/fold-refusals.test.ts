import { describe, expect, it } from 'vitest';
import { beginBout, fold } from '../../../domain/bout/index.ts';
import { bookOf, openBook, panel, refusal, round, ruleSet, T0, tryWrite, write } from '../support/book.ts';
import { clock, lock, replacing, ruling, scorecard, tap, voiding } from '../support/lines.ts';

describe('the ledger of a bout', () => {
  it('has no gaps: only the next index folds', () => {
    const book = bookOf([tap('Jab')]);
    const entry = write(bookOf([tap('Jab')]), tap('Hook'));
    for (const index of [0, 1, 3, -1]) {
      expect(fold(book.state, { ...entry, index }, () => null)).toMatchObject({ ok: false, code: 'conflict' });
    }
    expect(fold(book.state, { ...entry, index: 2 }, () => null).ok).toBe(true);
  });

  it('begins with the set-up of its bout and has no second one', () => {
    const book = openBook();
    const [first] = book.entries;
    if (first === undefined) throw new Error('no first entry');
    expect(beginBout({ ...first, index: 1 }).ok).toBe(false);
    expect(beginBout({ ...first, kind: 'note' }).ok).toBe(false);
    expect(beginBout({ ...first, payload: { type: 'created' } }).ok).toBe(false);
    expect(refusal(book, { kind: 'config', payload: first.payload })).toMatchObject({ code: 'bad_request' });
  });

  it('is as it was after a refusal', () => {
    const book = bookOf([tap('Jab')]);
    const before = book.state;
    expect(tryWrite(book, tap('Jab', { round: 4 })).ok).toBe(false);
    expect(book.state).toBe(before);
  });
});

describe('what no bout has', () => {
  it('a fighter of another bout', () => {
    const book = bookOf([tap('Jab')]);
    for (const fighterId of ['fighter3', 'red', '', 'constructor', '__proto__']) {
      expect(refusal(book, tap('Jab', { fighterId }))).toEqual({ code: 'bad_request', fields: ['fighter_id'] });
    }
    expect(refusal(book, ruling('foul', { fighterId: 'fighter3' }))).toEqual({
      code: 'bad_request',
      fields: ['fighter_id'],
    });
  });

  it.each([0, 4, -1])('a round %d, in anything that names one', (number) => {
    const book = bookOf([tap('Jab')]);
    const lines = [
      tap('Jab', { round: number }),
      clock('start_round', 0, number),
      lock(number),
      ruling('foul', { round: number }),
      scorecard('JUDGE001', number, 10, 9),
    ];
    for (const line of lines) expect(refusal(book, line)).toEqual({ code: 'bad_request', fields: ['round_id'] });
  });

  it('a kind of ruling, clock action or action that nobody has heard of', () => {
    const book = bookOf([clock('start_round', 0)]);
    expect(refusal(book, ruling('constructor'))).toEqual({ code: 'bad_request', fields: ['kind'] });
    expect(refusal(book, { ...clock('pause', 1), payload: { action: 'toString' } })?.fields).toEqual(['action']);
    const unknown = { ...tap('Jab'), payload: { ...tap('Jab').payload, action: { type: 'constructor' } } };
    expect(refusal(book, unknown)).toEqual({ code: 'bad_request', fields: ['event_type'] });
  });

  it('a seat off the panel; a bout without a panel takes any', () => {
    expect(refusal(bookOf([]), scorecard('JUDGE009', 1, 10, 9))).toEqual({ code: 'bad_request', fields: ['judge_id'] });
    expect(refusal(openBook({ judges: panel() }), scorecard('JUDGE009', 1, 10, 9))).toBeNull();
  });
});

describe('taking back', () => {
  it('refuses what has been taken back already, by whatever it was', () => {
    const book = bookOf([]);
    const target = write(book, tap('Jab'));
    write(book, voiding(target));
    const again = { code: 'conflict', fields: ['target_event_id'] };
    expect(refusal(book, voiding(target))).toEqual(again);
    expect(refusal(book, replacing(target, 'Hook'))).toEqual(again);
    const mended = write(book, tap('Jab', { at: 1 }));
    write(book, replacing(mended, 'Hook'));
    expect(refusal(book, voiding(mended))).toEqual(again);
  });

  it('refuses what is not there or is no action', () => {
    const book = bookOf([]);
    const card = write(book, scorecard('JUDGE001', 1, 10, 9));
    const target = write(book, tap('Jab'));
    const undo = write(book, voiding(target));
    const unknown = { code: 'not_found', fields: ['target_event_id'] };
    for (const line of [
      voiding(card),
      voiding(undo),
      voiding({ ...card, index: 99 }),
      replacing({ ...undo, index: 99 }, 'Jab'),
    ]) {
      expect(refusal(book, line)).toEqual(unknown);
    }
  });

  it('keeps the action where its replacement is refused', () => {
    const book = bookOf([]);
    const target = write(book, tap('Jab'));
    const wrong = replacing(target, 'Hook');
    expect(refusal(book, { ...wrong, payload: { ...wrong.payload, fighter_id: 'fighter3' } })?.fields).toEqual([
      'fighter_id',
    ]);
    expect(round(book).voided).toEqual([]);
  });
});

describe('the clock', () => {
  it('starts a round once', () => {
    const book = bookOf([clock('start_round', 0)]);
    expect(refusal(book, clock('start_round', 1_000))).toEqual({ code: 'conflict', fields: ['round_id'] });
  });

  it('starts a round only when the one before is over', () => {
    const book = bookOf([clock('start_round', 0)]);
    expect(refusal(book, clock('start_round', 299_999, 2))).toEqual({ code: 'conflict', fields: ['round_id'] });
    expect(refusal(book, clock('start_round', 300_000, 2))).toBeNull();
    expect(refusal(book, clock('start_round', 700_000, 1))?.code).toBe('conflict');
    expect(refusal(openBook(), clock('start_round', 0, 2))?.code).toBe('conflict');
  });

  it('never starts an earlier round after a later one', () => {
    const book = bookOf([tap('Jab'), clock('start_round', 400_000, 2)]);
    expect(refusal(book, clock('start_round', 900_000, 1))).toEqual({ code: 'conflict', fields: ['round_id'] });
  });

  it.each(['pause', 'resume', 'end_round', 'adjust'] as const)('does not %s what has not been started', (action) => {
    expect(refusal(openBook(), clock(action, 0, 1, 0))).toEqual({ code: 'conflict', fields: ['round_id'] });
  });

  it('pauses what runs and resumes what stands', () => {
    const book = bookOf([clock('start_round', 0)]);
    expect(refusal(book, clock('resume', 1_000))).toEqual({ code: 'conflict', fields: ['action'] });
    write(book, clock('pause', 2_000));
    expect(refusal(book, clock('pause', 3_000))).toEqual({ code: 'conflict', fields: ['action'] });
    expect(refusal(book, clock('resume', 4_000))).toBeNull();
  });

  it('leaves a round that is over, by hand or by itself, to an adjustment', () => {
    for (const over of [[clock('start_round', 0), clock('end_round', 90_000)], [clock('start_round', 0)]]) {
      const book = bookOf(over);
      expect(refusal(book, clock('pause', 300_000))).toEqual({ code: 'conflict', fields: ['action'] });
      expect(refusal(book, clock('resume', 300_000))).toEqual({ code: 'conflict', fields: ['action'] });
      expect(refusal(book, clock('adjust', 310_000, 1, 200_000))).toBeNull();
      expect(refusal(book, clock('resume', 320_000))).toBeNull();
    }
  });

  it('takes the bell of a round that has just expired, once', () => {
    const book = bookOf([clock('start_round', 0), clock('end_round', 300_400)]);
    expect(round(book).clock?.endedMs).toBe(T0 + 300_000);
    expect(refusal(book, clock('end_round', 301_000))).toEqual({ code: 'conflict', fields: ['action'] });
  });

  it('is adjusted to a moment of the round', () => {
    const book = bookOf([clock('start_round', 0)]);
    expect(refusal(book, clock('adjust', 1_000, 1, null))).toEqual({ code: 'bad_request', fields: ['elapsed_ms'] });
    expect(refusal(book, clock('adjust', 1_000, 1, 300_001))).toEqual({ code: 'bad_request', fields: ['elapsed_ms'] });
    expect(refusal(book, clock('adjust', 1_000, 1, 300_000))).toBeNull();
  });

  it('of an earlier round is closed, and so is a locked one', () => {
    const book = bookOf([clock('start_round', 0), clock('start_round', 400_000, 2)]);
    expect(refusal(book, clock('adjust', 410_000, 1, 5_000))).toEqual({ code: 'conflict', fields: ['round_id'] });
    write(book, lock(2));
    expect(refusal(book, clock('pause', 420_000, 2))).toEqual({ code: 'conflict', fields: ['round_id'] });
  });
});

describe('a round’s lock', () => {
  it('is turned once; after it late entries are let in, as often as they come', () => {
    const book = bookOf([tap('Jab'), lock()]);
    expect(refusal(book, lock())).toEqual({ code: 'conflict', fields: ['round_id'] });
    expect(refusal(book, lock(1, true))).toBeNull();
    expect(refusal(book, lock(1, true))).toBeNull();
    expect(round(book).lockedAt).toBe(2);
  });

  it('is for a round that was fought', () => {
    expect(refusal(bookOf([tap('Jab')]), lock(2))).toEqual({ code: 'conflict', fields: ['round_id'] });
    expect(refusal(bookOf([clock('start_round', 0)]), lock())).toBeNull();
  });
});

describe('a ruling', () => {
  it('takes back as a slip only a knockdown that stands', () => {
    const book = bookOf([]);
    const jab = write(book, tap('Jab'));
    const knockdown = write(book, tap('KD', { metadata: { tier: 'Hard' } }));
    const wrong = { code: 'bad_request', fields: ['target_event_id'] };
    expect(refusal(book, ruling('slip', { target: jab }))).toEqual(wrong);
    expect(refusal(book, ruling('knockdown', { target: jab }))).toEqual(wrong);
    expect(refusal(book, ruling('slip'))).toEqual(wrong);
    write(book, ruling('slip', { target: knockdown }));
    const gone = { code: 'conflict', fields: ['target_event_id'] };
    expect(refusal(book, ruling('slip', { target: knockdown }))).toEqual(gone);
    expect(refusal(book, ruling('knockdown', { target: knockdown }))).toEqual(gone);
    expect(refusal(book, voiding(knockdown))).toEqual(gone);
  });

  it('leaves knockdowns alone where the statistics decide', () => {
    const book = openBook({ rules: { ...ruleSet('mma-unified'), knockdownAuthority: 'statistics' } });
    const knockdown = write(book, tap('KD'));
    expect(refusal(book, ruling('slip', { target: knockdown }))).toEqual({ code: 'conflict', fields: ['kind'] });
  });
});
