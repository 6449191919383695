import { useSignal } from '@preact/signals';
import { nightWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Card } from '../../shared/wire/cards.ts';
import { BoutList } from './bout-list.tsx';
import { BoutMakerPanel } from './bout-maker.tsx';
import { Cards } from './cards.tsx';
import { readableDate } from './dates.ts';
import type { Desk } from './desk.ts';
import type { Night } from './model.ts';

type Props = { readonly desk: Desk; readonly night: Night };

/** The open night with its bouts; or every night there is. */
export function NightView({ desk, night }: Props) {
  const choosing = useSignal(false);
  const card = night.card.value;
  const open = (cardId: string): void => {
    choosing.value = false;
    // A bout that was pinned belongs to the night before.
    desk.go(cardId === desk.cardId.peek() ? { card: cardId } : { card: cardId, bout: null });
  };
  if (card !== null && !choosing.value) {
    return (
      <div class="night">
        <CardHead
          card={card}
          onOther={() => {
            choosing.value = true;
          }}
        />
        <BoutList desk={desk} night={night} card={card} />
        <BoutMakerPanel desk={desk} night={night} card={card} />
      </div>
    );
  }
  return (
    <div class="night choosing">
      {card !== null && (
        <button
          type="button"
          class="start back"
          onClick={() => {
            choosing.value = false;
          }}
        >
          {words.backToNight}
        </button>
      )}
      <Cards desk={desk} night={night} onOpen={open} />
    </div>
  );
}

function CardHead({ card, onOther }: { readonly card: Card; readonly onOther: () => void }) {
  const facts = [card.promotion, card.date === null ? null : readableDate(card.date), card.venue, card.time_zone];
  return (
    <section class="panel card-head" aria-label={card.event}>
      <div>
        <p class="card-name">{card.event}</p>
        <p class="hint">{facts.filter((part) => part !== null).join(' · ')}</p>
      </div>
      <button type="button" onClick={onOther}>
        {words.otherNight}
      </button>
    </section>
  );
}
