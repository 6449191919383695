import { type Pair, CORNERS, otherCorner } from '../corner.ts';
import { type Rules, TEN_X10 } from './rules.ts';

export type ScorecardProblem = { readonly field: 'red' | 'blue'; readonly detail: string };

/**
 * Why a raw score is none that the rule set allows; null if it is one. Raw: what the judge gives before the referee's
 * deductions, which are kept apart. A 9-9 or 10-7 that a point taken makes of a 10-9 or 10-8 is not a raw score.
 * @param redX10 and blueX10 in tenths of a point
 */
export function scorecardProblem(
  rules: Rules,
  redX10: number,
  blueX10: number,
  where: { readonly extension: boolean },
): ScorecardProblem | null {
  const points: Pair = { red: redX10, blue: blueX10 };
  for (const corner of CORNERS) {
    const detail = pointsProblem(rules, points[corner]);
    if (detail !== null) return { field: corner, detail };
  }
  const field = redX10 >= blueX10 ? 'red' : 'blue';
  if (rules.mustHaveTen && points[field] !== TEN_X10) {
    const detail = 'The winner of a round has 10 points; a point that the referee took is kept apart and subtracted.';
    return { field, detail };
  }
  if (redX10 !== blueX10) return null;
  const evenAllowed = where.extension ? rules.extension.evenAllowed : rules.evenRounds;
  if (evenAllowed) return null;
  return { field: 'blue', detail: where.extension ? 'An extension round has a winner.' : 'A round has a winner.' };
}

function pointsProblem(rules: Rules, x10: number): string | null {
  const step = rules.halfPoints ? 5 : 10;
  if (!Number.isSafeInteger(x10) || x10 % step !== 0) {
    return rules.halfPoints
      ? 'Points are whole or half ones.'
      : 'Points are whole ones: this rule set has no fractions.';
  }
  return x10 < rules.lowestX10 || x10 > TEN_X10 ? `Points are from ${rules.lowestX10 / 10} to 10.` : null;
}

type HintedRound = { readonly redX10: number; readonly blueX10: number; readonly knockdowns: Pair };

/**
 * What may be worth another look at a scorecard that has been submitted. Told to supervisors, who may reopen it, and
 * not to the judge. Never blocks: the score is the judge's.
 * @param round.knockdowns by who scored them, as far as they stand
 */
export function scorecardHints(rules: Rules, round: HintedRound): readonly string[] {
  return [...knockdownHints(rules, round), ...criteriaHints(rules, round)];
}

function knockdownHints(rules: Rules, { redX10, blueX10, knockdowns }: HintedRound): readonly string[] {
  if (knockdowns.red === knockdowns.blue) return [];
  const ahead = knockdowns.red > knockdowns.blue ? 'red' : 'blue';
  const more = Math.abs(knockdowns.red - knockdowns.blue);
  const marginX10 = ahead === 'red' ? redX10 - blueX10 : blueX10 - redX10;
  if (marginX10 < 0) return [`${name(ahead)} scored more knockdowns, and the card has ${otherCorner(ahead)} ahead.`];
  const worth = rules.knockdownPoints ?? (rules.countS === null ? null : 1);
  if (worth === null) return [];
  // One point for the round and the knockdowns' own; no card goes below the lowest score.
  const usualX10 = Math.min((1 + more * worth) * 10, TEN_X10 - rules.lowestX10);
  if (marginX10 >= usualX10) return [];
  const why =
    rules.knockdownPoints === null
      ? 'by practice, not by rule'
      : `a knockdown is worth ${worth} ${worth === 1 ? 'point' : 'points'} by rule, beside the point for the round`;
  return [
    `${name(ahead)} won by ${more} more ${more === 1 ? 'knockdown' : 'knockdowns'}: ${card(usualX10)} is usual, ${why}.`,
  ];
}

/** Of damage nothing but knockdowns is known here: one scored by whoever won the round is taken for enough. */
function criteriaHints(rules: Rules, { redX10, blueX10, knockdowns }: HintedRound): readonly string[] {
  if (rules.criteria !== '2025' || Math.abs(redX10 - blueX10) < 20) return [];
  const winner = redX10 > blueX10 ? 'red' : 'blue';
  if (knockdowns[winner] > 0) return [];
  return [`Under the 2025 criteria a 10-8 requires damage, and ${name(winner)} scored no knockdown.`];
}

function card(marginX10: number): string {
  return `10-${(TEN_X10 - marginX10) / 10}`;
}

function name(corner: 'red' | 'blue'): string {
  return corner === 'red' ? 'Red' : 'Blue';
}

/** Why the referee cannot take these points under this rule set; null if they can. */
export function deductionProblem(
  rules: Rules,
  deduction: {
    readonly pointsX10: number;
    readonly intent: 'accidental' | 'intentional' | null;
    readonly injury: boolean;
  },
): string | null {
  const mandatory = rules.intentionalInjuryPoints;
  if (mandatory !== null && deduction.intent === 'intentional' && deduction.injury) {
    return deduction.pointsX10 === mandatory * 10
      ? null
      : `An intentional foul that injures costs ${mandatory} points under this rule set.`;
  }
  if (rules.deductionPoints.some((points) => points * 10 === deduction.pointsX10)) return null;
  return `Points that may be taken: ${rules.deductionPoints.join(' or ')}.`;
}
