import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

type Props = {
  /** The button's own words, and the same with whom it is about. */
  readonly word: string;
  readonly label: string;
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => Promise<boolean>;
  readonly isBusy: boolean;
  readonly quiet?: boolean;
  readonly children?: ComponentChildren;
};

/** A button that asks first. The focus goes to the way out, so that pressing twice by mistake does nothing. */
export function Ask({ word, label, question, yes, no, onYes, isBusy, quiet = false, children }: Props) {
  const asking = useSignal(false);

  async function act(): Promise<void> {
    if (await onYes()) asking.value = false;
  }

  if (!asking.value) {
    return (
      <button
        type="button"
        class={quiet ? 'quiet' : ''}
        aria-label={label}
        onClick={() => {
          asking.value = true;
        }}
      >
        {word}
      </button>
    );
  }
  return (
    <div class="ask" role="group" aria-label={label}>
      <p>{question}</p>
      <div class="row">
        <button type="button" class="danger" disabled={isBusy} onClick={() => void act()}>
          {yes}
        </button>
        <button
          type="button"
          ref={focusOnce}
          onClick={() => {
            asking.value = false;
          }}
        >
          {no}
        </button>
      </div>
      {children}
    </div>
  );
}

function focusOnce(button: HTMLButtonElement | null): void {
  button?.focus();
}
