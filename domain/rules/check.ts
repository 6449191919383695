import { type AccidentalFoulRule, MOST_ROUNDS, type Rules, TEN_X10 } from './rules.ts';

/** `field` as it is on the wire, within `rules`. */
export type RulesProblem = { readonly field: string; readonly detail: string };

/** The first value that no rule can have, or the first that another one contradicts; null if all agree. */
export function rulesProblem(rules: Rules): RulesProblem | null {
  return numbersProblem(rules) ?? scoresProblem(rules) ?? foulProblem(rules) ?? contradiction(rules);
}

function numbersProblem(rules: Rules): RulesProblem | null {
  return (
    within('rest_s', rules.restS, 0, 600) ??
    within('knockdown_points', rules.knockdownPoints, 1, 3) ??
    within('knockdown_limit', rules.knockdownLimit, 1, 10) ??
    within('intentional_injury_points', rules.intentionalInjuryPoints, 1, 5) ??
    within('extension.rounds', rules.extension.rounds, 0, 3) ??
    within('accidental_foul.rounds', rules.accidentalFoul.rounds, 1, MOST_ROUNDS) ??
    within('accidental_foul.recovery_s', rules.accidentalFoul.recoveryS, 0, 1800) ??
    ascending('deduction_points', rules.deductionPoints, 1, 5) ??
    ascending('panels', rules.panels, 1, 9) ??
    ascending('rounds_allowed', rules.roundsAllowed, 1, MOST_ROUNDS) ??
    ascending('round_lengths_s', rules.roundLengthsS, 30, 1800)
  );
}

function scoresProblem({ lowestX10, halfPoints }: Rules): RulesProblem | null {
  const field = 'lowest_score';
  if (!Number.isSafeInteger(lowestX10) || lowestX10 % 5 !== 0 || lowestX10 < 0 || lowestX10 > 95) {
    return { field, detail: 'must be a whole or half point from 0 to 9.5' };
  }
  const isHalf = lowestX10 % 10 !== 0;
  return isHalf && !halfPoints ? { field, detail: 'is a half point, which half_points does not allow' } : null;
}

function foulProblem({ accidentalFoul, roundsAllowed }: Rules): RulesProblem | null {
  const field = 'accidental_foul.rounds';
  const { from, rounds } = accidentalFoul;
  if (!countsRounds(accidentalFoul)) {
    return rounds === null ? null : { field, detail: `means nothing with ${from}` };
  }
  if (rounds === null) return { field, detail: `is needed with ${from}` };
  const longest = Math.max(...roundsAllowed);
  return rounds > longest ? { field, detail: `is more than the longest bout has (${longest})` } : null;
}

function countsRounds({ from }: AccidentalFoulRule): boolean {
  return from === 'rounds_completed' || from === 'round_begun';
}

function contradiction(rules: Rules): RulesProblem | null {
  if (rules.standingCount && rules.countS === null) {
    return { field: 'standing_count', detail: 'needs a count (count_s)' };
  }
  if (rules.knockdownPoints !== null && rules.knockdownAuthority !== 'referee') {
    return { field: 'knockdown_points', detail: 'needs the referee to say what a knockdown is (knockdown_authority)' };
  }
  if (rules.knockdownPoints !== null && rules.lowestX10 > TEN_X10 - (1 + rules.knockdownPoints) * 10) {
    const points = rules.knockdownPoints === 1 ? 'point' : `${rules.knockdownPoints} points`;
    const detail = `leaves no room for the ${points} of a knockdown beside that for the round (knockdown_points)`;
    return { field: 'lowest_score', detail };
  }
  const mandatory = rules.intentionalInjuryPoints;
  if (mandatory !== null && !rules.deductionPoints.includes(mandatory)) {
    return { field: 'intentional_injury_points', detail: 'is not among the deduction_points' };
  }
  if (rules.extension.evenAllowed && !rules.evenRounds) {
    return { field: 'extension.even_allowed', detail: 'contradicts even_rounds' };
  }
  return null;
}

function within(field: string, value: number | null, least: number, most: number): RulesProblem | null {
  if (value === null || (Number.isSafeInteger(value) && value >= least && value <= most)) return null;
  return { field, detail: `must be a whole number from ${least} to ${most}` };
}

function ascending(field: string, values: readonly number[], least: number, most: number): RulesProblem | null {
  if (values.length === 0) return { field, detail: 'must not be empty' };
  for (const [at, value] of values.entries()) {
    const problem = within(field, value, least, most);
    if (problem !== null) return problem;
    if (at > 0 && value <= (values[at - 1] ?? value)) return { field, detail: 'must ascend, without repeats' };
  }
  return null;
}
