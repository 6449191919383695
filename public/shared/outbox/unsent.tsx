import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Dialog } from '../look/dialog.tsx';
import { unsentWords } from '../strings/unsent.ts';
import type { Outbox, OutboxItem } from './outbox.ts';

/** Always on screen: how much is still on its way, and what the server has refused. Opens the list of both. */
export function UnsentBadge({ outbox }: { readonly outbox: Outbox }) {
  const open = useSignal(false);
  const unsent = outbox.unsent.value;
  const refused = outbox.refused.value.length;
  const state = refused > 0 ? 'refused' : unsent > 0 ? 'waiting' : 'sent';
  const label =
    refused > 0
      ? unsentWords.refused(refused, unsent)
      : unsent > 0
        ? unsentWords.unsent(unsent)
        : outbox.durable
          ? unsentWords.allSent
          : unsentWords.notKept;
  return (
    <>
      <button
        type="button"
        class={`unsent ${state}`}
        data-unsent={unsent}
        data-refused={refused}
        aria-haspopup="dialog"
        onClick={() => {
          open.value = true;
        }}
      >
        <UnsentShape state={state} />
        <span>{label}</span>
      </button>
      {/* Only what needs somebody is said: each tap is unsent for a moment. */}
      <span role="status" class="visually-hidden">
        {refused > 0 ? unsentWords.refused(refused, 0) : ''}
      </span>
      {open.value && (
        <Dialog
          title={unsentWords.title}
          onClose={() => {
            open.value = false;
          }}
        >
          <UnsentList outbox={outbox} />
        </Dialog>
      )}
    </>
  );
}

/** A tick, an arrow on its way up, a cross: told apart without colour. */
function UnsentShape({ state }: { readonly state: 'sent' | 'waiting' | 'refused' }) {
  const paths = { sent: 'M2 7l3 3 5-7', waiting: 'M6 11V2M2.5 5.5 6 2l3.5 3.5', refused: 'M2.5 2.5l7 7M9.5 2.5l-7 7' };
  return (
    <svg class="unsent-shape" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path d={paths[state]} />
    </svg>
  );
}

function UnsentList({ outbox }: { readonly outbox: Outbox }) {
  const waiting = outbox.items.value.filter(({ state }) => state === 'unsent');
  const refused = outbox.refused.value;
  const list = useRef<HTMLDivElement>(null);
  // Its button goes with it: the focus stays in the list.
  const dismiss = async (eventId: string): Promise<void> => {
    await outbox.dismiss(eventId);
    list.current?.focus();
  };
  return (
    <div class="unsent-list" ref={list} tabIndex={-1}>
      {!outbox.durable && <p class="warn-text">{unsentWords.notKeptHint}</p>}
      {outbox.others.value > 0 && <p class="hint">{unsentWords.others(outbox.others.value)}</p>}
      {waiting.length === 0 && refused.length === 0 && <p>{unsentWords.nothing}</p>}
      {refused.length > 0 && (
        <>
          <h3>{unsentWords.refusedTitle}</h3>
          <ul>
            {refused.map((item) => (
              <li key={item.eventId} class="unsent-line">
                <div>
                  <strong>{titleOf(item)}</strong>
                  <p class="hint">{item.refusal?.detail ?? ''}</p>
                </div>
                <button type="button" onClick={() => void dismiss(item.eventId)}>
                  {unsentWords.dismiss}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {waiting.length > 0 && (
        <>
          <h3>{unsentWords.waitingTitle}</h3>
          <p class="hint">{unsentWords.waitingHint}</p>
          <ul>
            {waiting.map((item) => (
              <li key={item.eventId} class="unsent-line">
                <span>{titleOf(item)}</span>
                <span class="hint">{new Date(item.atMs).toLocaleTimeString()}</span>
              </li>
            ))}
          </ul>
          <button type="button" onClick={() => outbox.flush()}>
            {unsentWords.tryNow}
          </button>
        </>
      )}
    </div>
  );
}

/** What the page noted as its words (`note.title`), else what was sent. */
function titleOf(item: OutboxItem): string {
  const { title } = item.note;
  if (typeof title === 'string') return title;
  return typeof item.body.event_type === 'string' ? item.body.event_type : item.path;
}
