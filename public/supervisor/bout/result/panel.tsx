import { CornerMark } from '../../../shared/look/corner.tsx';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { View } from '../../../shared/wire/frames.ts';
import type { Desk } from '../desk.ts';
import { unfoughtRounds } from '../model/waiting.ts';
import type { DeskScorecards } from '../wire.ts';
import { resultWords } from '../words.ts';
import { Official } from './official.tsx';
import { Propose } from './propose.tsx';

/** The result: as the record computes it, and as a second person has made it official. */
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
        <Official desk={desk} result={result} cards={cards} />
      ) : (
        <Open desk={desk} view={view} cards={cards} again={result !== null} />
      )}
    </section>
  );
}

type OpenProps = {
  readonly desk: Desk;
  readonly view: View;
  readonly cards: DeskScorecards;
  readonly again: boolean;
};

function Open({ desk, view, cards, again }: OpenProps) {
  const unfought = unfoughtRounds(view, cards.seats, desk.stopped.value);
  if (unfought.length === 0) {
    return (
      <>
        <Computed cards={cards} view={view} />
        <Propose desk={desk} view={view} cards={cards} again={again} early={false} />
      </>
    );
  }
  // Scorecards of a part of the bout compute to a decision too: nobody is to make it official by mistake.
  return (
    <>
      <p class="rounds-to-come">{words.unfought(unfought)}</p>
      <p class="hint">{words.departsFromSchedule}</p>
      <details class="more">
        <summary>{words.endWithout}</summary>
        <div class="more-body">
          <Computed cards={cards} view={view} />
          <Propose desk={desk} view={view} cards={cards} again={again} early />
        </div>
      </details>
    </>
  );
}

function Computed({ cards, view }: { readonly cards: DeskScorecards; readonly view: View }) {
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

function winnerWords(winner: NonNullable<DeskScorecards['computed']>['winner'], view: View): string {
  switch (winner) {
    case 'red':
      return view.bout.fighter1.name;
    case 'blue':
      return view.bout.fighter2.name;
    default:
      return words.winner[winner];
  }
}
