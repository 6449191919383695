import { nameOf } from '../../shared/board/board.ts';
import type { JudgeCard } from '../../shared/board/winner.ts';
import { board, howWords, resultWords } from '../../shared/board/words.ts';
import type { Result, View } from '../../shared/wire/frames.ts';
import { CornerBlock } from './corner-block.tsx';
import { titleFit } from './fit.ts';

type Props = { readonly view: View; readonly result: Result; readonly totals: readonly JudgeCard[] };

/** The official result, with the judges' totals where they are released. */
export function ResultCard({ view, result, totals }: Props) {
  const title = resultWords(result, (corner) => nameOf(view, corner));
  return (
    <div class="result-card plate">
      {result.winner_corner !== null && <CornerBlock corner={result.winner_corner} />}
      <div class="card-body">
        <p class="card-over">{board.official}</p>
        <p class={`card-title ${titleFit(title)}`}>{title}</p>
        <p class="card-by">{howWords(result)}</p>
      </div>
      {totals.length > 0 && (
        <ul class="scores">
          {totals.map((card, i) => (
            <li key={i}>
              <b>{board.score(card.red, card.blue)}</b>
              <small>{card.judge}</small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
