import { Mark } from '../shared/look/mark.tsx';
import { words as common } from '../shared/strings/common.ts';
import { pairWords as words } from '../shared/strings/pair.ts';
import { type ApiFailure, failureWords } from '../shared/wire/api.ts';
import { Entry } from './entry.tsx';
import type { Pair } from './model.ts';
import { Facts, Paired } from './paired.tsx';

export function PairPage({ pair }: { readonly pair: Pair }) {
  return (
    <>
      <a class="skip" href="#main">
        {common.skipToMain}
      </a>
      <header class="top">
        <div class="top-inner">
          <a class="brand" href="/">
            <Mark />
            <span class="visually-hidden">{common.product}</span>
            <span class="brand-title">{words.title}</span>
          </a>
        </div>
      </header>
      <main id="main" class="page pair" tabIndex={-1}>
        <Step pair={pair} />
      </main>
    </>
  );
}

function Step({ pair }: { readonly pair: Pair }) {
  const state = pair.state.value;
  switch (state.kind) {
    case 'opening':
      return null;
    case 'entry':
      return <Entry pair={pair} forgotten={state.forgotten} />;
    case 'asking':
      return (
        <section class="panel step">
          <h1>{words.askTitle}</h1>
          <Facts place={state.place} />
          <p>{words.askHint}</p>
          <button type="button" class="large primary" onClick={pair.take}>
            {words.askTake}
          </button>
          <button type="button" class="large" onClick={pair.keepPlace}>
            {words.askKeep}
          </button>
        </section>
      );
    case 'claiming':
      return (
        <section class="panel step" role="status">
          <h1>{state.waiting ? words.waiting : words.working}</h1>
          <p>{state.waiting ? words.waitingHint : words.workingHint}</p>
          <button type="button" class="quiet" onClick={pair.enterAnother}>
            {words.another}
          </button>
        </section>
      );
    case 'paired':
      return <Paired pair={pair} place={state.place} fresh={state.fresh} />;
    case 'failed':
      return (
        <section class="panel step" role="alert">
          <h1>{words.failedTitle}</h1>
          <p>{whyFailed(state.failure)}</p>
          <button type="button" class="large" onClick={pair.enterAnother}>
            {words.another}
          </button>
        </section>
      );
  }
}

function whyFailed(failure: ApiFailure): string {
  if (failure.kind === 'problem') {
    if (failure.code === 'no_storage') return words.failed.storage;
    // A shape that no code has is as unknown as one that nobody made.
    if (failure.status === 401 || failure.status === 400) return words.failed.unknown;
    if (failure.status === 409) return words.failed.used;
    if (failure.status === 403) return words.failed.withdrawn;
  }
  return words.failedOther(failureWords(failure));
}
