/** A token bucket: `burst` at once, then `perSecond` sustained. */
export type Limit = { readonly perSecond: number; readonly burst: number };

export type Bucket = { readonly level: number; readonly atMs: number };

/** What a bucket holds at a moment; one that was never touched is full. A clock that goes back adds nothing. */
export function levelAt(bucket: Bucket | undefined, limit: Limit, nowMs: number): number {
  if (bucket === undefined) return limit.burst;
  return Math.min(limit.burst, bucket.level + (Math.max(0, nowMs - bucket.atMs) / 1000) * limit.perSecond);
}

/** The bucket after one more is taken, or null where it holds less than one. */
export function take(bucket: Bucket | undefined, limit: Limit, nowMs: number): Bucket | null {
  const level = levelAt(bucket, limit, nowMs);
  return level < 1 ? null : { level: level - 1, atMs: Math.max(nowMs, bucket?.atMs ?? nowMs) };
}
