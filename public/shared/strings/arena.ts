import type { BoardName } from '../board/phase.ts';

/** The words of the boards in the hall that no other board has. */
export const arena = {
  boards: {
    standby: 'Standby',
    tale: 'Tale of the tape',
    live: 'Live',
    winner: 'Round winner',
    result: 'Result',
  } satisfies Record<BoardName, string>,
  auto: 'Automatic',
  controls: 'Boards',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Leave full screen',
  key: (key: string) => `(${key})`,
  /** On a board that can be chosen already and is shown once there is something to put on it. */
  notYet: 'not yet',
  /** With each total: nobody in the hall may take it for the judges' score. */
  roundStatistics: (round: number) => `Statistics, round ${round}`,
  noScore: 'points, not a score',
  nextBout: 'Next',
  standby: 'The next bout is announced here.',
  waiting: 'No bout yet',
  unknown: 'There is no such bout',
  forbidden: 'This bout is not open to this board',
  tokenRefused: 'This board’s link is no longer valid',
  unreachable: 'The server cannot be reached',
  loading: 'Loading',
} as const;
