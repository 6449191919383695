import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Check } from './check.ts';
import { receiptsIn } from './receipts.ts';

const words = archiveWords.check;

/** The file of receipts that a device saved, to be held against the record of its bout. */
export function ReceiptsField({ check }: { readonly check: Check }) {
  const input = useRef<HTMLInputElement>(null);
  const wrong = useSignal<string | null>(null);
  const held = check.receipts.value;
  const take = async (file: File): Promise<void> => {
    const read = await receiptsIn(file);
    wrong.value = read.ok ? null : words.receiptsWrong(file.name, read.detail);
    if (read.ok) check.receipts.value = read.value;
  };
  return (
    <div class="receipts-field" role="group" aria-label={words.receipts}>
      <div class="row">
        <button type="button" onClick={() => input.current?.click()}>
          {words.receiptsChoose}
        </button>
        {held !== null && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              check.receipts.value = null;
            }}
          >
            {words.receiptsDrop}
          </button>
        )}
      </div>
      <p class={wrong.value === null ? 'hint' : 'bad-text'} role="status">
        {wrong.value ??
          (held === null
            ? words.receiptsHint
            : words.receiptsHeld(held.receipts.length, held.boutId, held.checkpoint !== null))}
      </p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        data-give="receipts"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file !== undefined) void take(file);
        }}
      />
    </div>
  );
}
