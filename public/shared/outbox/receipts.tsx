import { computed, effect, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ownerOf } from '../device/claims.ts';
import type { Credential } from '../device/credential.ts';
import { checkpointsKept, type Held, readHeld } from '../device/receipts.ts';
import type { Live } from '../live/live.ts';
import { unsentWords as words } from '../strings/unsent.ts';
import type { Outbox } from './outbox.ts';

type ReceiptsProps = {
  readonly credential: Credential;
  readonly live: Live;
  readonly outbox: Outbox;
  /** With a sentence on what they are for. */
  readonly hint?: boolean;
};

/** How many receipts of the bout this device keeps for this person, and a file of them to take along. */
export function Receipts({ credential, live, outbox, hint = false }: ReceiptsProps) {
  const held = useSignal<Held>({ count: 0, checkpoint: null });
  const failed = useSignal(false);
  const owner = ownerOf(credential.claims.value);

  useEffect(() => {
    // Looked at when the queue is empty: a tap on its way has none yet, and nothing is to come between it and the disk.
    const settled = computed(() => outbox.unsent.value === 0);
    return effect(() => {
      const boutId = live.boutId.value;
      void checkpointsKept.value;
      if (boutId === null || !settled.value) return;
      void readHeld(owner, boutId)
        .then((now) => {
          if (live.boutId.peek() === boutId) held.value = now;
        })
        .catch(() => {
          failed.value = true;
        });
    });
  }, [owner]);

  async function save(): Promise<void> {
    const boutId = live.boutId.peek();
    if (boutId === null) return;
    try {
      await (await import('./receipts-file.ts')).saveReceipts(owner, boutId);
      failed.value = false;
    } catch {
      failed.value = true;
    }
  }

  if (!outbox.durable) return null;
  const { count, checkpoint } = held.value;
  return (
    <div class="receipts" data-receipts={count} data-checkpoint={checkpoint === null ? 'none' : 'kept'}>
      <p>{words.receipts(count)}</p>
      {hint && <p class="hint">{words.receiptsHint}</p>}
      <button
        type="button"
        class={hint ? '' : 'quiet'}
        disabled={count === 0 && checkpoint === null}
        onClick={() => void save()}
      >
        {words.saveReceipts}
      </button>
      <p role="status" class={failed.value ? 'bad-text' : 'visually-hidden'}>
        {failed.value ? words.receiptsFailed : ''}
      </p>
    </div>
  );
}
