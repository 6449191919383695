import { useSignal } from '@preact/signals';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import { failureWords } from '../../../shared/wire/api.ts';
import type { View } from '../../../shared/wire/frames.ts';
import type { Desk } from '../desk.ts';
import { type Cell, cellOf, shownRounds } from '../model/cards.ts';
import type { Scorecards, Seat } from '../wire.ts';
import { CardDetail } from './card.tsx';
import { Proposals } from './proposals.tsx';
import { SeatDetail } from './seat.tsx';

type Open = { readonly seat: string; readonly round: number | null };

/** The judges' scorecards as they come in: who has submitted, what the server shows of it, and what is missing. */
export function ScorecardsPanel({ desk }: { readonly desk: Desk }) {
  const cards = desk.scorecards.value.value;
  const view = desk.view.value;
  const open = useSignal<Open | null>(null);
  const failure = desk.scorecards.failure.value;
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
          <div class="cards-scroll">
            <Table
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
          <p class="hint">{words.cardsHint}</p>
          <Detail desk={desk} cards={cards} open={open.value} onClose={() => (open.value = null)} />
          <Hints cards={cards} />
        </>
      )}
      <Proposals desk={desk} />
    </section>
  );
}

type TableProps = {
  readonly cards: Scorecards;
  readonly view: View;
  readonly rounds: readonly number[];
  readonly open: Open | null;
  readonly onOpen: (open: Open) => void;
};

function Table({ cards, view, rounds, open, onOpen }: TableProps) {
  return (
    <table class="cards-table">
      <caption class="visually-hidden">{words.cardsCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.seat}</th>
          {rounds.map((round) => (
            <th key={round} scope="col">
              <span class="visually-hidden">{common.round(round)}</span>
              <span aria-hidden="true">{words.shortRound(round)}</span>
            </th>
          ))}
          <th scope="col">{words.total}</th>
        </tr>
      </thead>
      <tbody>
        {cards.seats.map((seat) => (
          <tr key={seat.judge_id}>
            <th scope="row">
              <button
                type="button"
                class="seat-button"
                aria-expanded={open?.seat === seat.judge_id && open.round === null}
                onClick={() => onOpen({ seat: seat.judge_id, round: null })}
              >
                <span class="seat-name">{seat.judge_name}</span>
                <small>{seat.absent ? words.absentSeat(seat.judge_id) : seat.judge_id}</small>
              </button>
            </th>
            {rounds.map((round) => {
              const cell = cellOf(cards, seat, round, isOver(view, round));
              return (
                <td key={round}>
                  <button
                    type="button"
                    class={`cell ${cell.state}`}
                    data-seat={seat.judge_id}
                    data-round={round}
                    aria-expanded={open?.seat === seat.judge_id && open.round === round}
                    onClick={() => onOpen({ seat: seat.judge_id, round })}
                  >
                    <CellWords cell={cell} />
                  </button>
                </td>
              );
            })}
            <td class="card-total">
              <b>{seat.total === null ? common.notYet : words.score(seat.total.red, seat.total.blue)}</b>
              <small>{signedWords(seat)}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isOver(view: View, round: number): boolean {
  const status = view.rounds.find(({ round_id }) => round_id === round)?.status;
  return status === 'ENDED' || status === 'LOCKED' || status === 'FINAL';
}

function CellWords({ cell: { state, card } }: { readonly cell: Cell }) {
  if (state === 'submitted' && card !== null && card.red !== null && card.blue !== null) {
    const marks = [
      card.paper ? words.paper : '',
      card.deductions.red > 0 ? words.minus(common.corner.red, card.deductions.red) : '',
      card.deductions.blue > 0 ? words.minus(common.corner.blue, card.deductions.blue) : '',
      card.earlier.length > 0 ? words.changed : '',
    ].filter((mark) => mark !== '');
    return (
      <>
        <b>{words.score(card.red, card.blue)}</b>
        <small>{marks.join(', ') || '\u00a0'}</small>
      </>
    );
  }
  return (
    <>
      <b>{state === 'none' ? common.notYet : words.cell[state]}</b>
      <small>{'\u00a0'}</small>
    </>
  );
}

function signedWords(seat: Seat): string {
  if (seat.signed === null) return '\u00a0';
  return seat.signed ? words.signed : words.unsigned;
}

type DetailProps = {
  readonly desk: Desk;
  readonly cards: Scorecards;
  readonly open: Open | null;
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
      {open.round === null ? (
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
function Hints({ cards }: { readonly cards: Scorecards }) {
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
