import { elapsedWords } from '../shared/live/clock.ts';
import { CornerMark } from '../shared/look/corner.tsx';
import { words } from '../shared/strings/common.ts';
import { homeWords } from '../shared/strings/home.ts';
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

/**
 * `Submission · round 2 · 3:07`, or `Decision (unanimous)`; the time is elapsed, as results are announced.
 * @param outcome what stands before it: a method that says the same (`No contest`) is left out
 */
export function howWords(result: Result, outcome: string | null): string {
  const full = words.method[result.method ?? ''] ?? result.method ?? '';
  const named = full.toLowerCase() === outcome?.toLowerCase() ? '' : full;
  const decision = result.decision === null ? null : (words.decision[result.decision] ?? result.decision);
  const method = decision === null ? named : `${named} (${decision})`.trim();
  const isFinish = result.decision === null && result.round_id !== null && result.time_ms !== null;
  return [
    method,
    isFinish && result.round_id !== null ? words.inRound(result.round_id) : null,
    isFinish && result.time_ms !== null ? elapsedWords(result.time_ms) : null,
  ]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}
