import { CornerMark, cornerOf } from '../../shared/look/corner.tsx';
import { actionWords } from '../../shared/look/entry-words.ts';
import { commentary } from '../../shared/strings/commentary.ts';
import type { View } from '../../shared/wire/frames.ts';

/** Knockdowns, rocked fighters and near-finishes of the round, newest first. */
export function MomentList({ view }: { readonly view: View }) {
  const moments = view.redline_moments.toReversed();
  return (
    <section class="panel moments" aria-labelledby="moments-title">
      <h2 id="moments-title">{commentary.moments}</h2>
      {moments.length === 0 ? (
        <p class="hint">{commentary.noMoments}</p>
      ) : (
        <ol class="feed">
          {moments.map((moment) => {
            const corner = cornerOf(view.bout, moment.fighter_id);
            const details = [moment.severity, moment.pending ? commentary.awaitingReferee : null];
            return (
              <li key={`${moment.timestamp} ${moment.fighter_id} ${moment.event_type}`} class="feed-line">
                <span class="feed-corner">{corner !== null && <CornerMark corner={corner} />}</span>
                <span class="feed-what">
                  <b>{actionWords(moment.event_type, {}).title}</b>{' '}
                  <span class="feed-details">{details.filter((part) => part !== null).join(', ')}</span>
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
