import fc from 'fast-check';
import { CORNERS, type Corner, otherCorner } from '../../../domain/corner.ts';
import type { Actor, Entry, LeafObject } from '../../../domain/ledger/index.ts';
import { type Book, type Line, round, T0, tryWrite } from './book.ts';
import { earlier, OFFICIAL_STEPS, officialLine } from './official-steps.ts';
import {
  clock,
  confirming,
  joining,
  judge,
  legacyTap,
  lock,
  operator,
  proposing,
  replacing,
  ruling,
  seating,
  SUPERVISOR,
  tap,
  voiding,
} from './lines.ts';

/** Actions of every sort that counts differently. */
export const ACTIONS: readonly (readonly [string, LeafObject])[] = [
  ['Jab', {}],
  ['Jab', { significant: true }],
  ['Head Kick', {}],
  ['Ground Strike', { tier: 'Solid' }],
  ['Rocked', {}],
  ['KD', { tier: 'Hard' }],
  ['KD', {}],
  ['Takedown Landed', {}],
  ['Submission Attempt', { tier: 'Deep' }],
  ['Submission Attempt', { tier: 'Near-Finish' }],
  ['Warning', {}],
  ['Takedown Stuffed', {}],
  ['Sweep/Reversal', {}],
  ['Hook', { significant: true, target: 'Body', position: 'Clinch' }],
  ['Cross', { target: 'Head', position: 'Distance' }],
  ['Ground Strike', { tier: 'Light', target: 'Head' }],
  ['Control Start', { control: 'Top' }],
  ['Control Start', { control: 'Back' }],
  ['Control Stop', {}],
  ['Control Start', { control: 'Cage', backfill_ms: 7_000 }],
];

/** Null: the importer of legacy events. */
export const PEOPLE: readonly (Actor | null)[] = [
  operator('op-1'),
  operator('op-2'),
  judge('JUDGE001'),
  judge('JUDGE002'),
  SUPERVISOR,
  null,
];

const STEPS = [
  'tap',
  'void',
  'replace',
  'start_round',
  'pause',
  'resume',
  'adjust',
  'end_round',
  'lock',
  'admit',
  'join',
  'seat',
  'slip',
  'knockdown',
  'note',
  'propose',
  'confirm',
  ...OFFICIAL_STEPS,
] as const;

/** One thing that somebody does; what of it does not apply to the step is passed over. */
export type Step = {
  readonly what: (typeof STEPS)[number];
  readonly who: number;
  readonly action: number;
  readonly corner: Corner;
  readonly round: number;
  /** Seconds since the step before. */
  readonly after: number;
  /** Second of the round. */
  readonly at: number;
  /** Which earlier action it is about, counted from the last. */
  readonly back: number;
};

function stepOf(what: fc.Arbitrary<Step['what']>): fc.Arbitrary<Step> {
  return fc.record({
    what,
    who: fc.nat({ max: PEOPLE.length - 1 }),
    action: fc.nat({ max: ACTIONS.length - 1 }),
    corner: fc.constantFrom(...CORNERS),
    round: fc.constantFrom(1, 1, 1, 2),
    after: fc.nat({ max: 40 }),
    at: fc.nat({ max: 300 }),
    back: fc.nat({ max: 6 }),
  });
}

/** A night as it comes: mostly actions, now and then anything else, some of it out of order. */
export const script: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    // Most nights have a timekeeper.
    fc.array(stepOf(fc.constant('start_round' as const)), { maxLength: 2 }),
    fc.array(
      stepOf(
        fc.oneof(
          { weight: 5, arbitrary: fc.constant('tap' as const) },
          { weight: 4, arbitrary: fc.constantFrom(...STEPS) },
          // What others build on.
          { weight: 2, arbitrary: fc.constantFrom('card', 'card', 'foul', 'knockdown', 'slip') },
          { weight: 2, arbitrary: fc.constantFrom('close', 'rescind', 'reopen', 'sign') },
        ),
      ),
      { maxLength: 40, size: 'max' },
    ),
  )
  .map(([starts, rest]) => [...starts, ...rest]);

/** A night whose first two rounds every seat has scored before anything else happens. */
export const scoredNight: fc.Arbitrary<readonly Step[]> = fc
  .tuple(fc.array(stepOf(fc.constant('card')), { minLength: 6, maxLength: 6 }), script)
  .map(([cards, rest]) => [...cards.map((card, at) => ({ ...card, who: at % 3, round: at < 3 ? 1 : 2 })), ...rest]);

