import { useState } from 'preact/hooks';
import { failureWords } from '../../shared/wire/api.ts';
import { pairingWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Card, CardDevice } from '../../shared/wire/cards.ts';
import { Ask } from './ask.tsx';
import type { Desk } from './desk.ts';
import type { Night } from './model.ts';
import { openSending } from './send.ts';
import { StatusMark } from './status-mark.tsx';

type Props = {
  readonly device: CardDevice | null;
  readonly isAbsent?: boolean;
  readonly isOpen?: boolean;
  /** Whether somebody works there by a link, on a device that was never paired. */
  readonly isByLink?: boolean;
};

/** Whether a place has a device: word, shape and colour. */
export function DeviceState({ device, isAbsent = false, isOpen = false, isByLink = false }: Props) {
  const { mark, word } = stateOf({ device, isAbsent, isOpen, isByLink });
  return (
    <p class="device-state">
      <StatusMark status={mark} word={word} />
      <span class="hint">{device === null ? '\u00a0' : words.device(device.device_id, device.device_epoch)}</span>
    </p>
  );
}

function stateOf({ device, isAbsent, isOpen, isByLink }: Required<Props>) {
  if (device !== null) return { mark: 'ok', word: words.hasDevice } as const;
  if (isAbsent) return { mark: 'warning', word: words.absent } as const;
  if (isByLink) return { mark: 'ok', word: words.byLink } as const;
  return isOpen
    ? ({ mark: 'warning', word: words.codeOpen } as const)
    : ({ mark: 'offline', word: words.noDevice } as const);
}

type RevokeProps = {
  readonly desk: Desk;
  readonly night: Night;
  readonly card: Card;
  readonly device: CardDevice;
  readonly who: string;
};

/** Shuts a device out, after a second press: nothing else brings it back but a new code. */
export function Revoke({ desk, night, card, device, who }: RevokeProps) {
  const [sending] = useState(() => openSending(desk.credential));
  const state = sending.state.value;

  async function revoke(): Promise<boolean> {
    const path = `/api/pairings/${encodeURIComponent(device.device_id)}?card_id=${encodeURIComponent(card.card_id)}`;
    if ((await sending.send(path, {}, 'DELETE')) === null) return false;
    await night.refresh();
    return true;
  }

  return (
    <Ask
      quiet
      word={words.revoke}
      label={words.revokeOf(who)}
      question={words.revokeAsk(who)}
      yes={words.revokeYes}
      no={words.keep}
      isBusy={state.kind === 'busy'}
      onYes={revoke}
    >
      {state.kind === 'failed' && <p class="bad-text">{failureWords(state.failure)}</p>}
    </Ask>
  );
}
