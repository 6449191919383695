import type { Corner } from '../../../domain/corner.ts';
import { board } from '../../shared/board/words.ts';
import { CornerShape } from '../../shared/look/corner.tsx';

/** The corner as colour, shape and word in one. */
export function CornerBlock({ corner }: { readonly corner: Corner }) {
  return (
    <span class={`corner-block ${corner}`}>
      <CornerShape corner={corner} />
      <span>{board.corner[corner]}</span>
    </span>
  );
}
