/** As TSTInfo writes instants (RFC 3161, 2.4.2): to the second or finer, always UTC, no zeros at a fraction's end. */
const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/;

/** Far more digits than any clock has. */
const MAX_LENGTH = 40;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** A GeneralizedTime as UTC epoch ms, finer digits cut off; null where it is no instant from 1970 on. */
export function instantOf(content: Uint8Array): number | null {
  const parts = content.length > MAX_LENGTH ? null : GENERALIZED.exec(String.fromCharCode(...content));
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = (DAYS_IN_MONTH[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0);
  if (year < 1970 || day < 1 || day > last || hour > 23 || minute > 59 || second > 59) return null;
  const leapDays = (before: number): number =>
    Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const daysInYear = DAYS_IN_MONTH.slice(0, month - 1).reduce((sum: number, days) => sum + days, 0);
  const days =
    365 * (year - 1970) + leapDays(year - 1) - leapDays(1969) + daysInYear + (month > 2 && isLeap ? 1 : 0) + day - 1;
  const ms = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + ms;
}
