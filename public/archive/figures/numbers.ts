import { archiveWords as words } from '../../shared/strings/archive.ts';

/** A rate per 15 minutes, with as many decimals as it bears. */
export function rateText(value: number | null): string {
  if (value === null) return words.none;
  return value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
}

export function shareText(value: number | null): string {
  return value === null ? words.none : words.percent(value);
}

export function intervalText(low: number | null, high: number | null, say: (value: number | null) => string): string {
  return low === null || high === null ? words.none : words.figures.intervalOf(say(low), say(high));
}

const MILLION = 1_000_000;

/** How likely something is by chance, as people say it. */
export function chanceText(p: number): string {
  if (p >= 0.01) return words.percent(p);
  const oneIn = p <= 0 ? Infinity : 1 / p;
  return oneIn > MILLION ? words.figures.oneInMore : words.figures.oneIn(Number(oneIn.toPrecision(2)));
}
