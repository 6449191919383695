import { CORNERS } from '../../../domain/corner.ts';
import { nameOf } from '../../shared/board/board.ts';
import type { RoundWinner } from '../../shared/board/winner.ts';
import { board } from '../../shared/board/words.ts';
import type { View } from '../../shared/wire/frames.ts';
import { CornerBand, EventLine, nameSize } from './parts.tsx';
import { Scores } from './scores.tsx';

export function WinnerBoard({ view, winner }: { readonly view: View; readonly winner: RoundWinner }) {
  const name = winner.winner === 'even' ? null : nameOf(view, winner.winner);
  return (
    <>
      <EventLine view={view} />
      <div class="verdict">
        {winner.winner !== 'even' && <CornerBand corner={winner.winner} />}
        {name !== null && winner.winner !== 'even' ? (
          <>
            <p class={`verdict-name ${nameSize(name)}`}>{name}</p>
            <p class="verdict-what">{board.tookRound(winner.round)}</p>
          </>
        ) : (
          <p class="verdict-name name-middle">
            {winner.by === 'judges' ? board.evenRound(winner.round) : board.closeRound(winner.round)}
          </p>
        )}
        {winner.by === 'judges' && <Scores cards={winner.cards} />}
        <p class={`verdict-by by-${winner.by}`}>{winner.by === 'judges' ? board.byJudges : board.byStatistics}</p>
        {winner.by === 'judges' &&
          CORNERS.filter((corner) => winner.deducted[corner] > 0).map((corner) => (
            <p key={corner} class="verdict-note">
              {board.deducted(winner.deducted[corner], corner)}
            </p>
          ))}
      </div>
    </>
  );
}
