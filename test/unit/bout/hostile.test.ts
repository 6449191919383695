import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BoutState,
  computeResult,
  decide,
  isSigned,
  recommendationFor,
  redlineMoments,
  roundStatistics,
  roundStatus,
  signable,
} from '../../../domain/bout/index.ts';
import { type Entry, ENTRY_KINDS, type LeafValue } from '../../../domain/ledger/index.ts';
import { type Book, LATER, type Line, openBook, SYSTEM, tryWrite } from '../support/book.ts';
import { judge, operator, REFEREE, SUPERVISOR } from '../support/lines.ts';
import { SECOND } from '../support/officials.ts';
import { play, script } from '../support/script.ts';

const MEMBERS = [
  'type',
  'step',
  'change',
  'kind',
  'method',
  'winner',
  'intent',
  'action',
  'fighter_id',
  'judge_id',
  'seat',
  'person_id',
  'subject',
  'session_id',
  'device',
  'target_index',
  'proposal_index',
  'red_x10',
  'blue_x10',
  'points_x10',
  'from_round',
  'at_ms',
  'elapsed_ms',
  'include_late',
  'corners',
  'aspects',
  'release_policy',
  'delay_ms',
  'on_behalf',
  'note',
  'aggravated',
  'basis',
];

/** Whatever a leaf can hold, however little it belongs there. */
const anything: fc.Arbitrary<LeafValue> = fc.constantFrom<LeafValue>(
  null,
  true,
  '',
  '__proto__',
  'constructor',
  -1,
  0,
  1,
  9_007_199_254_740_991,
  [],
  ['red', 7],
  {},
  { type: 'jab' },
);

type Damage = {
  readonly of: number;
  readonly name: string;
  readonly value: LeafValue;
  readonly kind: Entry['kind'] | null;
  readonly round: LeafValue;
  readonly actor: Entry['actor'] | null;
};

/** What is done to an entry of another night before it comes: one of its members is something else, or the whole. */
const damage: fc.Arbitrary<Damage> = fc.record({
  of: fc.nat(),
  name: fc.constantFrom(...MEMBERS),
  value: anything,
  kind: fc.oneof(
    { weight: 9, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...ENTRY_KINDS) },
  ),
  round: fc.oneof({ weight: 6, arbitrary: fc.constant('as it was') }, { weight: 1, arbitrary: anything }),
  actor: fc.constantFrom(SYSTEM, SUPERVISOR, SECOND, REFEREE, operator(), judge(), judge('__proto__'), null),
});

function damaged(entry: Entry, { name, value, kind, round, actor }: Damage): Line {
  return {
    kind: kind ?? entry.kind,
    payload: { ...entry.payload, [name]: value },
    round: typeof round === 'number' || round === null ? round : entry.round,
    clockMs: entry.clockMs,
    timestampMs: entry.timestampMs,
    receivedMs: entry.receivedMs,
    flags: entry.flags,
    actor: actor ?? entry.actor,
  };
}

function readAll(state: BoutState): void {
  for (const round of state.rounds) {
    roundStatistics(state, round, LATER);
    roundStatus(state, round, LATER);
    redlineMoments(state, round);
    recommendationFor(state, round, LATER);
  }
  decide(state);
  computeResult(state, LATER);
  for (const seat of ['JUDGE001', '__proto__', 'constructor']) {
    signable(state, seat, LATER);
    isSigned(state, seat);
  }
}

function check(book: Book): void {
  const read: unknown = JSON.parse(JSON.stringify(book.state));
  expect(read).toStrictEqual(book.state);
  expect(book.state.next).toBe(book.entries.length);
  readAll(book.state);
}

describe('an entry of whatever content', () => {
  it('is folded or refused, never thrown at, and what is folded is plain JSON that can be read', () => {
    const taken = new Map<string, number>();
    fc.assert(
      fc.property(script, script, fc.array(damage, { maxLength: 20 }), (steps, others, damages) => {
        const [book, other] = [openBook(), openBook()];
        play(book, steps);
        play(other, others);
        for (const one of damages) {
          const entry = other.entries[one.of % other.entries.length];
          if (entry !== undefined && tryWrite(book, damaged(entry, one)).ok) {
            taken.set(entry.kind, (taken.get(entry.kind) ?? 0) + 1);
          }
        }
        check(book);
      }),
      { numRuns: 300 },
    );
    // Without entries that are taken it would say nothing.
    for (const kind of ['action', 'clock', 'scorecard', 'ruling', 'config', 'session']) {
      expect(taken.get(kind) ?? 0, kind).toBeGreaterThan(0);
    }
  });
});
