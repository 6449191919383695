import type { LogHealth } from '../../objects/platform/index.ts';
import { OFFLINE_MS, type Status, STATUSES } from '../../domain/monitor/index.ts';

/** What the rules look at. Times in ms. */
export type Facts = {
  /** Of the last minutes: everything that the edge answered, and every route of which the API document says how fast. */
  readonly edge: {
    readonly count: number;
    readonly errors: number;
    readonly routes: readonly { readonly route: string; readonly count: number; readonly p95Ms: number | null }[];
  };
  readonly index: Answered;
  readonly platform: Answered;
  readonly log: Answered & { readonly health: LogHealth | null };
  readonly card: Answered & { readonly isMade: boolean };
  readonly bout: Answered & {
    readonly isMade: boolean;
    readonly fault: { readonly index: number; readonly detail: string } | null;
    readonly failing: readonly { readonly job: string; readonly attempts: number }[];
    readonly oldestJobMs: number | null;
  };
  readonly device: {
    readonly silentMs: number;
    readonly alerts: readonly { readonly type: string; readonly value: number }[];
  };
  /** The look that is taken every minute; `ageMs` is null where it never was. */
  readonly watch: { readonly ageMs: number | null; readonly isolateMs: number };
};

/** `ms` is how long the answer took, null where there was none; `why` then says so. */
type Answered = { readonly ms: number | null; readonly why: string };

export type Kind = keyof Facts;

export const KINDS = [
  'edge',
  'index',
  'platform',
  'log',
  'card',
  'bout',
  'device',
  'watch',
] as const satisfies readonly Kind[];

export type Judged = { readonly status: Status; readonly detail: string };

/** What must be so for a part to be of this status, in words; null where it is not so. */
type Rule<F> = { readonly status: Exclude<Status, 'ok'>; readonly because: (facts: F) => string | null };

/** Below so many answers a share says nothing, nor does a percentile. */
const ENOUGH = 20;

/** An object or the index that takes longer than this is felt at the table. */
const SLOW_MS = 1_000;

const OVERDUE_MS = 60_000;

/** Two looks missed, and some. */
const UNWATCHED_MS = 150_000;

/** The ceilings of the API document, in ms. */
export const CEILINGS_MS: Readonly<Record<string, number>> = {
  'POST /api/events/v2/log': 10,
  'GET /api/replay/{bout_id}/{round_id}': 150,
  'GET /api/live/{bout_id}': 100,
  'GET /api/judge-session/{judge_session_id}': 200,
  'POST /api/telemetry/report': 20,
};

const away: Rule<Answered> = { status: 'offline', because: ({ ms, why }) => (ms === null ? why : null) };

const slow: Rule<Answered> = {
  status: 'warning',
  because: ({ ms }) => (ms !== null && ms > SLOW_MS ? `It took ${ms} ms to answer.` : null),
};

