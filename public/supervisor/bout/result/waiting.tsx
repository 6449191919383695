import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { View } from '../../../shared/wire/frames.ts';
import type { Desk } from '../desk.ts';
import { SendingLine } from '../fate.tsx';
import { isSamePerson } from '../model/cards.ts';
import { unfoughtRounds } from '../model/waiting.ts';
import { useCommand } from '../sending.ts';
import type { DeskResult } from '../wire.ts';
import { Winner } from './winner.tsx';

const WAITING_ID = 'waiting-result';

/** A result that waits for a second person stands above everything else of its column. */
export function WaitingResult({ desk }: { readonly desk: Desk }) {
  const view = desk.view.value;
  const result = desk.result.value;
  if (view === null || result?.status !== 'pending') return null;
  return <Pending desk={desk} view={view} result={result} />;
}

/** Without the address: what stands behind its # is the token. */
export function goToWaitingResult(): void {
  const waiting = document.getElementById(WAITING_ID);
  waiting?.scrollIntoView({ block: 'center' });
  waiting?.focus({ preventScroll: true });
}

type Props = { readonly desk: Desk; readonly view: View; readonly result: DeskResult };

/** What would be made official, in full, and the second person's press. */
function Pending({ desk, view, result }: Props) {
  const { sending, send } = useCommand(desk);
  const entry = desk.log.value.find(({ sequence_index }) => sequence_index === result.proposal_index);
  const why = typeof entry?.payload.reason === 'string' ? entry.payload.reason : null;
  const own = isSamePerson(result.proposed_by ?? '', desk.credential.claims.value?.subject ?? null);
  const unfought = unfoughtRounds(view, desk.scorecards.value.value?.seats ?? [], desk.stopped.value);
  const confirm = async (): Promise<void> => {
    const index = result.proposal_index === null ? {} : { proposal_index: result.proposal_index };
    await send('/finalize', { confirm: true, ...index });
    desk.refreshResult();
  };
  return (
    <div id={WAITING_ID} class="panel review" role="group" tabIndex={-1} aria-label={words.proposedResult}>
      <h2>{words.proposedResult}</h2>
      <Winner result={result} />
      {unfought.length > 0 && <p class="warn-text">{words.unfought(unfought)}</p>}
      <p class="hint">{words.proposedBy(result.proposed_by ?? common.notYet, result.proposal_index)}</p>
      {why !== null && <p>{words.because(why)}</p>}
      {own ? (
        <p class="hint own">{words.anotherMust}</p>
      ) : (
        <button
          type="button"
          class="primary"
          disabled={sending.value.phase === 'pending'}
          onClick={() => void confirm()}
        >
          {words.confirmResult}
        </button>
      )}
      <SendingLine sending={sending} />
    </div>
  );
}
