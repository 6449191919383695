/** Upper bounds of the latency histogram, in milliseconds. */
const BUCKETS_MS = [5, 10, 20, 50, 100, 150, 200, 350, 500, 1_000, 2_500, 10_000] as const;

/** `within[i]` counts what took at most `BUCKETS_MS[i]` and more than the bound before it. */
type Series = { count: number; sumMs: number; readonly byStatus: Map<number, number>; readonly within: number[] };

const series = new Map<string, Series>();

/**
 * Counts one answered request. `route` is the route's pattern (`GET /api/live/{bout_id}`), never a path: paths are
 * without end. `ms` is measured across the route's I/O, because the clock of a Worker stands still between I/O.
 * Counts are the isolate's own and start again with it, as a counter may.
 */
export function observe(route: string, status: number, ms: number): void {
  let one = series.get(route);
  if (one === undefined) {
    one = { count: 0, sumMs: 0, byStatus: new Map(), within: BUCKETS_MS.map(() => 0) };
    series.set(route, one);
  }
  one.count += 1;
  one.sumMs += ms;
  one.byStatus.set(status, (one.byStatus.get(status) ?? 0) + 1);
  for (let i = 0; i < BUCKETS_MS.length; i += 1) {
    if (ms > (BUCKETS_MS[i] ?? 0)) continue;
    one.within[i] = (one.within[i] ?? 0) + 1;
    return;
  }
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
    for (const [index, bound] of BUCKETS_MS.entries()) {
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
