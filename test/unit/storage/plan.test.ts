import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRules, DAY_MS, planOf, type RetentionRule, type StoredObject } from '../../../domain/storage/index.ts';
import { anyRules } from './arbitrary.ts';

const NOW = 1_000 * DAY_MS;

function aged(key: string, days: number, size = 10): StoredObject {
  return { key, size, uploadedMs: NOW - days * DAY_MS };
}

function rule(promotion: string | null, maxAgeDays: number): RetentionRule {
  return { class: 'export', promotion, maxAgeDays };
}

const KNOWN = new Set(['b1', 'b2']);

describe('the plan of a clean-up', () => {
  it('takes what is older than its rule, and says by which', () => {
    const objects = [aged('exports/UFC/b1/a.csv', 31, 7), aged('exports/UFC/b1/b.csv', 29)];
    const plan = planOf({ objects, rules: [rule(null, 30)], known: KNOWN, nowMs: NOW });
    expect(plan).toEqual({
      doomed: [{ key: 'exports/UFC/b1/a.csv', size: 7, ageDays: 31, rule: rule(null, 30) }],
      orphans: [],
    });
  });

  it('keeps an object through the whole of its last day', () => {
    const at = (ms: number) => [{ key: 'exports/UFC/b1/a.csv', size: 1, uploadedMs: NOW - ms }];
    const doomed = (ms: number) =>
      planOf({ objects: at(ms), rules: [rule(null, 30)], known: KNOWN, nowMs: NOW }).doomed.length;
    expect([doomed(30 * DAY_MS), doomed(30 * DAY_MS + 1)]).toEqual([0, 1]);
  });

  it('puts a promotion’s own rule before the general one, also to keep longer', () => {
    const objects = [aged('exports/UFC/b1/a.csv', 50), aged('exports/PFL/b2/a.csv', 50)];
    const rules = [rule(null, 30), rule('UFC', 365)];
    const { doomed } = planOf({ objects, rules, known: KNOWN, nowMs: NOW });
    expect(doomed.map(({ key }) => key)).toEqual(['exports/PFL/b2/a.csv']);
  });

  it('takes nothing without a rule', () => {
    const objects = [aged('exports/UFC/b1/a.csv', 900)];
    expect(planOf({ objects, rules: [], known: KNOWN, nowMs: NOW }).doomed).toEqual([]);
    expect(planOf({ objects, rules: [rule('PFL', 0)], known: KNOWN, nowMs: NOW }).doomed).toEqual([]);
  });

  it('lists what belongs to no bout that is known, of any class, and leaves it', () => {
    const objects = [
      aged('exports/UFC/gone/a.csv', 900),
      aged('archive/fights/2026/UFC/e/gone/checkpoint', 900),
      aged('anchors/gone', 900),
      aged('anchors/platform-log', 900),
    ];
    const plan = planOf({ objects, rules: [rule(null, 0)], known: KNOWN, nowMs: NOW });
    expect(plan.doomed).toEqual([]);
    expect(plan.orphans.map(({ key }) => key)).toEqual(objects.slice(0, 3).map(({ key }) => key));
  });

  it('is the same for each object whatever stands beside it', () => {
    const objects = fc.array(
      fc.record({
        key: fc.constantFrom('exports/UFC/b1/a', 'exports/PFL/b2/b', 'exports/X/b3/c', 'anchors/b1', 'other'),
        size: fc.nat(100),
        uploadedMs: fc.integer({ min: 0, max: NOW }),
      }),
    );
    fc.assert(
      fc.property(objects, anyRules, (list, rules) => {
        const whole = planOf({ objects: list, rules, known: KNOWN, nowMs: NOW });
        const single = list.flatMap((one) => planOf({ objects: [one], rules, known: KNOWN, nowMs: NOW }).doomed);
        expect(whole.doomed).toEqual(single);
      }),
    );
  });

  it('never takes more when everything is kept for longer', () => {
    const objects = fc.array(
      fc.integer({ min: 0, max: NOW }).map((uploadedMs) => ({ key: 'exports/UFC/b1/a', size: 1, uploadedMs })),
    );
    fc.assert(
      fc.property(objects, fc.nat(900), fc.nat(90), (list, days, more) => {
        const count = (age: number) =>
          planOf({ objects: list, rules: [rule(null, age)], known: KNOWN, nowMs: NOW }).doomed.length;
        expect(count(days + more)).toBeLessThanOrEqual(count(days));
      }),
    );
  });
});

describe('rules', () => {
  it('are kept in one order, with promotions as keys spell them', () => {
    const checked = checkRules([rule('Ünified FC', 1), rule(null, 2)]);
    expect(checked).toEqual({ ok: true, value: [rule(null, 2), rule('-nified-FC', 1)] });
  });

  it('name what is wrong', () => {
    const fieldsOf = (rules: readonly RetentionRule[]) => {
      const checked = checkRules(rules);
      return checked.ok ? [] : checked.errors.map(({ field }) => field);
    };
    expect(fieldsOf([rule(null, 1), rule(null, 2)])).toEqual(['rules[1]']);
    expect(fieldsOf([rule('a/b', 1), rule('a-b', 2)])).toEqual(['rules[1]']);
    expect(fieldsOf([rule(null, -1)])).toEqual(['rules[0].max_age_days']);
    expect(fieldsOf([rule(null, 0.5)])).toEqual(['rules[0].max_age_days']);
    // As it could come back from a storage that somebody has written to.
    const foreign: RetentionRule = JSON.parse('{"class":"archive","promotion":null,"maxAgeDays":1}');
    expect(fieldsOf([foreign])).toEqual(['rules[0].class']);
    expect(fieldsOf(Array.from({ length: 201 }, (_, at) => rule(`p${at}`, 1)))).toEqual(['rules']);
  });

  it('that were checked are checked already', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const once = checkRules(rules);
        if (once.ok) expect(checkRules(once.value)).toEqual(once);
      }),
    );
  });
});
