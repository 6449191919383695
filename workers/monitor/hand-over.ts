import { platformOf } from '../auth/platform.ts';
import type { Env } from '../env.ts';
import { takeTraffic } from '../metrics.ts';
import { createParcels } from './parcels.ts';

/** At most this often beside the traffic. */
const EVERY_MS = 10_000;

/** The monitor's own polling is not what it is asked about. */
export const MONITOR_ROUTE = 'GET /api/monitor';

/** This isolate; made at the first request, because a Worker has no chance and no time before. */
let self: { readonly isolate: string; readonly sinceMs: number } | null = null;
let handedMs = Number.NEGATIVE_INFINITY;

const parcels = createParcels(
  () => takeTraffic([MONITOR_ROUTE]),
  () => identity().isolate,
);

export function isolateSinceMs(): number {
  return identity().sinceMs;
}

/**
 * Behind every answered request. Costs a comparison, and every ten seconds a call beside the requests; whatever comes of
 * it, no request waits for it. `atMs` is a reading of `performance.now()`.
 */
export function handOverIfDue(env: Env, atMs: number, ctx: Background): void {
  if (atMs - handedMs < EVERY_MS && atMs >= handedMs) return;
  handedMs = atMs;
  ctx.waitUntil(handOver(env));
}

type Background = { readonly waitUntil: (work: Promise<unknown>) => void };

/** Before a look too, so that it shows what is newest. Never rejects: the counts are kept and tried again. */
export async function handOver(env: Env): Promise<void> {
  try {
    await parcels.send(async (parcel) => await platformOf(env).addTraffic(parcel));
  } catch (error) {
    console.error(JSON.stringify({ at: 'monitor.handOver', problem: String(error).slice(0, 200) }));
  }
}

function identity() {
  self ??= { isolate: crypto.randomUUID(), sinceMs: Date.now() };
  return self;
}
