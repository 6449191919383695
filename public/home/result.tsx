import type { Corner } from '../../domain/corner.ts';
import { CornerMark } from '../shared/corner.tsx';
import { words } from '../shared/strings.ts';
import type { Result, View } from '../shared/wire.ts';

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
          <p class="hint">{result?.status === 'pending' ? words.resultPending : words.resultNone}</p>
        )}
      </div>
    </section>
  );
}

function Official({ view, result }: { readonly view: View; readonly result: Result }) {
  const winner = winnerOf(view, result.winner);
  return (
    <>
      {winner.corner !== null && <CornerMark corner={winner.corner} long />}
      <p class="result-winner">{winner.words}</p>
      <p class="result-how">{howWords(result)}</p>
    </>
  );
}

/** `TKO · round 2 · 3:07` */
export function howWords(result: Result): string {
  return [result.method, result.round_id === null ? null : words.inRound(result.round_id), result.time]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}

/** The wire names a corner, a fighter, or says that nobody won. */
export function winnerOf(
  view: View,
  winner: string | null,
): { readonly corner: Corner | null; readonly words: string } {
  const { fighter1, fighter2 } = view.bout;
  if (winner === null) return { corner: null, words: words.resultNone };
  if (['red', 'fighter1', fighter1.id, fighter1.name].includes(winner)) {
    return { corner: 'red', words: words.winner(fighter1.name) };
  }
  if (['blue', 'fighter2', fighter2.id, fighter2.name].includes(winner)) {
    return { corner: 'blue', words: words.winner(fighter2.name) };
  }
  if (winner === 'draw') return { corner: null, words: words.noWinner.draw };
  return { corner: null, words: winner === 'no_contest' ? words.noWinner.no_contest : winner };
}
