import { CornerMark, cornerOf } from '../shared/look/corner.tsx';
import { actionWords } from '../shared/look/entry-words.ts';
import { words } from '../shared/strings/common.ts';
import type { View } from '../shared/wire/frames.ts';

/** Knockdowns, rocked fighters and near-finishes of the round, newest first. */
export function Moments({ view }: { readonly view: View | null }) {
  const moments = view === null ? [] : [...view.redline_moments].reverse();
  return (
    <section class="panel moments" aria-labelledby="moments-title">
      <h2 id="moments-title">{words.moments}</h2>
      {view === null || moments.length === 0 ? (
        <p class="hint">{view === null ? '\u00a0' : words.noMoments}</p>
      ) : (
        <ol class="moment-list">
          {moments.map((moment) => {
            const corner = cornerOf(view.bout, moment.fighter_id);
            return (
              <li
                key={`${moment.timestamp} ${moment.fighter_id} ${moment.event_type}`}
                class={`moment ${corner ?? ''}`}
              >
                {corner !== null && <CornerMark corner={corner} />}
                <b>{actionWords(moment.event_type, {}).title}</b>
                <span class="moment-details">
                  {[moment.severity, moment.pending ? words.awaitingReferee : null]
                    .filter((part) => part !== null)
                    .join(', ')}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
