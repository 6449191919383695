import { minutesSeconds, nowMs, remainingMs } from '../shared/live/clock.ts';
import { CornerMark } from '../shared/look/corner.tsx';
import { words as common } from '../shared/strings/common.ts';
import { judgeWords as words } from '../shared/strings/judge.ts';
import type { View } from '../shared/wire/frames.ts';
import type { Judge } from './model.ts';
import { roundCount } from './rounds.ts';

/** Who judges, who fights, which round, and how much of it is left. */
export function Head({ judge, view }: { readonly judge: Judge; readonly view: View }) {
  const { seat } = judge;
  const name = view.bout.judges.find(({ judge_id }) => judge_id === seat)?.judge_name ?? judge.facts.value?.judgeName;
  const { scheduled_rounds: scheduled } = view.bout;
  const round = judge.round.value;
  return (
    <header class="head">
      <h1 class="visually-hidden">
        {view.bout.fighter1.name} {common.versus} {view.bout.fighter2.name}
      </h1>
      <p class="who">
        <strong>{name ?? seat}</strong>
        {name !== undefined && name !== null && name !== seat && <span class="hint">{words.seat(seat)}</span>}
        {view.bout.simulated && (
          <span class="tag simulated" title={common.simulatedHint}>
            {common.simulated}
          </span>
        )}
      </p>
      <div class="versus">
        <div class="fighter red">
          <CornerMark corner="red" />
          <span class="fighter-name">{view.bout.fighter1.name}</span>
        </div>
        <div class="middle">
          <p class="round-of">{round > scheduled ? words.extension(round) : words.roundOf(round, roundCount(view))}</p>
          <Clock judge={judge} view={view} />
        </div>
        <div class="fighter blue">
          <CornerMark corner="blue" />
          <span class="fighter-name">{view.bout.fighter2.name}</span>
        </div>
      </div>
    </header>
  );
}

/** Apart from the rest: it alone is drawn anew ten times a second. */
function Clock({ judge, view }: { readonly judge: Judge; readonly view: View }) {
  void nowMs.value;
  const status = judge.status.value;
  const stale = judge.live.stale.value;
  // The round was named by the judge, and nobody here knows when it began.
  const known = judge.round.value === view.round_id;
  const left = remainingMs(view.clock, judge.live.serverNow());
  return (
    <>
      <p class={`clock ${stale ? 'stale' : ''}`} role="timer" aria-label={words.timeLeft} data-status={status}>
        {known ? minutesSeconds(left) : words.noClock}
      </p>
      <p class={`round-status ${status} ${stale ? 'stale' : ''}`}>
        {stale ? words.notConfirmed : common.roundStatus[status]}
      </p>
    </>
  );
}
