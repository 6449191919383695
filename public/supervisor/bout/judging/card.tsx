import { useSignal } from '@preact/signals';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Seat } from '../../../shared/wire/scorecards.ts';
import type { Desk } from '../desk.ts';
import { errorAt, SendingLine } from '../fate.tsx';
import { isOfficial } from '../model/waiting.ts';
import { TextField } from '../fields.tsx';
import { type Cell, readPoints } from '../model/cards.ts';
import { useCommand } from '../sending.ts';

type Props = { readonly desk: Desk; readonly seat: Seat; readonly round: number; readonly cell: Cell };

/** One scorecard: what stood there, and what a supervisor can do about it. Nobody but the judge writes a value. */
export function CardDetail({ desk, seat, round, cell }: Props) {
  const { card } = cell;
  return (
    <div class="more-body">
      {card !== null && card.earlier.length > 0 && (
        <ul class="earlier">
          {card.earlier.map((one) => (
            <li key={one.sequence_index}>
              {words.earlier(words.score(one.red, one.blue), one.sequence_index, one.reopened_at)}
            </li>
          ))}
        </ul>
      )}
      {isOfficial(desk.view.value) ? (
        <p class="hint">{words.boutClosed}</p>
      ) : cell.state === 'submitted' ? (
        <Reopen desk={desk} seat={seat} round={round} />
      ) : round > (desk.view.value?.round_id ?? round) ? (
        <p class="hint">{words.notBegun}</p>
      ) : (
        <Paper desk={desk} seat={seat} round={round} />
      )}
    </div>
  );
}

type FormProps = Omit<Props, 'cell'>;

function Reopen({ desk, seat, round }: FormProps) {
  const draft = desk.drafts.of(`reopen-${seat.judge_id}-${round}`, { reason: '' });
  const { sending, send } = useCommand(desk);
  const missing = useSignal(false);
  const reopen = async (): Promise<void> => {
    const reason = draft.peek().reason.trim();
    missing.value = reason === '';
    if (reason === '') return;
    const taken = await send('/scorecards/reopen', { judge_id: seat.judge_id, round_id: round, reason });
    if (taken) draft.value = { reason: '' };
  };
  return (
    <>
      <TextField
        draft={draft}
        name="reason"
        label={words.reopenReason}
        hint={words.reopenHint}
        error={missing.value ? words.reasonNeeded : errorAt(sending.value, 'reason')}
      />
      <button type="button" disabled={sending.value.phase === 'pending'} onClick={() => void reopen()}>
        {words.reopen}
      </button>
      <SendingLine sending={sending} />
    </>
  );
}

const BLANK = { red: '', blue: '', reason: '' };

/** What a judge wrote on paper, put forward for a second person to compare. */
function Paper({ desk, seat, round }: FormProps) {
  const draft = desk.drafts.of(`paper-${seat.judge_id}-${round}`, BLANK);
  const { sending, send } = useCommand(desk);
  const wrong = useSignal<readonly string[]>([]);
  const propose = async (): Promise<void> => {
    const { red, blue, reason } = draft.peek();
    const points = { red: readPoints(red), blue: readPoints(blue) };
    wrong.value = [
      ...(points.red === null ? ['red'] : []),
      ...(points.blue === null ? ['blue'] : []),
      ...(reason.trim() === '' ? ['reason'] : []),
    ];
    if (wrong.value.length > 0) return;
    const fields = { judge_id: seat.judge_id, round_id: round, ...points, reason: reason.trim() };
    if (await send('/scorecards/paper', fields)) draft.value = BLANK;
  };
  const error = (field: string, said: string): string | undefined =>
    wrong.value.includes(field) ? said : errorAt(sending.value, field);
  return (
    <>
      <p class="hint">{words.paperHint}</p>
      <div class="beside two">
        <TextField
          draft={draft}
          name="red"
          label={common.cornerLong.red}
          inputMode="numeric"
          maxLength={4}
          error={error('red', words.pointsWrong)}
        />
        <TextField
          draft={draft}
          name="blue"
          label={common.cornerLong.blue}
          inputMode="numeric"
          maxLength={4}
          error={error('blue', words.pointsWrong)}
        />
      </div>
      <TextField draft={draft} name="reason" label={words.reason} error={error('reason', words.reasonNeeded)} />
      <button type="button" disabled={sending.value.phase === 'pending'} onClick={() => void propose()}>
        {words.proposePaper}
      </button>
      <SendingLine sending={sending} />
    </>
  );
}
