import { useSignal } from '@preact/signals';
import { describedBy, Field } from '../../shared/look/field.tsx';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Archive } from '../archive.ts';
import { useAsked } from '../asked.ts';
import { Part } from '../states.tsx';
import { decodeRules, type Rule } from '../wire/storage.ts';
import { useSender } from './sending.ts';
import { TwoStep } from './two-step.tsx';

const words = archiveWords.storage;

type Props = { readonly archive: Archive; readonly isAdmin: boolean };

export function Rules({ archive: { reach }, isAdmin }: Props) {
  const rules = useAsked(reach, '/api/storage/rules', decodeRules);
  const { sent, send } = useSender(reach.credential, decodeRules);
  const [promotion, days, reason] = [useSignal(''), useSignal(''), useSignal('')];
  const change = async (version: number, next: readonly Rule[]): Promise<void> => {
    const done = await send('/api/storage/rules', { version, rules: next, reason: reason.peek().trim() }, 'PUT');
    if (done === null) return;
    for (const field of [promotion, days, reason]) field.value = '';
    rules.again();
  };
  const field = (id: string, label: string, value: typeof promotion, hint?: string, numeric = false) => (
    <Field id={id} label={label} hint={hint}>
      <input
        id={id}
        value={value.value}
        autocomplete="off"
        aria-describedby={describedBy(id)}
        {...(numeric ? { inputMode: 'numeric' as const } : {})}
        onInput={(event) => {
          value.value = event.currentTarget.value;
        }}
      />
    </Field>
  );
  const now = sent.value;
  const hasReason = reason.value.trim() !== '';
  return (
    <section class="panel" aria-labelledby="rules-title">
      <h2 id="rules-title">{words.rules}</h2>
      <Part asked={rules}>
        {({ version, rules: held }) => (
          <>
            {held.length === 0 ? (
              <p>{words.rulesNone}</p>
            ) : (
              <ul class="rule-lines">
                {held.map((rule) => (
                  <li key={rule.promotion ?? ''}>
                    <span>{rule.promotion ?? words.everyPromotion}</span>
                    <b>{words.keptFor(rule.max_age_days)}</b>
                    {isAdmin && (
                      <TwoStep
                        label={words.ruleRemove}
                        disabled={!hasReason || now.state === 'pending'}
                        onDo={() =>
                          void change(
                            version,
                            held.filter((one) => one !== rule),
                          )
                        }
                      />
                    )}
                  </li>
                ))}
              </ul>
            )}
            <p class="hint">
              {words.rulesHint} {isAdmin && words.ruleRemoveHint}
            </p>
            {isAdmin && (
              <form
                class="storage-form"
                onSubmit={(event) => {
                  event.preventDefault();
                  const of = promotion.peek().trim() === '' ? null : promotion.peek().trim();
                  const rule: Rule = { class: 'export', promotion: of, max_age_days: Number(days.peek()) };
                  void change(version, [...held.filter((one) => one.promotion !== of), rule]);
                }}
              >
                {field('rule-promotion', words.rulePromotion, promotion)}
                {field('rule-days', words.ruleDays, days, undefined, true)}
                {field('rule-reason', words.ruleReason, reason, words.ruleReasonHint)}
                <button
                  type="submit"
                  disabled={now.state === 'pending' || !hasReason || !/^\d{1,5}$/.test(days.value.trim())}
                >
                  {words.ruleSet}
                </button>
              </form>
            )}
          </>
        )}
      </Part>
      <p role="status" class={now.state === 'refused' ? 'bad-text' : 'hint'}>
        {now.state === 'pending' ? archiveWords.sending : now.state === 'done' ? words.ruleDone : null}
        {now.state === 'refused' && now.why}
      </p>
    </section>
  );
}
