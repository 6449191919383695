import { useComputed } from '@preact/signals';
import { minutesSeconds, nowMs } from '../shared/live/clock.ts';
import { operatorWords } from '../shared/strings/operator.ts';
import { words } from '../shared/strings/common.ts';
import type { View } from '../shared/wire/frames.ts';
import { KeyCap } from './key-button.tsx';
import type { Operator } from './model.ts';
import { offeredRounds, placeOf, roundTime } from './round-time.ts';

/** Where the bout stands: the round, its clock, and the round that is logged. */
export function Situation({ operator, view }: { readonly operator: Operator; readonly view: View }) {
  const { live } = operator;
  // Drawn anew once a second or when something changes, not with every tick.
  const shown = useComputed(() => {
    void nowMs.value;
    const now = live.feed.value?.view ?? view;
    const time = roundTime(now, now.round_id, live.serverNow());
    return `${time.status} ${minutesSeconds(time.lengthMs - time.elapsedMs)}`;
  });
  const [status = '', clock = ''] = shown.value.split(' ');
  const time = roundTime(view, view.round_id, live.serverNow());
  return (
    <section class="situation panel" aria-label={operatorWords.roundOf(view.round_id, view.bout.scheduled_rounds)}>
      <div class="situation-bout">
        <p class="situation-event">
          {view.bout.event}
          {view.bout.simulated && (
            <span class="tag simulated" title={words.simulatedHint}>
              {words.simulated}
            </span>
          )}
        </p>
        <h1>
          {view.bout.fighter1.name} {words.versus} {view.bout.fighter2.name}
        </h1>
      </div>
      <div class="situation-clock">
        <p class="situation-round">
          <b>{operatorWords.roundOf(view.round_id, view.bout.scheduled_rounds)}</b>
          <span class={`situation-status ${status}`} role="status">
            {words.roundStatus[time.status]}
          </span>
        </p>
        <p class={`situation-time ${live.stale.value ? 'stale' : ''}`}>
          <span class="visually-hidden">{words.timeLeft} </span>
          <span data-clock>{clock}</span>
        </p>
      </div>
      <Rounds operator={operator} view={view} />
    </section>
  );
}

function Rounds({ operator, view }: { readonly operator: Operator; readonly view: View }) {
  const { state, live } = operator;
  const { status } = roundTime(view, view.round_id, live.serverNow());
  const chosen = state.roundId.value;
  return (
    <div class="logs-to" role="group" aria-label={operatorWords.logsToHint}>
      <span class="group-title">{operatorWords.logsTo}</span>
      <div class="segments">
        {offeredRounds(view, status).map((round) => (
          <button
            key={round}
            type="button"
            class="segment"
            aria-pressed={round === chosen}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              state.chosenRound.value = round === view.round_id ? null : round;
            }}
          >
            {operatorWords.logsToRound(round)}
            {round === view.round_id - 1 && <KeyCap operator={operator} command="round_previous" />}
            {round === view.round_id && <KeyCap operator={operator} command="round_current" />}
          </button>
        ))}
      </div>
    </div>
  );
}

/** One quiet line that says what is not as usual; its room is always there. */
export function Standing({ operator, view }: { readonly operator: Operator; readonly view: View }) {
  const { state, live, credential } = operator;
  const chosen = state.roundId.value ?? view.round_id;
  // The bell rings without a message: this line has to hear it from the clock.
  const status = useComputed(() => {
    void nowMs.value;
    const now = live.feed.value?.view ?? view;
    return roundTime(now, state.roundId.value ?? now.round_id, live.serverNow()).status;
  }).value;
  const place = placeOf(status);
  if (credential.state.value === 'refused') return <p class="standing warn">{words.tokenRefusedHint}</p>;
  if (!state.keysOn.value) {
    return (
      <p class="standing warn">
        {operatorWords.keysOff}
        <button type="button" onClick={() => operator.perform('keys', false)}>
          {operatorWords.keysOn} <KeyCap operator={operator} command="keys" />
        </button>
      </p>
    );
  }
  const parts = [
    ...(chosen === view.round_id ? [] : [operatorWords.notCurrent(chosen, view.round_id)]),
    ...(place === 'running' ? [] : [placeWords(place, chosen)]),
  ];
  return (
    <p class={`standing ${parts.length > 0 ? 'warn' : ''}`} role="status" data-place={place}>
      {parts.join(' ')}
    </p>
  );
}

function placeWords(place: Exclude<ReturnType<typeof placeOf>, 'running'>, round: number): string {
  const said = operatorWords.place[place];
  return place === 'stopped' || place === 'final' ? said : operatorWords.placeOf(round, said);
}
