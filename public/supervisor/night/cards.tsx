import { readableDate } from './dates.ts';
import { nightWords as words } from '../../shared/strings/supervisor-night.ts';
import { CardMaker } from './card-maker.tsx';
import type { Desk } from './desk.ts';
import type { Night } from './model.ts';

type Props = { readonly desk: Desk; readonly night: Night; readonly onOpen: (cardId: string) => void };

/** Every night there is, and the form for the next one. */
export function Cards({ desk, night, onOpen }: Props) {
  const cards = night.cards.value;
  return (
    <>
      <section class="panel" aria-labelledby="nights-title">
        <h2 id="nights-title">{words.nights}</h2>
        {cards !== null && cards.length === 0 && <p class="hint">{words.noNights}</p>}
        <ul class="lines">
          {(cards ?? []).map((card) => (
            <li key={card.card_id}>
              <button type="button" class="line-button" onClick={() => onOpen(card.card_id)}>
                <strong>{card.event}</strong>
                <span class="hint">
                  {card.promotion} · {card.date === null ? words.noDate : readableDate(card.date)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section class="panel" aria-labelledby="make-title">
        <h2 id="make-title">{words.makeNight}</h2>
        <CardMaker desk={desk} onMade={onOpen} />
      </section>
    </>
  );
}
