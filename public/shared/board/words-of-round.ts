import type { View } from '../wire/frames.ts';
import type { Face } from './clock-face.ts';
import { official } from './phase.ts';
import { board } from './words.ts';

/** What stands beside the clock where a round is not simply running; null while it is. */
export function statusWords(view: View, face: Face): string | null {
  if (official(view) !== null) return board.over;
  switch (face.status) {
    case 'PAUSED':
      return board.stopped;
    case 'ENDED':
    case 'LOCKED':
      return board.endOf(view.round_id);
    case 'FINAL':
      return board.over;
    case 'NOT_STARTED':
    case 'IN_PROGRESS':
      return null;
  }
}

export function roundWords(view: View): string {
  const { round_id, bout } = view;
  return round_id > bout.scheduled_rounds ? board.extension(round_id) : board.roundOf(round_id, bout.scheduled_rounds);
}
