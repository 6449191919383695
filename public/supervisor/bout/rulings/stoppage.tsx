import { useSignal } from '@preact/signals';
import { cornerOf } from '../../../shared/look/corner.tsx';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Bag } from '../../../shared/wire/decode.ts';
import type { View } from '../../../shared/wire/frames.ts';
import type { Desk } from '../desk.ts';
import { filled } from '../drafts.ts';
import { PressLines } from '../fate.tsx';
import { Check, Choice, CornerChoice, SelectField, TextField } from '../fields.tsx';
import type { RulingBody } from '../model/foul.ts';
import { standingFouls } from '../model/knockdowns.ts';
import { BLANK_STOPPAGE, STOPPED_BY, stoppageBody } from '../model/stoppage.ts';
import { timeWords } from '../model/times.ts';
import { usePresses } from '../sending.ts';
import { methodWords, rulingWords } from '../words.ts';

/** The end of a bout before its time. Said twice: it stops the clock and nothing but a rescinding takes it back. */
export function Stoppage({ desk }: { readonly desk: Desk }) {
  const view = desk.view.value;
  return (
    <details class="more ruling-part">
      <summary>{words.stoppage}</summary>
      {view === null ? <p class="hint">{common.loading}</p> : <StoppageFormView desk={desk} view={view} />}
    </details>
  );
}

function StoppageFormView({ desk, view }: { readonly desk: Desk; readonly view: View }) {
  const draft = desk.drafts.of('stoppage', BLANK_STOPPAGE);
  const presses = usePresses(desk, 'stoppage');
  const wrong = useSignal<readonly string[]>([]);
  const ready = useSignal<RulingBody | null>(null);
  const fouls = standingFouls(desk.scorecards.value.value?.rulings ?? []);
  const { method } = draft.value;
  const error = (field: string, said: string): string | undefined => (wrong.value.includes(field) ? said : undefined);
  const round = desk.clock.value?.round ?? view.round_id;

  const review = (): void => {
    const length = desk.clock.peek()?.clock.length_ms ?? view.bout.round_length_s * 1_000;
    const read = stoppageBody(draft.peek(), round, desk.elapsedNow(), length);
    wrong.value = read.ok ? [] : read.fields;
    ready.value = read.ok ? read.value : null;
  };
  const said = (body: RulingBody): string => {
    const corner = cornerOf(view.bout, typeof body.fighter_id === 'string' ? body.fighter_id : null);
    return words.rulingOf.stoppage(
      typeof body.method === 'string' ? methodWords(body.method) : words.afterFoul,
      // What goes out, and not what the form still holds of another choice.
      corner === null ? '' : common.corner[corner],
      timeWords(Number(body.time_ms)),
    );
  };
  const correct = (form: Bag): void => {
    ready.value = null;
    draft.value = filled(BLANK_STOPPAGE, form);
  };
  const stop = (body: RulingBody): void => {
    if (presses.isBounce()) return;
    void presses.press('/rulings', body, said(body), { form: draft.peek() }).then(() => {
      ready.value = null;
      draft.value = BLANK_STOPPAGE;
    });
  };

  if (ready.value !== null) {
    const body = ready.value;
    return (
      <div class="more-body">
        <div class="review" role="group" aria-label={words.stopReview}>
          <p>{words.stopReview}</p>
          <p class="review-what">{words.inRoundOf(round, said(body))}</p>
          <div class="row">
            <button type="button" class="danger" onClick={() => stop(body)}>
              {words.stopNow}
            </button>
            <button type="button" onClick={() => (ready.value = null)}>
              {words.back}
            </button>
          </div>
        </div>
        <PressLines presses={presses} onCorrect={correct} />
      </div>
    );
  }
  return (
    <div class="more-body">
      <Choice
        draft={draft}
        name="method"
        label={words.how}
        error={error('method', words.methodNeeded)}
        options={[
          ...STOPPED_BY.map((one) => ({ value: one, label: methodWords(one) })),
          { value: 'foul', label: words.afterFoul },
        ]}
      />
      {method === 'foul' ? (
        <>
          <SelectField
            draft={draft}
            name="foul"
            label={words.whichFoulStopped}
            hint={fouls.length === 0 ? words.recordFoulFirst : words.foulDecides}
            error={error('foul', words.recordFoulFirst)}
            options={[
              { value: '', label: common.notYet },
              ...fouls.map((one) => ({
                value: one.event_id,
                label: `${common.round(one.round_id)}: ${rulingWords(one, desk.fouls.value)}`,
              })),
            ]}
          />
          <Check draft={draft} name="aggravated" label={words.aggravated} />
        </>
      ) : (
        method !== 'NC' && (
          <CornerChoice
            draft={draft}
            name="winner"
            view={view}
            label={words.whoWon}
            error={error('winner', words.cornerNeeded)}
          />
        )
      )}
      <TextField
        draft={draft}
        name="time"
        label={words.officialTime}
        hint={words.officialTimeHint}
        placeholder="0:00"
        error={error('time', words.wrongTime(timeWords(view.bout.round_length_s * 1_000)))}
      />
      <TextField draft={draft} name="note" label={words.noteOptional} hint={words.stoppageNoteHint} />
      <button type="button" class="primary" disabled={desk.stopped.value} onClick={review}>
        {desk.stopped.value ? words.stoppedAlready : words.toReview}
      </button>
      <PressLines presses={presses} onCorrect={correct} />
    </div>
  );
}
