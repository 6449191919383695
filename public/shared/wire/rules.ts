import { bag, type Decoded, list, object, text } from './decode.ts';

/** `GET /api/rules`: the same for everybody for as long as the server's release runs. */

const foul = object({ id: text, words: text });

export type Foul = Decoded<typeof foul>;

const ruleSet = object({
  id: text,
  title: text,
  sport: text,
  /** Each page reads of them what it needs. */
  rules: bag,
  fouls: list(foul),
  jurisdictions: list(object({ id: text, title: text, source: text })),
});

export type RuleSet = Decoded<typeof ruleSet>;

export const decodeRuleSets = object({ rule_sets: list(ruleSet) });

export type RuleSets = Decoded<typeof decodeRuleSets>;