/** Plays a script; what the bout refuses leaves no entry. `mirror` swaps the corners in everything. */
export function play(book: Book, steps: readonly Step[], mirror = false): void {
  let nowMs = 0;
  for (const step of steps) {
    nowMs += step.after * 1_000;
    join(book, step);
    const line = lineOf(book, mirror ? { ...step, corner: otherCorner(step.corner) } : step, nowMs);
    if (line !== null) tryWrite(book, { receivedMs: T0 + nowMs, ...line });
  }
}

/** Whoever logs as an operator has joined before. */
function join(book: Book, step: Step): void {
  const by = step.what === 'tap' ? PEOPLE[step.who] : null;
  if (by == null || by.role === 'judge') return;
  if (!book.state.operators.some((scope) => scope.subject === by.subject)) tryWrite(book, joining(by.subject));
}

function lineOf(book: Book, step: Step, nowMs: number): Line | null {
  const target = earlierAction(book, step.back);
  const seat = step.who % 2 === 0 ? 'JUDGE001' : 'JUDGE002';
  switch (step.what) {
    case 'tap':
      return tapOf(book, step, nowMs);
    case 'void':
      return target === null ? null : voiding(target);
    case 'replace': {
      const [name, metadata] = actionNo(step.action);
      return target === null ? null : replacing(target, name, { by: SUPERVISOR, corner: step.corner, metadata });
    }
    case 'start_round':
    case 'pause':
    case 'resume':
    case 'end_round':
      return clock(step.what, nowMs, step.round);
    case 'adjust':
      return clock('adjust', nowMs, step.round, step.at * 1_000);
    case 'lock':
      return lock(step.round);
    case 'admit':
      return lock(step.round, true);
    case 'join':
      return joining(`op-${(step.who % 2) + 1}`, step.back > 3 ? [] : [step.corner], step.at > 150 ? [] : ['damage']);
    case 'seat':
      return seating(seat, `tablet-${step.back}`, T0 + nowMs);
    case 'slip':
    case 'knockdown':
      return ruleKnockdown(book, step.what, step);
    case 'note':
      return { kind: 'note', payload: { type: 'suppressed', of_index: 1 } };
    case 'propose':
      return proposing(step.corner, 'KO');
    case 'confirm':
      // Rarely: after it the bout is closed.
      return step.at > 250 ? confirming(book.state.result?.index ?? null) : null;
    default:
      return officialLine(book, { ...step, what: step.what }, nowMs);
  }
}

function ruleKnockdown(book: Book, kind: 'slip' | 'knockdown', { round: number, back, at, corner }: Step): Line | null {
  const target = at < 250 ? earlier(book, back, isKnockdown) : earlierAction(book, back);
  const note = back % 2 === 0 ? {} : { note: 'seen again' };
  if (target !== null) return ruling(kind, { round: target.round ?? number, target, ...note });
  return kind === 'slip' ? null : ruling(kind, { round: number, fighterId: fighterOf(corner), ...note });
}

function isKnockdown(entry: Entry): boolean {
  return isAction(entry) && entry.payload['event_type'] === 'KD';
}

function tapOf(book: Book, step: Step, nowMs: number): Line {
  const by = PEOPLE[step.who] ?? null;
  const [name, metadata] = actionNo(step.action);
  const said = {
    round: step.round,
    corner: step.corner,
    at: step.at * 1_000,
    metadata,
    receivedMs: T0 + nowMs,
    flags: round(book, step.round).lockedAt === null ? [] : ['late' as const],
  };
  return by === null ? legacyTap(name, said) : tap(name, { ...said, by });
}

export function actionNo(index: number): readonly [string, LeafObject] {
  return ACTIONS[index % ACTIONS.length] ?? ['Jab', {}];
}

export function fighterOf(corner: Corner): 'fighter1' | 'fighter2' {
  return corner === 'red' ? 'fighter1' : 'fighter2';
}

export function isAction(entry: Entry): boolean {
  return entry.kind === 'action' || entry.kind === 'replace';
}

/** The action so many back from the last, taken back already or not; null where there are none. */
export function earlierAction(book: Book, back: number): Entry | null {
  return earlier(book, back, isAction);
}
