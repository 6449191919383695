const DAY_MS = 86_400_000;

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The year of an instant (UTC epoch ms) in the Gregorian calendar. */
export function utcYear(ms: number): number {
  return dateOf(ms).year;
}

/** An instant (UTC epoch ms) as `2026-01-10 20:05:00 UTC`. */
export function utcText(ms: number): string {
  const { year, month, day } = dateOf(ms);
  const seconds = Math.floor((ms - Math.floor(ms / DAY_MS) * DAY_MS) / 1000);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(padded).join(':');
  return `${year}-${padded(month)}-${padded(day)} ${time} UTC`;
}

function dateOf(ms: number): { readonly year: number; readonly month: number; readonly day: number } {
  const days = Math.floor(ms / DAY_MS);
  // Never too late, whatever years of 365 and 366 days there are.
  let year = 1970 + Math.min(Math.floor(days / 366), Math.floor(days / 365));
  while (daysBefore(year + 1) <= days) year += 1;
  let left = days - daysBefore(year);
  let month = 0;
  while (left >= lengthOf(month, year)) {
    left -= lengthOf(month, year);
    month += 1;
  }
  return { year, month: month + 1, day: left + 1 };
}

/** Days from 1970 to the beginning of a year. */
function daysBefore(year: number): number {
  return 365 * (year - 1970) + leapYearsUpTo(year - 1) - leapYearsUpTo(1969);
}

function leapYearsUpTo(year: number): number {
  return Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
}

function lengthOf(month: number, year: number): number {
  const leap = month === 1 ? leapYearsUpTo(year) - leapYearsUpTo(year - 1) : 0;
  return (MONTHS[month] ?? Number.POSITIVE_INFINITY) + leap;
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
