import { useSignal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import type { Corner } from '../../../domain/corner.ts';
import type { Credential } from '../../shared/device/credential.ts';
import { fighterWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Particulars } from '../../shared/wire/fighters.ts';
import {
  FIGHTER_FIELDS,
  fighterBody,
  fighterForm,
  type FighterField,
  fighterProblems,
  NUMBERS,
  TEXTS,
} from './fighter-form.ts';
import { decodeFighterForm } from './decode-form.ts';
import { openDraft } from './draft.ts';
import { faultsOf, focusFirstFault } from './form-state.ts';
import { Choice, submitting, TextField } from './inputs.tsx';
import { Outcome } from './outcome.tsx';
import { openSending } from './send.ts';

type Props = {
  readonly credential: Credential;
  readonly path: string;
  readonly corner: Corner;
  readonly fighter: Particulars;
};

const STANCES = ['', 'orthodox', 'southpaw', 'switch'] as const;

export function FighterDetails({ credential, path, corner, fighter }: Props) {
  const [sending] = useState(() => openSending(credential));
  const [draft] = useState(() => openDraft(`supervisor|${path}`, decodeFighterForm, () => fighterForm(fighter)));
  const tried = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const typed = draft.value.value ?? fighterForm(fighter);
  const faults = faultsOf(tried.value ? fighterProblems(typed) : [], sending.state.value, FIGHTER_FIELDS);
  const state = sending.state.value.kind;

  function change(field: FighterField, value: string): void {
    sending.clear();
    draft.set({ ...(draft.value.peek() ?? fighterForm(fighter)), [field]: value });
  }

  async function save(): Promise<void> {
    tried.value = true;
    const now = draft.value.peek() ?? fighterForm(fighter);
    if (fighterProblems(now).length > 0) return focusFirstFault(form.current);
    const saved = await sending.send(path, fighterBody(now), 'PUT');
    if (saved === null) return focusFirstFault(form.current);
    // What was typed while it was on its way is still to be sent.
    if (draft.value.peek() === now) await draft.sent();
  }

  return (
    <form ref={form} class="stack" noValidate onSubmit={submitting(() => void save())}>
      <div class="fields narrow">
        {[...TEXTS, ...NUMBERS].map((field) => (
          <TextField
            key={field}
            id={`${corner}-${field}`}
            label={words.field[field]}
            value={typed[field]}
            error={faults.at(field)}
            onChange={(value) => change(field, value)}
          />
        ))}
        <Choice
          id={`${corner}-stance`}
          label={words.field.stance}
          value={typed.stance}
          options={STANCES.map((stance) => [stance, words.stance[stance]])}
          error={faults.at('stance')}
          onChange={(value) => change('stance', value)}
        />
      </div>
      <div class="row">
        <button type="submit" class="primary">
          {state === 'busy' ? words.saving : words.save}
        </button>
      </div>
      <Outcome faults={faults} done={state === 'done' ? words.saved : null} />
    </form>
  );
}
