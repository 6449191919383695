import type { Corner } from '../../../domain/corner.ts';
import { type Board, nameOf } from '../../shared/board/board.ts';
import { TimeText } from '../../shared/board/time-text.tsx';
import { roundWords, statusWords } from '../../shared/board/words-of-round.ts';
import { arena } from '../../shared/strings/arena.ts';
import type { Totals, View } from '../../shared/wire/frames.ts';
import { CornerBand, EventLine, hasPhoto, nameSize, Photo } from './parts.tsx';

export function LiveBoard({ board, view }: { readonly board: Board; readonly view: View }) {
  return (
    <>
      <EventLine view={view} />
      <div class="live-grid">
        <Fighter board={board} view={view} corner="red" totals={view.red_totals} />
        <Middle board={board} view={view} />
        <Fighter board={board} view={view} corner="blue" totals={view.blue_totals} />
      </div>
    </>
  );
}

/** Apart, so that a second that passes redraws nothing else. */
function Middle({ board, view }: { readonly board: Board; readonly view: View }) {
  const face = board.face.value;
  return (
    <div class="live-middle" data-status={face?.status}>
      <p class="live-round">{roundWords(view)}</p>
      <p class="live-clock">{face !== null && <TimeText face={face} />}</p>
      <p class="live-status">{(face === null ? null : statusWords(view, face)) ?? '\u00a0'}</p>
    </div>
  );
}

type FighterProps = {
  readonly board: Board;
  readonly view: View;
  readonly corner: Corner;
  readonly totals: Totals | null;
};

function Fighter({ board, view, corner, totals }: FighterProps) {
  const name = nameOf(view, corner);
  return (
    <div class={`live-person ${corner}`}>
      <Photo
        url={board.fighters.value?.[corner].photo_url ?? null}
        name={name}
        photos={board.photos}
        keepRoom={hasPhoto(board.fighters.value) ? corner : null}
      />
      <CornerBand corner={corner} />
      <p class={`name ${nameSize(name)}`}>{name}</p>
      {totals !== null && (
        <dl class="live-figure">
          <dt>{arena.roundStatistics(view.round_id)}</dt>
          <dd class="live-total">{totals.weighted_score.toFixed(1)}</dd>
          <dd class="live-what">{arena.noScore}</dd>
        </dl>
      )}
    </div>
  );
}
