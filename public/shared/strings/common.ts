import type { Corner } from '../../../domain/corner.ts';
import type { Connection } from '../live/link.ts';
import type { RoundStatus } from '../wire/frames.ts';

/** Every word that the pages show, in one place. */
export const words = {
  product: 'FightJudge',
  skipToMain: 'Skip to the content',
  close: 'Close',
  cancel: 'Cancel',
  simulated: 'Simulated',
  simulatedHint: 'The entries of this bout come from the simulator, not from officials.',
  versus: 'vs',

  corner: { red: 'Red', blue: 'Blue' } satisfies Record<Corner, string>,
  cornerLong: { red: 'Red corner', blue: 'Blue corner' } satisfies Record<Corner, string>,

  connection: {
    connecting: 'Connecting',
    live: 'Live',
    reconnecting: 'Reconnecting',
    offline: 'Offline',
    refused: 'Not connected',
  } satisfies Record<Connection['state'], string>,
  forSeconds: (seconds: number) => (seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`),

  roundOf: (round: number, of: number) => `Round ${round} of ${of}`,
  round: (round: number) => `Round ${round}`,
  timeLeft: 'Time left in the round',
  roundStatus: {
    NOT_STARTED: 'Not started',
    IN_PROGRESS: 'In progress',
    PAUSED: 'Time stopped',
    ENDED: 'Round over',
    LOCKED: 'Round locked',
    FINAL: 'Bout over',
  } satisfies Record<RoundStatus, string>,
  /** The same in a list of bouts, where no round stands beside it. */
  boutStatus: {
    NOT_STARTED: 'Not started',
    IN_PROGRESS: 'Under way',
    PAUSED: 'Time stopped',
    ENDED: 'Between rounds',
    LOCKED: 'Between rounds',
    FINAL: 'Over',
  } satisfies Record<RoundStatus, string>,
  unconfirmed: 'Last known, not confirmed',

  category: { damage: 'Damage', grappling: 'Grappling', control: 'Control', weighted_score: 'Total' },
  actionCount: (n: number) => (n === 1 ? '1 action' : `${n} actions`),

  rounds: 'Rounds',
  notYet: '–',

  actions: 'Last actions',
  noActions: 'No actions yet. They appear here as officials log them.',
  voided: 'Voided',
  late: 'Late',
  corrected: 'Correction',
  significant: 'significant',
  controlStarts: (where: string) => `${where} control starts`.trim(),
  controlEnds: (where: string) => `${where} control ends`.trim(),
  knockdown: 'Knockdown',
  clockAction: {
    start_round: 'Round starts',
    pause: 'Time stopped',
    resume: 'Time resumes',
    end_round: 'Round ends',
  } as Readonly<Record<string, string>>,
  ruling: {
    knockdown: 'Referee: knockdown',
    slip: 'Referee: slip',
    foul: 'Referee: foul',
    warning: 'Referee: warning',
    deduction: 'Referee: point deducted',
    stoppage: 'Referee: stoppage',
    replay_review: 'Replay review',
    rescind: 'Referee: ruling taken back',
    told: 'Judge told of a ruling',
  } as Readonly<Record<string, string>>,
  otherRuling: 'Ruling',
  scorecard: 'Scorecard submitted',
  resultEntry: 'Result',

  moments: 'Redline moments',
  noMoments: 'None in this round.',
  awaitingReferee: 'awaiting the referee',

  result: 'Result',
  winner: (name: string) => `${name} wins`,
  method: {
    KO: 'Knockout',
    TKO: 'Technical knockout',
    SUB: 'Submission',
    DEC: 'Decision',
    TD: 'Technical decision',
    DQ: 'Disqualification',
    NC: 'No contest',
    DRAW: 'Draw',
  } as Readonly<Record<string, string>>,
  decision: { UD: 'unanimous', SD: 'split', MD: 'majority' } as Readonly<Record<string, string>>,
  inRound: (round: number) => `round ${round}`,

  bouts: 'Bouts',
  following: 'Following the newest bout',

  loading: 'Loading the bout',
  unknown: 'There is no such bout',
  unknownHint: (boutId: string) => `No bout is known as “${boutId}”, or it has not been released to you.`,
  forbidden: 'This bout is not open to you',
  forbiddenHint: 'The commission has not released its statistics to the public. Officials open it with their own link.',
  tokenRefused: 'Your link is no longer valid',
  tokenRefusedHint: 'Its token has expired or was withdrawn. Ask the supervisor for a new one.',
  unreachable: 'The server cannot be reached',
  unreachableHint: 'This page keeps trying and goes on by itself.',
} as const;
