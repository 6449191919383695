import { type ReadonlySignal, useSignal } from '@preact/signals';
import { cornerOf } from '../../../shared/look/corner.tsx';
import { actionWords } from '../../../shared/look/entry-words.ts';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { View } from '../../../shared/wire/frames.ts';
import type { Desk } from '../desk.ts';
import { filled } from '../drafts.ts';
import { PressLines } from '../fate.tsx';
import { Choice, type Option, roundOptions, SelectField, TextField } from '../fields.tsx';
import { BLANK_REVIEW, OUTCOMES, reviewBody } from '../model/stoppage.ts';
import { timeWords } from '../model/times.ts';
import type { RoundEvents } from '../round-events.ts';
import { usePresses } from '../sending.ts';
import { rulingWords } from '../words.ts';

type Props = { readonly desk: Desk; readonly rounds: ReadonlySignal<readonly RoundEvents[]> };

/** What the footage showed. What follows from it is a ruling of its own. */
export function Review({ desk, rounds }: Props) {
  const view = desk.view.value;
  return (
    <details class="more ruling-part">
      <summary>{words.review}</summary>
      {view === null ? (
        <p class="hint">{common.loading}</p>
      ) : (
        <ReviewFormView desk={desk} view={view} rounds={rounds} />
      )}
    </details>
  );
}

function ReviewFormView({ desk, view, rounds }: Props & { readonly view: View }) {
  const draft = desk.drafts.of('review', BLANK_REVIEW);
  const presses = usePresses(desk, 'review');
  const wrong = useSignal<readonly string[]>([]);
  const error = (field: string, said: string): string | undefined => (wrong.value.includes(field) ? said : undefined);
  const round = draft.value.round === '' ? view.round_id : Number(draft.value.round);
  const record = (): void => {
    const read = reviewBody({ ...draft.peek(), round: String(round) });
    wrong.value = read.ok ? [] : read.fields;
    if (!read.ok || presses.isBounce()) return;
    void presses.press('/rulings', read.value, words.rulingOf.review, { form: draft.peek() }).then(() => {
      draft.value = BLANK_REVIEW;
    });
  };
  return (
    <div class="more-body">
      <p class="hint">{words.reviewHint}</p>
      <SelectField
        draft={draft}
        name="round"
        label={words.inRound}
        options={[{ value: '', label: words.currentRound(view.round_id) }, ...roundOptions(view)]}
      />
      <SelectField
        draft={draft}
        name="target"
        label={words.reviewTarget}
        options={[{ value: '', label: words.noTarget }, ...targetsOf(desk, view, rounds.value, round)]}
      />
      <TextField
        draft={draft}
        name="footage"
        label={words.footage}
        hint={words.footageHint}
        placeholder="0:00:00"
        error={error('footage', words.footageNeeded)}
      />
      <Choice
        draft={draft}
        name="outcome"
        label={words.outcome}
        error={error('outcome', words.outcomeNeeded)}
        options={OUTCOMES.map((one) => ({ value: one, label: words.outcomes[one] }))}
      />
      <TextField draft={draft} name="note" label={words.reviewRequest} />
      <button type="button" class="primary" onClick={record}>
        {words.recordReview}
      </button>
      <PressLines presses={presses} onCorrect={(form) => (draft.value = filled(BLANK_REVIEW, form))} />
    </div>
  );
}

const NEWEST = 30;

/** What a review can be about: the round's rulings, and its newest actions. */
function targetsOf(desk: Desk, view: View, rounds: readonly RoundEvents[], round: number): readonly Option[] {
  const rulings = (desk.scorecards.value.value?.rulings ?? [])
    .filter((one) => one.round_id === round && !one.rescinded)
    .flatMap((one) =>
      one.event_id === null ? [] : [{ value: one.event_id, label: rulingWords(one, desk.fouls.value) }],
    );
  const events = (rounds.find((one) => one.round === round)?.events ?? [])
    .filter(({ voided }) => !voided)
    .slice(-NEWEST)
    .toReversed()
    .map((event) => {
      const corner = cornerOf(view.bout, event.fighter_id);
      const who = corner === null ? event.fighter_id : common.corner[corner];
      const when = event.clock_ms === null ? common.notYet : timeWords(event.clock_ms);
      return { value: event.event_id, label: `${when} ${who}: ${actionWords(event.event_type, {}).title}` };
    });
  return [...rulings, ...events];
}
