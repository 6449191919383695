import { board as words } from '../../shared/board/words.ts';
import { minutesSeconds } from '../../shared/live/clock.ts';
import type { Live } from '../../shared/live/live.ts';
import { CornerMark, cornerOf } from '../../shared/look/corner.tsx';
import { entryWords } from '../../shared/look/entry-words.ts';
import { commentary } from '../../shared/strings/commentary.ts';
import type { View, WireEntry } from '../../shared/wire/frames.ts';

const SHOWN = 12;

/** The newest lines in words, newest first; what was taken back stays, struck out. Scorecards have their own table. */
export function ActionFeed({ view, live }: { readonly view: View; readonly live: Live }) {
  const entries = live.feed.value?.entries ?? [];
  const lines = entries
    .filter((entry) => entryWords(entry) !== null && entry.kind !== 'scorecard')
    .slice(-SHOWN)
    .toReversed();
  return (
    <section class="panel actions" aria-labelledby="actions-title">
      <h2 id="actions-title">{commentary.actions}</h2>
      {lines.length === 0 ? (
        <p class="hint">{commentary.noActions}</p>
      ) : (
        <ol class="feed">
          {lines.map((entry) => (
            <Line key={entry.sequence_index} entry={entry} view={view} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Line({ entry, view }: { readonly entry: WireEntry; readonly view: View }) {
  const said = entryWords(entry);
  if (said === null) return null;
  const corner = cornerOf(view.bout, entry.fighter_id);
  return (
    <li class={entry.voided ? 'feed-line voided' : 'feed-line'}>
      <span class="feed-time">
        {entry.round_id === null ? '' : `R${entry.round_id} `}
        {entry.clock_ms === null ? words.unknown : minutesSeconds(view.clock.length_ms - entry.clock_ms)}
      </span>
      <span class="feed-corner">{corner !== null && <CornerMark corner={corner} />}</span>
      <span class="feed-what">
        {entry.voided ? <s>{said.title}</s> : said.isAction ? <b>{said.title}</b> : said.title}{' '}
        <span class="feed-details">{said.details.join(', ')}</span>
        {entry.voided && <span class="tag">{commentary.voided}</span>}
        {entry.flags.includes('late') && <span class="tag">{commentary.late}</span>}
        {entry.kind === 'replace' && <span class="tag">{commentary.corrected}</span>}
      </span>
    </li>
  );
}
