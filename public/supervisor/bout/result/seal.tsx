import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { nowMs } from '../../../shared/live/clock.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import { failureWords } from '../../../shared/wire/api.ts';
import type { Desk } from '../desk.ts';
import { errorAt, SendingLine } from '../fate.tsx';
import { TextField } from '../fields.tsx';
import { openResource } from '../resource.ts';
import { useCommand } from '../sending.ts';
import { decodeRecord, type DeskRecord } from '../wire.ts';

/** While the archive is being written it is asked for again. */
const AGAIN_MS = 2_000;

/** After the official result: the record is closed for good, and then lies in the archive. */
export function SealPanel({ desk }: { readonly desk: Desk }) {
  const isWritten = useSignal(false);
  const record = useMemo(
    () =>
      openResource({
        credential: desk.credential,
        path: () => `/api/archive/${encodeURIComponent(desk.boutId)}`,
        decode: decodeRecord,
        trigger: () => `${desk.officialKey.value}|${isWritten.value ? '' : Math.floor(nowMs.value / AGAIN_MS)}`,
        gapMs: 500,
      }),
    [desk],
  );
  useEffect(() => () => record.stop(), [record]);
  const sealed = record.value.value;
  const isDone = sealed !== null && (sealed.archived_ms !== null || sealed.conflict !== null);
  useEffect(() => {
    isWritten.value = isDone;
  }, [isDone]);
  const failure = record.failure.value;
  const isOpen = sealed === null && failure?.kind === 'problem' && failure.status === 409;
  return (
    <section class="panel seal-panel" aria-labelledby="seal-title">
      <h2 id="seal-title">{words.seal}</h2>
      {sealed !== null ? (
        <Sealed boutId={desk.boutId} record={sealed} />
      ) : isOpen ? (
        <SealForm desk={desk} refresh={record.refresh} />
      ) : (
        <p class="hint">{failure === null ? words.loadingClock : failureWords(failure)}</p>
      )}
    </section>
  );
}

function Sealed({ boutId, record }: { readonly boutId: string; readonly record: DeskRecord }) {
  const { sealed_ms: sealedMs, archived_ms: archivedMs, entries, conflict } = record;
  return (
    <>
      <p role="status">
        <b>{words.sealedAt(timeOf(sealedMs), entries)}</b>{' '}
        {conflict === null && (archivedMs === null ? words.beingArchived : words.archivedAt(timeOf(archivedMs)))}
      </p>
      {conflict !== null && <p class="bad-text">{words.archiveConflict(conflict)}</p>}
      <p>
        <a href={`/archive?bout=${encodeURIComponent(boutId)}`}>{words.toRecord}</a>
      </p>
    </>
  );
}

function timeOf(ms: number): string {
  return new Date(ms).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

const BLANK_SEAL = { reason: '', declare: false };

function SealForm({ desk, refresh }: { readonly desk: Desk; readonly refresh: () => void }) {
  const draft = desk.drafts.of('seal', BLANK_SEAL);
  const { sending, send, reset } = useCommand(desk);
  const asked = useSignal(false);
  const now = sending.value;
  const missing = errorAt(now, 'declare_missing') !== undefined;
  const isBusy = now.phase === 'pending';
  const seal = async (): Promise<void> => {
    const { reason, declare } = draft.peek();
    const fields = {
      ...(declare ? { declare_missing: true } : {}),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    };
    const done = await send('/seal', fields);
    asked.value = false;
    if (done) draft.value = BLANK_SEAL;
    refresh();
  };
  return (
    <>
      <p class="hint">{words.sealMeans}</p>
      <TextField draft={draft} name="reason" label={words.sealReason} error={errorAt(now, 'reason')} />
      {(missing || draft.value.declare) && (
        <label class="seal-declare">
          <input
            type="checkbox"
            checked={draft.value.declare}
            onChange={(event) => {
              draft.value = { ...draft.value, declare: event.currentTarget.checked };
            }}
          />
          <span>{words.sealDeclare}</span>
        </label>
      )}
      {asked.value ? (
        <div class="seal-sure" role="group" aria-label={words.sealSure}>
          <p>{words.sealSure}</p>
          <button
            type="button"
            autofocus
            onClick={() => {
              asked.value = false;
            }}
          >
            {words.sealNot}
          </button>
          <button type="button" class="danger" disabled={isBusy} onClick={() => void seal()}>
            {words.sealNow}
          </button>
        </div>
      ) : (
        <button
          type="button"
          class="seal-ask"
          disabled={isBusy}
          onClick={() => {
            reset();
            asked.value = true;
          }}
        >
          {words.sealAsk}
        </button>
      )}
      <SendingLine sending={sending} />
    </>
  );
}
