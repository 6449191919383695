const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const MINUTE = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** `14:03:22`, where the reader is. */
export function timeOf(ms: number): string {
  return TIME.format(ms);
}

/** `14:03` */
export function minuteOf(ms: number): string {
  return MINUTE.format(ms);
}

export function seconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1_000));
}
