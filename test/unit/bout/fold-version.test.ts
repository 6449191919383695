import { expect, it } from 'vitest';
import { type BoutState, FOLD_VERSION } from '../../../domain/bout/index.ts';
import { type Book, openBook, T0, write } from '../support/book.ts';
import * as lines from '../support/lines.ts';
import * as officials from '../support/officials.ts';
import { FOLD_SHAPE } from './fold-shape.ts';

/** Their keys are data: seats, devices, cells, the values that a bout was set up with. */
const RECORDS = /\.(?:sessions|fences|lastBySeat|scorecards|seats|signatures|standing|lateStanding|values)$/;

/** A small night with an entry of every kind, before its result is official and after: then nothing waits any more. */
function night(): BoutState[] {
  const book = openBook();
  write(book, lines.joining('op-1', ['red'], ['damage']));
  write(book, lines.joining('op-2'));
  write(book, lines.seating('JUDGE001', 'tablet-1'));
  write(book, lines.seating('JUDGE001', 'tablet-2', T0 + 1));
  write(book, lines.seating('JUDGE002', 'tablet-3'));
  write(book, lines.clock('start_round', 0));
  const jab = write(book, lines.tap('Jab', { device: 'tablet-2', deviceSeq: 1, by: lines.judge() }));
  const knockdown = write(book, lines.tap('KD', { at: 1_000, metadata: { tier: 'Flash' } }));
  write(book, lines.ruling('knockdown', { target: knockdown }));
  write(book, lines.ruling('deduction', { fighterId: 'fighter1', pointsX10: 10 }));
  write(book, lines.tap('CTRL_START', { at: 2_000, metadata: { control: 'top' } }));
  write(book, lines.replacing(jab, 'Cross'));
  write(book, lines.voiding(write(book, lines.tap('Hook', { at: 3_000 }))));
  write(book, lines.clock('pause', 4_000));
  write(book, lines.clock('end_round', 5_000));
  write(book, lines.lock());
  write(book, { ...lines.tap('Cross', { at: 4_000, flags: ['late'] }), deviceEpoch: 1 });
  write(book, lines.scorecard('JUDGE001', 1, 10, 9));
  write(book, lines.reopening('JUDGE001', 1));
  scoreAndSign(book);
  rule(book);
  changePanel(book);
  write(book, { kind: 'config', payload: { type: 'changed', delay_ms: 5_000 } });
  write(book, { kind: 'note', payload: { type: 'suppressed', of_index: jab.index } });
  write(book, { kind: 'vision', payload: {} });
  write(book, lines.tap('Jab', { round: 2, device: 'tablet-1' }));
  const open = book.state;
  const proposal = write(book, { ...lines.proposing('red', 'KO'), round: 1, clockMs: 5_000 });
  write(book, lines.confirming(proposal.index));
  write(book, lines.sealing(book.state));
  return [open, book.state];
}

function scoreAndSign(book: Book): void {
  write(book, lines.scorecard('JUDGE001', 1, 10, 9));
  write(book, lines.tap('Jab', { round: 2 }));
  write(book, lines.tap('Jab', { round: 3 }));
  for (const number of [2, 3]) write(book, lines.scorecard('JUDGE001', number, 10, 9));
  write(book, officials.closingPaper(write(book, officials.paper('JUDGE003', 1, 10, 9))));
  write(book, officials.signing('JUDGE001', 29, 27));
}

function rule(book: Book): void {
  const foul = write(book, lines.ruling('foul', { fighterId: 'fighter1', intent: 'accidental' }));
  write(book, lines.ruling('warning', { target: foul }));
  write(book, officials.telling(foul));
  write(book, lines.ruling('replay_review', { target: foul }));
  write(book, lines.ruling('replay_review'));
  write(book, lines.ruling('stoppage', { fighterId: 'fighter2', method: 'TKO', clockMs: 5_000, atMs: 5_000 }));
}

function changePanel(book: Book): void {
  const substitution = write(book, officials.panelChange('substitute', 'JUDGE002', 'stand-in', 2));
  write(book, officials.closingPanel(substitution));
  const absence = write(book, officials.panelChange('absent', 'JUDGE003'));
  write(book, officials.closingPanel(absence));
  write(book, officials.panelChange('present', 'JUDGE003'));
  write(book, officials.panelChange('absent', 'JUDGE002'));
  write(book, officials.panelChange('substitute', 'JUDGE003', 'another', 2));
  write(book, officials.paper('JUDGE002', 1, 10, 9));
}

/** Every place of a value that is no list or object, with the types found there: `$.rounds[].lockedAt: null|number`. */
function shapeOf(values: readonly unknown[]): readonly string[] {
  const types = new Map<string, Set<string>>();
  const walk = (at: string, one: unknown): void => {
    if (Array.isArray(one)) {
      for (const item of one) walk(`${at}[]`, item);
    } else if (typeof one === 'object' && one !== null) {
      for (const [key, part] of Object.entries(one)) walk(RECORDS.test(at) ? `${at}{}` : `${at}.${key}`, part);
    } else {
      types.set(at, (types.get(at) ?? new Set()).add(one === null ? 'null' : typeof one));
    }
  };
  for (const value of values) walk('$', value);
  return [...types].map(([at, found]) => `${at}: ${[...found].toSorted().join('|')}`).toSorted();
}

it('the fold has the shape that its version stands for', () => {
  const advice = 'The shape of BoutState has changed: raise FOLD_VERSION and renew the list in fold-shape.ts.';
  expect(shapeOf(night()), advice).toEqual(FOLD_SHAPE.places);
  expect(FOLD_VERSION, 'FOLD_VERSION has changed: renew the list in fold-shape.ts.').toBe(FOLD_SHAPE.version);
});
