import { useSignal } from '@preact/signals';
import { type Handover, makeHandover } from '../shared/device/handover.ts';
import { localNow } from '../shared/live/timesync.ts';
import { Qr } from '../shared/look/qr.tsx';
import { Receipts } from '../shared/outbox/receipts.tsx';
import { judgeWords as words } from '../shared/strings/judge.ts';
import { failureWords } from '../shared/wire/api.ts';
import type { View } from '../shared/wire/frames.ts';
import type { Judge } from './model.ts';

type Shown =
  | { readonly kind: 'making' }
  | { readonly kind: 'code'; readonly handover: Handover }
  | { readonly kind: 'problem'; readonly words: string };

/** Which device this is, and how the seat moves to another. */
export function DevicePanel({ judge }: { readonly judge: Judge; readonly view: View }) {
  const shown = useSignal<Shown | null>(null);
  const { credential, outbox } = judge;

  async function make(): Promise<void> {
    shown.value = { kind: 'making' };
    const answer = await makeHandover(credential);
    shown.value = answer.ok
      ? { kind: 'code', handover: answer.value }
      : { kind: 'problem', words: failureWords(answer.failure) };
  }

  return (
    <div class="device">
      <h3>{words.deviceTitle}</h3>
      <p class="hint device-id">{words.deviceIs(credential.deviceId)}</p>
      {!outbox.durable && <p class="warn-text">{words.notDurable}</p>}
      <button
        type="button"
        class="large"
        aria-expanded={shown.value !== null}
        disabled={shown.value?.kind === 'making'}
        onClick={() => {
          if (shown.value === null) void make();
          else shown.value = null;
        }}
      >
        {shown.value === null ? words.move : shown.value.kind === 'making' ? words.moving : words.moveClose}
      </button>
      <div aria-live="polite">
        {shown.value?.kind === 'problem' && <p class="bad-text">{shown.value.words}</p>}
        {shown.value?.kind === 'code' && <Code handover={shown.value.handover} />}
      </div>
      <Receipts credential={credential} live={judge.live} outbox={outbox} hint />
    </div>
  );
}

function Code({ handover }: { readonly handover: Handover }) {
  const minutes = Math.max(1, Math.round((handover.expiresMs - localNow()) / 60_000));
  return (
    <div class="handover">
      <p>{words.moveHint}</p>
      <Qr text={handover.url} label={words.moveLabel} />
      <p class="hint">{words.moveCode}</p>
      <p>
        <code>{handover.code}</code>
      </p>
      <p class="hint">{words.moveUntil(minutes)}</p>
    </div>
  );
}
