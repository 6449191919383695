/**
 * An instant (UTC epoch ms) as a clock on the venue's wall showed it, `2026-01-10 20:07:31 GMT-8`; without a known time
 * zone in UTC, which the text says. The names of zones depend on the reader's language, offsets do not.
 */
export function venueTime(ms: number, timeZone: string | null): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timeZone ?? 'UTC',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'shortOffset',
  }).formatToParts(ms);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const zone = timeZone === null ? 'UTC' : part('timeZoneName').replaceAll('\u2212', '-');
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')} ${zone}`;
}

/** Elapsed time of a round as it is announced: `3:41`, without the part of a second that has begun. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
