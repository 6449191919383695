import { useSignal } from '@preact/signals';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Desk } from '../desk.ts';
import { SendingLine } from '../fate.tsx';
import { isOfficial } from '../model/waiting.ts';
import { TextField } from '../fields.tsx';
import { useCommand } from '../sending.ts';
import type { Findings } from '../wire.ts';

/** What the validator says of the round, and the lock of its statistics. */
export function FindingsPanel({ desk }: { readonly desk: Desk }) {
  const round = desk.round.value;
  const found = desk.findings.value.value;
  const current = found?.round_id === round ? found : null;
  return (
    <section class="panel findings-panel" aria-labelledby="findings-title">
      <h2 id="findings-title">{words.findingsOf(round)}</h2>
      <FindingsBody desk={desk} found={current} />
      {current !== null && !isOfficial(desk.view.value) && (
        <Lock key={round} desk={desk} round={round} found={current} />
      )}
    </section>
  );
}

function FindingsBody({ desk, found }: { readonly desk: Desk; readonly found: Findings | null }) {
  if (found === null) {
    const status = desk.view.value?.rounds.find(({ round_id }) => round_id === desk.round.value)?.status;
    const running = status === undefined || ['NOT_STARTED', 'IN_PROGRESS', 'PAUSED'].includes(status);
    return <p class="hint">{running ? words.findingsLater : common.loading}</p>;
  }
  if (found.locked) return <p class="good-text">{words.locked}</p>;
  // A sealed record takes no lock any more: what speaks against one is nobody's business now.
  if (desk.sealed.value) return <p class="hint">{words.unlockedFinal}</p>;
  if (found.findings.length === 0) return <p class="good-text">{words.nothingFound}</p>;
  return (
    <>
      <FindingList found={found} />
      {isShortened(found) && (
        <p class="hint">{isOfficial(desk.view.value) ? words.shortenedFinal : words.shortenedRound}</p>
      )}
    </>
  );
}

/** Ended before its time: then the few actions and the gaps follow from the length. */
function isShortened({ findings }: Findings): boolean {
  const codes = findings.map(({ code }) => code);
  return codes.includes('round_length') && codes.some((code) => code === 'too_few_actions' || code === 'too_few_human');
}

function FindingList({ found }: { readonly found: Findings }) {
  return (
    <ul class="finding-list">
      {found.findings.map(({ code, severity, detail }) => (
        <li key={`${code} ${detail}`} class={`finding is-${severity}`}>
          <Severity severity={severity} />
          <span>
            <b>{words.finding[code] ?? code}</b> {detail}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Shape and word beside the colour. */
function Severity({ severity }: { readonly severity: 'critical' | 'warning' }) {
  return (
    <span class={`severity is-${severity}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        {severity === 'critical' ? <path d="M3.5.5h5L11.5 3.5v5l-3 3h-5l-3-3v-5Z" /> : <path d="M6 1 11.6 11H.4Z" />}
      </svg>
      {words.severity[severity]}
    </span>
  );
}

type LockProps = { readonly desk: Desk; readonly round: number; readonly found: Findings };

function Lock({ desk, round, found }: LockProps) {
  const draft = desk.drafts.of(`lock-${round}`, { reason: '' });
  const { sending, send } = useCommand(desk);
  const missing = useSignal(false);
  const needsReason = found.locked || found.findings.some(({ severity }) => severity === 'critical');
  const busy = sending.value.phase === 'pending';

  const lock = async (): Promise<void> => {
    const reason = draft.peek().reason.trim();
    missing.value = needsReason && reason === '';
    if (missing.value) return;
    const fields = {
      round_id: round,
      ...(reason === '' ? {} : { override_reason: reason }),
      ...(found.locked ? { include_late: true } : {}),
    };
    if (!(await send('/lock-round', fields))) return;
    draft.value = { reason: '' };
    desk.findings.refresh();
  };

  const form = (
    <div class="lock">
      {needsReason && (
        <TextField
          draft={draft}
          name="reason"
          label={found.locked ? words.lateReason : words.overrideReason}
          hint={found.locked ? words.lateHint : words.overrideHint}
          error={missing.value ? words.reasonNeeded : undefined}
        />
      )}
      <button type="button" class={needsReason ? '' : 'primary'} disabled={busy} onClick={() => void lock()}>
        {found.locked ? words.includeLate : needsReason ? words.lockAnyway(round) : words.lock(round)}
      </button>
    </div>
  );
  return (
    <>
      {found.locked ? (
        <details class="more">
          <summary>{words.lateEntries}</summary>
          {form}
        </details>
      ) : (
        form
      )}
      <SendingLine sending={sending} />
    </>
  );
}
