import type { ReadonlySignal } from '@preact/signals';
import type { Due } from '../model/due.ts';
import type { ClockHands, Hand } from './hands.ts';

/** What Space does now: it stops a clock that runs and lets one go on that stands. */
export function spaceHand(due: Due | null): Hand | null {
  if (due?.kind === 'running') return { kind: 'pause', round: due.round };
  return due?.kind === 'standing' ? { kind: 'resume', round: due.round } : null;
}

/** What a letter asks for; it happens only once Enter has confirmed it. */
export function letterHand(code: string, due: Due | null): Hand | null {
  if (due === null) return null;
  if (code === 'KeyN' && (due.kind === 'start' || due.kind === 'extension')) return { kind: 'start', round: due.round };
  if (code === 'KeyE' && (due.kind === 'running' || due.kind === 'standing')) return { kind: 'end', round: due.round };
  return null;
}

/** By physical key, wherever the focus is, except where keys mean something else. Returns what stops listening. */
export function listenToKeys(due: ReadonlySignal<Due | null>, hands: ClockHands): () => void {
  // Where a mouse has left the focus nobody looks at it: Space is the clock's. Who goes by Tab means the button.
  let byPointer = true;
  let took = false;

  const onKey = (event: KeyboardEvent): void => {
    // A key that is held down is one press; its repeats must not press a button instead.
    if (event.repeat) {
      if (took && event.code === 'Space') event.preventDefault();
      return;
    }
    if (event.code === 'Tab' || event.code.startsWith('Arrow')) byPointer = false;
    took = !event.ctrlKey && !event.altKey && !event.metaKey && take(event);
    if (took) event.preventDefault();
  };

  function take(event: KeyboardEvent): boolean {
    const armed = hands.armed.peek();
    // Any other key means something else: an Enter much later must not start a round that a slip had asked for.
    hands.armed.value = null;
    if (isTyping(event.target)) return false;
    if (event.code === 'Escape') return armed !== null;
    if (event.code === 'Enter' && armed !== null) {
      hands.press(armed);
      return true;
    }
    // Nor must it press a button of the clock that a mouse has left the focus on.
    if (event.code === 'Enter' && byPointer && isOfClock(event.target)) return true;
    if (event.code === 'Space') {
      const onButton = isPressable(event.target);
      if (onButton && !byPointer) return false;
      const hand = spaceHand(due.peek());
      if (hand !== null) hands.press(hand);
      // Where time has just run out it does nothing: least of all once more what a mouse has pressed last.
      return hand !== null || onButton;
    }
    hands.armed.value = letterHand(event.code, due.peek());
    return false;
  }

  // Some browsers press a button when the key comes up.
  const onKeyUp = (event: KeyboardEvent): void => {
    if (took && event.code === 'Space') event.preventDefault();
  };
  const onPointer = (): void => {
    byPointer = true;
    hands.armed.value = null;
  };
  // Before anybody else: Enter confirms what is armed and not the button that happens to have the focus.
  addEventListener('keydown', onKey, { capture: true });
  addEventListener('keyup', onKeyUp, { capture: true });
  addEventListener('pointerdown', onPointer, { capture: true });
  return () => {
    removeEventListener('keydown', onKey, { capture: true });
    removeEventListener('keyup', onKeyUp, { capture: true });
    removeEventListener('pointerdown', onPointer, { capture: true });
  };
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('dialog') !== null) return true;
  return target.closest('input, textarea, select') !== null;
}

function isOfClock(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.clock-buttons') !== null;
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, summary, a') !== null;
}
