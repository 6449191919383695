import * as z from 'zod';
import {
  JURISDICTION_NAMES,
  JURISDICTIONS,
  RULE_INFO,
  RULE_SET_IDS,
  rulesOf,
  rulesToLeaf,
} from '../../domain/rules/index.ts';
import { json } from '../bouts.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';

const rulesSchema = z.object({
  rule_sets: z.array(
    z.object({
      id: z.enum(RULE_SET_IDS),
      title: z.string(),
      sport: z.string(),
      rules: z.record(z.string(), z.json()),
      sources: z.record(z.string(), z.string()).describe('Where each rule stands.'),
      fouls: z.array(z.object({ id: z.string(), words: z.string(), source: z.string() })),
      jurisdictions: z
        .array(z.object({ id: z.string(), title: z.string(), source: z.string() }))
        .describe('Rule-makers whose choices are known for this set.'),
    }),
  ),
});

/** The names of the rules as they stand beside their sources. */
function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z0-9]+/g, (part) => `_${part.toLowerCase()}`);
}

/** The same for everybody for as long as this release runs. */
function ruleSets() {
  return {
    rule_sets: RULE_SET_IDS.flatMap((id) => {
      const rules = rulesOf(id);
      if (rules === null) return [];
      const { title, sport, sources, fouls } = RULE_INFO[id];
      const jurisdictions = JURISDICTION_NAMES.flatMap((name) => {
        const preset = JURISDICTIONS[name].presets[id];
        return preset === undefined ? [] : [{ id: name, title: JURISDICTIONS[name].title, source: preset.source }];
      });
      const stands = Object.fromEntries(Object.entries(sources).map(([rule, source]) => [snakeCase(rule), source]));
      return [{ id, title, sport, rules: rulesToLeaf(rules), sources: stands, fouls: [...fouls], jurisdictions }];
    }),
  };
}

const list = defineRoute({
  method: 'get',
  path: '/api/rules',
  tag: 'Bouts',
  summary: 'The rule sets, with the source of every rule, their fouls, and the jurisdictions that are known',
  permission: 'public',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: NO_BODY,
  responses: { 200: { description: 'What a bout may be set up with.', schema: rulesSchema } },
  handle: () => json(ruleSets()),
});

export const ruleRoutes: readonly Route[] = [list];
