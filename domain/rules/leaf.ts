import type { LeafObject, LeafValue } from '../ledger/entry.ts';
import { objectOf, textOf } from '../ledger/read.ts';
import {
  type AccidentalFoulRule,
  AGGRAVATED_ENDINGS,
  EARLY_ENDINGS,
  EXTENSION_DECIDES,
  type ExtensionRule,
  KNOCKDOWN_AUTHORITIES,
  MISSING_JUDGE,
  type Rules,
  THRESHOLDS,
} from './rules.ts';
import { FALLBACK_RULES, rulesOf } from './sets.ts';

/** As it stands in a bout's first entry. */
export function rulesToLeaf(rules: Rules): LeafObject {
  const { accidentalFoul: foul, extension } = rules;
  return {
    id: rules.id,
    version: rules.version,
    jurisdiction: rules.jurisdiction,
    criteria: rules.criteria,
    rest_s: rules.restS,
    lowest_x10: rules.lowestX10,
    half_points: rules.halfPoints,
    even_rounds: rules.evenRounds,
    must_have_ten: rules.mustHaveTen,
    knockdown_authority: rules.knockdownAuthority,
    knockdown_points: rules.knockdownPoints,
    count_s: rules.countS,
    standing_count: rules.standingCount,
    knockdown_limit: rules.knockdownLimit,
    deduction_points: rules.deductionPoints,
    intentional_injury_points: rules.intentionalInjuryPoints,
    accidental_foul: {
      from: foul.from,
      rounds: foul.rounds,
      before: foul.before,
      after: foul.after,
      aggravated: foul.aggravated,
      score_partial_round: foul.scorePartialRound,
      recovery_s: foul.recoveryS,
    },
    extension: { rounds: extension.rounds, decides: extension.decides, even_allowed: extension.evenAllowed },
    missing_judge: rules.missingJudge,
    panels: rules.panels,
    rounds_allowed: rules.roundsAllowed,
    round_lengths_s: rules.roundLengthsS,
  };
}

/**
 * Reads what {@link rulesToLeaf} wrote. What is missing or unreadable takes the default of the set: ledgers that are
 * older than a rule do not name it, and the oldest name none.
 * @param fallbackId the rule set where the leaf names none; where that is unknown too, the MMA text of 2017
 */
export function rulesFromLeaf(leaf: LeafObject | null, fallbackId: string): Rules {
  const named = leaf === null ? null : rulesOf(textOf(leaf, 'id') ?? '');
  const set = named ?? rulesOf(fallbackId) ?? FALLBACK_RULES;
  if (leaf === null) return set;
  return {
    id: set.id,
    version: textOf(leaf, 'version') ?? set.version,
    jurisdiction: textOf(leaf, 'jurisdiction'),
    criteria: set.criteria,
    restS: integer(leaf, 'rest_s', set.restS),
    lowestX10: integer(leaf, 'lowest_x10', set.lowestX10),
    halfPoints: truth(leaf, 'half_points', set.halfPoints),
    evenRounds: truth(leaf, 'even_rounds', set.evenRounds),
    mustHaveTen: truth(leaf, 'must_have_ten', set.mustHaveTen),
    knockdownAuthority: choice(leaf, 'knockdown_authority', KNOCKDOWN_AUTHORITIES, set.knockdownAuthority),
    knockdownPoints: integerOrNull(leaf, 'knockdown_points', set.knockdownPoints),
    countS: count(leaf, set.countS),
    standingCount: truth(leaf, 'standing_count', set.standingCount),
    knockdownLimit: integerOrNull(leaf, 'knockdown_limit', set.knockdownLimit),
    deductionPoints: integers(leaf, 'deduction_points', set.deductionPoints),
    intentionalInjuryPoints: integerOrNull(leaf, 'intentional_injury_points', set.intentionalInjuryPoints),
    accidentalFoul: accidentalFoulFromLeaf(objectOf(leaf, 'accidental_foul'), set.accidentalFoul),
    extension: extensionFromLeaf(objectOf(leaf, 'extension'), set.extension),
    missingJudge: choice(leaf, 'missing_judge', MISSING_JUDGE, set.missingJudge),
    panels: integers(leaf, 'panels', set.panels),
    roundsAllowed: integers(leaf, 'rounds_allowed', set.roundsAllowed),
    roundLengthsS: integers(leaf, 'round_lengths_s', set.roundLengthsS),
  };
}

function accidentalFoulFromLeaf(leaf: LeafObject | null, set: AccidentalFoulRule): AccidentalFoulRule {
  if (leaf === null) return set;
  return {
    from: choice(leaf, 'from', THRESHOLDS, set.from),
    rounds: integerOrNull(leaf, 'rounds', set.rounds),
    before: choice(leaf, 'before', EARLY_ENDINGS, set.before),
    after: set.after,
    aggravated: choice(leaf, 'aggravated', AGGRAVATED_ENDINGS, set.aggravated),
    scorePartialRound: truth(leaf, 'score_partial_round', set.scorePartialRound),
    recoveryS: integerOrNull(leaf, 'recovery_s', set.recoveryS),
  };
}

function extensionFromLeaf(leaf: LeafObject | null, set: ExtensionRule): ExtensionRule {
  if (leaf === null) return set;
  return {
    rounds: integer(leaf, 'rounds', set.rounds),
    decides: choice(leaf, 'decides', EXTENSION_DECIDES, set.decides),
    evenAllowed: truth(leaf, 'even_allowed', set.evenAllowed),
  };
}

function integer(leaf: LeafObject, name: string, otherwise: number): number {
  const value = leaf[name];
  return typeof value === 'number' ? value : otherwise;
}

/** Null is a value of its own here: it is not the same as a member that is missing. */
function integerOrNull(leaf: LeafObject, name: string, otherwise: number | null): number | null {
  const value = leaf[name];
  return typeof value === 'number' || value === null ? value : otherwise;
}

function count(leaf: LeafObject, otherwise: 8 | null): 8 | null {
  const value = leaf['count_s'];
  return value === 8 || value === null ? value : otherwise;
}

function truth(leaf: LeafObject, name: string, otherwise: boolean): boolean {
  const value = leaf[name];
  return typeof value === 'boolean' ? value : otherwise;
}

function choice<T extends string>(leaf: LeafObject, name: string, choices: readonly T[], otherwise: T): T {
  const value: LeafValue | undefined = leaf[name];
  return choices.find((one) => one === value) ?? otherwise;
}

function integers(leaf: LeafObject, name: string, otherwise: readonly number[]): readonly number[] {
  const value: LeafValue | undefined = leaf[name];
  if (!Array.isArray(value)) return otherwise;
  const numbers = value.flatMap((one: unknown) => (typeof one === 'number' ? [one] : []));
  return numbers.length === value.length ? numbers : otherwise;
}
