import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type Finding, type RoundFacts, validateRound } from '../../../domain/validator/index.ts';
import { GOOD } from './support.ts';

const time = fc.integer({ min: -5000, max: 310_000 });
const action = fc.record({ clockMs: time, source: fc.constantFrom<'human' | 'camera'>('human', 'camera') });
const span = fc.tuple(time, time).map(([a, b]) => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }));

const facts: fc.Arbitrary<RoundFacts> = fc.record({
  lengthMs: fc.constant(300_000),
  elapsedMs: fc.constantFrom(300_000, 299_000, 180_000),
  ended: fc.boolean(),
  stopped: fc.boolean(),
  timed: fc.boolean(),
  actions: fc.array(action, { maxLength: 12 }),
  camerasOn: fc.boolean(),
  control: fc.array(span, { maxLength: 4 }),
  openControl: fc.constant([]),
  unsent: fc.array(
    fc.record({
      device: fc.constantFrom('a', 'b'),
      count: fc.option(fc.nat({ max: 3 })),
      why: fc.constantFrom<'reported' | 'sequence_gap'>('reported', 'sequence_gap'),
    }),
    { maxLength: 2 },
  ),
  pendingKnockdowns: fc.array(fc.nat(), { maxLength: 2 }),
});

/** How bad each code is: 0 for none. */
function badness(findings: readonly Finding[], code: Finding['code']): number {
  return Math.max(
    0,
    ...findings.filter((one) => one.code === code).map((one) => (one.severity === 'critical' ? 2 : 1)),
  );
}

describe('a round', () => {
  it('gets no worse by an action more, wherever it falls, if the round was timed', () => {
    const codes = ['too_few_actions', 'too_few_human', 'human_gap', 'camera_gap'] as const;
    fc.assert(
      fc.property(facts, action, (round, more) => {
        const timed = { ...round, timed: true };
        const before = validateRound(timed, DEFAULT_LIMITS);
        const after = validateRound({ ...timed, actions: [...timed.actions, more] }, DEFAULT_LIMITS);
        for (const code of codes) expect(badness(after, code)).toBeLessThanOrEqual(badness(before, code));
        expect(after.length).toBeLessThanOrEqual(before.length);
      }),
    );
  });

  it('gets no worse by control that was held, which hides no finding either', () => {
    fc.assert(
      fc.property(facts, span, (round, more) => {
        const before = validateRound(round, DEFAULT_LIMITS);
        const after = validateRound({ ...round, control: [...round.control, more] }, DEFAULT_LIMITS);
        expect(badness(after, 'human_gap')).toBeLessThanOrEqual(badness(before, 'human_gap'));
        expect(after.map(({ code }) => code)).toEqual(before.map(({ code }) => code));
      }),
    );
  });

  it('is found the same in whatever order its actions and holds came', () => {
    fc.assert(
      fc.property(facts, (round) => {
        const back = {
          ...round,
          actions: round.actions.toReversed(),
          control: round.control.toReversed(),
          pendingKnockdowns: round.pendingKnockdowns.toReversed(),
        };
        expect(validateRound(back, DEFAULT_LIMITS)).toEqual(validateRound(round, DEFAULT_LIMITS));
      }),
    );
  });

  it('has a gap exactly where some minute of it holds no action', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 12 }), (seconds) => {
        const actions = seconds.map((second) => ({ clockMs: second * 1000, source: 'human' as const }));
        const has = validateRound({ ...GOOD, actions }, DEFAULT_LIMITS).some(({ code }) => code === 'human_gap');
        // Said otherwise: some stretch of 61 whole seconds, its edges not counted, is empty.
        const empty = Array.from({ length: 300 - 61 + 1 }, (_, from) => from).some(
          (from) => !seconds.some((second) => second > from && second < from + 61),
        );
        expect(has).toBe(empty);
      }),
    );
  });
});
