import { useSignal } from '@preact/signals';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { View } from '../../../shared/wire/frames.ts';
import type { Desk } from '../desk.ts';
import { errorAt, SendingLine } from '../fate.tsx';
import { cornerName, roundOptions, SelectField, TextField } from '../fields.tsx';
import { BLANK_DEPART, departBody, METHODS } from '../model/depart.ts';
import { timeWords } from '../model/times.ts';
import { useCommand } from '../sending.ts';
import type { DeskScorecards } from '../wire.ts';
import { methodWords } from '../words.ts';

type ProposeProps = {
  readonly desk: Desk;
  readonly view: View;
  readonly cards: DeskScorecards;
  readonly again: boolean;
  /** Rounds are still to come: no result without a reason. */
  readonly early: boolean;
};

/** A result as the record has it, or another one, with the reason. */
export function Propose({ desk, view, cards, again, early }: ProposeProps) {
  const draft = desk.drafts.of('depart', BLANK_DEPART);
  const { sending, send } = useCommand(desk);
  const wrong = useSignal<readonly string[]>([]);
  const busy = sending.value.phase === 'pending';
  const asComputed = async (): Promise<void> => {
    const reason = draft.peek().reason.trim();
    wrong.value = early && reason === '' ? ['reason'] : [];
    if (wrong.value.length > 0) return;
    if (await send('/finalize', reason === '' ? {} : { reason })) draft.value = BLANK_DEPART;
    desk.refreshResult();
  };
  const depart = async (): Promise<void> => {
    const read = departBody(draft.peek());
    wrong.value = read.ok ? [] : read.fields;
    if (!read.ok) return;
    if (await send('/finalize', read.value)) draft.value = BLANK_DEPART;
    desk.refreshResult();
  };
  const error = (field: string, said: string): string | undefined =>
    wrong.value.includes(field) ? said : errorAt(sending.value, field);
  return (
    <div class="propose">
      <TextField
        draft={draft}
        name="reason"
        label={early ? words.earlyReason : words.resultReason}
        hint={early ? words.earlyReasonHint : words.resultReasonHint}
        error={error('reason', words.reasonNeeded)}
      />
      <button
        type="button"
        class={early ? 'danger' : ''}
        disabled={busy || cards.computed === null}
        onClick={() => void asComputed()}
      >
        {early ? words.proposeEarly : again ? words.proposeAgain : words.propose}
      </button>
      <details class="more">
        <summary>{words.depart}</summary>
        <div class="more-body">
          <SelectField
            draft={draft}
            name="method"
            label={words.how}
            error={error('method', words.methodNeeded)}
            options={[
              { value: '', label: words.asRecorded },
              ...METHODS.map((one) => ({ value: one, label: methodWords(one) })),
            ]}
          />
          <SelectField
            draft={draft}
            name="winner"
            label={words.whoWon}
            error={errorAt(sending.value, 'winner')}
            options={[
              { value: '', label: words.asRecorded },
              { value: 'red', label: cornerName(view, 'red') },
              { value: 'blue', label: cornerName(view, 'blue') },
              { value: 'draw', label: words.winner.draw },
              { value: 'no_contest', label: words.winner.no_contest },
            ]}
          />
          <div class="beside two">
            <SelectField
              draft={draft}
              name="round"
              label={words.inRound}
              error={errorAt(sending.value, 'round_id')}
              options={[{ value: '', label: words.asRecorded }, ...roundOptions(view)]}
            />
            <TextField
              draft={draft}
              name="time"
              label={words.officialTime}
              placeholder="0:00"
              error={error('time_ms', words.wrongTime(timeWords(view.bout.round_length_s * 1_000)))}
            />
          </div>
          <button type="button" class="danger" disabled={busy} onClick={() => void depart()}>
            {words.proposeDeparture}
          </button>
        </div>
      </details>
      <SendingLine sending={sending} />
    </div>
  );
}
