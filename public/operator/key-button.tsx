import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { operatorWords } from '../shared/strings/operator.ts';
import type { CommandId } from './keys/commands.ts';
import { legendOf } from './keys/legend.ts';
import type { Operator } from './model.ts';

type KeyButtonProps = {
  readonly operator: Operator;
  readonly command: CommandId;
  readonly class?: string;
  readonly label?: string;
  /** For what is on or off. */
  readonly on?: boolean;
  /** Why this person may not use it, in two words; pressed all the same, it says so in full. */
  readonly barred?: string | null;
  readonly children?: ComponentChildren;
};

/** A button that shows its key. It acts when the finger comes down, and never takes the focus from where it is. */
export function KeyButton({ operator, command, label, on, barred = null, children, ...rest }: KeyButtonProps) {
  const { state, perform } = operator;
  const pressed = state.pressed.value;
  const last = pressed?.command === command;
  const press = usePress((shift) => perform(command, shift));
  return (
    <button
      type="button"
      class={`key-button ${rest.class ?? ''} ${last ? 'last' : ''}`}
      data-command={command}
      aria-pressed={on}
      aria-disabled={barred === null ? undefined : 'true'}
      {...press}
    >
      {last && <span key={pressed.serial} class="flash" aria-hidden="true" />}
      <span class="key-label">{label ?? operatorWords.short[command] ?? operatorWords.commands[command]}</span>
      {children}
      {barred === null ? <KeyCap operator={operator} command={command} /> : <span class="barred">{barred}</span>}
    </button>
  );
}

/** The key as it is marked on the keyboard; nothing where the command has none. */
export function KeyCap({ operator, command }: { readonly operator: Operator; readonly command: CommandId }) {
  const code = operator.state.keys.value[command];
  if (code === null) return null;
  return <kbd class="key-cap">{legendOf(code, operator.layout.value)}</kbd>;
}

/**
 * Fingers that alternate fast overlap on the glass, and browsers make no `click` of that: the action is in the first
 * contact. A `click` without one is a keyboard's or a screen reader's.
 */
export function usePress(act: (shift: boolean) => void) {
  const contact = useRef(false);
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      contact.current = true;
      act(event.shiftKey);
    },
    onPointerLeave: () => {
      contact.current = false;
    },
    onPointerCancel: () => {
      contact.current = false;
    },
    // Keeps the focus where it is.
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onClick: (event: MouseEvent) => {
      if (!contact.current) act(event.shiftKey);
      contact.current = false;
    },
  };
}
