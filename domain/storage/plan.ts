import { CLEANABLE_CLASSES, deletable, type DeletableKey, readKey } from './keys.ts';
import { DAY_MS, type RetentionRule, ruleFor } from './rules.ts';

/** An object as the bucket lists it; bytes and UTC epoch ms. */
export type StoredObject = { readonly key: string; readonly size: number; readonly uploadedMs: number };

export type Doomed = {
  readonly key: DeletableKey;
  readonly size: number;
  readonly ageDays: number;
  readonly rule: RetentionRule;
};

/** An object of a bout that the deployment does not know. Told, never taken away. */
export type Orphan = { readonly key: string; readonly size: number; readonly boutId: string };

export type CleanPlan = { readonly doomed: readonly Doomed[]; readonly orphans: readonly Orphan[] };

export type PlanInput = {
  readonly objects: readonly StoredObject[];
  readonly rules: readonly RetentionRule[];
  /** Of the bouts that these objects name, those that the deployment has recorded. */
  readonly known: ReadonlySet<string>;
  readonly nowMs: number;
};

/**
 * What would go, and by which rule: exports of known bouts that are older than their rule keeps them. The same objects,
 * rules and instant give the same plan, in the order of the objects.
 */
export function planOf({ objects, rules, known, nowMs }: PlanInput): CleanPlan {
  const doomed: Doomed[] = [];
  const orphans: Orphan[] = [];
  for (const { key, size, uploadedMs } of objects) {
    const { class: keyClass, promotion, boutId } = readKey(key);
    if (boutId !== null && !known.has(boutId)) {
      orphans.push({ key, size, boutId });
      continue;
    }
    const cleanable = CLEANABLE_CLASSES.find((one) => one === keyClass);
    const allowed = deletable(key);
    if (cleanable === undefined || allowed === null) continue;
    const rule = ruleFor(rules, cleanable, promotion);
    const ageMs = nowMs - uploadedMs;
    if (rule === null || ageMs <= rule.maxAgeDays * DAY_MS) continue;
    doomed.push({ key: allowed, size, ageDays: Math.floor(ageMs / DAY_MS), rule });
  }
  return { doomed, orphans };
}

export function bytesOf(objects: readonly { readonly size: number }[]): number {
  return objects.reduce((sum, { size }) => sum + size, 0);
}
