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
  const onKey = (event: KeyboardEvent): void => {
    // A key that is held down is one press.
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const armed = hands.armed.peek();
    if (event.code === 'Escape' && armed !== null) {
      hands.armed.value = null;
      return event.preventDefault();
    }
    if (event.code === 'Enter' && armed !== null) {
      event.preventDefault();
      return hands.press(armed);
    }
    if (event.code === 'Space') {
      const hand = spaceHand(due.peek());
      // A button that has the focus is what Space presses.
      if (hand === null || isPressable(event.target)) return;
      event.preventDefault();
      return hands.press(hand);
    }
    const hand = letterHand(event.code, due.peek());
    if (hand !== null) hands.armed.value = hand;
  };
  // Before anybody else: Enter confirms what is armed and not the button that happens to have the focus.
  addEventListener('keydown', onKey, { capture: true });
  return () => removeEventListener('keydown', onKey, { capture: true });
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('dialog') !== null) return true;
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, summary, a, input, label') !== null;
}
