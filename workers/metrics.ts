/** Upper bounds of the latency histogram, in milliseconds. */
const BUCKETS_MS = [5, 10, 20, 50, 100, 150, 200, 350, 500, 1_000, 2_500, 10_000] as const;

type Series = { count: number; sumMs: number; readonly atMost: number[] };

const requests = new Map<string, number>();
const latency = new Map<string, Series>();

/**
 * Counts one answered request. `route` is the route's pattern (`GET /api/live/{bout_id}`), never a path: paths are
 * without end. `ms` is measured across the route's I/O, because the clock of a Worker stands still between I/O.
 * Counts are the isolate's own and start again with it, as a counter may.
 */
export function observe(route: string, status: number, ms: number): void {
  const key = labels({ route, status: String(status) });
  requests.set(key, (requests.get(key) ?? 0) + 1);
  const routeKey = labels({ route });
  let series = latency.get(routeKey);
  if (series === undefined) {
    series = { count: 0, sumMs: 0, atMost: BUCKETS_MS.map(() => 0) };
    latency.set(routeKey, series);
  }
  series.count += 1;
  series.sumMs += ms;
  for (const [index, bound] of BUCKETS_MS.entries()) {
    if (ms <= bound) series.atMost[index] = (series.atMost[index] ?? 0) + 1;
  }
}

/** The counts in the Prometheus text format, version 0.0.4; latencies in seconds, as is its custom. */
export function renderMetrics(): string {
  const lines = [
    '# HELP fightjudge_requests_total Requests answered by this isolate.',
    '# TYPE fightjudge_requests_total counter',
  ];
  for (const [key, count] of requests) lines.push(`fightjudge_requests_total{${key}} ${count}`);
  lines.push(
    '# HELP fightjudge_request_seconds Time to answer, measured across I/O.',
    '# TYPE fightjudge_request_seconds histogram',
  );
  for (const [key, series] of latency) {
    for (const [index, bound] of BUCKETS_MS.entries()) {
      lines.push(`fightjudge_request_seconds_bucket{${key},le="${bound / 1000}"} ${series.atMost[index] ?? 0}`);
    }
    lines.push(
      `fightjudge_request_seconds_bucket{${key},le="+Inf"} ${series.count}`,
      `fightjudge_request_seconds_sum{${key}} ${series.sumMs / 1000}`,
      `fightjudge_request_seconds_count{${key}} ${series.count}`,
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