/** The one place that says what is wrong with what. */
const RULES: { readonly [K in Kind]: readonly Rule<Facts[K]>[] } = {
  edge: [
    { status: 'error', because: (facts) => (shareOf(facts) > 0.05 ? errorWords(facts) : null) },
    { status: 'warning', because: (facts) => (shareOf(facts) > 0.01 ? errorWords(facts) : null) },
    { status: 'warning', because: (facts) => (facts.count < ENOUGH && facts.errors > 0 ? errorWords(facts) : null) },
    { status: 'warning', because: overCeiling },
  ],
  index: [away, slow],
  platform: [away, slow],
  log: [
    away,
    { status: 'error', because: ({ health }) => health?.keyProblem ?? null },
    {
      status: 'error',
      because: ({ health }) => (health === null || health.faults.length === 0 ? null : health.faults.join(' ')),
    },
    { status: 'error', because: ({ health }) => forkWords(health?.witnesses ?? []) },
    { status: 'error', because: ({ health }) => failingWords(health, (job) => !job.startsWith(WITNESS)) },
    { status: 'warning', because: ({ health }) => failingWords(health, (job) => job.startsWith(WITNESS)) },
    { status: 'warning', because: ({ health }) => health?.witnessProblem ?? null },
    { status: 'warning', because: ({ health }) => unsignedWords(health) },
  ],
  card: [
    away,
    { status: 'error', because: ({ ms, isMade }) => (ms !== null && !isMade ? 'It has no data.' : null) },
    slow,
  ],
  bout: [
    away,
    { status: 'error', because: ({ ms, isMade }) => (ms !== null && !isMade ? 'It has no data.' : null) },
    {
      status: 'error',
      because: ({ fault }) => (fault === null ? null : `The ledger does not check out from entry ${fault.index} on.`),
    },
    {
      status: 'error',
      because: ({ failing }) =>
        failing.length === 0
          ? null
          : `Failing: ${failing.map(({ job, attempts }) => `${job} (${attempts}×)`).join(', ')}.`,
    },
    {
      status: 'warning',
      because: ({ oldestJobMs }) =>
        oldestJobMs !== null && oldestJobMs > OVERDUE_MS ? `A job has waited ${seconds(oldestJobMs)}.` : null,
    },
    slow,
  ],
  device: [
    {
      status: 'offline',
      because: ({ silentMs }) => (silentMs > OFFLINE_MS ? 'It has stopped reporting.' : null),
    },
    { status: 'warning', because: ({ alerts }) => (alerts.length === 0 ? null : alerts.map(alertWords).join(' ')) },
  ],
  watch: [
    {
      status: 'warning',
      because: ({ ageMs, isolateMs }) => {
        // A new deployment has had no minute yet.
        if (ageMs === null) return isolateMs > UNWATCHED_MS ? 'Nobody has looked by the clock yet.' : null;
        return ageMs > UNWATCHED_MS ? `The last look by the clock was ${seconds(ageMs)} ago.` : null;
      },
    },
  ],
};

/** The worst that any rule says, with all its reasons; ok, without one, where none says anything. */
export function judge<K extends Kind>(kind: K, facts: Facts[K]): Judged {
  const found = RULES[kind].flatMap(({ status, because }) => {
    const why = because(facts);
    return why === null ? [] : [{ status, why }];
  });
  const status = STATUSES.findLast((one) => found.some((other) => other.status === one)) ?? 'ok';
  return {
    status,
    detail: found
      .filter((one) => one.status === status)
      .map(({ why }) => why)
      .join(' '),
  };
}

function shareOf({ count, errors }: Facts['edge']): number {
  return count < ENOUGH ? 0 : errors / count;
}

function errorWords({ count, errors }: Facts['edge']): string {
  return `${errors} of the last ${count} requests failed.`;
}

function overCeiling({ routes }: Facts['edge']): string | null {
  const over = routes.filter(
    ({ route, count, p95Ms }) => count >= ENOUGH && p95Ms !== null && p95Ms > (CEILINGS_MS[route] ?? Infinity),
  );
  if (over.length === 0) return null;
  const each = over.map(({ route, p95Ms }) => `${route}: 95 % within ${p95Ms} ms, ceiling ${CEILINGS_MS[route]} ms.`);
  return each.join(' ');
}

/** How a job that asks a witness is called. */
const WITNESS = 'witness:';

function failingWords(health: LogHealth | null, isMeant: (job: string) => boolean): string | null {
  const meant = health?.jobs.failing.filter(({ job }) => isMeant(job)) ?? [];
  if (meant.length === 0) return null;
  return `Failing: ${meant.map(({ job, attempts }) => `${job} (${attempts}×)`).join(', ')}.`;
}

function forkWords(witnesses: LogHealth['witnesses']): string | null {
  const found = witnesses.flatMap(({ name, finding }) => (finding === null ? [] : [`${name}: ${finding}.`]));
  return found.length === 0 ? null : `A witness says that the log has forked. ${found.join(' ')}`;
}

function unsignedWords(health: LogHealth | null): string | null {
  if (health === null || health.publishedSize === health.leaves) return null;
  const { oldestMs } = health.jobs;
  if (oldestMs === null || oldestMs <= OVERDUE_MS) return null;
  return `Signed up to ${health.publishedSize} of ${health.leaves}; the rest has waited ${seconds(oldestMs)}.`;
}

function alertWords({ type, value }: { readonly type: string; readonly value: number }): string {
  switch (type) {
    case 'battery_low':
      return `Battery ${value} %.`;
    case 'network_weak':
      return `Network ${value} %.`;
    case 'latency_high':
      return `Latency ${value} ms.`;
    case 'dropped_events':
      return `Dropped ${value} % of its events.`;
    default:
      return `${type} ${value}.`;
  }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
