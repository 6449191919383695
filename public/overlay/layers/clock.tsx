import type { Face } from '../../shared/board/clock-face.ts';
import { TimeText } from '../../shared/board/time-text.tsx';
import { roundWords, statusWords } from '../../shared/board/words-of-round.ts';
import type { View } from '../../shared/wire/frames.ts';

/** The clock by itself, large. */
export function BigClock({ view, face }: { readonly view: View; readonly face: Face }) {
  return (
    <div class="big-clock plate" data-status={face.status}>
      <TimeText face={face} />
      <span class="big-clock-words">{statusWords(view, face) ?? roundWords(view)}</span>
    </div>
  );
}
