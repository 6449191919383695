import { quantile, type Within } from './latency.ts';

/** What one route answered: all, with 4xx, with 5xx, and how long the answers took. */
export type RouteTraffic = {
  readonly count: number;
  readonly refused: number;
  readonly errors: number;
  readonly within: Within;
};

/** By route: `GET /api/live/{bout_id}`. */
export type Traffic = Readonly<Record<string, RouteTraffic>>;

export type Figures = {
  readonly count: number;
  readonly refused: number;
  readonly errors: number;
  readonly p50_ms: number | null;
  readonly p95_ms: number | null;
  readonly p99_ms: number | null;
};

const NONE: RouteTraffic = { count: 0, refused: 0, errors: 0, within: [] };

export function addTraffic(a: Traffic, b: Traffic): Traffic {
  const sum: Record<string, RouteTraffic> = { ...a };
  for (const [route, more] of Object.entries(b)) sum[route] = addRoute(sum[route] ?? NONE, more);
  return sum;
}

/** All routes together, or those that are asked for. */
export function totalOf(traffic: Traffic, wanted: (route: string) => boolean = () => true): RouteTraffic {
  return Object.entries(traffic)
    .filter(([route]) => wanted(route))
    .reduce((sum, [, one]) => addRoute(sum, one), NONE);
}

export function figuresOf({ count, refused, errors, within }: RouteTraffic): Figures {
  return {
    count,
    refused,
    errors,
    p50_ms: quantile(within, 0.5),
    p95_ms: quantile(within, 0.95),
    p99_ms: quantile(within, 0.99),
  };
}

export function addWithin(a: Within, b: Within): Within {
  return Array.from({ length: Math.max(a.length, b.length) }, (_none, index) => (a[index] ?? 0) + (b[index] ?? 0));
}

function addRoute(a: RouteTraffic, b: RouteTraffic): RouteTraffic {
  return {
    count: a.count + b.count,
    refused: a.refused + b.refused,
    errors: a.errors + b.errors,
    within: addWithin(a.within, b.within),
  };
}
