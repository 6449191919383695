import { useMemo } from 'preact/hooks';
import { CornerMark, cornerOf } from '../shared/look/corner.tsx';
import { actionWords } from '../shared/look/entry-words.ts';
import { replayWords as words } from '../shared/strings/replay.ts';
import type { View } from '../shared/wire/frames.ts';
import type { Ruling } from '../shared/wire/scorecards.ts';
import { leftAt } from './actions.tsx';
import type { Round } from './fetch.ts';
import { momentsOf } from './marks.ts';
import type { ReplayModel } from './model.ts';
import { placedEvents } from './position.ts';

type Props = { readonly model: ReplayModel; readonly round: Round | null; readonly bout: View['bout'] };

/** The moments that a round is remembered by, each a way to its second, and what the referee ruled. */
export function Moments({ model, round, bout }: Props) {
  const moments = useMemo(() => (round === null ? [] : momentsOf(placedEvents(round.replay))), [round]);
  const length = model.lengthS.value;
  return (
    <section class="panel replay-moments" aria-labelledby="moments-title">
      <h2 id="moments-title">{words.moments}</h2>
      {moments.length === 0 ? (
        <p class="hint">{round === null ? '\u00a0' : words.noMoments}</p>
      ) : (
        <ol>
          {moments.map((one) => {
            const corner = cornerOf(bout, one.event.fighter_id);
            const left = leftAt(one, length);
            const { title, details } = actionWords(one.event.event_type, one.event.metadata);
            return (
              <li key={one.event.event_id} class="action">
                <button
                  type="button"
                  class="jump"
                  aria-label={words.jumpTo(left)}
                  onClick={() => model.seek(one.second + 1)}
                >
                  {left}
                </button>
                <span class="action-corner">{corner !== null && <CornerMark corner={corner} />}</span>
                <span class="action-what">
                  <b>{title}</b>
                  {details.length > 0 && <span class="action-details">{details.join(', ')}</span>}
                </span>
              </li>
            );
          })}
        </ol>
      )}
      <h3>{words.rulings}</h3>
      {round === null || round.rulings.length === 0 ? (
        <p class="hint">{round === null ? '\u00a0' : words.noRulings}</p>
      ) : (
        <ol class="rulings">
          {round.rulings.map((ruling) => (
            <RulingLine key={ruling.sequence_index} ruling={ruling} />
          ))}
        </ol>
      )}
    </section>
  );
}

function RulingLine({ ruling }: { readonly ruling: Ruling }) {
  const title = words.ruling[ruling.kind] ?? ruling.kind;
  const details = [
    ruling.intent === null ? null : (words.intent[ruling.intent] ?? ruling.intent),
    ruling.points > 0 ? words.points(ruling.points) : null,
    ruling.method,
  ].filter((part) => part !== null);
  return (
    <li class={`ruling ${ruling.rescinded ? 'voided' : ''}`}>
      {ruling.corner !== null && <CornerMark corner={ruling.corner} />}
      {ruling.rescinded ? <s>{title}</s> : <b>{title}</b>}
      {ruling.rescinded && <span class="tag">{words.rescinded}</span>}
      {details.length > 0 && <span class="action-details">{details.join(', ')}</span>}
    </li>
  );
}
