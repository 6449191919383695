import type { ComponentChildren } from 'preact';
import { Notice } from '../shared/look/notice.tsx';
import { archiveWords as words } from '../shared/strings/archive.ts';
import { type ApiFailure, failureWords } from '../shared/wire/api.ts';
import type { Asked } from './asked.ts';
import { addressOf } from './place.ts';

/** Why there is nothing to show, and what to do about it. */
export function Failure({ failure, again }: { readonly failure: ApiFailure; readonly again: () => void }) {
  if (failure.kind === 'unreachable') {
    return (
      <Notice title={words.offline} hint={words.offlineHint}>
        <div class="row">
          <button type="button" onClick={again}>
            {words.retry}
          </button>
          <a href={addressOf({ view: 'check' })}>{words.toCheck}</a>
        </div>
      </Notice>
    );
  }
  if (failure.status === 401 || failure.status === 403) {
    return (
      <Notice title={words.notReleased} hint={words.notReleasedHint}>
        <p class="hint">{failureWords(failure)}</p>
      </Notice>
    );
  }
  return (
    <Notice title={words.failed} hint={failureWords(failure)}>
      <button type="button" onClick={again}>
        {words.retry}
      </button>
    </Notice>
  );
}

type PartProps<T> = {
  readonly asked: Asked<T>;
  readonly children: (value: T) => ComponentChildren;
};

/** A part of a view that comes by itself: what it says, or in its place why not. */
export function Part<T>({ asked: { value, failure, again }, children }: PartProps<T>) {
  if (value !== null) {
    return (
      <>
        {failure !== null && <Stale />}
        {children(value)}
      </>
    );
  }
  if (failure === null) return <p class="hint part-loading">{words.loading}</p>;
  return (
    <p class="part-failed" role="status">
      <span>{failure.kind === 'unreachable' ? words.offline : failureWords(failure)}</span>
      <button type="button" class="quiet" onClick={again}>
        {words.retry}
      </button>
    </p>
  );
}

export function Stale() {
  return (
    <p class="stale" role="status">
      {words.stale}
    </p>
  );
}
