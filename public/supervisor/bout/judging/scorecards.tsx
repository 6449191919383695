import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import { failureWords } from '../../../shared/wire/api.ts';
import type { Desk } from '../desk.ts';
import { cellOf, shownRounds } from '../model/cards.ts';
import type { DeskScorecards } from '../wire.ts';
import { isOfficial } from '../model/waiting.ts';
import { CardDetail } from './card.tsx';
import { Proposals } from './proposals.tsx';
import { SeatDetail } from './seat.tsx';
import { CardTable, type OpenCard } from './table.tsx';

/** The judges' scorecards as they come in: who has submitted, what the server shows of it, and what is missing. */
export function ScorecardsPanel({ desk }: { readonly desk: Desk }) {
  const cards = desk.scorecards.value.value;
  const view = desk.view.value;
  const open = useSignal<OpenCard | null>(null);
  const failure = desk.scorecards.failure.value;
  const scroll = useRef<HTMLDivElement>(null);
  const round = view?.round_id ?? null;
  // The round that is on is what is looked for; who has moved the table since keeps it there.
  useLayoutEffect(() => {
    const shown = scroll.current?.querySelector<HTMLElement>(`[data-round="${round}"]`);
    if (scroll.current === null || shown === null || shown === undefined) return;
    const beyond = shown.getBoundingClientRect().right - scroll.current.getBoundingClientRect().right;
    if (beyond > 0) scroll.current.scrollLeft += beyond;
  }, [round, cards === null]);
  return (
    <section class="panel scorecards-panel" aria-labelledby="scorecards-title">
      <h2 id="scorecards-title">{words.scorecards}</h2>
      {failure !== null && <p class="fate refused">{words.mayBeOld(failureWords(failure))}</p>}
      {cards === null || view === null ? (
        <p class="hint">{common.loading}</p>
      ) : cards.seats.length === 0 ? (
        <p class="hint">{words.noSeats}</p>
      ) : (
        <>
          <div class="cards-scroll" ref={scroll}>
            <CardTable
              cards={cards}
              rounds={shownRounds(cards, view.round_id, view.bout.scheduled_rounds)}
              view={view}
              open={open.value}
              onOpen={(next) => {
                const same = open.peek()?.seat === next.seat && open.peek()?.round === next.round;
                open.value = same ? null : next;
              }}
            />
          </div>
          <p class="hint">{isOfficial(view) ? words.redFirst : words.cardsHint}</p>
          <Detail desk={desk} cards={cards} open={open.value} onClose={() => (open.value = null)} />
          <Hints cards={cards} />
        </>
      )}
      {!isOfficial(view) && <Proposals desk={desk} />}
    </section>
  );
}

type DetailProps = {
  readonly desk: Desk;
  readonly cards: DeskScorecards;
  readonly open: OpenCard | null;
  readonly onClose: () => void;
};

function Detail({ desk, cards, open, onClose }: DetailProps) {
  const seat = cards.seats.find(({ judge_id }) => judge_id === open?.seat);
  if (open === null || seat === undefined) return null;
  const title = open.round === null ? seat.judge_name : words.cardOf(seat.judge_name, open.round);
  return (
    <section class="card-detail" aria-label={title}>
      <header class="detail-head">
        <h3>{title}</h3>
        <button type="button" class="quiet" onClick={onClose}>
          {words.close}
        </button>
      </header>
      {open.round === null && isOfficial(desk.view.value) ? (
        <p class="hint">{words.boutClosed}</p>
      ) : open.round === null ? (
        <SeatDetail key={seat.judge_id} desk={desk} seat={seat} />
      ) : (
        <CardDetail
          key={`${seat.judge_id} ${open.round}`}
          desk={desk}
          seat={seat}
          round={open.round}
          cell={cellOf(cards, seat, open.round, true)}
        />
      )}
    </section>
  );
}

/** What a supervisor may want to look at; it blocks nothing and no judge is told. */
function Hints({ cards }: { readonly cards: DeskScorecards }) {
  if (cards.hints.length === 0 && cards.notices.length === 0) return null;
  return (
    <ul class="hint-list" aria-label={words.hints}>
      {cards.notices.map(({ round_id, words: said }) => (
        <li key={`notice ${round_id} ${said}`} class="notice-line">
          <b>{common.round(round_id)}</b> {said}
        </li>
      ))}
      {cards.hints.map(({ judge_id, round_id, words: said }) => (
        <li key={`hint ${judge_id} ${round_id} ${said}`}>
          <b>{words.hintOf(judge_id, round_id)}</b> {said}
        </li>
      ))}
    </ul>
  );
}
