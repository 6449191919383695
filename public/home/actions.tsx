import { minutesSeconds } from '../shared/live/clock.ts';
import { CornerMark, cornerOf } from '../shared/look/corner.tsx';
import { entryWords, loggedBy } from '../shared/look/entry-words.ts';
import type { Feed } from '../shared/live/feed.ts';
import { words } from '../shared/strings/common.ts';
import type { View, WireEntry } from '../shared/wire/frames.ts';

const SHOWN = 14;

/** The newest lines of the ledger in words, newest first; what was taken back stays, struck out. */
export function Actions({ feed }: { readonly feed: Feed | null }) {
  const lines =
    feed === null
      ? []
      : feed.entries
          .filter((entry) => entryWords(entry) !== null)
          .slice(-SHOWN)
          .reverse();
  return (
    <section class="panel actions" aria-labelledby="actions-title">
      <h2 id="actions-title">{words.actions}</h2>
      {feed !== null && lines.length > 0 ? (
        <ol class="lines">
          {lines.map((entry) => (
            <Line key={entry.sequence_index} entry={entry} view={feed.view} />
          ))}
        </ol>
      ) : (
        <p class="lines hint">{feed === null ? '\u00a0' : words.noActions}</p>
      )}
    </section>
  );
}

function Line({ entry, view }: { readonly entry: WireEntry; readonly view: View }) {
  const said = entryWords(entry);
  if (said === null) return null;
  const corner = cornerOf(view.bout, entry.fighter_id);
  return (
    <li class={`line ${corner ?? ''} ${said.isAction ? '' : 'quiet'} ${entry.voided ? 'voided' : ''}`}>
      <span class="line-time">
        <span class="line-round">{entry.round_id === null ? '' : `R${entry.round_id}`}</span>
        <span>{entry.clock_ms === null ? '' : minutesSeconds(view.clock.length_ms - entry.clock_ms)}</span>
      </span>
      <span class="line-corner">{corner !== null && <CornerMark corner={corner} />}</span>
      <span class="line-what">
        {entry.voided ? <s>{said.title}</s> : <b>{said.title}</b>}
        {entry.voided && <span class="tag">{words.voided}</span>}
        {entry.flags.includes('late') && <span class="tag">{words.late}</span>}
        {entry.kind === 'replace' && <span class="tag">{words.corrected}</span>}
      </span>
      <span class="line-details">{said.details.join(', ')}</span>
      <span class="line-by" title={entry.actor.role}>
        {loggedBy(entry)}
      </span>
    </li>
  );
}
