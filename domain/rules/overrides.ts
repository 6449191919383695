import { ok, type Outcome, refuse } from '../refusal.ts';
import { rulesProblem } from './check.ts';
import { presetOf } from './jurisdictions.ts';
import type { AccidentalFoulRule, ExtensionRule, RuleOverrides, Rules } from './rules.ts';

/**
 * The rule set with a jurisdiction's choices and then the bout's own. Refused (`bad_request`) where a value is none
 * that a rule can have, or where two contradict each other; the refusal names `rules.<field>` as it is on the wire.
 */
export function withOverrides(rules: Rules, overrides: RuleOverrides): Outcome<Rules> {
  const { jurisdiction, ...own } = overrides;
  let chosen = rules;
  if (jurisdiction !== undefined) {
    const preset = presetOf(jurisdiction, rules.id);
    if (preset === null) {
      const detail = `No rule of '${jurisdiction}' is known for the rule set ${rules.id}.`;
      return refuse('bad_request', detail, 'rules.jurisdiction');
    }
    chosen = { ...merged(rules, preset.overrides), jurisdiction };
  }
  chosen = merged(chosen, own);
  const problem = rulesProblem(chosen);
  return problem === null ? ok(chosen) : refuse('bad_request', problem.detail, `rules.${problem.field}`);
}

function merged(rules: Rules, given: Omit<RuleOverrides, 'jurisdiction'>): Rules {
  return {
    ...rules,
    restS: or(given.restS, rules.restS),
    lowestX10: or(given.lowestX10, rules.lowestX10),
    halfPoints: or(given.halfPoints, rules.halfPoints),
    evenRounds: or(given.evenRounds, rules.evenRounds),
    mustHaveTen: or(given.mustHaveTen, rules.mustHaveTen),
    knockdownAuthority: or(given.knockdownAuthority, rules.knockdownAuthority),
    knockdownPoints: or(given.knockdownPoints, rules.knockdownPoints),
    countS: or(given.countS, rules.countS),
    standingCount: or(given.standingCount, rules.standingCount),
    knockdownLimit: or(given.knockdownLimit, rules.knockdownLimit),
    deductionPoints: or(given.deductionPoints, rules.deductionPoints),
    intentionalInjuryPoints: or(given.intentionalInjuryPoints, rules.intentionalInjuryPoints),
    accidentalFoul: mergedFoul(rules.accidentalFoul, given.accidentalFoul ?? {}),
    extension: mergedExtension(rules.extension, given.extension ?? {}),
    missingJudge: or(given.missingJudge, rules.missingJudge),
    panels: or(given.panels, rules.panels),
    roundsAllowed: or(given.roundsAllowed, rules.roundsAllowed),
    roundLengthsS: or(given.roundLengthsS, rules.roundLengthsS),
  };
}

function mergedFoul(rule: AccidentalFoulRule, given: NonNullable<RuleOverrides['accidentalFoul']>): AccidentalFoulRule {
  const from = or(given.from, rule.from);
  return {
    ...rule,
    from,
    // Another threshold does not inherit the number that this one counts to.
    rounds: or(given.rounds, from === rule.from ? rule.rounds : null),
    before: or(given.before, rule.before),
    aggravated: or(given.aggravated, rule.aggravated),
    scorePartialRound: or(given.scorePartialRound, rule.scorePartialRound),
    recoveryS: or(given.recoveryS, rule.recoveryS),
  };
}

function mergedExtension(rule: ExtensionRule, given: NonNullable<RuleOverrides['extension']>): ExtensionRule {
  return {
    rounds: or(given.rounds, rule.rounds),
    decides: or(given.decides, rule.decides),
    evenAllowed: or(given.evenAllowed, rule.evenAllowed),
  };
}

/** Null is a choice; only what is absent is not. */
function or<T>(given: T | undefined, otherwise: T): T {
  return given === undefined ? otherwise : given;
}
