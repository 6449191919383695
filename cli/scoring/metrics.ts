/** Each prediction with what came of it: 0 or 1, or between them where several judges share an outcome. */
export type Outcomes = { readonly predicted: readonly number[]; readonly happened: readonly number[] };

const LEAST = 1e-9;

/** Mean surprise in nats; certainty that proves wrong counts as one in a thousand million. NaN of nothing. */
export function logLossOf({ predicted, happened }: Outcomes): number {
  return mean(
    predicted.map((p, i) => {
      const y = happened[i] ?? 0;
      const q = Math.min(1 - LEAST, Math.max(LEAST, p));
      return -(y * Math.log(q) + (1 - y) * Math.log(1 - q));
    }),
  );
}

/** Mean squared error of probabilities. */
export function brierOf({ predicted, happened }: Outcomes): number {
  return mean(predicted.map((p, i) => (p - (happened[i] ?? 0)) ** 2));
}

/**
 * Expected calibration error: the mean distance between what was predicted and how often it happened, over bins of
 * predictions, each weighted by how many it holds.
 * @param bins of equal width over 0 to 1, or of equally many predictions (`mass`)
 */
export function calibrationErrorOf(
  { predicted, happened }: Outcomes,
  bins: { readonly count: number; readonly by: 'width' | 'mass' },
): number {
  const held = Array.from({ length: bins.count }, () => ({ count: 0, predicted: 0, happened: 0 }));
  const order = [...predicted.keys()].toSorted((a, b) => (predicted[a] ?? 0) - (predicted[b] ?? 0) || a - b);
  for (const [rank, i] of order.entries()) {
    const p = predicted[i] ?? 0;
    const share = bins.by === 'width' ? p : rank / order.length;
    const bin = held[Math.min(bins.count - 1, Math.floor(share * bins.count))];
    if (bin === undefined) continue;
    bin.count += 1;
    bin.predicted += p;
    bin.happened += happened[i] ?? 0;
  }
  return held.reduce((sum, bin) => sum + Math.abs(bin.predicted - bin.happened), 0) / predicted.length;
}

/**
 * Average precision: the mean, over what happened, of the precision among all that was ranked as high. Equal
 * predictions share a rank, so that the order of the rows does not matter. NaN where nothing happened.
 */
export function averagePrecisionOf({ predicted, happened }: Outcomes): number {
  const order = [...predicted.keys()].toSorted((a, b) => (predicted[b] ?? 0) - (predicted[a] ?? 0));
  let seen = 0;
  let hits = 0;
  let sum = 0;
  let at = 0;
  while (at < order.length) {
    const level = predicted[order[at] ?? 0];
    let found = 0;
    while (at < order.length && predicted[order[at] ?? 0] === level) {
      found += happened[order[at] ?? 0] ?? 0;
      seen += 1;
      at += 1;
    }
    hits += found;
    sum += (found * hits) / seen;
  }
  return hits === 0 ? Number.NaN : sum / hits;
}

/** Share of those that hold; NaN of nothing. */
export function shareOf(held: readonly boolean[]): number {
  return held.filter(Boolean).length / held.length;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
