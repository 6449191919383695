import fc from 'fast-check';
import type { Pair } from '../../../domain/bout/state.ts';
import {
  type PanelRound,
  type RuleOverrides,
  type Rules,
  type RuleSetId,
  rulesOf,
  withOverrides,
} from '../../../domain/rules/index.ts';

export function setOf(id: RuleSetId): Rules {
  const rules = rulesOf(id);
  if (rules === null) throw new Error(`no rule set ${id}`);
  return rules;
}

/** A rule set with choices that must be lawful. */
export function rulesWith(id: RuleSetId, overrides: RuleOverrides): Rules {
  const chosen = withOverrides(setOf(id), overrides);
  if (!chosen.ok) throw new Error(chosen.detail);
  return chosen.value;
}

export const SEATS = ['s1', 's2', 's3', 's4', 's5'];

/** A round from each seat's scores in points, red first; null for a seat that has not scored. */
export function roundOf(
  number: number,
  scores: readonly (readonly [red: number, blue: number] | null)[],
  more: { readonly extension?: boolean; readonly deductions?: Pair } = {},
): PanelRound {
  const scorecards = Object.fromEntries(
    scores.flatMap((score, at) =>
      score === null ? [] : [[SEATS[at] ?? `s${at + 1}`, { redX10: score[0] * 10, blueX10: score[1] * 10 }]],
    ),
  );
  return { number, extension: more.extension ?? false, deductions: more.deductions ?? { red: 0, blue: 0 }, scorecards };
}

/** A bout of a panel: seats in order and rounds that each of them has scored. */
export const boutArbitrary = fc
  .record({ seats: fc.integer({ min: 1, max: 5 }), rounds: fc.integer({ min: 1, max: 5 }) })
  .chain(({ seats, rounds }) => {
    const score = fc.tuple(fc.integer({ min: 7, max: 10 }), fc.integer({ min: 7, max: 10 }));
    const points = fc.constantFrom(0, 0, 0, 10, 20);
    const round = fc.tuple(fc.array(score, { minLength: seats, maxLength: seats }), points, points);
    return fc.array(round, { minLength: rounds, maxLength: rounds }).map((all) => ({
      seats: SEATS.slice(0, seats),
      rounds: all.map(([scores, red, blue], at) => roundOf(at + 1, scores, { deductions: { red, blue } })),
    }));
  });
