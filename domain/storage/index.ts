/** The bucket: what its keys mean, how long what may go is kept, and what a clean-up would take. */
export {
  CLEANABLE_CLASSES,
  type CleanableClass,
  deletable,
  type DeletableKey,
  exportsPrefix,
  KEY_CLASSES,
  type KeyClass,
  LOG_ANCHOR,
  type ReadKey,
  readKey,
} from './keys.ts';
export {
  bytesOf,
  type CleanPlan,
  type Doomed,
  type Orphan,
  planOf,
  type PlanInput,
  type StoredObject,
} from './plan.ts';
export { checkRules, DAY_MS, MAX_AGE_DAYS, MAX_RULES, type RetentionRule, ruleFor } from './rules.ts';
export { type Usage, usageOf } from './usage.ts';
