import { CornerMark } from '../../../shared/look/corner.tsx';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { View } from '../../../shared/wire/frames.ts';
import type { Desk } from '../desk.ts';
import { SendingLine } from '../fate.tsx';
import { isSamePerson } from '../model/cards.ts';
import { useCommand } from '../sending.ts';
import type { DeskResult, Scorecards } from '../wire.ts';
import { resultWords } from '../words.ts';
import { Propose } from './propose.tsx';

/** The result: as the record computes it, as somebody proposes it, and as a second person has made it official. */
export function ResultPanel({ desk }: { readonly desk: Desk }) {
  const view = desk.view.value;
  const cards = desk.scorecards.value.value;
  const result = desk.result.value;
  return (
    <section class="panel result-panel" aria-labelledby="desk-result-title">
      <h2 id="desk-result-title">{words.result}</h2>
      {view === null || cards === null ? (
        <p class="hint">{common.loading}</p>
      ) : result?.status === 'official' ? (
        <Official result={result} />
      ) : (
        <>
          <Computed cards={cards} view={view} />
          {result !== null && <Pending desk={desk} result={result} />}
          <Propose desk={desk} view={view} cards={cards} again={result !== null} />
        </>
      )}
    </section>
  );
}

function Official({ result }: { readonly result: DeskResult }) {
  return (
    <div class="result-official">
      <span class="tag">{words.official}</span>
      <Winner result={result} />
    </div>
  );
}

function Winner({ result }: { readonly result: DeskResult }) {
  const said = resultWords(result, result.winner ?? common.notYet);
  return (
    <p class="result-said">
      {result.winner_corner !== null && <CornerMark corner={result.winner_corner} />}
      <b>{said}</b>
    </p>
  );
}

function Computed({ cards, view }: { readonly cards: Scorecards; readonly view: View }) {
  const { computed } = cards;
  return (
    <div class="computed">
      <h3>{words.asItStands}</h3>
      {computed === null ? (
        cards.extension_due !== true && <p class="hint">{cards.not_computed ?? common.notYet}</p>
      ) : (
        <p class="result-said">
          {(computed.winner === 'red' || computed.winner === 'blue') && <CornerMark corner={computed.winner} />}
          <b>{resultWords(computed, winnerWords(computed.winner, view))}</b>
        </p>
      )}
      {computed !== null && computed.reason !== null && <p class="hint">{computed.reason}</p>}
      {cards.extension_due === true && <p class="warn-text">{words.extensionDue}</p>}
      {cards.unsigned !== null && cards.unsigned.length > 0 && computed !== null && (
        <p class="hint">{words.unsignedSeats(cards.unsigned.join(', '))}</p>
      )}
    </div>
  );
}

function winnerWords(winner: NonNullable<Scorecards['computed']>['winner'], view: View): string {
  switch (winner) {
    case 'red':
      return view.bout.fighter1.name;
    case 'blue':
      return view.bout.fighter2.name;
    default:
      return words.winner[winner];
  }
}

/** What would be made official, in full, and the second person's press. */
function Pending({ desk, result }: { readonly desk: Desk; readonly result: DeskResult }) {
  const { sending, send } = useCommand(desk);
  const entry = desk.log.value.find(({ sequence_index }) => sequence_index === result.proposal_index);
  const why = typeof entry?.payload.reason === 'string' ? entry.payload.reason : null;
  const own = isSamePerson(result.proposed_by ?? '', desk.credential.claims.value?.subject ?? null);
  const confirm = async (): Promise<void> => {
    const index = result.proposal_index === null ? {} : { proposal_index: result.proposal_index };
    await send('/finalize', { confirm: true, ...index });
    desk.refreshResult();
  };
  return (
    <div class="review" role="group" aria-label={words.proposedResult}>
      <h3>{words.proposedResult}</h3>
      <Winner result={result} />
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
