import { own } from '../own.ts';
import type { BoutState } from './state.ts';

/** Whether a seat is recorded as empty: the others decide without it, or with their mean, as the rule set says. */
export function isAbsent(state: BoutState, seat: string): boolean {
  return own(state.seats, seat)?.absent ?? false;
}

/** Whether a subject may act for a seat: after a substitution only the new judge may, whatever tokens there still are. */
export function mayAct(state: BoutState, seat: string, subject: string): boolean {
  const holder = own(state.seats, seat)?.holder ?? null;
  return holder === null || holder === subject;
}

/** Who judged a round from a seat: the person's own id where it is known, else the seat's. */
export function personAt(state: BoutState, seat: string, round: number): string {
  const people = own(state.seats, seat)?.people ?? [];
  const last = people.findLast(({ fromRound }) => fromRound <= round);
  return last?.person ?? state.config.judges.find((judge) => judge.id === seat)?.person ?? seat;
}
