import type { Status } from '../../../domain/monitor/index.ts';

/** Of a part that the page knows nothing new of, because the server does not answer. */
export type ShownStatus = Status | 'unknown';

export const monitorWords = {
  title: 'Monitor',
  unknown: '–',

  status: {
    ok: 'OK',
    warning: 'Warning',
    error: 'Error',
    offline: 'Offline',
    unknown: 'Unknown',
  } satisfies Record<ShownStatus, string>,
  kind: {
    edge: 'Edge',
    index: 'Index',
    platform: 'Platform',
    log: 'Log',
    card: 'Card',
    bout: 'Bout',
    device: 'Device',
    devices: 'Devices',
    watch: 'Every minute',
  } as Readonly<Record<string, string>>,
  /** What a part is, where its name does not say it. */
  what: {
    edge: 'answers requests',
    index: 'finds bouts (D1)',
    platform: 'keeps cards and tokens',
    log: 'signs checkpoints',
    watch: 'a look, whoever watches',
  } as Readonly<Record<string, string>>,

  allWell: 'Everything is well',
  troubled: (counts: readonly (readonly [count: number, status: Status])[]) =>
    counts.map(([count, status]) => `${count} ${troubleWords(count, status)}`).join(' · '),
  ageOfFigures: (seconds: number) => (seconds < 1 ? 'Figures of this second' : `Figures ${ago(seconds * 1_000)} old`),
  build: (build: string) => `Build ${build}`,
  edgeUp: (ms: number) => `this edge up ${ago(ms)}`,
  lost: 'The server does not answer',
  lostHint: (time: string) =>
    `What is below is of ${time}; how things are now is unknown. This page keeps asking and goes on by itself.`,
  lostAtOnce: 'No figures have come yet. This page keeps asking and goes on by itself.',
  loading: 'Asking the server',

  needsToken: 'The monitor is for those on duty',
  needsTokenHint:
    'It needs the link of an administrator, a supervisor or an analyst. Ask the supervisor for one and open it here.',
  forbidden: 'Your role does not include the monitor',
  forbiddenHint: (role: string) =>
    `You are here as ${role}. Administrators, supervisors and analysts may look; ask one of them, or open their link in this tab.`,
  refused: 'Your link is no longer valid',
  refusedHint: 'Its token has expired or was withdrawn. Ask an administrator or the supervisor for a new one.',
  home: 'To the first page',

  parts: 'Parts',
  since: (ms: number | null) => (ms === null ? 'since when is not known' : `for ${ago(ms)}`),
  unknownSince: (ms: number) => `since ${ago(ms)}`,
  devicesName: (count: number) => (count === 0 ? 'none reporting' : count === 1 ? '1 device' : `${count} devices`),
  madeDevice: (start: string) => `device ${start}`,

  latency: 'Latency',
  latencyHint: 'ms to answer, per minute, last hour',
  requests: 'Requests',
  requestsHint: 'per minute, last hour',
  p50: 'p50',
  p95: 'p95',
  p99: 'p99',
  all: 'Requests',
  refusedShort: '4xx',
  errors: 'Errors',
  errorsShort: '5xx',
  atMinute: (time: string) => `at ${time}`,
  lastMinute: 'last whole minute',
  chartLabel: (what: string) => `Chart: ${what}. The same figures stand in the table below it.`,
  asTable: 'As a table',
  minute: 'Minute',
  noTraffic: 'No requests in the last hour.',
  noFigures: 'The platform does not answer, so there are no figures.',

  speed: 'How fast',
  speedHint: (minutes: number) => `last ${minutes} minutes; p50, p95, p99 in ms`,
  subject: 'What',
  overall: 'Everything',
  taps: 'Taps over HTTP',
  socketTaps: 'Taps over sockets',
  socketTapsHint: 'from receipt to acknowledgement, in the bouts',
  routes: 'Routes',
  routesHint: 'the busiest of the last minutes',
  route: 'Route',
  count: 'Count',

  bouts: 'Bouts',
  boutsHint: 'under way, or of the last twelve hours',
  totals: (sockets: number, waiting: number, failing: number) =>
    `Together: ${plural(sockets, 'socket')} · ${plural(waiting, 'job')} waiting · ${plural(failing, 'job')} failing`,
  noBouts: 'No bout in the last twelve hours.',
  bout: 'Bout',
  state: 'State',
  clock: 'Clock',
  entries: 'Entries',
  lastEntry: 'Last entry',
  sockets: 'Sockets',
  jobs: 'Jobs',
  ledger: 'Data',
  roundClock: (round: number, left: string) => `R${round} ${left}`,
  ago: (ms: number) => `${ago(ms)} ago`,
  noSockets: 'none',
  socketsOf: (count: number, role: string) => `${count} ${role}`,
  jobsNone: 'none waiting',
  jobsWaiting: (count: number) => `${count} waiting`,
  jobsFailing: (count: number) => `${count} failing`,
  jobsOldest: (ms: number) => `oldest ${ago(ms)}`,
  jobsPlanned: (count: number) => `${count} planned`,
  roundStatus: {
    NOT_STARTED: 'Not started',
    IN_PROGRESS: 'In progress',
    PAUSED: 'Time stopped',
    ENDED: 'Round over',
    LOCKED: 'Round locked',
    FINAL: 'Over',
  } as Readonly<Record<string, string>>,

  devices: 'Devices',
  devicesHint: 'the last report of each; offline after 15 s of silence',
  noDevices: 'No device has reported yet. Officials’ pages report by themselves every few seconds.',
  device: 'Device',
  battery: 'Battery',
  network: 'Network',
  deviceLatency: 'Latency',
  fps: 'Frames',
  dropped: 'Dropped',
  report: 'Last report',
  percent: (value: number | null) => (value === null ? '–' : `${value} %`),
  ms: (value: number | null) => (value === null ? '–' : `${rounded(value)} ms`),
  plain: (value: number | null) => (value === null ? '–' : String(rounded(value))),
  bytes: (value: number | null) => (value === null ? '–' : bytes(value)),

  history: 'Recent changes',
  historyHint: 'the newest 200 of every part',
  noHistory: 'Nothing has changed yet.',
  historyAway: 'The platform does not answer, so the history is not known.',
  firstSeen: (status: Status) => `first seen: ${monitorWords.status[status]}`,
  change: (before: Status, status: Status) => `${monitorWords.status[before]} → ${monitorWords.status[status]}`,
  more: (count: number) => `${count} earlier changes`,
} as const;

function troubleWords(count: number, status: Status): string {
  if (status === 'warning') return count === 1 ? 'warning' : 'warnings';
  if (status === 'error') return count === 1 ? 'error' : 'errors';
  return status;
}

function plural(count: number, word: string): string {
  return `${count === 0 ? 'no' : count} ${word}${count === 1 ? '' : 's'}`;
}

/** `12 s`, `4 min`, `3 h`, `2 d`. */
function ago(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

function rounded(value: number): number {
  return value >= 10 ? Math.round(value) : Math.round(value * 10) / 10;
}

function bytes(value: number): string {
  return value < 1_000_000 ? `${Math.round(value / 1_000)} kB` : `${(value / 1_000_000).toFixed(1)} MB`;
}
