import type { Corner } from '../../domain/corner.ts';
import type { Connection } from './link.ts';
import type { RoundStatus } from './wire.ts';

/** Every word that the pages show, in one place. */
export const words = {
  product: 'FightJudge',
  skip: 'Skip to the bout',
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
  /** The same in the table of rounds, where the round's number stands beside it. */
  roundRow: {
    NOT_STARTED: 'Not started',
    IN_PROGRESS: 'In progress',
    PAUSED: 'Time stopped',
    ENDED: 'Over',
    LOCKED: 'Locked',
    FINAL: 'Final',
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

  totalsOf: (round: number) => `Round ${round} totals`,
  category: { damage: 'Damage', grappling: 'Grappling', control: 'Control', weighted_score: 'Total' },
  notReleased: 'Totals are not released for this view yet.',
  actionCount: (n: number) => (n === 1 ? '1 action' : `${n} actions`),

  rounds: 'Rounds',
  roundColumn: 'Round',
  statusColumn: 'Status',
  notYet: '–',
  breakdown: 'Under each total: damage / grappling / control.',

  actions: 'Last actions',
  noActions: 'No actions yet. They appear here as officials log them.',
  clockColumn: 'Clock',
  whatColumn: 'Action',
  byColumn: 'Logged by',
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
    adjust: 'Clock adjusted',
  } as Readonly<Record<string, string>>,
  ruling: {
    knockdown: 'Referee: knockdown',
    slip: 'Referee: slip',
    foul: 'Referee: foul',
    warning: 'Referee: warning',
    deduction: 'Referee: point deducted',
    stoppage: 'Referee: stoppage',
    replay_review: 'Replay review',
  } as Readonly<Record<string, string>>,
  otherRuling: 'Ruling',
  scorecard: 'Scorecard submitted',
  resultEntry: 'Result',

  moments: 'Redline moments',
  noMoments: 'None in this round.',
  awaitingReferee: 'awaiting the referee',

  result: 'Result',
  resultNone: 'No result yet',
  resultPending: 'Result proposed, awaiting confirmation',
  winnerTag: 'Winner',
  winner: (name: string) => `${name} wins`,
  inRound: (round: number) => `round ${round}`,

  bouts: 'Bouts',
  noOtherBouts: 'No other bouts.',
  followNewest: 'Follow the newest bout',
  following: 'Following the newest bout',
  watching: 'Shown now',

  loading: 'Loading the bout',
  empty: 'No bout yet',
  emptyHint: 'A bout appears here by itself as soon as one is set up.',
  emptyDemo: 'npm start plays a demo bout. To play one against any server:',
  emptyCommand: 'npm run simulate',
  emptyApi: 'How to set up a bout through the API',
  unknown: 'There is no such bout',
  unknownHint: (boutId: string) => `No bout is known as “${boutId}”, or it has not been released to you.`,
  forbidden: 'This bout is not open to you',
  forbiddenHint: 'The commission has not released its statistics to the public. Officials open it with their own link.',
  tokenRefused: 'Your link is no longer valid',
  tokenRefusedHint: 'Its token has expired or was withdrawn. Ask the supervisor for a new one.',
  withoutToken: 'Continue as a spectator',
  unreachable: 'The server cannot be reached',
  unreachableHint: 'This page keeps trying and goes on by itself.',
  toNewest: 'Show the newest bout',

  apiDocs: 'API documentation',
} as const;
