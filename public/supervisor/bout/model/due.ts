import type { RoundStatus } from '../../../shared/wire/frames.ts';

/** What the clock of a bout waits for. */
export type Due =
  | { readonly kind: 'start'; readonly round: number }
  | { readonly kind: 'running' | 'standing'; readonly round: number }
  /** `sure`: the record says that it is due; otherwise the server decides when it is asked. */
  | { readonly kind: 'extension'; readonly round: number; readonly sure: boolean }
  | { readonly kind: 'nothing'; readonly why: 'official' | 'stopped' | 'over' };

export type Situation = {
  readonly round: number;
  /** As shown: a round whose time is up is over, whether or not anybody said so. */
  readonly status: RoundStatus;
  readonly scheduled: number;
  /** How many extension rounds the rules have. */
  readonly extensions: number;
  /** Null for roles that are not told. */
  readonly extensionDue: boolean | null;
  /** Whether the round runs by actions alone, without a bell. */
  readonly early: boolean;
  /** Whether a stoppage by the referee stands. */
  readonly stopped: boolean;
};

export function dueNext({ round, status, scheduled, extensions, extensionDue, early, stopped }: Situation): Due {
  if (status === 'FINAL') return { kind: 'nothing', why: 'official' };
  if (stopped) return { kind: 'nothing', why: 'stopped' };
  if (status === 'NOT_STARTED' || early) return { kind: 'start', round };
  if (status === 'IN_PROGRESS') return { kind: 'running', round };
  if (status === 'PAUSED') return { kind: 'standing', round };
  if (round < scheduled) return { kind: 'start', round: round + 1 };
  const opened = Math.max(0, round - scheduled);
  const offered = opened < extensions && extensionDue !== false;
  return offered
    ? { kind: 'extension', round: round + 1, sure: extensionDue === true }
    : { kind: 'nothing', why: 'over' };
}

/** A second press so soon after the first is a slip of the finger. */
const DOUBLE_PRESS_MS = 600;

export function isDoublePress(lastMs: number | null, nowMs: number): boolean {
  return lastMs !== null && nowMs - lastMs < DOUBLE_PRESS_MS;
}
