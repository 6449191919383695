import { useSignal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { text } from '../../shared/wire/decode.ts';
import { formWords, nightWords as words } from '../../shared/strings/supervisor-night.ts';
import { cardBody, cardProblems, NO_CARD } from './card-form.ts';
import { type CardForm, decodeCardForm } from './decode-form.ts';
import type { Desk } from './desk.ts';
import { openDraft } from './draft.ts';
import { faultsOf, focusFirstFault } from './form-state.ts';
import { submitting, TextField } from './inputs.tsx';
import { Outcome } from './outcome.tsx';
import { openSending } from './send.ts';

const FIELDS = ['promotion', 'event', 'date', 'time_zone', 'venue'];
const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

function firstForm(): CardForm {
  return { ...NO_CARD, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

export function CardMaker({ desk, onMade }: { readonly desk: Desk; readonly onMade: (cardId: string) => void }) {
  const [draft] = useState(() => openDraft('supervisor|card', decodeCardForm, firstForm));
  const [sending] = useState(() => openSending(desk.credential, 'supervisor|card-sent'));
  const tried = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const typed = draft.value.value;
  if (typed === null) return <p class="hint">{'\u00a0'}</p>;
  const faults = faultsOf(tried.value ? cardProblems(typed) : [], sending.state.value, FIELDS);

  function change(part: Partial<CardForm>): void {
    sending.clear();
    draft.set({ ...(draft.value.peek() ?? NO_CARD), ...part });
  }

  async function make(): Promise<void> {
    tried.value = true;
    const now = draft.value.peek();
    if (now === null || cardProblems(now).length > 0) return focusFirstFault(form.current);
    const made = await sending.send('/api/cards', cardBody(now));
    const cardId = text(made?.card_id);
    if (cardId === undefined) return focusFirstFault(form.current);
    tried.value = false;
    await draft.clear();
    onMade(cardId);
  }

  return (
    <form ref={form} class="stack" aria-label={words.makeNight} noValidate onSubmit={submitting(() => void make())}>
      <div class="fields">
        <TextField
          id="card-promotion"
          label={words.promotion}
          value={typed.promotion}
          required
          error={faults.at('promotion')}
          onChange={(promotion) => change({ promotion })}
        />
        <TextField
          id="card-event"
          label={words.event}
          value={typed.event}
          required
          error={faults.at('event')}
          onChange={(event) => change({ event })}
        />
        <TextField
          id="card-date"
          type="date"
          label={words.date}
          hint={words.optional}
          value={typed.date}
          error={faults.at('date')}
          onChange={(date) => change({ date })}
        />
        <TextField
          id="card-zone"
          list="zones"
          label={words.timeZone}
          hint={words.timeZoneHint}
          value={typed.timeZone}
          error={faults.at('time_zone')}
          onChange={(timeZone) => change({ timeZone })}
        />
        <TextField
          id="card-venue"
          label={words.venue}
          hint={words.optional}
          value={typed.venue}
          error={faults.at('venue')}
          onChange={(venue) => change({ venue })}
        />
      </div>
      <datalist id="zones">
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <div class="row">
        <button type="submit" class="primary">
          {sending.state.value.kind === 'busy' ? words.making : words.make}
        </button>
        <p class="hint">{formWords.kept}</p>
      </div>
      <Outcome faults={faults} />
    </form>
  );
}
