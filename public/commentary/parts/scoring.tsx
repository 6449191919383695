import { CORNERS } from '../../../domain/corner.ts';
import type { Board } from '../../shared/board/board.ts';
import { nameOf } from '../../shared/board/board.ts';
import { board as words } from '../../shared/board/words.ts';
import { CornerMark } from '../../shared/look/corner.tsx';
import { commentary } from '../../shared/strings/commentary.ts';
import type { View } from '../../shared/wire/frames.ts';
import type { Recommendation, Recommendations } from '../../shared/wire/recommendations.ts';
import type { Scorecards } from '../../shared/wire/scorecards.ts';

/** The judges' scorecards and, apart from them, what the statistics say; each only as far as it is released. */
export function Scoring({ board, view }: { readonly board: Board; readonly view: View }) {
  const cards = board.cards.value;
  const advice = board.advice.value;
  const rounds = view.rounds.map((round) => round.round_id);
  const given = cards?.seats.some((seat) => seat.rounds.some((round) => round.submitted)) === true;
  const taken = view.rounds.flatMap((round) =>
    CORNERS.filter((corner) => round.deductions[corner] > 0).map((corner) =>
      commentary.deduction(round.deductions[corner], words.corner[corner], round.round_id),
    ),
  );
  return (
    <section class="panel scoring" aria-labelledby="scoring-title">
      <h2 id="scoring-title">{commentary.scoring}</h2>
      {cards !== null && given ? <Cards cards={cards} rounds={rounds} /> : <p class="hint">{commentary.noCards}</p>}
      {taken.length > 0 && (
        <p class="taken">
          <b>{commentary.deductions}:</b> {taken.join('; ')}
        </p>
      )}
      {advice !== null && advice.rounds.length > 0 ? (
        <AdviceTable advice={advice} view={view} />
      ) : (
        <p class="hint">{commentary.noAdvice}</p>
      )}
    </section>
  );
}

function Cards({ cards, rounds }: { readonly cards: Scorecards; readonly rounds: readonly number[] }) {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={commentary.cardsTable}>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{commentary.judgeColumn}</th>
            {rounds.map((round) => (
              <th key={round} scope="col" class="value">
                {commentary.round(round)}
              </th>
            ))}
            <th scope="col" class="value">
              {commentary.total}
            </th>
          </tr>
        </thead>
        <tbody>
          {cards.seats.map((seat) => (
            <tr key={seat.judge_id}>
              <th scope="row">{seat.judge_name}</th>
              {rounds.map((number) => {
                const card = seat.rounds.find((round) => round.round_id === number);
                const shown = card !== undefined && card.red !== null && card.blue !== null;
                return (
                  <td key={number} class="value">
                    {shown ? words.score(card.red, card.blue) : words.unknown}
                  </td>
                );
              })}
              <td class="value">
                <b>{seat.total === null ? words.unknown : words.score(seat.total.red, seat.total.blue)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AdviceTable({ advice, view }: { readonly advice: Recommendations; readonly view: View }) {
  return (
    <>
      <h3>{commentary.advice}</h3>
      <p class="hint">{commentary.adviceHint}</p>
      <ul class="advice">
        {advice.rounds.map((round) => (
          <li key={round.round_id}>
            <span class="advice-round">
              {commentary.round(round.round_id)}
              {!round.complete && <span class="tag">{commentary.soFar}</span>}
            </span>
            <Leaning round={round} view={view} />
            <span class="advice-doubt">{doubts(round).join('; ')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Leaning({ round, view }: { readonly round: Recommendation; readonly view: View }) {
  const score = round.scorecard === null ? '' : round.scorecard.replace('-', '–');
  if (round.too_close || round.p_red === 0.5) {
    return (
      <span class="advice-says">
        <b>{commentary.tooClose}</b> {score}
      </span>
    );
  }
  const corner = round.p_red > 0.5 ? 'red' : 'blue';
  const chance = Math.round(100 * (corner === 'red' ? round.p_red : 1 - round.p_red));
  return (
    <span class="advice-says">
      <CornerMark corner={corner} /> <span class="visually-hidden">{nameOf(view, corner)}</span>
      <b>{score}</b> {commentary.chance(chance)}
    </span>
  );
}

/** What makes the recommendation less sure than its number looks. */
function doubts({ lacked, fitted }: Recommendation): readonly string[] {
  return [
    ...(lacked.length === 0 ? [] : [commentary.lacked(lacked.map((input) => commentary.input[input] ?? input))]),
    ...(fitted ? [] : [commentary.unfitted]),
  ];
}
