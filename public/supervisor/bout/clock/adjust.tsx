import { useSignal } from '@preact/signals';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Desk } from '../desk.ts';
import { TextField } from '../fields.tsx';
import { adjustedElapsed, timeWords } from '../model/times.ts';
import type { Presses } from '../sending.ts';

const STEPS = [-10, -1, 1, 10] as const;
const BLANK = { left: '', reason: '' };

/** Where the clock is to stand, with the reason; and the first bell where actions came before it. */
export function AdjustClock({ desk, presses }: { readonly desk: Desk; readonly presses: Presses }) {
  const draft = desk.drafts.of('adjust', BLANK);
  const missing = useSignal<{ readonly left?: string; readonly reason?: string }>({});
  const shown = desk.clock.value;
  const begun = shown !== null && shown.status !== 'NOT_STARTED';
  const allowed = begun && shown.status !== 'FINAL' && shown.status !== 'LOCKED' && !desk.stopped.value;

  const adjust = (by: { readonly left: string } | { readonly seconds: number }): void => {
    if (shown === null) return;
    const reason = draft.peek().reason.trim();
    const target = adjustedElapsed(by, desk.elapsedNow(), shown.clock.length_ms);
    missing.value = {
      ...(target.ok ? {} : { left: words.wrongTimeLeft(timeWords(shown.clock.length_ms)) }),
      ...(reason === '' ? { reason: words.reasonNeeded } : {}),
    };
    if (!target.ok || reason === '') return;
    const fields = {
      action: 'adjust',
      round_id: shown.round,
      timestamp_ms: desk.timestamp(),
      elapsed_ms: target.value,
      reason,
    };
    const said = words.adjusted(timeWords(shown.clock.length_ms - target.value));
    void presses.press('/clock', fields, said, { at_ms: desk.live.serverNow() });
  };
  const startAnyway = (): void => {
    if (shown === null) return;
    const fields = { action: 'start_round', round_id: shown.round, timestamp_ms: desk.timestamp() };
    void presses.press('/clock', fields, words.hand.start(shown.round), { at_ms: desk.live.serverNow() });
  };

  return (
    <details class="more">
      <summary>{words.adjust}</summary>
      <div class="more-body">
        <p class="hint">{words.adjustHint}</p>
        <TextField draft={draft} name="reason" label={words.reason} error={missing.value.reason} />
        <div class="steps" role="group" aria-label={words.timeLeftMoves}>
          {STEPS.map((seconds) => (
            <button key={seconds} type="button" disabled={!allowed} onClick={() => adjust({ seconds })}>
              {words.seconds(seconds)}
            </button>
          ))}
        </div>
        <div class="beside">
          <TextField
            draft={draft}
            name="left"
            label={words.setTimeLeft}
            error={missing.value.left}
            placeholder="0:00"
          />
          <button type="button" disabled={!allowed} onClick={() => adjust({ left: draft.peek().left })}>
            {words.setClock}
          </button>
        </div>
        <p class="hint">{words.startAnywayHint}</p>
        <button type="button" disabled={shown?.status !== 'IN_PROGRESS'} onClick={startAnyway}>
          {words.startAnyway(shown?.round ?? 1)}
        </button>
      </div>
    </details>
  );
}
