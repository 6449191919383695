import { useMemo } from 'preact/hooks';
import { minutesSeconds } from '../shared/live/clock.ts';
import { CornerMark, cornerOf } from '../shared/look/corner.tsx';
import { actionWords } from '../shared/look/entry-words.ts';
import { replayWords as words } from '../shared/strings/replay.ts';
import type { View } from '../shared/wire/frames.ts';
import type { Round } from './fetch.ts';
import type { ReplayModel } from './model.ts';
import { happenedBy, type Placed, placedEvents } from './position.ts';

type Props = { readonly model: ReplayModel; readonly round: Round | null; readonly bout: View['bout'] };

/** What had been logged by the second that is shown, newest first; what was taken back stays, struck out. */
export function Actions({ model, round, bout }: Props) {
  const placed = useMemo(() => (round === null ? [] : placedEvents(round.replay)), [round]);
  const shown = happenedBy(placed, model.position.value);
  const length = model.lengthS.value;
  return (
    <section class="panel replay-actions" aria-labelledby="actions-title">
      <h2 id="actions-title">
        {words.actions} <span class="count">{words.actionCount(shown.length, placed.length)}</span>
      </h2>
      <div class="scroller" tabIndex={0} role="group" aria-label={words.actionList}>
        {shown.length === 0 ? (
          <p class="hint">{round === null ? '\u00a0' : words.noActions}</p>
        ) : (
          <ol>
            {shown.map((one) => (
              <Line
                key={one.event.event_id}
                placed={one}
                bout={bout}
                left={leftAt(one, length)}
                corrects={round?.corrections.has(one.event.event_id) ?? false}
                onJump={() => model.seek(one.second + 1)}
              />
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}

/** The clock of the hall at the moment of an action. */
export function leftAt({ second, event }: Placed, lengthS: number): string {
  return minutesSeconds(lengthS * 1_000 - (event.clock_ms ?? second * 1_000));
}

type LineProps = {
  readonly placed: Placed;
  readonly bout: View['bout'];
  readonly left: string;
  readonly corrects: boolean;
  readonly onJump: () => void;
};

function Line({ placed: { event }, bout, left, corrects, onJump }: LineProps) {
  const corner = cornerOf(bout, event.fighter_id);
  const { title, details } = actionWords(event.event_type, event.metadata);
  return (
    <li class={`action ${event.voided ? 'voided' : ''} ${event.counted ? '' : 'uncounted'}`}>
      <button type="button" class="jump" aria-label={words.jumpTo(left)} onClick={onJump}>
        {left}
      </button>
      <span class="action-corner">{corner !== null && <CornerMark corner={corner} />}</span>
      <span class="action-what">
        {event.voided ? <s>{title}</s> : <b>{title}</b>}
        {event.voided && <span class="tag">{words.voided}</span>}
        {corrects && <span class="tag">{words.corrected}</span>}
        {!event.voided && !event.counted && <span class="tag">{words.notCounted}</span>}
        {details.length > 0 && <span class="action-details">{details.join(', ')}</span>}
      </span>
    </li>
  );
}
