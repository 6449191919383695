import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, leafProblem, type LeafValue } from '../../../domain/ledger/index.ts';
import {
  JURISDICTION_NAMES,
  RULE_SET_IDS,
  rulesFromLeaf,
  rulesOf,
  rulesToLeaf,
  withOverrides,
} from '../../../domain/rules/index.ts';
import { rulesWith, setOf } from './support.ts';

const chosenArbitrary = fc
  .record({
    id: fc.constantFrom(...RULE_SET_IDS),
    jurisdiction: fc.option(fc.constantFrom(...JURISDICTION_NAMES), { nil: undefined }),
    restS: fc.option(fc.integer({ min: 0, max: 600 }), { nil: undefined }),
    countS: fc.constantFrom(undefined, null, 8 as const),
    halfPoints: fc.option(fc.boolean(), { nil: undefined }),
    deductionPoints: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), { nil: undefined }),
    accidentalFoul: fc.option(
      fc.record({
        from: fc.constantFrom('half_completed', 'majority_completed'),
        recoveryS: fc.constantFrom(null, 60),
      }),
      { nil: undefined },
    ),
    extension: fc.option(fc.record({ rounds: fc.integer({ min: 0, max: 3 }), evenAllowed: fc.boolean() }), {
      nil: undefined,
    }),
    missingJudge: fc.constantFrom(undefined, 'remaining', 'average'),
  })
  .map(({ id, ...overrides }) => withOverrides(setOf(id), overrides));

describe('rules in a ledger', () => {
  it('come back as they were frozen', () => {
    let lawful = 0;
    fc.assert(
      fc.property(chosenArbitrary, (chosen) => {
        fc.pre(chosen.ok);
        lawful += 1;
        const leaf = rulesToLeaf(chosen.value);
        expect(leafProblem(leaf, 'rules')).toBeNull();
        // A leaf is read from its bytes; the set that it falls back on must not shine through.
        expect(rulesFromLeaf(JSON.parse(canonicalJson(leaf)), 'boxing')).toEqual(chosen.value);
      }),
    );
    expect(lawful).toBeGreaterThan(50);
  });

  it('keep a null apart from a member that is missing', () => {
    const rules = rulesWith('boxing', { countS: null });
    expect(rulesFromLeaf(rulesToLeaf(rules), 'boxing').countS).toBeNull();
    const { count_s: _count, ...older } = rulesToLeaf(rules);
    expect(rulesFromLeaf(older, 'boxing').countS).toBe(8);
  });

  it('are those of the set in a ledger that names no rules', () => {
    expect(rulesFromLeaf(null, 'boxing')).toEqual(setOf('boxing'));
    expect(rulesFromLeaf(null, 'mma-unified')).toEqual(setOf('mma-unified-2017'));
    expect(rulesFromLeaf({}, 'muay-thai')).toEqual(setOf('muay-thai'));
    expect(rulesFromLeaf(null, 'something older')).toEqual(setOf('mma-unified-2017'));
    expect(rulesFromLeaf({ id: 'something newer', rest_s: 45 }, 'boxing')).toEqual({ ...setOf('boxing'), restS: 45 });
  });

  it('take the default for every member that is of another kind', () => {
    const wrong: LeafValue[] = ['x', 7.5, [], {}, ['x'], [[1]]];
    for (const id of RULE_SET_IDS) {
      const leaf = rulesToLeaf(setOf(id));
      for (const name of Object.keys(leaf)) {
        if (name === 'id' || name === 'version' || name === 'jurisdiction') continue;
        for (const value of wrong) {
          if (typeof value === 'number' && typeof leaf[name] === 'number') continue;
          if (Array.isArray(value) && value.length === 0 && Array.isArray(leaf[name])) continue;
          if (typeof value === 'number' && leaf[name] === null) continue;
          expect(rulesFromLeaf({ ...leaf, [name]: value }, 'boxing'), `${id} ${name}`).toEqual(rulesOf(id));
        }
      }
    }
  });
});
