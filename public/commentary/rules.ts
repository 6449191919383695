import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Credential } from '../shared/device/credential.ts';
import type { Live } from '../shared/live/live.ts';
import { getJson } from '../shared/wire/api.ts';
import {
  type Bag,
  type Decoded,
  list,
  literal,
  nullable,
  number,
  object,
  otherwise,
  text,
  truth,
} from '../shared/wire/decode.ts';
import type { View } from '../shared/wire/frames.ts';
import { commentary } from '../shared/strings/commentary.ts';
import { decodeRuleSets, type RuleSets } from '../shared/wire/rules.ts';
import type { Scorecards } from '../shared/wire/scorecards.ts';

const decodeRules = object({
  id: text,
  rest_s: number,
  even_rounds: truth,
  must_have_ten: truth,
  knockdown_authority: literal('referee', 'statistics'),
  knockdown_limit: otherwise(nullable(number), null),
  count_s: otherwise(nullable(number), null),
  deduction_points: list(number),
  extension: object({ rounds: number }),
  missing_judge: literal('remaining', 'average'),
});

type Rules = Decoded<typeof decodeRules>;

/**
 * The rules of the bout in a line: as its ledger froze them where that is known, else as the rule set has them.
 * Null until one of the two has come.
 */
export function rulesLine(view: View, sets: RuleSets | null, frozen: Bag | null): readonly string[] | null {
  const named = sets?.rule_sets.find(
    (set) => set.id === (typeof frozen?.id === 'string' ? frozen.id : view.bout.ruleset),
  );
  const rules =
    (frozen === null ? undefined : decodeRules(frozen)) ?? (named === undefined ? undefined : decodeRules(named.rules));
  if (rules === undefined) return null;
  return [named?.title ?? rules.id, ...notes(view, rules)];
}

function notes(view: View, rules: Rules): readonly string[] {
  const { line } = commentary.rules;
  return [
    line.rounds(view.bout.scheduled_rounds, view.bout.round_length_s),
    line.rest(rules.rest_s),
    ...(rules.must_have_ten ? [line.mustHaveTen] : []),
    rules.even_rounds ? line.evenAllowed : line.noEven,
    line.knockdowns[rules.knockdown_authority],
    ...(rules.knockdown_limit === null ? [] : [line.knockdownLimit(rules.knockdown_limit)]),
    ...(rules.count_s === null ? [] : [line.count(rules.count_s)]),
    line.deductions(rules.deduction_points),
    ...(rules.extension.rounds > 0 ? [line.extension(rules.extension.rounds)] : []),
  ];
}

export function openRules(
  credential: Credential,
  live: Live,
  view: ReadonlySignal<View | null>,
  cards: ReadonlySignal<Scorecards | null>,
): ReadonlySignal<readonly string[] | null> {
  const sets = signal<RuleSets | null>(null);
  effect(() => {
    // The same for as long as the server's release runs: one answer is enough.
    if (live.connection.value.state !== 'live' || sets.peek() !== null) return;
    void getJson('/api/rules', decodeRuleSets, credential).then((answer) => {
      if (answer.ok) sets.value = answer.value;
    });
  });
  return computed(() => {
    const shown = view.value;
    if (shown === null) return null;
    const rules = cards.value?.rules ?? null;
    return rulesLine(shown, sets.value, rules);
  });
}
