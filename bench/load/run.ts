import { quantile } from '../stats.ts';

/** One answered request after the other, until the time is up. */
export type Writer = { readonly send: () => Promise<void>; readonly close: () => void };

export type Slice = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly requests: number;
};

/** Lets all writers send for `ms`, each as fast as it is answered. */
export async function runSlice(writers: readonly Writer[], ms: number): Promise<Slice> {
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + ms;
  await Promise.all(
    writers.map(async (writer) => {
      for (let sent = performance.now(); sent < end;) {
        await writer.send();
        const now = performance.now();
        latencies.push(now - sent);
        sent = now;
      }
    }),
  );
  const tookMs = performance.now() - start;
  latencies.sort((a, b) => a - b);
  return {
    perSecond: (latencies.length / tookMs) * 1000,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    requests: latencies.length,
  };
}

/** Sends `count` requests one by one and gives what each took, in ms. */
export async function timeEach(count: number, send: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    await send();
    took.push(performance.now() - start);
  }
  return took;
}
