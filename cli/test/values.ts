import { MAX_SEED } from '../simulator/random.ts';

/** @throws Error that names the flag */
export function readSeed(text: string): number {
  return wholeNumber('--seed', text, 0, MAX_SEED);
}

/** @throws Error that names the flag */
export function readCount(text: string): number {
  return wholeNumber('--count', text, 1, 10_000_000);
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** A length of time in ms. @throws Error that names the flag */
export function readDurationMs(text: string): number {
  const { count, unit } = /^(?<count>\d{1,5})(?<unit>[smh])$/.exec(text)?.groups ?? {};
  const unitMs = UNITS_MS[unit ?? ''];
  if (unitMs !== undefined && Number(count) > 0) return Number(count) * unitMs;
  throw new Error(`--duration is a number with s, m or h, such as 90s or 10m, not "${text}".`);
}

function wholeNumber(flag: string, text: string, min: number, max: number): number {
  if (/^\d{1,10}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
  throw new Error(`${flag} is a whole number from ${min} to ${max}, not "${text}".`);
}
