import type { Progress } from './player.ts';
import { progressLine } from './summary.ts';

export type ProgressDisplay = {
  readonly show: (progress: Progress) => void;
  /** A line that stays. */
  readonly note: (line: string) => void;
  readonly done: () => void;
};

/** A terminal gets one line that is written over; anything else gets a line at most every `quietMs`. */
export function createProgressDisplay(out: NodeJS.WriteStream, quietMs = 5000): ProgressDisplay {
  const last = { at: Number.NEGATIVE_INFINITY, place: '' };
  const clear = () => (out.isTTY ? '\r\u001B[K' : '');
  return {
    show: (progress) => {
      const now = performance.now();
      const place = `${progress.roundId} ${progress.phase}`;
      const moved = place !== last.place;
      if (!moved && now - last.at < (out.isTTY ? 100 : quietMs)) return;
      Object.assign(last, { at: now, place });
      out.write(`${clear()}${progressLine(progress)}${out.isTTY ? '' : '\n'}`);
    },
    note: (line) => void out.write(`${clear()}${line}\n`),
    done: () => void out.write(clear()),
  };
}
