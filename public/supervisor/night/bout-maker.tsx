import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { failureWords, getJson } from '../../shared/wire/api.ts';
import { boutWords as words, formWords, nightWords, releaseWords } from '../../shared/strings/supervisor-night.ts';
import type { Card } from '../../shared/wire/cards.ts';
import { decodeScorecards } from '../../shared/wire/scorecards.ts';
import { bodyOf, type BoutForm, copied, emptyForm, LIMITS, limitField, problemsOf } from './bout-form.ts';
import { BoutRules } from './bout-rules.tsx';
import { BoutSeats } from './bout-seats.tsx';
import { BoutFighters } from './bout-fighters.tsx';
import { decodeBoutForm } from './decode-form.ts';
import type { Desk } from './desk.ts';
import { openDraft } from './draft.ts';
import { faultsOf, focusFirstFault } from './form-state.ts';
import { Group, submitting, TextField } from './inputs.tsx';
import type { Night } from './model.ts';
import { namesOf } from './names.ts';
import { Outcome } from './outcome.tsx';
import { ReleaseFields } from './release-fields.tsx';
import { openSending } from './send.ts';
import { type Choosable, jurisdictionOf } from './wire.ts';

type Props = {
  readonly desk: Desk;
  readonly night: Night;
  readonly card: Card;
  readonly rules: readonly Choosable[];
};

/** The form for the card's next bout. */
export function BoutMaker({ desk, night, card, rules }: Props) {
  const draft = useMemo(
    () => openDraft(`supervisor|bout|${card.card_id}`, decodeBoutForm, () => emptyForm(rules)),
    [card.card_id],
  );
  const sending = useMemo(() => openSending(desk.credential, `supervisor|bout-sent|${card.card_id}`), [card.card_id]);
  const tried = useSignal(false);
  const said = useSignal<{ readonly text: string; readonly isBad: boolean } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const typed = draft.value.value;
  if (typed === null) return <p class="hint">{'\u00a0'}</p>;
  const faults = faultsOf(tried.value ? problemsOf(typed) : [], sending.state.value, fieldsOf(typed));
  const before = card.bouts.findLast(({ bout_id }) => night.facts.value.has(bout_id))?.bout_id ?? null;

  function set(next: BoutForm): void {
    sending.clear();
    said.value = null;
    draft.set(next);
  }

  async function copy(boutId: string): Promise<void> {
    const facts = night.facts.peek().get(boutId);
    if (facts === undefined) return;
    const path = `/api/bouts/${encodeURIComponent(boutId)}/scorecards`;
    const answer = await getJson(path, decodeScorecards, desk.credential);
    const now = draft.value.peek();
    // Half of the rules would be worse than none: without the jurisdiction nothing is copied.
    if (!answer.ok) said.value = { text: words.copyFailed(failureWords(answer.failure)), isBad: true };
    else if (now !== null) {
      set(copied(now, facts, jurisdictionOf(answer.value.rules), card));
      said.value = { text: words.copied(namesOf(night, boutId)), isBad: false };
    }
  }

  async function add(): Promise<void> {
    tried.value = true;
    const now = draft.value.peek();
    if (now === null || problemsOf(now).length > 0) return focusFirstFault(form.current);
    const made = await sending.send('/api/bouts', bodyOf(now, card));
    if (made === null) return focusFirstFault(form.current);
    tried.value = false;
    said.value = { text: words.added(`${now.red.name} – ${now.blue.name}`), isBad: false };
    await draft.clear();
    await night.refresh();
  }

  return (
    <form ref={form} class="stack" aria-label={words.title} noValidate onSubmit={submitting(() => void add())}>
      {before !== null && (
        <button type="button" class="start" onClick={() => void copy(before)}>
          {words.copy}
        </button>
      )}
      <BoutFighters form={typed} onChange={set} errorAt={faults.at} />
      <BoutRules form={typed} rules={rules} onChange={set} errorAt={faults.at} />
      <BoutSeats form={typed} onChange={set} errorAt={faults.at} />
      <Group legend={words.releaseTitle}>
        <ReleaseFields
          at="bout-release"
          release={typed.release}
          errorAt={faults.at}
          onChange={(release) => set({ ...typed, release })}
        />
        <div class="fields">
          <TextField
            id="bout-delay"
            numeric
            label={releaseWords.delay}
            hint={releaseWords.delayHint}
            value={typed.delay}
            error={faults.at('delay_ms')}
            onChange={(delay) => set({ ...typed, delay })}
          />
        </div>
      </Group>
      <details>
        <summary>{words.more}</summary>
        <div class="fields">
          {LIMITS.map((limit) => (
            <TextField
              key={limit}
              id={`bout-${limit}`}
              numeric
              label={words.limits[limit]}
              hint={words.usualValue}
              value={typed.limits[limit]}
              error={faults.at(limitField(limit))}
              onChange={(value) => set({ ...typed, limits: { ...typed.limits, [limit]: value } })}
            />
          ))}
        </div>
      </details>
      <div class="row">
        <button type="submit" class="primary">
          {sending.state.value.kind === 'busy' ? words.adding : words.add}
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            tried.value = false;
            sending.clear();
            void draft.clear();
          }}
        >
          {formWords.clear}
        </button>
        <p class="hint">{formWords.kept}</p>
      </div>
      {said.value?.isBad === true ? (
        <p class="outcome bad-text" role="status">
          {said.value.text}
        </p>
      ) : (
        <Outcome faults={faults} done={said.value?.text ?? null} />
      )}
    </form>
  );
}

/** Every field of the form that shows its own fault. */
function fieldsOf(form: BoutForm): readonly string[] {
  return [
    'sport',
    'ruleset',
    'rules.jurisdiction',
    'scheduled_rounds',
    'round_length_s',
    'judges',
    'delay_ms',
    ...['fighter1', 'fighter2'].flatMap((fighter) => [`${fighter}.name`, `${fighter}.id`]),
    ...form.seats.flatMap((_, at) => ['judge_id', 'judge_name', 'person_id'].map((name) => `judges[${at}].${name}`)),
    ...['statistics', 'scorecards', 'recommendation'].map((part) => `release_policy.${part}`),
    ...LIMITS.map(limitField),
  ];
}

/** Folded away where the card has bouts already; whatever is typed stays, folded or not. */
export function BoutMakerPanel({ desk, night, card }: Omit<Props, 'rules'>) {
  const rules = night.rules.value;
  const open = useSignal(card.bouts.length === 0);
  return (
    <section class="panel add-bout" aria-label={nightWords.addBout}>
      <button
        type="button"
        class="start"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.peek();
        }}
      >
        {nightWords.addBout}
      </button>
      {open.value &&
        (rules.length === 0 ? (
          <p class="hint">{words.noRules}</p>
        ) : (
          <BoutMaker desk={desk} night={night} card={card} rules={rules} />
        ))}
    </section>
  );
}
