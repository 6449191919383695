import type { RoundCard, Scorecards, Seat } from '../../../shared/wire/scorecards.ts';

export type CellState = 'submitted' | 'open' | 'missing' | 'waiting' | 'absent' | 'none';

export type Cell = {
  readonly state: CellState;
  readonly card: RoundCard | null;
};

/**
 * Where a seat's scorecard of a round stands, by what the server says alone.
 * @param over whether the bell has rung: before, nobody is late
 */
export function cellOf(cards: Pick<Scorecards, 'missing'>, seat: Seat, round: number, over: boolean): Cell {
  const card = seat.rounds.find(({ round_id }) => round_id === round) ?? null;
  if (card?.submitted === true) return { state: 'submitted', card };
  if (card !== null) return { state: 'open', card };
  if (seat.absent) return { state: 'absent', card };
  const missing = cards.missing?.some((one) => one.judge_id === seat.judge_id && one.round_id === round) === true;
  return { state: missing ? (over ? 'missing' : 'waiting') : 'none', card };
}

/** Rounds that the table shows: those of the bout so far, and any that has a scorecard. */
export function shownRounds(cards: Pick<Scorecards, 'seats'>, round: number, scheduled: number): readonly number[] {
  const given = cards.seats.flatMap(({ rounds }) => rounds.map(({ round_id }) => round_id));
  const last = Math.max(round, scheduled, ...given);
  return Array.from({ length: last }, (_, i) => i + 1);
}

/** Points as a judge writes them: `10`, `9.5`. Null where it is none. */
export function readPoints(text: string): number | null {
  const value = /^\d{1,2}([.,]5)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN;
  return Number.isFinite(value) && value <= 10 ? value : null;
}

/** Ids are compared as the server compares them. */
export function isSamePerson(one: string, other: string | null): boolean {
  return other !== null && one.toLowerCase() === other.toLowerCase();
}
