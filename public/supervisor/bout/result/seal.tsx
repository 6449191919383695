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
import { useBeforeSeal } from './before-seal.ts';
import { NeverArrived } from './never-arrived.tsx';

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
        <Sealed desk={desk} record={sealed} />
      ) : isOpen ? (
        <SealForm desk={desk} refresh={record.refresh} />
      ) : (
        <p class="hint">{failure === null ? words.loadingClock : failureWords(failure)}</p>
      )}
    </section>
  );
}

function Sealed({ desk, record }: { readonly desk: Desk; readonly record: DeskRecord }) {
  const { sealed_ms: sealedMs, archived_ms: archivedMs, entries, conflict } = record;
  return (
    <>
      <p role="status">
        <b>{words.sealedAt(timeOf(sealedMs), entries)}</b>{' '}
        {conflict === null && (archivedMs === null ? words.beingArchived : words.archivedAt(timeOf(archivedMs)))}
      </p>
      {archivedMs !== null && <NeverArrived desk={desk} entries={entries} />}
      {conflict !== null && <p class="bad-text">{words.archiveConflict(conflict)}</p>}
      <p>
        <a href={`/archive?bout=${encodeURIComponent(desk.boutId)}`}>{words.toRecord}</a>
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
  const before = useBeforeSeal(desk);
  /** As the server named it, device by device; kept while somebody thinks about it. */
  const refused = useSignal<string | null>(null);
  const unsaid = useSignal(false);
  const isDeclaring = draft.value.declare;
  const isBusy = now.phase === 'pending';
  /** What is given up for good is given up by somebody who says why. */
  const isUnsaid = (): boolean => {
    const { reason, declare } = draft.peek();
    unsaid.value = declare && reason.trim() === '';
    return unsaid.value;
  };
  const seal = async (): Promise<void> => {
    const { reason, declare } = draft.peek();
    if (isUnsaid()) return;
    const fields = {
      ...(declare ? { declare_missing: true } : {}),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    };
    const done = await send('/seal', fields);
    asked.value = false;
    refused.value = errorAt(sending.peek(), 'declare_missing') ?? (done ? null : refused.peek());
    if (done) draft.value = BLANK_SEAL;
    desk.refreshResult();
    refresh();
  };
  return (
    <>
      <p class="hint">{words.sealMeans}</p>
      <p class="hint">{words.sealWhen}</p>
      {before !== null && before.unlocked.length > 0 && <p class="warn-text">{words.sealUnlocked(before.unlocked)}</p>}
      {refused.value === null ? (
        <KeptBack known={before?.keptBack ?? null} />
      ) : (
        <p class="seal-missing warn-text">{refused.value}</p>
      )}
      {(refused.value !== null || isDeclaring) && (
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
      <TextField
        draft={draft}
        name="reason"
        label={isDeclaring ? words.sealMissingReason : words.sealReason}
        error={
          unsaid.value && isDeclaring && draft.value.reason.trim() === '' ? words.reasonNeeded : errorAt(now, 'reason')
        }
      />
      {asked.value ? (
        <div class="seal-sure" role="group" aria-label={words.sealSure}>
          <p>{words.sealSure}</p>
          {isDeclaring && refused.value !== null && <p class="seal-given-up">{refused.value}</p>}
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
            if (isUnsaid()) return;
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

/** What is known to be missing before the seal is tried; null while nothing is known. */
function KeptBack({ known }: { readonly known: readonly string[] | null }) {
  if (known === null) return null;
  if (known.length === 0) return <p class="hint">{words.sealNothingMissing}</p>;
  return (
    <div class="seal-missing warn-text">
      <b>{words.sealMissing}</b>
      <ul>
        {known.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
