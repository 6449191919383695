const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type NightDate = {
  /** Venue-local, `YYYY-MM-DD`. */
  readonly date: string | null;
  /** IANA name; without one the date ends where it ends last on Earth. */
  readonly timeZone: string | null;
  readonly createdMs: number;
};

/**
 * Until when (UTC ms) a paired device may renew: 24 h after the card's date has ended at the venue, or 24 h after the
 * card was made where it has no date. A night that runs past midnight, and its late uploads, fit well inside.
 */
export function renewableUntilMs({ date, timeZone, createdMs }: NightDate): number {
  if (date === null) return createdMs + DAY_MS;
  const midnight = Date.parse(`${date}T00:00:00Z`) + DAY_MS;
  if (timeZone === null) return midnight + 12 * HOUR_MS + DAY_MS;
  // The offset is that of the instant itself, so it is asked for again once the instant is nearly known.
  const near = midnight - offsetMs(midnight, timeZone);
  return midnight - offsetMs(near, timeZone) + DAY_MS;
}

/** How far the zone's wall clock is ahead of UTC at an instant. */
function offsetMs(instantMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instantMs);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((candidate) => candidate.type === type)?.value ?? 0);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(instantMs / 1000) * 1000;
}
