/** What somebody answered and in how many ms, or why there is no answer. */
export type Asked<T> =
  | { readonly ok: true; readonly value: T; readonly ms: number }
  | { readonly ok: false; readonly why: string };

const LIMIT_MS = 2_000;

/** Waits for an answer no longer than the limit: one part that hangs must not keep the others from being seen. */
export async function ask<T>(question: () => Promise<T>, limitMs = LIMIT_MS): Promise<Asked<T>> {
  const startMs = performance.now();
  const late = Promise.withResolvers<Asked<T>>();
  const timer = setTimeout(
    () => late.resolve({ ok: false, why: `It did not answer within ${limitMs / 1000} s.` }),
    limitMs,
  );
  try {
    return await Promise.race([
      question().then((value): Asked<T> => ({ ok: true, value, ms: Math.round(performance.now() - startMs) })),
      late.promise,
    ]);
  } catch (error) {
    return { ok: false, why: `It failed: ${String(error).slice(0, 120)}` };
  } finally {
    clearTimeout(timer);
  }
}
