/** What a seat's session is told about this device. */
export type SessionReport = {
  readonly boutId: string;
  readonly round: number;
  readonly state: 'OPEN' | 'LOCKED' | 'SYNCED';
  readonly unsent: readonly string[];
  /** Counts the times that the connection came up: after each the seat's device may be another. */
  readonly connection: number;
};

/**
 * Whether the server is to be told. Not at every tap: what matters to a supervisor is the bout, the round, whether the
 * round's card is in, and whether anything is unsent.
 */
export function isNews(before: SessionReport | null, now: SessionReport): boolean {
  return (
    before === null ||
    before.boutId !== now.boutId ||
    before.round !== now.round ||
    before.state !== now.state ||
    before.connection !== now.connection ||
    before.unsent.length > 0 !== now.unsent.length > 0
  );
}

/**
 * Whether the server is to be told now. Without a live connection it is told one thing only: that nothing is unsent any
 * more, where it may believe otherwise. What was unsent has just arrived, so the server can be reached.
 * @param before what it has been told, or is being told; null where that is to be told again
 * @param believed whether it may believe that something is unsent
 */
export function isToTell(
  now: SessionReport,
  before: SessionReport | null,
  believed: boolean,
  isLive: boolean,
): boolean {
  if (isLive) return isNews(before, now);
  return believed && now.unsent.length === 0 && (before === null || before.unsent.length > 0);
}

const PREFIX = 'session_';
const MAX_ID = 64;

/** The same on every device of the seat: the bout holds one session for each seat. */
export function sessionIdFor(seat: string): string {
  const whole = PREFIX + seat;
  if (whole.length <= MAX_ID) return whole;
  const hash = fnv1a(seat).toString(16).padStart(8, '0');
  return `${whole.slice(0, MAX_ID - hash.length - 1)}_${hash}`;
}

/** Fowler, Noll and Vo: keeps long names of seats apart that begin alike. */
function fnv1a(words: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < words.length; at += 1) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/** The server takes so many; more than that is as much as "many". */
export const MAX_QUEUE = 500;
