import { describe, expect, it } from 'vitest';
import { type RuleOverrides, type RuleSetId, withOverrides } from '../../../domain/rules/index.ts';
import { overridesOf, rulesOverridesSchema } from '../../../workers/schemas/rules.ts';
import { rulesWith, setOf } from './support.ts';

function refusedField(id: RuleSetId, overrides: RuleOverrides): string | undefined {
  const chosen = withOverrides(setOf(id), overrides);
  return chosen.ok ? 'none' : chosen.errors[0]?.field;
}

describe('a bout’s own choices', () => {
  it('change what they name and nothing else', () => {
    const rules = rulesWith('kickboxing', { halfPoints: true, extension: { rounds: 1 } });
    expect(rules).toEqual({
      ...setOf('kickboxing'),
      halfPoints: true,
      extension: { rounds: 1, decides: 'alone', evenAllowed: false },
    });
    expect(rulesWith('boxing', { restS: undefined })).toEqual(setOf('boxing'));
  });

  it('leave the number of another threshold behind', () => {
    expect(rulesWith('boxing', { accidentalFoul: { from: 'half_completed' } }).accidentalFoul.rounds).toBeNull();
    expect(rulesWith('boxing', { accidentalFoul: { before: 'draw' } }).accidentalFoul.rounds).toBe(4);
  });

  it.each<[RuleSetId, RuleOverrides, string]>([
    ['boxing', { restS: 601 }, 'rules.rest_s'],
    ['boxing', { restS: 0.5 }, 'rules.rest_s'],
    ['boxing', { lowestX10: 65 }, 'rules.lowest_score'],
    ['boxing', { lowestX10: 72, halfPoints: true }, 'rules.lowest_score'],
    ['boxing', { lowestX10: 100 }, 'rules.lowest_score'],
    ['boxing', { knockdownPoints: 0 }, 'rules.knockdown_points'],
    ['boxing', { knockdownLimit: 11 }, 'rules.knockdown_limit'],
    ['boxing', { deductionPoints: [] }, 'rules.deduction_points'],
    ['boxing', { deductionPoints: [2, 1] }, 'rules.deduction_points'],
    ['boxing', { deductionPoints: [1, 1] }, 'rules.deduction_points'],
    ['boxing', { panels: [0] }, 'rules.panels'],
    ['boxing', { roundsAllowed: [21] }, 'rules.rounds_allowed'],
    ['boxing', { roundLengthsS: [29] }, 'rules.round_lengths_s'],
    ['boxing', { extension: { rounds: 4 } }, 'rules.extension.rounds'],
    ['boxing', { accidentalFoul: { recoveryS: -1 } }, 'rules.accidental_foul.recovery_s'],
    // Contradictions.
    ['boxing', { accidentalFoul: { from: 'round_begun' } }, 'rules.accidental_foul.rounds'],
    ['boxing', { accidentalFoul: { from: 'half_completed', rounds: 3 } }, 'rules.accidental_foul.rounds'],
    ['boxing', { accidentalFoul: { rounds: 13 } }, 'rules.accidental_foul.rounds'],
    ['mma-unified-2017', { standingCount: true }, 'rules.standing_count'],
    ['muay-thai', { knockdownAuthority: 'statistics' }, 'rules.knockdown_points'],
    ['muay-thai', { intentionalInjuryPoints: 2 }, 'rules.intentional_injury_points'],
    ['mma-unified-2017', { deductionPoints: [1] }, 'rules.intentional_injury_points'],
    ['boxing', { evenRounds: false, extension: { evenAllowed: true } }, 'rules.extension.even_allowed'],
    // A round won with a knockdown of one point is 10-8, with one of three 10-6.
    ['boxing', { jurisdiction: 'maryland', halfPoints: true, lowestX10: 95 }, 'rules.lowest_score'],
    ['boxing', { jurisdiction: 'maryland', lowestX10: 90 }, 'rules.lowest_score'],
    ['muay-thai', { knockdownPoints: 3 }, 'rules.lowest_score'],
  ])('%s refuses %j at %s', (id, overrides, field) => {
    expect(refusedField(id, overrides)).toBe(field);
  });

  it.each<[RuleSetId, RuleOverrides]>([
    ['boxing', { lowestX10: 65, halfPoints: true }],
    ['mma-unified-2017', { standingCount: true, countS: 8 }],
    ['muay-thai', { knockdownAuthority: 'statistics', knockdownPoints: null }],
    ['mma-unified-2017', { deductionPoints: [1], intentionalInjuryPoints: 1 }],
    ['boxing', { extension: { rounds: 1, evenAllowed: true } }],
    ['boxing', { jurisdiction: 'maryland', lowestX10: 80 }],
    ['muay-thai', { knockdownPoints: 2 }],
    // Where a knockdown is the judge's discretion nothing has to fit.
    ['boxing', { halfPoints: true, lowestX10: 95 }],
  ])('%s allows %j', (id, overrides) => {
    expect(refusedField(id, overrides)).toBe('none');
  });
});

describe('on the wire', () => {
  it('every field arrives in the rules', () => {
    const body = {
      jurisdiction: 'glory',
      rest_s: 90,
      lowest_score: 6.5,
      half_points: true,
      even_rounds: false,
      must_have_ten: false,
      knockdown_authority: 'statistics',
      knockdown_points: null,
      count_s: null,
      standing_count: false,
      knockdown_limit: 2,
      deduction_points: [1, 3],
      intentional_injury_points: 3,
      accidental_foul: {
        from: 'round_begun',
        rounds: 2,
        before: 'draw',
        aggravated: 'scored',
        score_partial_round: false,
        recovery_s: null,
      },
      extension: { rounds: 2, decides: 'total', even_allowed: false },
      missing_judge: 'average',
      panels: [5],
      rounds_allowed: [2, 4],
      round_lengths_s: [90],
    };
    const parsed = rulesOverridesSchema.parse(body);
    expect(rulesWith('kickboxing', overridesOf(parsed))).toEqual({
      ...setOf('kickboxing'),
      jurisdiction: 'glory',
      restS: 90,
      lowestX10: 65,
      halfPoints: true,
      evenRounds: false,
      mustHaveTen: false,
      knockdownAuthority: 'statistics',
      knockdownPoints: null,
      countS: null,
      standingCount: false,
      knockdownLimit: 2,
      deductionPoints: [1, 3],
      intentionalInjuryPoints: 3,
      accidentalFoul: {
        from: 'round_begun',
        rounds: 2,
        before: 'draw',
        after: 'technical_decision',
        aggravated: 'scored',
        scorePartialRound: false,
        recoveryS: null,
      },
      extension: { rounds: 2, decides: 'total', evenAllowed: false },
      missingJudge: 'average',
      panels: [5],
      roundsAllowed: [2, 4],
      roundLengthsS: [90],
    });
  });

  it('an empty body chooses nothing, and an unknown field is refused', () => {
    expect(rulesWith('boxing', overridesOf(rulesOverridesSchema.parse({})))).toEqual(setOf('boxing'));
    expect(rulesOverridesSchema.safeParse({ rest: 60 }).success).toBe(false);
    expect(rulesOverridesSchema.safeParse({ extension: { round: 1 } }).success).toBe(false);
    expect(rulesOverridesSchema.safeParse({ jurisdiction: 'atlantis' }).success).toBe(false);
    expect(rulesOverridesSchema.safeParse({ lowest_score: 7.3 }).success).toBe(false);
  });
});
