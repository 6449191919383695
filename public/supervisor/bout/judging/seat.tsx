import { useSignal } from '@preact/signals';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Seat } from '../../../shared/wire/scorecards.ts';
import type { Desk } from '../desk.ts';
import { errorAt, SendingLine } from '../fate.tsx';
import { SelectField, TextField } from '../fields.tsx';
import { useCommand } from '../sending.ts';

const BLANK = { person: '', name: '', from: '', reason: '' };

/** Who sits there: another judge, nobody, or the judge again. Put forward by one person, confirmed by a second. */
export function SeatDetail({ desk, seat }: { readonly desk: Desk; readonly seat: Seat }) {
  const draft = desk.drafts.of(`seat-${seat.judge_id}`, BLANK);
  const { sending, send } = useCommand(desk);
  const wrong = useSignal<readonly string[]>([]);
  const view = desk.view.value;
  const scheduled = view?.bout.scheduled_rounds ?? 1;

  const propose = async (change: 'substitute' | 'absent' | 'present'): Promise<void> => {
    const { person, name, from, reason } = draft.peek();
    const substitutes = change === 'substitute';
    wrong.value = [
      ...(substitutes && person.trim() === '' ? ['person_id'] : []),
      ...(substitutes && name.trim() === '' ? ['person_name'] : []),
      ...(reason.trim() === '' ? ['reason'] : []),
    ];
    if (wrong.value.length > 0) return;
    const fields = {
      change,
      judge_id: seat.judge_id,
      reason: reason.trim(),
      ...(substitutes ? { person_id: person.trim(), person_name: name.trim() } : {}),
      ...(substitutes && from !== '' ? { from_round: Number(from) } : {}),
    };
    if (await send('/panel', fields)) draft.value = BLANK;
  };
  const error = (field: string, said: string): string | undefined =>
    wrong.value.includes(field) ? said : errorAt(sending.value, field);
  const busy = sending.value.phase === 'pending';
  const rounds = Array.from({ length: scheduled }, (_, i) => ({ value: String(i + 1), label: common.round(i + 1) }));

  return (
    <div class="more-body">
      <p class="hint">{words.panelHint}</p>
      <TextField draft={draft} name="reason" label={words.reason} error={error('reason', words.reasonNeeded)} />
      <button type="button" disabled={busy} onClick={() => void propose(seat.absent ? 'present' : 'absent')}>
        {seat.absent ? words.proposePresent : words.proposeAbsent}
      </button>
      <div class="beside two">
        <TextField
          draft={draft}
          name="name"
          maxLength={120}
          label={words.newJudgeName}
          error={error('person_name', words.nameNeeded)}
        />
        <TextField
          draft={draft}
          name="person"
          maxLength={64}
          label={words.newJudgeId}
          error={error('person_id', words.idNeeded)}
        />
      </div>
      <SelectField
        draft={draft}
        name="from"
        label={words.fromRound}
        error={errorAt(sending.value, 'from_round')}
        options={[{ value: '', label: words.currentRound(view?.round_id ?? 1) }, ...rounds]}
      />
      <button type="button" disabled={busy} onClick={() => void propose('substitute')}>
        {words.proposeSubstitute}
      </button>
      <SendingLine sending={sending} />
    </div>
  );
}
