import { type Signal, signal } from '@preact/signals';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Desk } from '../desk.ts';
import { isDoublePress } from '../model/due.ts';
import type { Presses } from '../sending.ts';
import { words as common } from '../../../shared/strings/common.ts';

export type Hand = { readonly kind: 'start' | 'pause' | 'resume' | 'end'; readonly round: number };

const ACTION = { start: 'start_round', pause: 'pause', resume: 'resume', end: 'end_round' } as const;

/** What a press does to the clock. */
export type ClockHands = {
  readonly press: (hand: Hand) => void;
  /** A key that asks for another before anything happens. */
  readonly armed: Signal<Hand | null>;
};

export function openClockHands(desk: Desk, press: Presses['press']): ClockHands {
  const armed = signal<Hand | null>(null);
  const lastMs: Record<'main' | 'end', number | null> = { main: null, end: null };
  return {
    armed,
    press: (hand) => {
      const nowMs = desk.live.serverNow();
      // A finger that bounces would start the clock again that it has just stopped.
      const button = hand.kind === 'end' ? 'end' : 'main';
      if (isDoublePress(lastMs[button], nowMs)) return;
      lastMs[button] = nowMs;
      armed.value = null;
      const fields = { action: ACTION[hand.kind], round_id: hand.round, timestamp_ms: desk.timestamp() };
      const said = `${words.hand[hand.kind](hand.round)}, ${timeOfDay(nowMs)}`;
      void press('/clock', fields, said, { at_ms: nowMs });
    },
  };
}

/** The venue's table looks at the wall clock when it asks when something was. */
function timeOfDay(ms: number): string {
  const at = new Date(ms);
  return Number.isNaN(at.getTime()) ? common.notYet : at.toLocaleTimeString();
}
