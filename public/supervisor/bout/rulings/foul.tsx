import { useSignal } from '@preact/signals';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { View } from '../../../shared/wire/frames.ts';
import type { Desk } from '../desk.ts';
import { filled } from '../drafts.ts';
import { PressLines } from '../fate.tsx';
import { Check, Choice, CornerChoice, roundOptions, SelectField, TextField } from '../fields.tsx';
import { BLANK_FOUL, foulBodies, type FoulRules, lawfulPoints } from '../model/foul.ts';
import { usePresses } from '../sending.ts';
import { foulWords } from '../words.ts';

/** A foul and what follows from it, in the order in which a referee says it. */
export function FoulFlow({ desk }: { readonly desk: Desk }) {
  const view = desk.view.value;
  const rules = desk.scorecards.value.value?.rules;
  return (
    <details class="more ruling-part">
      <summary>{words.foul}</summary>
      {view === null || rules === undefined ? (
        <p class="hint">{common.loading}</p>
      ) : (
        <FoulForm
          desk={desk}
          view={view}
          rules={{ points: rules.deduction_points, injuryPoints: rules.intentional_injury_points }}
        />
      )}
    </details>
  );
}

type FormProps = { readonly desk: Desk; readonly view: View; readonly rules: FoulRules };

function FoulForm({ desk, view, rules }: FormProps) {
  const draft = desk.drafts.of('foul', BLANK_FOUL);
  const presses = usePresses(desk, 'foul');
  const wrong = useSignal<readonly string[]>([]);
  const fouls = desk.fouls.value ?? [];
  const { foul, intent, injury } = draft.value;
  const points = lawfulPoints(rules, intent, injury);
  const error = (field: string, said: string): string | undefined => (wrong.value.includes(field) ? said : undefined);

  const record = async (): Promise<void> => {
    // The form is empty after the first of two quick presses: the second would find everything missing.
    if (presses.isBounce()) return;
    const form = draft.peek();
    const read = foulBodies({ ...form, round: form.round === '' ? String(view.round_id) : form.round }, rules);
    wrong.value = read.ok ? [] : read.fields;
    if (!read.ok) return;
    const who = form.corner === 'red' ? common.corner.red : common.corner.blue;
    const what = foulWords(form.foul === '' ? form.words.trim() : form.foul, fouls);
    draft.value = BLANK_FOUL;
    // In this order in the outbox: the penalty names the foul, and nothing overtakes it.
    const item = await presses.press('/rulings', read.value.foul, words.foulRecorded(who, what), { form });
    if (read.value.penalty === null) return;
    const follows = read.value.penalty(item.eventId);
    const said =
      typeof follows.points === 'number' ? words.rulingOf.deduction(who, follows.points) : words.rulingOf.warning(who);
    await presses.press('/rulings', follows, said);
  };

  return (
    <div class="more-body">
      {fouls.length > 0 && (
        <SelectField
          draft={draft}
          name="foul"
          label={words.whichFoul}
          error={error('foul', words.foulNeeded)}
          options={[
            { value: '', label: words.inOwnWords },
            ...fouls.map(({ id, words: label }) => ({ value: id, label })),
          ]}
        />
      )}
      {foul === '' && (
        <TextField
          draft={draft}
          name="words"
          maxLength={80}
          label={words.foulInWords}
          error={error('words', words.foulNeeded)}
        />
      )}
      <CornerChoice
        draft={draft}
        name="corner"
        view={view}
        label={words.whoFouled}
        error={error('corner', words.cornerNeeded)}
      />
      <Choice
        draft={draft}
        name="intent"
        label={words.intent}
        error={error('intent', words.intentNeeded)}
        options={[
          { value: 'accidental', label: words.intentChoice.accidental },
          { value: 'intentional', label: words.intentChoice.intentional },
        ]}
      />
      <Check draft={draft} name="injury" label={words.injury} />
      <Choice
        draft={draft}
        name="penalty"
        label={words.whatFollows}
        hint={
          points.length === 1 && points[0] === rules.injuryPoints && injury ? words.mandatory(points[0]) : undefined
        }
        error={error('penalty', words.pointsNeeded(points))}
        options={[
          { value: 'none', label: words.nothingFollows },
          { value: 'warning', label: words.warning },
          ...points.map((one) => ({ value: String(one), label: words.takePoints(one) })),
        ]}
      />
      <SelectField
        draft={draft}
        name="round"
        label={words.inRound}
        hint={words.foulRoundHint}
        options={[{ value: '', label: words.currentRound(view.round_id) }, ...roundOptions(view)]}
      />
      <TextField draft={draft} name="note" label={words.noteOptional} />
      <button type="button" class="primary" onClick={() => void record()}>
        {words.recordFoul}
      </button>
      <PressLines presses={presses} onCorrect={(kept) => (draft.value = filled(BLANK_FOUL, kept))} />
    </div>
  );
}
