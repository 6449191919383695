/** How a part of the deployment is; the later in the list, the worse. */
export const STATUSES = ['ok', 'warning', 'error', 'offline'] as const;

export type Status = (typeof STATUSES)[number];

export function worse(a: Status, b: Status): Status {
  return STATUSES.indexOf(a) >= STATUSES.indexOf(b) ? a : b;
}

/** Silent for longer than this is offline. */
export const OFFLINE_MS = 15_000;
