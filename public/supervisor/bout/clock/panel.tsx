import { useComputed } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { minutesSeconds, remainingMs, shownStatus } from '../../../shared/live/clock.ts';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import { type Desk, shownNow } from '../desk.ts';
import { PressLines } from '../fate.tsx';
import { dueNext } from '../model/due.ts';
import { timeWords } from '../model/times.ts';
import { AdjustClock } from './adjust.tsx';
import { openClockHands, type ClockHands } from './hands.ts';
import { ClockStrip } from './strip.tsx';
import { isOfficial } from '../model/waiting.ts';
import { ClockButtons } from './buttons.tsx';
import { usePresses } from '../sending.ts';
import { listenToKeys } from './keys.ts';

/** The clock and all that is done to it. `large`: it is all that this page shows. */
export function ClockPanel({ desk, large }: { readonly desk: Desk; readonly large: boolean }) {
  const presses = usePresses(desk, 'clock');
  // A word, so that what hangs on it is worked out when it changes and not at every tick.
  const status = useComputed(() => {
    const clock = desk.clock.value;
    return clock === null ? null : shownStatus(clock.status, remainingMs(clock.clock, shownNow(desk)));
  });
  const due = useComputed(() => {
    const clock = desk.clock.value;
    const view = desk.view.value;
    if (clock === null || view === null || status.value === null) return null;
    return dueNext({
      round: clock.round,
      status: status.value,
      scheduled: view.bout.scheduled_rounds,
      extensions: desk.scorecards.value.value?.rules.extension.rounds ?? 0,
      extensionDue: desk.scorecards.value.value?.extension_due ?? null,
      early: clock.early,
      stopped: desk.stopped.value,
    });
  });
  const hands = useMemo(() => openClockHands(desk, presses.press, due), [desk]);
  useEffect(() => () => hands.stop(), [hands]);
  const full = useRef<HTMLDivElement>(null);
  useEffect(() => listenToKeys(due, hands), [due, hands]);
  return (
    <section class={`clock-panel ${large ? 'large' : ''}`} aria-labelledby="clock-title">
      <div class="panel clock-face">
        <h2 id="clock-title">{words.clock}</h2>
        <Face desk={desk} />
        <ClockButtons due={due} hands={hands} />
      </div>
      <div class="panel clock-rest">
        <div class="clock-told" ref={full}>
          <PressLines presses={presses} />
          <Keys hands={hands} />
        </div>
        <Holder desk={desk} />
        {!isOfficial(desk.view.value) && <AdjustClock desk={desk} presses={presses} />}
      </div>
      <ClockStrip desk={desk} presses={presses} hands={hands} full={full} />
    </section>
  );
}

/** Apart from the rest, so that ten ticks a second redraw a few characters and nothing else. */
function Face({ desk }: { readonly desk: Desk }) {
  const shown = desk.clock.value;
  const view = desk.view.value;
  if (shown === null || view === null) {
    return (
      <div class="desk-face">
        <p class="desk-clock">{words.noClock}</p>
        <p class="desk-status">{common.loading}</p>
      </div>
    );
  }
  const left = remainingMs(shown.clock, shownNow(desk));
  const status = shownStatus(shown.status, left);
  const stale = desk.live.stale.value;
  const doubt = shown.unconfirmed ? words.notConfirmed : stale ? common.unconfirmed : '';
  const mark = doubt === '' && shown.early ? words.early : doubt;
  return (
    <div class="desk-face">
      <p class="desk-round">{words.roundOf(shown.round, view.bout.scheduled_rounds)}</p>
      <p
        class={`desk-clock ${mark === '' ? '' : 'stale'}`}
        role="timer"
        aria-label={common.timeLeft}
        data-status={status}
      >
        {minutesSeconds(left)}
      </p>
      <p class={`desk-status ${status}`} data-status={status}>
        <span class="round-status-dot" aria-hidden="true" />
        {common.roundStatus[status]}
        <span class="desk-elapsed">{words.elapsed(timeWords(shown.clock.length_ms - left))}</span>
      </p>
      <p class="desk-mark" role="status">
        {mark}
      </p>
    </div>
  );
}

function Keys({ hands }: { readonly hands: ClockHands }) {
  const armed = hands.armed.value;
  return (
    <div class="clock-keys">
      <p role="status" class={armed === null ? 'hint' : 'armed'}>
        {armed === null ? words.keys : words.armed(words.hand[armed.kind](armed.round))}
      </p>
    </div>
  );
}

/** Whoever wrote the clock last, as far as this page has heard. */
function Holder({ desk }: { readonly desk: Desk }) {
  const last = desk.log.value.findLast(({ kind }) => kind === 'clock');
  return (
    <p class="hint">
      {words.clockHolder}{' '}
      <b>{last === undefined ? common.notYet : words.person(last.actor.subject, last.actor.role, last.actor.device)}</b>
    </p>
  );
}
