import { CornerMark } from '../shared/look/corner.tsx';
import { words } from '../shared/strings/common.ts';
import { homeWords } from '../shared/strings/home.ts';
import { howWords } from '../shared/strings/how-words.ts';
import type { Result, View } from '../shared/wire/frames.ts';

/** Always there, so that a result appears in its place and pushes nothing away. */
export function ResultPanel({ view }: { readonly view: View | null }) {
  const result = view?.result ?? null;
  return (
    <section class={`panel result ${result?.status ?? 'none'}`} aria-labelledby="result-title">
      <h2 id="result-title">{words.result}</h2>
      <div class="result-body" role="status">
        {view !== null && result !== null && result.status === 'official' ? (
          <Official view={view} result={result} />
        ) : (
          <p class="hint">{result?.status === 'pending' ? homeWords.resultPending : homeWords.resultNone}</p>
        )}
      </div>
    </section>
  );
}

function Official({ view, result }: { readonly view: View; readonly result: Result }) {
  const corner = result.winner_corner;
  const name = corner === null ? null : view.bout[corner === 'red' ? 'fighter1' : 'fighter2'].name;
  return (
    <>
      {corner !== null && <CornerMark corner={corner} label={words.cornerLong[corner]} />}
      <p class="result-winner">{name === null ? (result.winner ?? homeWords.resultNone) : words.winner(name)}</p>
      <p class="result-how">{howWords(result, result.winner)}</p>
    </>
  );
}
