import { CornerMark } from '../../shared/look/corner.tsx';
import { words as common } from '../../shared/strings/common.ts';
import { archiveWords } from '../../shared/strings/archive.ts';
import { addressOf } from '../place.ts';
import { howWords } from '../../shared/strings/how-words.ts';
import { dateWords } from '../times.ts';
import type { Hit } from '../wire/search.ts';
import { openState } from './alike.ts';

const words = archiveWords.search;

/** One bout; all of the row leads to its record. */
export function HitLine({ hit, isAlike }: { readonly hit: Hit; readonly isAlike: boolean }) {
  const { fighter1: red, fighter2: blue, result } = hit;
  const event = [hit.promotion, hit.event, hit.bout_number === null ? '' : words.number1(hit.bout_number)].filter(
    (part) => part !== '',
  );
  return (
    <li class="hit">
      <div class="hit-who">
        <a href={addressOf({ view: 'bout', boutId: hit.bout_id })}>
          <CornerMark corner="red" label={red.name} />
          <span class="hit-versus">{common.versus}</span>
          <CornerMark corner="blue" label={blue.name} />
        </a>
        {hit.simulated && <span class="tag simulated">{common.simulated}</span>}
      </div>
      <p class="hit-where">
        {event.join(' · ')}
        {isAlike && (
          <>
            {event.length > 0 && ' · '}
            <b>{words.boutId(hit.bout_id)}</b>
          </>
        )}
      </p>
      <p class="hit-date">{hit.date === null ? words.noDate : dateWords(hit.date)}</p>
      <p class="hit-result">
        {result === null ? (
          <span class="hint">{words.noResult}</span>
        ) : (
          <>
            {result.winner_corner === null ? (
              <b>{result.winner}</b>
            ) : (
              <CornerMark corner={result.winner_corner} label={words.won(common.corner[result.winner_corner])} />
            )}{' '}
            <span>{howWords(result, result.winner)}</span>
          </>
        )}
      </p>
      <p class="hit-record">
        <SealMark hit={hit} />
      </p>
    </li>
  );
}

/** A closed ring with a tick, a closed ring, an open ring: told apart without colour. */
function SealMark({ hit }: { readonly hit: Hit }) {
  const { sealed, archived } = hit;
  const isWhole = sealed && archived === true;
  return (
    <span class={`seal-mark ${isWhole ? 'whole' : sealed ? 'sealed' : 'open'}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <circle cx="8" cy="8" r="6.5" {...(sealed ? {} : { 'stroke-dasharray': '3 3' })} />
        {isWhole && <path d="M5 8.2 7.2 10.4 11 6" />}
      </svg>
      {isWhole ? words.sealedMark : sealed ? words.sealedNotArchived : words[openState(hit)]}
    </span>
  );
}
