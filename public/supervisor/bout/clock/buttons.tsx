import type { ReadonlySignal } from '@preact/signals';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Due } from '../model/due.ts';
import type { ClockHands, Hand } from './hands.ts';

type Props = { readonly due: ReadonlySignal<Due | null>; readonly hands: ClockHands };

/** Two places that never move: what is next on the left, the end of the round on the right. */
export function ClockButtons({ due, hands }: Props) {
  const now = due.value;
  const main = now === null ? null : mainHand(now);
  const round = now !== null && 'round' in now ? now.round : 0;
  const goes = now?.kind === 'running' || now?.kind === 'standing';
  return (
    <div class="clock-buttons">
      <button
        type="button"
        class={`primary clock-main ${main?.kind ?? ''}`}
        disabled={main === null}
        onClick={() => main !== null && hands.press(main)}
      >
        {now === null ? words.loadingClock : mainWords(now)}
      </button>
      <button type="button" class="clock-end" disabled={!goes} onClick={() => hands.press({ kind: 'end', round })}>
        {words.endRound}
      </button>
    </div>
  );
}

function mainHand(due: Due): Hand | null {
  switch (due.kind) {
    case 'start':
    case 'extension':
      return { kind: 'start', round: due.round };
    case 'running':
      return { kind: 'pause', round: due.round };
    case 'standing':
      return { kind: 'resume', round: due.round };
    case 'nothing':
      return null;
  }
}

function mainWords(due: Due): string {
  switch (due.kind) {
    case 'start':
      return words.startRound(due.round);
    case 'extension':
      return due.sure ? words.startExtension(due.round) : words.startExtensionIfDue(due.round);
    case 'running':
      return words.stopTime;
    case 'standing':
      return words.resume;
    case 'nothing':
      return words.nothingDue[due.why];
  }
}
