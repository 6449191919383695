import { CornerMark } from '../shared/look/corner.tsx';
import { replayWords as words } from '../shared/strings/replay.ts';
import type { Recommendation } from '../shared/wire/recommendations.ts';
import type { RoundCard } from '../shared/wire/scorecards.ts';
import type { Round, SeatCard } from './fetch.ts';
import type { Pair } from './wire.ts';

/** The judges' scorecards and, apart from them, what the statistics recommend. */
export function Judging({ round }: { readonly round: Round | null }) {
  const cards = round?.cards ?? [];
  const shown = cards.some(({ card }) => card !== null);
  const taken = cards.find(({ card }) => card !== null)?.card?.deductions ?? null;
  return (
    <>
      <section class="panel cards" aria-labelledby="cards-title">
        <h2 id="cards-title">{words.cards}</h2>
        {shown ? (
          <>
            <ul>
              {cards.map((seat) => (
                <SeatLine key={seat.judgeId} seat={seat} />
              ))}
            </ul>
            <Deductions taken={taken} />
          </>
        ) : (
          <p class="hint">{round === null ? '\u00a0' : words.cardsNone}</p>
        )}
      </section>
      <section class="panel recommendation" aria-labelledby="recommendation-title">
        <h2 id="recommendation-title">
          {words.statistics} <span class="tag">{words.statisticsTag}</span>
        </h2>
        {round?.recommendation == null ? (
          <p class="hint">{round === null ? '\u00a0' : words.statisticsNone}</p>
        ) : (
          <Recommended said={round.recommendation} />
        )}
      </section>
    </>
  );
}

function SeatLine({ seat }: { readonly seat: SeatCard }) {
  const { card } = seat;
  return (
    <li class="seat">
      <span class="seat-name">{card?.judge_name ?? seat.judgeName}</span>
      {card === null ? (
        <span class="hint">{seat.absent ? words.absent : words.cardHidden}</span>
      ) : (
        <Points card={card} />
      )}
    </li>
  );
}

function Points({ card }: { readonly card: RoundCard }) {
  const { red, blue } = card;
  const corner = red === null || blue === null || red === blue ? null : red > blue ? 'red' : 'blue';
  return (
    <span class="seat-points">
      {card.earlier.map(({ red: was, blue: and }, index) => (
        <s key={index} class="hint">
          {words.earlier(was, and)}
        </s>
      ))}
      {card.paper && <span class="tag">{words.paper}</span>}
      {red === null || blue === null ? (
        <span class="hint">{words.cardOpen}</span>
      ) : (
        <>
          {corner === null ? (
            <span class="even">{words.roundTo.even}</span>
          ) : (
            <CornerMark corner={corner} label={words.roundTo[corner]} />
          )}
          <b class="card-score">{words.card(red, blue)}</b>
        </>
      )}
    </span>
  );
}

function Deductions({ taken }: { readonly taken: Pair | null }) {
  if (taken === null || (taken.red === 0 && taken.blue === 0)) return null;
  return <p class="hint deductions">{words.deducted(taken.red, taken.blue)}</p>;
}

function Recommended({ said }: { readonly said: Recommendation }) {
  const corner = said.p_red === 0.5 ? null : said.p_red > 0.5 ? 'red' : 'blue';
  return (
    <div class="said">
      <p class="said-card">
        {said.too_close || said.scorecard === null ? (
          <b>{said.too_close ? words.tooClose : words.noCard}</b>
        ) : (
          <>
            {corner !== null && <CornerMark corner={corner} label={words.roundTo[corner]} />}
            <b class="card-score">{said.scorecard.replace('-', '–')}</b>
          </>
        )}
        {!said.complete && <span class="tag">{words.soFar}</span>}
      </p>
      <p class="hint">{words.chance}</p>
      <div class="chance" aria-hidden="true">
        <span class="chance-red" style={{ '--share': said.p_red }} />
      </div>
      <p class="chance-words">
        <CornerMark corner="red" label={`${words.roundTo.red} ${words.percent(said.p_red)}`} />
        <CornerMark corner="blue" label={`${words.roundTo.blue} ${words.percent(1 - said.p_red)}`} />
      </p>
      <p class="hint">{words.twoPoints(words.percent(said.p_two_points))}</p>
      {said.reasons.length > 0 && (
        <>
          <h3>{words.reasons}</h3>
          <ul class="reasons">
            {said.reasons.map((reason) => (
              <li key={`${reason.corner} ${reason.words}`}>
                <CornerMark corner={reason.corner} /> <span>{reason.words}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {said.lacked.length > 0 && (
        <p class="hint">{words.lacked(said.lacked.map((group) => words.lackedGroup[group] ?? group).join(', '))}</p>
      )}
      {said.notes.map((note) => (
        <p key={note} class="hint">
          {sentence(note)}
        </p>
      ))}
      <p class="hint">
        {words.statisticsHint} {words.model(said.model)}. {said.fitted ? '' : words.unfitted}
      </p>
    </div>
  );
}

/** The server's notes are clauses. */
function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}${clause.endsWith('.') ? '' : '.'}`;
}
