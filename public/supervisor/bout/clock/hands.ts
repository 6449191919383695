import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Desk } from '../desk.ts';
import { type Due, isDoublePress } from '../model/due.ts';
import type { Presses } from '../sending.ts';
import { words as common } from '../../../shared/strings/common.ts';

export type Hand = { readonly kind: 'start' | 'pause' | 'resume' | 'end'; readonly round: number };

const ACTION = { start: 'start_round', pause: 'pause', resume: 'resume', end: 'end_round' } as const;

/** What a press does to the clock. */
export type ClockHands = {
  readonly press: (hand: Hand) => void;
  /** A key that asks for another before anything happens. */
  readonly armed: Signal<Hand | null>;
  readonly stop: () => void;
};

type HandsDesk = Pick<Desk, 'timestamp'> & { readonly live: Pick<Desk['live'], 'serverNow'> };

export function openClockHands(desk: HandsDesk, press: Presses['press'], due: ReadonlySignal<Due | null>): ClockHands {
  const armed = signal<Hand | null>(null);
  const lastMs: Record<'main' | 'end', number | null> = { main: null, end: null };
  let shown: string | null = null;
  let changedMs: number | null = null;
  const stop = effect(() => {
    const now = due.value;
    const next = now === null ? null : `${now.kind} ${'round' in now ? now.round : ''}`;
    if (shown !== null && next !== shown) changedMs = desk.live.serverNow();
    shown = next;
  });
  return {
    armed,
    stop,
    press: (hand) => {
      const nowMs = desk.live.serverNow();
      // A finger that bounces would start the clock again that it has just stopped.
      const button = hand.kind === 'end' ? 'end' : 'main';
      if (isDoublePress(lastMs[button], nowMs)) return;
      // The button has just become another one, because somebody else stopped the time or it ran out: who presses
      // now meant what stood there before, and must not let the clock go on, or start the next round.
      if (button === 'main' && isDoublePress(changedMs, nowMs)) return;
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
