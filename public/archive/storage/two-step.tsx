import { useSignal } from '@preact/signals';
import { archiveWords as words } from '../../shared/strings/archive.ts';

type Props = {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onDo: () => void;
};

/** What cannot be taken back takes two presses, in two places. */
export function TwoStep({ label, disabled = false, onDo }: Props) {
  const asked = useSignal(false);
  if (!asked.value) {
    return (
      <button
        type="button"
        class="danger"
        disabled={disabled}
        onClick={() => {
          asked.value = true;
        }}
      >
        {label}
      </button>
    );
  }
  return (
    <div class="row two-step" role="group" aria-label={label}>
      <button
        type="button"
        autofocus
        onClick={() => {
          asked.value = false;
        }}
      >
        {words.press.not}
      </button>
      <button
        type="button"
        class="danger"
        disabled={disabled}
        onClick={() => {
          asked.value = false;
          onDo();
        }}
      >
        {label}: {words.press.again}
      </button>
    </div>
  );
}
