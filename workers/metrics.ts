import { BOUNDS_MS, countWithin, noneWithin, type RouteTraffic, type Traffic } from '../domain/monitor/index.ts';

type Series = {
  count: number;
  sumMs: number;
  readonly byStatus: Map<number, number>;
  readonly within: number[];
  /** As far as `takeTraffic` has given it away. */
  taken: RouteTraffic;
};

const series = new Map<string, Series>();

/**
 * Counts one answered request. `route` is the route's pattern (`GET /api/live/{bout_id}`), never a path: paths are
 * without end. `ms` is measured across the route's I/O, because the clock of a Worker stands still between I/O.
 * Counts are the isolate's own and start again with it, as a counter may.
 */
export function observe(route: string, status: number, ms: number): void {
  let one = series.get(route);
  if (one === undefined) {
    const taken = { count: 0, refused: 0, errors: 0, within: noneWithin() };
    one = { count: 0, sumMs: 0, byStatus: new Map(), within: noneWithin(), taken };
    series.set(route, one);
  }
  one.count += 1;
  one.sumMs += ms;
  one.byStatus.set(status, (one.byStatus.get(status) ?? 0) + 1);
  countWithin(one.within, ms);
}

/** What was counted since this was last called, but for the routes left out; null where that is nothing. */
export function takeTraffic(leftOut: readonly string[]): Traffic | null {
  const taken: Record<string, RouteTraffic> = {};
  for (const [route, one] of series) {
    if (one.count === one.taken.count || leftOut.includes(route)) continue;
    const now = trafficOf(one);
    taken[route] = {
      count: now.count - one.taken.count,
      refused: now.refused - one.taken.refused,
      errors: now.errors - one.taken.errors,
      within: now.within.map((count, index) => count - (one.taken.within[index] ?? 0)),
    };
    one.taken = now;
  }
  return Object.keys(taken).length === 0 ? null : taken;
}

function trafficOf({ count, byStatus, within }: Series): RouteTraffic {
  let refused = 0;
  let errors = 0;
  for (const [status, many] of byStatus) {
    if (status >= 500) errors += many;
    else if (status >= 400) refused += many;
  }
  return { count, refused, errors, within: [...within] };
}

/** The counts in the Prometheus text format, version 0.0.4; latencies in seconds, as is its custom. */
export function renderMetrics(): string {
  const lines = [
    '# HELP fightjudge_requests_total Requests answered by this isolate.',
    '# TYPE fightjudge_requests_total counter',
  ];
  for (const [route, { byStatus }] of series) {
    for (const [status, count] of byStatus) {
      lines.push(`fightjudge_requests_total{${labels({ route, status: String(status) })}} ${count}`);
    }
  }
  lines.push(
    '# HELP fightjudge_request_seconds Time to answer, measured across I/O.',
    '# TYPE fightjudge_request_seconds histogram',
  );
  for (const [route, { count, sumMs, within }] of series) {
    const key = labels({ route });
    let atMost = 0;
    for (const [index, bound] of BOUNDS_MS.entries()) {
      atMost += within[index] ?? 0;
      lines.push(`fightjudge_request_seconds_bucket{${key},le="${bound / 1000}"} ${atMost}`);
    }
    lines.push(
      `fightjudge_request_seconds_bucket{${key},le="+Inf"} ${count}`,
      `fightjudge_request_seconds_sum{${key}} ${sumMs / 1000}`,
      `fightjudge_request_seconds_count{${key}} ${count}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function labels(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
