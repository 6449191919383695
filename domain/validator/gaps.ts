/** A stretch of round time, in milliseconds from the bell. */
export type Span = { readonly fromMs: number; readonly toMs: number };

/**
 * Stretches longer than `maxMs` in which nothing happened, the edges of `within` counting as happenings.
 * @param atMs in any order; what lies outside `within` counts at its edge
 */
export function gapsIn(atMs: readonly number[], within: Span, maxMs: number): readonly Span[] {
  const clamped = atMs.map((at) => Math.min(Math.max(at, within.fromMs), within.toMs));
  const marks = [within.fromMs, ...clamped.toSorted((a, b) => a - b), within.toMs];
  return marks.flatMap((toMs, at) => {
    const fromMs = marks[at - 1] ?? toMs;
    return toMs - fromMs > maxMs ? [{ fromMs, toMs }] : [];
  });
}

/** Whether the spans, which may overlap and come in any order, leave nothing of `gap` open. */
export function covers(spans: readonly Span[], gap: Span): boolean {
  let reachedMs = gap.fromMs;
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (span.fromMs > reachedMs) break;
    reachedMs = Math.max(reachedMs, span.toMs);
  }
  return reachedMs >= gap.toMs;
}
