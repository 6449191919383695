import { useSignal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { formWords, releaseWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Desk } from './desk.ts';
import { faultsOf, focusFirstFault } from './form-state.ts';
import { submitting, TextField, Tick } from './inputs.tsx';
import type { Night } from './model.ts';
import { Outcome } from './outcome.tsx';
import { delayMsOf, opened, RELEASED } from './release.ts';
import { ReleaseFields } from './release-fields.tsx';
import { openSending } from './send.ts';
import type { BoutFacts, Release } from './wire.ts';

type Props = { readonly desk: Desk; readonly night: Night; readonly facts: BoutFacts };

const FIELDS = [...RELEASED.map((part) => `release_policy.${part}`), 'delay_ms', 'reason'];

/** Who sees what of a bout, also while it runs. What opens wider than before is said and ticked first. */
export function ReleaseForm({ desk, night, facts }: Props) {
  const { bout_id: boutId, release_policy: before, delay_ms: delayBefore } = facts.bout;
  const [sending] = useState(() => openSending(desk.credential));
  const release = useSignal<Release>(before);
  const delay = useSignal(String(delayBefore / 1_000));
  const reason = useSignal('');
  const checked = useSignal(false);
  const tried = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const delayMs = delayMsOf(delay.value);
  const wider = opened(before, release.value);
  const sooner = delayMs !== null && delayMs < delayBefore ? delayMs / 1_000 : null;
  const needsCheck = wider.length > 0 || sooner !== null;
  const isChanged = RELEASED.some((part) => release.value[part] !== before[part]) || delayMs !== delayBefore;
  const local = delayMs === null ? [{ field: 'delay_ms', detail: formWords.needsDelay }] : [];
  const faults = faultsOf(tried.value ? local : [], sending.state.value, FIELDS);

  function change(act: () => void): void {
    sending.clear();
    checked.value = false;
    act();
  }

  async function save(): Promise<void> {
    tried.value = true;
    if (delayMs === null) return focusFirstFault(form.current);
    if (!isChanged || (needsCheck && !checked.peek())) return;
    const why = reason.peek().trim();
    const saved = await sending.send(
      `/api/bouts/${encodeURIComponent(boutId)}`,
      { release_policy: release.peek(), delay_ms: delayMs, ...(why === '' ? {} : { reason: why }) },
      'PATCH',
    );
    if (saved === null) return focusFirstFault(form.current);
    tried.value = false;
    checked.value = false;
    reason.value = '';
    await night.refresh();
  }

  const state = sending.state.value.kind;
  const isBlocked = tried.value && needsCheck && !checked.value && state === 'idle';
  return (
    <form ref={form} class="stack" noValidate onSubmit={submitting(() => void save())}>
      <ReleaseFields
        at={`release-${boutId}`}
        release={release.value}
        errorAt={faults.at}
        onChange={(next) =>
          change(() => {
            release.value = next;
          })
        }
      />
      <div class="fields">
        <TextField
          id={`release-${boutId}-delay`}
          label={words.delay}
          hint={words.delayHint}
          numeric
          value={delay.value}
          error={faults.at('delay_ms')}
          onChange={(next) =>
            change(() => {
              delay.value = next;
            })
          }
        />
        <TextField
          id={`release-${boutId}-reason`}
          label={words.reason}
          hint={words.reasonHint}
          value={reason.value}
          error={faults.at('reason')}
          onChange={(next) => {
            reason.value = next;
          }}
        />
      </div>
      {needsCheck && (
        <div class="check-first">
          <ul>
            {wider.map((part) => (
              <li key={part}>
                {words.wider(words.part[part], words.audience[release.value[part]], words.meaning[release.value[part]])}
              </li>
            ))}
            {sooner !== null && <li>{words.sooner(sooner)}</li>}
          </ul>
          <Tick
            label={words.check}
            checked={checked.value}
            onChange={(next) => {
              checked.value = next;
            }}
          />
          {isBlocked && <p class="bad-text">{words.needsCheck}</p>}
        </div>
      )}
      <div class="row">
        <button type="submit" class="primary" disabled={!isChanged && delayMs !== null}>
          {state === 'busy' ? words.saving : words.save}
        </button>
        {!isChanged && state !== 'done' && <p class="hint">{words.unchanged}</p>}
      </div>
      <Outcome faults={faults} done={state === 'done' ? words.saved : null} />
    </form>
  );
}
