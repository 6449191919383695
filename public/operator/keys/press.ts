import type { CommandId, KeyMap } from './commands.ts';
import { commandOf } from './keymap.ts';

/** What of a `keydown` matters. */
export type KeyFacts = Pick<
  KeyboardEvent,
  'code' | 'repeat' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'
>;

export type Press =
  | { readonly outcome: 'command'; readonly command: CommandId; readonly shift: boolean }
  | { readonly outcome: 'leave' }
  /** One of ours, held down: nothing happens, and the browser does not get it either. */
  | { readonly outcome: 'held' }
  | { readonly outcome: 'not_ours' };

/**
 * Keys are read by their place (`code`), never by what they write: Shift and the digit row write other signs on every
 * layout, and Caps Lock or a dead key changes nothing. Combinations stay the browser's.
 */
export function readPress(event: KeyFacts, map: KeyMap, keysOn: boolean): Press {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return { outcome: 'not_ours' };
  if (event.code === 'Escape') return event.repeat ? { outcome: 'held' } : { outcome: 'leave' };
  const command = commandOf(map, event.code);
  if (command === null || (!keysOn && command !== 'keys')) return { outcome: 'not_ours' };
  // Genuine repeats are presses of their own; only the keyboard's are marked.
  if (event.repeat) return { outcome: 'held' };
  return { outcome: 'command', command, shift: event.shiftKey };
}

/** Whether keys belong to something else for now: what one writes in, or an open dialog, wherever the focus is. */
export function ownsKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.ownerDocument.querySelector('dialog[open]') !== null) return true;
  if (target.closest('textarea, select, [contenteditable=""], [contenteditable="true"]') !== null) return true;
  const input = target.closest('input');
  return input !== null && !['button', 'checkbox', 'radio', 'submit', 'reset'].includes(input.type);
}
