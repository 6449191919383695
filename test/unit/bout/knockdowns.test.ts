import { describe, expect, it } from 'vitest';
import { roundStatistics } from '../../../domain/bout/index.ts';
import { type Book, bookOf, LATER, openBook, refusal, round, ruleSet, write } from '../support/book.ts';
import { joining, judge, operator, replacing, ruling, SUPERVISOR, tap, voiding } from '../support/lines.ts';
import { rescinding } from '../support/officials.ts';

/** How many red has scored, and how many of those wait for the referee. */
function knockdowns(book: Book): [number, number] {
  const { red } = roundStatistics(book.state, round(book), LATER);
  return [red.knockdowns, red.pendingKnockdowns];
}

describe('a knockdown', () => {
  it('waits for the referee until it is confirmed, and again when that is rescinded', () => {
    const book = bookOf([joining('op-1')]);
    const tapped = write(book, tap('KD'));
    expect(knockdowns(book)).toEqual([1, 1]);
    const confirmed = write(book, ruling('knockdown', { target: tapped }));
    expect(knockdowns(book)).toEqual([1, 0]);
    write(book, rescinding(confirmed));
    expect(knockdowns(book)).toEqual([1, 1]);
  });

  it('that was a slip is gone, and is back, waiting, when the slip is rescinded', () => {
    const book = bookOf([joining('op-1')]);
    const tapped = write(book, tap('KD'));
    const before = roundStatistics(book.state, round(book), LATER);
    const slip = write(book, ruling('slip', { target: tapped }));
    expect(knockdowns(book)).toEqual([0, 0]);
    write(book, rescinding(slip));
    expect(roundStatistics(book.state, round(book), LATER)).toEqual(before);
    expect(round(book)).toMatchObject({ voided: [], redline: [{ index: tapped.index, pending: true }] });
    write(book, ruling('knockdown', { target: tapped }));
    expect(knockdowns(book)).toEqual([1, 0]);
  });

  it('that nobody tapped counts by the referee’s word', () => {
    const book = bookOf([joining('op-1')]);
    const untapped = write(book, ruling('knockdown', { fighterId: 'fighter1' }));
    expect(knockdowns(book)).toEqual([1, 0]);
    write(book, rescinding(untapped));
    expect(knockdowns(book)).toEqual([0, 0]);
  });

  it('that was ruled on and tapped afterwards counts once', () => {
    const book = bookOf([joining('op-1'), ruling('knockdown', { fighterId: 'fighter1' }), tap('KD')]);
    expect(knockdowns(book)[0]).toBe(1);
    write(book, ruling('knockdown', { fighterId: 'fighter1', note: 'another one' }));
    expect(knockdowns(book)[0]).toBe(2);
  });

  it('that two saw and the referee confirmed under both taps is one', () => {
    const book = bookOf([joining('op-1')]);
    for (const by of [operator(), judge()]) {
      write(book, ruling('knockdown', { target: write(book, tap('KD', { by })) }));
    }
    expect(knockdowns(book)).toEqual([1, 0]);
  });

  it('whose tier is mended and which is confirmed anew is one', () => {
    const book = bookOf([joining('op-1')]);
    const tapped = write(book, tap('KD', { metadata: { tier: 'Flash' } }));
    write(book, ruling('knockdown', { target: tapped }));
    const mended = write(book, replacing(tapped, 'KD', { by: SUPERVISOR, metadata: { tier: 'Hard' } }));
    expect(knockdowns(book)).toEqual([1, 1]);
    write(book, ruling('knockdown', { target: mended }));
    expect(knockdowns(book)).toEqual([1, 0]);
  });

  it('stands by the referee’s word though its tap is taken back', () => {
    const book = bookOf([joining('op-1')]);
    const tapped = write(book, tap('KD'));
    write(book, ruling('knockdown', { target: tapped }));
    write(book, voiding(tapped));
    expect(knockdowns(book)).toEqual([1, 0]);
  });
});

describe('a ruling on a knockdown', () => {
  it('is made once', () => {
    const book = bookOf([joining('op-1')]);
    const target = write(book, tap('KD'));
    write(book, ruling('knockdown', { target }));
    const again = { code: 'conflict', fields: ['target_event_id'] };
    expect(refusal(book, ruling('knockdown', { target }))).toEqual(again);
    expect(refusal(book, ruling('slip', { target }))).toEqual(again);
  });

  it('is about the round and the fighter of the tap', () => {
    const book = bookOf([joining('op-1')]);
    const target = write(book, tap('KD'));
    for (const kind of ['knockdown', 'slip']) {
      expect(refusal(book, ruling(kind, { target, round: 2 }))).toEqual({ code: 'bad_request', fields: ['round_id'] });
      const other = ruling(kind, { target, fighterId: 'fighter2' });
      expect(refusal(book, other)).toEqual({ code: 'bad_request', fields: ['fighter_id'] });
    }
    expect(refusal(book, ruling('knockdown', { target, fighterId: 'john-doe' }))).toBeNull();
  });

  it('without a tap says who scored it', () => {
    expect(refusal(openBook(), ruling('knockdown'))).toEqual({ code: 'bad_request', fields: ['fighter_id'] });
  });

  it('confirms, but finds no slip, where the statistics decide', () => {
    const book = bookOf([joining('op-1')], { rules: { ...ruleSet('mma-unified'), knockdownAuthority: 'statistics' } });
    const target = write(book, tap('KD'));
    expect(refusal(book, ruling('slip', { target }))).toEqual({ code: 'conflict', fields: ['kind'] });
    expect(refusal(book, ruling('knockdown', { target }))).toBeNull();
  });
});
