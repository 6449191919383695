/** Rule sets: what a bout is judged by, as data, and what follows from it. */
export { KNOCKDOWN_AUTHORITIES, MISSING_JUDGE, RULE_SET_IDS } from './rules.ts';
export { AGGRAVATED_ENDINGS, EARLY_ENDINGS, EXTENSION_DECIDES, MOST_ROUNDS, THRESHOLDS } from './rules.ts';
export type { AccidentalFoulRule, ExtensionRule, RuleField, RuleOverrides, Rules, RuleSetId } from './rules.ts';
export { rulesOf } from './sets.ts';
export { withOverrides } from './overrides.ts';
export { JURISDICTION_NAMES, JURISDICTIONS } from './jurisdictions.ts';
export { rulesFromLeaf, rulesToLeaf } from './leaf.ts';
export { deductionProblem, type ScorecardProblem, scorecardHints, scorecardProblem } from './scorecard.ts';
export { type Decision, decide, type PanelRound, type Verdict } from './decide.ts';
export { endingByFoul, type FoulEnding } from './foul-ending.ts';
export { sourceOf } from './sources.ts';
export type { Foul } from './fouls.ts';
export { RULE_INFO } from './info.ts';
