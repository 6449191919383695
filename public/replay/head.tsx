import { CornerMark } from '../shared/look/corner.tsx';
import { replayWords as words } from '../shared/strings/replay.ts';
import { words as common } from '../shared/strings/common.ts';
import type { RoundStatus, View } from '../shared/wire/frames.ts';
import { addressOf } from './address.ts';
import type { ReplayModel } from './model.ts';

/** Which bout, and which of its rounds. */
export function Head({ model, view }: { readonly model: ReplayModel; readonly view: View }) {
  const { bout } = view;
  const numbers = [...new Set([...scheduled(view), ...view.rounds.map((round) => round.round_id)])].sort(
    (a, b) => a - b,
  );
  return (
    <div class="replay-head">
      <div>
        <h1>
          <CornerMark corner="red" label={bout.fighter1.name} /> <span class="versus">{words.versus}</span>{' '}
          <CornerMark corner="blue" label={bout.fighter2.name} />
        </h1>
        <p class="hint">
          {[bout.promotion, bout.event].filter((part) => part !== '').join(' · ')}{' '}
          {bout.simulated && (
            <span class="tag simulated" title={common.simulatedHint}>
              {common.simulated}
            </span>
          )}{' '}
          <a href={`/archive?bout=${encodeURIComponent(bout.bout_id)}`}>{words.toRecord}</a>
        </p>
      </div>
      <nav aria-label={words.rounds}>
        <ul class="round-tabs">
          {numbers.map((number) => (
            <li key={number}>
              <a
                href={addressOf(bout.bout_id, number, null)}
                aria-current={number === model.round.value ? 'page' : undefined}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  model.chooseRound(number);
                }}
              >
                <b>{words.round(number)}</b>
                <small>{words.roundState[statusOf(view, number)]}</small>
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

function scheduled({ bout }: View): readonly number[] {
  return Array.from({ length: bout.scheduled_rounds }, (_, i) => i + 1);
}

function statusOf(view: View, number: number): RoundStatus {
  return view.rounds.find((round) => round.round_id === number)?.status ?? 'NOT_STARTED';
}
