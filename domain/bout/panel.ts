import { own } from '../own.ts';
import type { BoutState } from './state.ts';

/** Whether a seat is recorded as empty: the others decide without it, or with their mean, as the rule set says. */
export function isAbsent(state: BoutState, seat: string): boolean {
  return own(state.seats, seat)?.absent ?? false;
}

/** Whether a subject may act for a seat: after a substitution only the new judge may, whatever tokens there still are. */
export function mayAct(state: BoutState, seat: string, subject: string): boolean {
  const holder = own(state.seats, seat)?.holder ?? null;
  return holder === null || isSamePerson(holder, subject);
}

/** Ids are compared without regard to case: `Sam` is no second person beside `sam`. */
export function isSamePerson(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * Who gave a seat's scorecard of a round: the person's own id where it is known, else the seat's. After a substitution
 * that is who wrote it, whichever round it is of; of a paper scorecard, who held the seat in that round.
 */
export function personAt(state: BoutState, seat: string, round: number): string {
  const people = own(state.seats, seat)?.people ?? [];
  const by = own(state.rounds[round - 1]?.scorecards ?? {}, seat)?.by ?? null;
  const wrote =
    by === null
      ? people.findLast(({ fromRound }) => fromRound <= round)
      : people.find((one) => isSamePerson(one.person, by));
  return wrote?.person ?? state.config.judges.find((judge) => judge.id === seat)?.person ?? seat;
}
