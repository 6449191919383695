import { CORNERS } from '../../../domain/corner.ts';
import { nameOf } from '../../shared/board/board.ts';
import type { RoundWinner } from '../../shared/board/winner.ts';
import { board } from '../../shared/board/words.ts';
import type { View } from '../../shared/wire/frames.ts';
import { CornerBlock } from './corner-block.tsx';
import { titleFit } from './fit.ts';

/** Who won the round, and by whose word; a recommendation says that it is none of the judges'. */
export function WinnerCard({ view, winner }: { readonly view: View; readonly winner: RoundWinner }) {
  return (
    <div class={`winner-card plate by-${winner.by}`}>
      {winner.winner !== 'even' && <CornerBlock corner={winner.winner} />}
      <div class="card-body">
        <p class={`card-title ${titleFit(winnerTitle(view, winner))}`}>{winnerTitle(view, winner)}</p>
        <p class="card-by">{winner.by === 'judges' ? board.byJudges : board.byStatistics}</p>
      </div>
      {winner.by === 'judges' && (
        <ul class="scores">
          {winner.cards.map((card, i) => (
            <li key={i}>
              <b>{board.score(card.red, card.blue)}</b>
              <small>{card.judge}</small>
            </li>
          ))}
        </ul>
      )}
      {winner.by === 'judges' &&
        CORNERS.filter((corner) => winner.deducted[corner] > 0).map((corner) => (
          <p key={corner} class="card-note">
            {board.deducted(winner.deducted[corner], corner)}
          </p>
        ))}
    </div>
  );
}

function winnerTitle(view: View, winner: RoundWinner): string {
  if (winner.winner !== 'even') return board.winsRound(nameOf(view, winner.winner), winner.round);
  return winner.by === 'judges' ? board.evenRound(winner.round) : board.closeRound(winner.round);
}
