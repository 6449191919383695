import { isRole } from '../../shared/device/credential.ts';
import { Notice } from '../../shared/look/notice.tsx';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Archive } from '../archive.ts';
import { useAsked } from '../asked.ts';
import { addressOf, type SearchWords } from '../place.ts';
import { Failure, Stale } from '../states.tsx';
import { timeWords } from '../times.ts';
import { decodeSearch, type Found } from '../wire/search.ts';
import { alikeIn } from './alike.ts';
import { isNarrowed, searchPath } from './ask.ts';
import { SearchForm, Sort } from './form.tsx';
import { HitLine } from './hit.tsx';

const words = archiveWords.search;

type Props = { readonly archive: Archive; readonly asked: SearchWords };

export function SearchView({ archive, asked }: Props) {
  const { reach } = archive;
  const { value, failure, again } = useAsked(reach, searchPath(asked), decodeSearch);
  const isWrong = failure?.kind === 'problem' && failure.status === 400;
  const search = (next: SearchWords): void => archive.go({ view: 'search', words: next });
  return (
    <>
      <h1 class="visually-hidden">{words.title}</h1>
      <SearchForm
        asked={asked}
        isCommission={isRole(reach.credential, 'admin', 'supervisor', 'analyst')}
        failure={isWrong ? failure : null}
        onSearch={search}
      />
      {value === null && failure !== null && !isWrong && <Failure failure={failure} again={again} />}
      {value === null && failure === null && <p class="hint part-loading">{archiveWords.loading}</p>}
      {value !== null && failure !== null && <Stale />}
      {value !== null && <Results found={value} asked={asked} onSearch={search} />}
    </>
  );
}

type ResultsProps = {
  readonly found: Found;
  readonly asked: SearchWords;
  readonly onSearch: (words: SearchWords) => void;
};

function Results({ found, asked, onSearch }: ResultsProps) {
  const { hits, total, total_is_capped: isCapped, next_cursor: next } = found;
  const alike = alikeIn(hits);
  return (
    <section class="results" aria-labelledby="results-title">
      <div class="results-head">
        <h2 id="results-title" class="visually-hidden">
          {words.results}
        </h2>
        <p role="status" class="results-total">
          <b>{words.total(total, isCapped)}</b>
          <span class="hint">
            {words.asOf(timeWords(found.as_of_ms))}, {words.pending(found.pending)}
          </span>
        </p>
        <Sort asked={asked} onSearch={onSearch} />
      </div>
      {hits.length === 0 ? (
        <Notice title={words.nothing} hint={isNarrowed(asked) ? words.nothingHint : words.nothingAtAll} />
      ) : (
        <ol class="hits">
          {hits.map((hit) => (
            <HitLine key={hit.bout_id} hit={hit} isAlike={alike.has(hit.bout_id)} />
          ))}
        </ol>
      )}
      <nav class="row pages" aria-label={words.results}>
        {asked.after !== undefined && (
          <a class="button" href={addressOf({ view: 'search', words: { ...asked, after: '' } })}>
            {words.first}
          </a>
        )}
        {next !== null && (
          <a class="button" rel="next" href={addressOf({ view: 'search', words: { ...asked, after: next } })}>
            {words.next}
          </a>
        )}
      </nav>
    </section>
  );
}
