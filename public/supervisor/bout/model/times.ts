/** `m:ss` or `h:mm:ss`; seconds may stand alone. Null where it is no time. */
export function parseTime(text: string): number | null {
  const parts = text.trim().split(':');
  if (parts.length > 3 || parts.some((part) => !/^\d{1,4}$/.test(part))) return null;
  // Behind a colon nothing counts beyond 59: 1:75 is a slip of the finger.
  if (parts.slice(1).some((part) => Number(part) > 59 || part.length > 2)) return null;
  return parts.reduce((total, part) => total * 60 + Number(part), 0) * 1_000;
}

/** `1:05`, rounded down: a second counts when it is over. */
export function timeWords(ms: number): string {
  const seconds = Math.floor(Math.max(ms, 0) / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly field: string };

/**
 * The official time of a stoppage: as written, or what the clock showed at the press. What was written to the second
 * stays that second; it is never beyond the round.
 */
export function officialTime(text: string, clockMs: number, lengthMs: number): Reading<number> {
  if (text.trim() === '') return { ok: true, value: Math.round(Math.min(Math.max(clockMs, 0), lengthMs)) };
  const written = parseTime(text);
  return written === null || written > lengthMs ? { ok: false, field: 'time_ms' } : { ok: true, value: written };
}

/** Where the clock is to stand: time left as written, or so many seconds more or fewer left than there are. */
export function adjustedElapsed(
  by: { readonly left: string } | { readonly seconds: number },
  elapsedMs: number,
  lengthMs: number,
): Reading<number> {
  if ('seconds' in by) {
    const moved = Math.round(elapsedMs - by.seconds * 1_000);
    return { ok: true, value: Math.min(Math.max(moved, 0), lengthMs) };
  }
  const left = parseTime(by.left);
  return left === null || left > lengthMs ? { ok: false, field: 'elapsed_ms' } : { ok: true, value: lengthMs - left };
}
