import { segmentOf } from '../key-segment.ts';
import { ok, type Outcome, refuse } from '../refusal.ts';
import { CLEANABLE_CLASSES, type CleanableClass } from './keys.ts';

/**
 * How long objects of a class are kept. `promotion` is a segment of the key; null is for every promotion that has no
 * rule of its own. An object is kept for `maxAgeDays` times 24 hours from when it was written.
 */
export type RetentionRule = {
  readonly class: CleanableClass;
  readonly promotion: string | null;
  readonly maxAgeDays: number;
};

export const MAX_RULES = 200;

/** A century: whoever wants to keep for longer leaves the rule out. */
export const MAX_AGE_DAYS = 36_500;

export const DAY_MS = 86_400_000;

/** Rules as they will be kept: promotions as segments, in one order. Refuses two for the same place, naming `rules[n]`. */
export function checkRules(rules: readonly RetentionRule[]): Outcome<readonly RetentionRule[]> {
  if (rules.length > MAX_RULES) return refuse('bad_request', `rules: at most ${MAX_RULES}.`, 'rules');
  const seen = new Set<string>();
  const checked: RetentionRule[] = [];
  for (const [at, rule] of rules.entries()) {
    const field = `rules[${at}]`;
    // Said once more than the type does: rules come back from storage as JSON.
    if (!CLEANABLE_CLASSES.includes(rule.class)) {
      return refuse('bad_request', `${field}.class: one of ${CLEANABLE_CLASSES.join(', ')}.`, `${field}.class`);
    }
    const { maxAgeDays } = rule;
    if (!Number.isInteger(maxAgeDays) || maxAgeDays < 0 || maxAgeDays > MAX_AGE_DAYS) {
      const detail = `${field}.max_age_days: a whole number from 0 to ${MAX_AGE_DAYS}.`;
      return refuse('bad_request', detail, `${field}.max_age_days`);
    }
    const promotion = rule.promotion === null ? null : segmentOf(rule.promotion);
    const name = `${rule.class}|${promotion === null ? '' : `/${promotion}`}`;
    if (seen.has(name)) {
      const where = promotion === null ? 'every other promotion' : `promotion '${promotion}'`;
      return refuse('bad_request', `${field}: there is a rule for ${rule.class} of ${where} already.`, field);
    }
    seen.add(name);
    checked.push({ class: rule.class, promotion, maxAgeDays });
  }
  return ok(checked.toSorted((a, b) => compare(sortKey(a), sortKey(b))));
}

/** The rule for an object, the promotion's own before the general one; null where none speaks of it. */
export function ruleFor(
  rules: readonly RetentionRule[],
  keyClass: CleanableClass,
  promotion: string | null,
): RetentionRule | null {
  const ofClass = rules.filter((rule) => rule.class === keyClass);
  const own = ofClass.find((rule) => rule.promotion !== null && rule.promotion === promotion);
  return own ?? ofClass.find((rule) => rule.promotion === null) ?? null;
}

function sortKey({ class: keyClass, promotion }: RetentionRule): string {
  return `${keyClass}|${promotion ?? ''}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
