import { CornerShape } from '../../shared/look/corner.tsx';
import { archiveWords } from '../../shared/strings/archive.ts';
import { words as common } from '../../shared/strings/common.ts';
import type { RoundCard, Scorecards, Seat } from '../../shared/wire/scorecards.ts';

const words = archiveWords.bout;

/** Every judge's scorecard: red's points, then blue's, the corner that won the round marked by its shape. */
export function ScorecardTable({ cards }: { readonly cards: Scorecards }) {
  const seats = cards.seats.filter(({ rounds }) => rounds.some((card) => card.red !== null));
  const rounds = [...new Set(seats.flatMap((seat) => seat.rounds.map(({ round_id: round }) => round)))].toSorted(
    (a, b) => a - b,
  );
  if (seats.length === 0) return <p class="hint">{words.scorecardsNone}</p>;
  return (
    <>
      <div class="wide-table" tabIndex={0} role="group" aria-label={words.scorecards}>
        <table class="figures cards-table">
          <caption class="visually-hidden">{words.scorecards}</caption>
          <thead>
            <tr>
              <th scope="col">{words.judge}</th>
              {rounds.map((round) => (
                <th scope="col" key={round}>
                  <abbr title={words.roundLong(round)}>{words.round(round)}</abbr>
                </th>
              ))}
              <th scope="col" class="total">
                {words.total}
              </th>
            </tr>
          </thead>
          <tbody>
            {seats.map((seat) => (
              <SeatRow key={seat.judge_id} seat={seat} rounds={rounds} />
            ))}
          </tbody>
        </table>
      </div>
      <Deductions seats={seats} />
    </>
  );
}

function SeatRow({ seat, rounds }: { readonly seat: Seat; readonly rounds: readonly number[] }) {
  return (
    <tr>
      <th scope="row">
        {seat.judge_name}
        {seat.absent && <span class="tag">{words.absent}</span>}
      </th>
      {rounds.map((round) => (
        <td key={round}>
          <Points card={seat.rounds.find(({ round_id: of }) => of === round) ?? null} />
        </td>
      ))}
      <td class="total">
        {seat.total === null ? archiveWords.none : <Score red={seat.total.red} blue={seat.total.blue} />}
      </td>
    </tr>
  );
}

function Points({ card }: { readonly card: RoundCard | null }) {
  if (card === null || card.red === null || card.blue === null) return <>{archiveWords.none}</>;
  return (
    <>
      <Score red={card.red} blue={card.blue} />
      {card.paper && <small class="paper">{words.paper}</small>}
    </>
  );
}

function Score({ red, blue }: { readonly red: number; readonly blue: number }) {
  const corner = red === blue ? null : red > blue ? 'red' : 'blue';
  return (
    <span class="score">
      {corner === null ? <span class="score-even" aria-hidden="true" /> : <CornerShape corner={corner} />}
      <span class="visually-hidden">{words.cardWords(red, blue)}</span>
      <span aria-hidden="true">{words.card(red, blue)}</span>
    </span>
  );
}

/** A deduction is the referee's, the same on every scorecard of its round. */
function Deductions({ seats }: { readonly seats: readonly Seat[] }) {
  const taken = new Map(seats.flatMap((seat) => seat.rounds.map((card) => [card.round_id, card.deductions] as const)));
  const lines = [...taken]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([round, { red, blue }]) => [
      ...(red > 0 ? [words.deducted(common.corner.red, red, round)] : []),
      ...(blue > 0 ? [words.deducted(common.corner.blue, blue, round)] : []),
    ]);
  return (
    <>
      {lines.map((line) => (
        <p key={line} class="hint">
          {line}
        </p>
      ))}
    </>
  );
}
