import type { JudgeCard } from '../../shared/board/winner.ts';
import { board } from '../../shared/board/words.ts';

export function Scores({ cards }: { readonly cards: readonly JudgeCard[] }) {
  return (
    <ul class="score-list">
      {cards.map((card, i) => (
        <li key={i}>
          <b>{board.score(card.red, card.blue)}</b>
          <span>{card.judge}</span>
        </li>
      ))}
    </ul>
  );
}
