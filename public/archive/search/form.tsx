import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { describedBy, Field } from '../../shared/look/field.tsx';
import { archiveWords } from '../../shared/strings/archive.ts';
import { failureWords, type ApiFailure } from '../../shared/wire/api.ts';
import type { SearchField, SearchWords } from '../place.ts';
import { asksMore, SORTS } from './ask.ts';

const words = archiveWords.search;

type FormProps = {
  readonly asked: SearchWords;
  readonly isCommission: boolean;
  /** What the server did not understand. */
  readonly failure: ApiFailure | null;
  readonly onSearch: (words: SearchWords) => void;
};

/** The fields by the names that the server gives them in a refusal. */
const FIELD_OF: Readonly<Record<string, SearchField>> = { fighter: 'name', bout_number: 'number', cursor: 'after' };

export function SearchForm({ asked, isCommission, failure, onSearch }: FormProps) {
  const draft = useSignal<SearchWords>(asked);
  // Gone back to, or opened by a link: the fields show what the address asks.
  useEffect(() => {
    draft.value = asked;
  }, [JSON.stringify(asked)]);
  const errors = new Map(
    failure?.kind === 'problem' ? failure.errors.map(({ field, detail }) => [FIELD_OF[field] ?? field, detail]) : [],
  );
  const set = (field: SearchField, value: string): void => {
    draft.value = { ...draft.value, [field]: value };
  };
  const search = (): void => onSearch({ ...draft.value, after: '' });
  const input = (field: SearchField, label: string, hint?: string, type: 'text' | 'date' = 'text') => (
    <Field id={`search-${field}`} label={label} hint={hint} error={errors.get(field)}>
      <input
        id={`search-${field}`}
        value={draft.value[field] ?? ''}
        maxLength={200}
        enterkeyhint="search"
        autocomplete="off"
        spellcheck={false}
        aria-invalid={errors.has(field)}
        aria-describedby={describedBy(`search-${field}`)}
        {...(type === 'date' ? { type: 'date' as const } : {})}
        {...(field === 'number' ? { inputMode: 'numeric' as const } : {})}
        onInput={(event) => set(field, event.currentTarget.value)}
      />
    </Field>
  );
  const known = ['q', 'name', 'promotion', 'event', 'number', 'judge', 'from', 'to'];
  const elsewhere =
    failure?.kind === 'problem' && failure.status === 400 && ![...errors.keys()].some((one) => known.includes(one));
  return (
    <form
      class="panel search-form"
      role="search"
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <div class="search-first">
        {input('q', words.q, words.qHint)}
        <button type="submit" class="primary">
          {words.go}
        </button>
      </div>
      <details class="search-more" open={asksMore(asked) || errors.size > 0}>
        <summary>{words.more}</summary>
        <div class="search-fields">
          {input('name', words.name)}
          {input('promotion', words.promotion)}
          {input('event', words.event)}
          {input('number', words.number, words.numberHint)}
          {input('judge', words.judge, isCommission ? words.judgeHintCommission : words.judgeHint)}
          {input('from', words.from, undefined, 'date')}
          {input('to', words.to, undefined, 'date')}
          <Field id="search-sealed" label={words.sealed}>
            <select
              id="search-sealed"
              value={draft.value.sealed ?? ''}
              onChange={(event) => set('sealed', event.currentTarget.value)}
            >
              <option value="">{words.sealedAny}</option>
              <option value="true">{words.sealedOnly}</option>
              <option value="false">{words.sealedNot}</option>
            </select>
          </Field>
        </div>
        <div class="row">
          <button type="submit">{words.go}</button>
          <button type="button" class="quiet" onClick={() => onSearch({})}>
            {words.clear}
          </button>
        </div>
      </details>
      {elsewhere && (
        <p class="bad-text" role="alert">
          {words.refused}: {failureWords(failure)}
        </p>
      )}
    </form>
  );
}

type SortProps = { readonly asked: SearchWords; readonly onSearch: (words: SearchWords) => void };

export function Sort({ asked, onSearch }: SortProps) {
  return (
    <div class="search-sort">
      <label for="search-sort">{words.sort}</label>
      <select
        id="search-sort"
        value={asked.sort ?? ''}
        onChange={(event) => onSearch({ ...asked, sort: event.currentTarget.value, after: '' })}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {words.sorts[sort]}
          </option>
        ))}
      </select>
    </div>
  );
}
