import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { formWords, nightWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Card } from '../../shared/wire/cards.ts';
import { BoutRow, type Opened } from './bout-row.tsx';
import type { Desk } from './desk.ts';
import { faultsOf } from './form-state.ts';
import type { Night } from './model.ts';
import { namesOf } from './names.ts';
import { moved } from './order.ts';
import { openSending } from './send.ts';

type Props = { readonly desk: Desk; readonly night: Night; readonly card: Card };

/** The card's bouts in their order. One press at a time changes it, and says here what it did. */
export function BoutList({ desk, night, card }: Props) {
  const [sending] = useState(() => openSending(desk.credential));
  const opened = useSignal<Opened | null>(null);
  const said = useSignal('');
  const moving = useRef<HTMLButtonElement | null>(null);
  // The row was moved in the page, which takes the focus from its buttons; whoever moves goes on moving.
  useLayoutEffect(() => {
    const button = moving.current;
    moving.current = null;
    if (button === null || (button === document.activeElement && !button.disabled)) return;
    const next = button.disabled ? button.parentElement?.querySelector<HTMLButtonElement>('button:enabled') : button;
    next?.focus();
  }, [card.bouts]);
  const path = `/api/cards/${encodeURIComponent(card.card_id)}`;

  async function move(boutId: string, to: number): Promise<void> {
    const pressed = document.activeElement;
    const answer = await sending.send(`${path}/bouts`, { bout_id: boutId, position: to });
    if (answer === null) return;
    if (pressed instanceof HTMLButtonElement) moving.current = pressed;
    night.confirm((before) => moved(before, boutId, to));
    said.value = words.moved(namesOf(night, boutId), to, card.bouts.length);
    await night.refresh();
  }

  async function makeCurrent(boutId: string): Promise<boolean> {
    const answer = await sending.send(`${path}/current`, { bout_id: boutId });
    if (answer === null) return false;
    night.confirm((before) => ({ ...before, current_bout_id: boutId }));
    said.value = words.nowCurrent(namesOf(night, boutId));
    await night.refresh();
    return true;
  }

  const faults = faultsOf([], sending.state.value, []);
  // Said only where it takes longer than a press: otherwise it would flash.
  const isWaiting = sending.state.value.kind === 'busy' && desk.live.value.stale.value;
  return (
    <section class="panel" aria-labelledby="bouts-title">
      <h2 id="bouts-title">{words.bouts}</h2>
      {card.bouts.length === 0 && <p class="hint">{words.noBouts}</p>}
      <ol class="bouts-in-order">
        {card.bouts.map(({ bout_id }, index) => (
          <BoutRow
            key={bout_id}
            desk={desk}
            night={night}
            card={card}
            boutId={bout_id}
            place={index + 1}
            opened={opened.value?.boutId === bout_id ? opened.value : null}
            onOpen={(next) => {
              opened.value = next;
            }}
            onMove={(to) => void move(bout_id, to)}
            onMakeCurrent={async () => await makeCurrent(bout_id)}
          />
        ))}
      </ol>
      <p class="outcome" role="status">
        {isWaiting ? (
          <span class="warn-text">{formWords.waiting}</span>
        ) : faults.rest === null ? (
          said.value
        ) : (
          <span class="bad-text">{faults.rest}</span>
        )}
      </p>
    </section>
  );
}
