import type { Corner } from '../../../domain/corner.ts';
import type { RoundStatus } from '../wire/frames.ts';
import type { Role } from '../../../domain/roles/index.ts';
import type { PageId } from '../look/pages.ts';

type PageWords = { readonly name: string; readonly hint: string };

const PAGE: Readonly<Record<PageId, PageWords>> = {
  judge: { name: 'Judge', hint: 'Your scorecards, one round after another' },
  operator: { name: 'Operator', hint: 'Log actions with the keyboard' },
  supervisor: { name: 'Supervisor', hint: 'The night, the bout and its devices' },
  monitor: { name: 'Monitor', hint: 'What is up, how fast, since when' },
  overlay: { name: 'Overlay', hint: 'Graphics for the programme, in a new tab' },
  arena: { name: 'Arena', hint: 'Boards for the screens in the hall, in a new tab' },
  commentary: { name: 'Commentary', hint: 'Both fighters and their figures on a sheet' },
  replay: { name: 'Replay', hint: 'A round again, second by second' },
  archive: { name: 'Archive', hint: 'Find a bout, take its record, check it' },
  pair: { name: 'Pair this device', hint: 'With the code from the supervisor' },
  docs: { name: 'API', hint: 'Every address and what it answers' },
};

/** The supervisor's page shows these two their own part of it. */
const PART: Readonly<Partial<Record<Role, PageWords>>> = {
  timekeeper: { name: 'Clock', hint: 'Start, stop and set the round’s clock' },
  referee: { name: 'Rulings', hint: 'Knockdowns, fouls, deductions and stoppages' },
};

const ROLE = {
  admin: 'Administrator',
  supervisor: 'Supervisor',
  operator: 'Operator',
  judge: 'Judge',
  timekeeper: 'Timekeeper',
  referee: 'Referee',
  broadcaster: 'Broadcaster',
  camera: 'Camera',
  analyst: 'Analyst',
  viewer: 'Viewer',
} satisfies Record<Role, string>;

export const homeWords = {
  ways: 'Your pages',
  waysOfAll: 'Pages',
  page: (id: PageId, role: Role | null): PageWords =>
    (id === 'supervisor' && role !== null ? PART[role] : undefined) ?? PAGE[id],
  who: (role: Role, subject: string, seat: string | null) =>
    [ROLE[role], subject, seat].filter((part) => part !== null).join(' · '),

  /** The same in the table of rounds, where the round's number stands beside it. */
  roundRow: {
    NOT_STARTED: 'Not started',
    IN_PROGRESS: 'In progress',
    PAUSED: 'Time stopped',
    ENDED: 'Over',
    LOCKED: 'Locked',
    FINAL: 'Final',
  } satisfies Record<RoundStatus, string>,
  totalsOf: (round: number) => `Round ${round} totals`,
  notReleased: 'Totals are not released for this view yet.',
  roundColumn: 'Round',
  statusColumn: 'Status',
  breakdown: 'Under each total: damage / grappling / control.',
  resultNone: 'No result yet',
  resultPending: 'Result proposed, awaiting confirmation',
  cornerWon: { red: 'Red · winner', blue: 'Blue · winner' } satisfies Record<Corner, string>,
  followNewest: 'Follow the newest bout',
  empty: 'No bout yet',
  emptyHint: 'A bout appears here by itself as soon as one is set up.',
  emptyDemo: 'npm start plays a demo bout. To play one on this server:',
  emptyCommand: (server: string) => `npm run simulate -- --url ${server}`,
  emptyApi: 'How to set up a bout through the API',
  withoutToken: 'Continue as a spectator',
  toNewest: 'Show the newest bout',

  night: 'The night',
  current: 'Current',
  shown: 'Shown',
  planned: 'Not set up yet',
  earlier: (n: number) => (n === 1 ? 'One earlier bout is not listed.' : `${n} earlier bouts are not listed.`),
  others: 'Other bouts',
  roundOf: (round: number, of: number) => `Round ${round} of ${of}`,
  won: (name: string) => `${name} won`,
  replay: 'Replay',
  replayOf: (red: string, blue: string) => `Replay of ${red} vs ${blue}`,
  pairAgain: 'Pair this device again',
} as const;
