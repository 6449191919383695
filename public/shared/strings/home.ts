import { type Role, ROLES } from '../../../domain/roles/index.ts';
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
} satisfies Record<(typeof ROLES)[number], string>;

export const homeWords = {
  ways: 'Your pages',
  waysOfAll: 'Pages',
  page: (id: PageId, role: Role | null): PageWords =>
    (id === 'supervisor' && role !== null ? PART[role] : undefined) ?? PAGE[id],
  who: (role: Role, subject: string, seat: string | null) =>
    [ROLE[role], subject, seat].filter((part) => part !== null).join(' · '),

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
