import { totalOf } from '../../../domain/bout/index.ts';
import type { Corner } from '../../../domain/corner.ts';
import type { Entry } from '../../../domain/ledger/index.ts';
import { type Book, type Line, T0 } from './book.ts';
import { judge, reopening, ruling, scorecard, SUPERVISOR } from './lines.ts';
import * as officials from './officials.ts';

/** What referees, judges and supervisors do in a script; see `script.ts`. */
export const OFFICIAL_STEPS = [
  'deduction',
  'foul',
  'warning',
  'stoppage',
  'rescind',
  'told',
  'card',
  'reopen',
  'sign',
  'paper',
  'panel',
  'close',
] as const;

export type OfficialStep = {
  readonly what: (typeof OFFICIAL_STEPS)[number];
  readonly who: number;
  readonly corner: Corner;
  readonly round: number;
  readonly at: number;
  readonly back: number;
};

const SEATS = ['JUDGE001', 'JUDGE002', 'JUDGE003'];

/** @param nowMs counted from the first bell */
export function officialLine(book: Book, step: OfficialStep, nowMs: number): Line | null {
  const { round, at, back, corner } = step;
  const seat = SEATS[step.who % SEATS.length] ?? 'JUDGE001';
  const by = back % 2 === 0 ? SUPERVISOR : officials.SECOND;
  const fighterId = corner === 'red' ? 'fighter1' : 'fighter2';
  const [red, blue] = corner === 'red' ? ([10, 9] as const) : ([9, 10] as const);
  switch (step.what) {
    case 'foul':
      return ruling('foul', { round, fighterId, ...(at > 150 ? { intent: 'accidental' } : {}) });
    case 'warning':
    case 'deduction': {
      const foul = at > 150 ? earlier(book, back, (entry) => entry.payload['kind'] === 'foul') : null;
      const pointsX10 = at % 2 === 0 ? 10 : 20;
      return ruling(step.what, { round, fighterId, pointsX10, ...(foul === null ? {} : { target: foul }) });
    }
    case 'stoppage': {
      const foul = earlier(book, back, (entry) => entry.payload['kind'] === 'foul');
      const note = back % 3 === 0 ? {} : { note: 'by the video' };
      const when = { round, clockMs: at * 1_000, atMs: nowMs, ...note };
      // Rarely: after it no round begins.
      if (at < 200) return null;
      return foul === null || at % 2 === 0
        ? ruling('stoppage', { ...when, fighterId, method: 'TKO' })
        : ruling('stoppage', { ...when, target: foul, intent: 'accidental', aggravated: back % 2 === 0 });
    }
    case 'rescind':
    case 'told': {
      const target = earlier(book, back, (entry) => entry.kind === 'ruling');
      if (target === null) return null;
      return step.what === 'told' ? officials.telling(target, seat) : officials.rescinding(target);
    }
    case 'card':
      return scorecard(seat, round, red, blue);
    case 'reopen':
      return reopening(seat, round);
    case 'sign': {
      const total = totalOf(book.state, seat);
      return officials.signing(seat, total.red / 10, total.blue / 10, judge(seat), T0 + nowMs);
    }
    case 'paper':
      return officials.paper(seat, round, red, blue, by);
    case 'panel':
      if (at > 200) return officials.panelChange('substitute', seat, `stand-in-${at % 2}`, round, by);
      return officials.panelChange(at > 50 ? 'absent' : 'present', seat, null, null, by);
    case 'close': {
      const proposal = earlier(book, back, (entry) => book.state.proposals.some(({ index }) => index === entry.index));
      if (proposal === null) return null;
      const verdict = at > 60 ? 'confirmed' : 'rejected';
      return proposal.kind === 'scorecard'
        ? officials.closingPaper(proposal, verdict, by)
        : officials.closingPanel(proposal, verdict, by, nowMs);
    }
  }
}

/** The entry of a sort that is so many back from the last of it; null where there is none. */
export function earlier(book: Book, back: number, isIt: (entry: Entry) => boolean): Entry | null {
  const found = book.entries.filter(isIt);
  return found.at(-1 - (back % Math.max(found.length, 1))) ?? null;
}
