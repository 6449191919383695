import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { View } from '../../../shared/wire/frames.ts';
import type { RoundCard, Seat } from '../../../shared/wire/scorecards.ts';
import { type Cell, cellOf } from '../model/cards.ts';
import type { DeskScorecards } from '../wire.ts';

/** A scorecard that is looked at; without a round, the seat. */
export type OpenCard = { readonly seat: string; readonly round: number | null };

type TableProps = {
  readonly cards: DeskScorecards;
  readonly view: View;
  readonly rounds: readonly number[];
  readonly open: OpenCard | null;
  readonly onOpen: (open: OpenCard) => void;
};

/** Seats by rounds: what the server shows of each scorecard, and nothing else. */
export function CardTable({ cards, view, rounds, open, onOpen }: TableProps) {
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
                    aria-label={words.cellOf(seat.judge_name, round, spokenWords(cell))}
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
    return (
      <>
        <b>{words.score(card.red, card.blue)}</b> <small>{marksOf(card).join(', ') || '\u00a0'}</small>
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

function marksOf(card: RoundCard): readonly string[] {
  return [
    card.paper ? words.paper : '',
    card.deductions.red > 0 ? words.minus(common.corner.red, card.deductions.red) : '',
    card.deductions.blue > 0 ? words.minus(common.corner.blue, card.deductions.blue) : '',
    card.earlier.length > 0 ? words.changed : '',
  ].filter((mark) => mark !== '');
}

/** The same as is seen, for whoever hears one cell after the other. */
function spokenWords({ state, card }: Cell): string {
  const has = state === 'submitted' && card !== null && card.red !== null && card.blue !== null;
  // With a space between, as it is read: what is said has to hold what is seen.
  return has
    ? `${words.score(card.red, card.blue)} ${marksOf(card).join(', ')}`.trimEnd()
    : state === 'none'
      ? words.noCard
      : words.cell[state];
}

function signedWords(seat: Seat): string {
  if (seat.signed === null) return '\u00a0';
  return seat.signed ? words.signed : words.unsigned;
}
