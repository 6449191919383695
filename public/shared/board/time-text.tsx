import type { Face } from './clock-face.ts';
import { board } from './words.ts';

/** The digits, or in their place a mark that says nothing false: three level bars of the same width. */
export function TimeText({ face }: { readonly face: Face }) {
  return face.text === null ? (
    <span class="no-time" role="img" aria-label={board.clockUnknown}>
      <i />
      <i />
      <i />
    </span>
  ) : (
    <span class="time" role="timer" aria-label={board.timeLeft}>
      {face.text}
    </span>
  );
}
