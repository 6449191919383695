import type { Corner } from '../../../domain/corner.ts';
import { nameOf } from '../../shared/board/board.ts';
import type { Face } from '../../shared/board/clock-face.ts';
import { TimeText } from '../../shared/board/time-text.tsx';
import { statusWords, roundWords } from '../../shared/board/words-of-round.ts';
import { CornerBlock } from './corner-block.tsx';
import { fitOf } from './fit.ts';
import type { View } from '../../shared/wire/frames.ts';

/** Who fights, which round it is and how much of it is left. Red stands left, blue right. */
export function Scorebug({ view, face }: { readonly view: View; readonly face: Face }) {
  return (
    <div class="scorebug plate" data-status={face.status}>
      <Side view={view} corner="red" />
      <div class="bug-middle">
        <span class="bug-round">{statusWords(view, face) ?? roundWords(view)}</span>
        <TimeText face={face} />
      </div>
      <Side view={view} corner="blue" />
    </div>
  );
}

function Side({ view, corner }: { readonly view: View; readonly corner: Corner }) {
  const name = nameOf(view, corner);
  return (
    <div class={`bug-side ${corner}`}>
      <CornerBlock corner={corner} />
      <span class={`bug-name ${fitOf(name)}`}>{name}</span>
    </div>
  );
}
