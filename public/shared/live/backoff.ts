const FIRST_MS = 250;

/** No page waits longer than this before it tries again. */
export const LONGEST_MS = 5_000;

/**
 * How long to wait before attempt `failures` + 1. Half of the wait is by chance, so that a hall full
 * of devices does not come back in one instant after the server did.
 * @param failures attempts that failed in a row, 1 or more
 * @param chance from 0 up to 1
 */
export function backoffMs(failures: number, chance: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(failures - 1, 0), 16));
  return Math.round(whole / 2 + (whole / 2) * chance);
}

/** A number from 0 up to 1 from the browser's own source of chance. */
export function chance(): number {
  const drawn = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  return drawn / 2 ** 32;
}
