import type { Fighters, Particulars } from '../wire/fighters.ts';
import type { Result, RoundStatus, View } from '../wire/frames.ts';
import type { RoundWinner } from './winner.ts';

export const BOARDS = ['standby', 'tale', 'live', 'winner', 'result'] as const;

export type BoardName = (typeof BOARDS)[number];

export type BoardFacts = {
  readonly view: View | null;
  readonly status: RoundStatus | null;
  readonly winner: RoundWinner | null;
  readonly fighters: Fighters | null;
};

/** What the bout itself calls for. */
export function boardFor(facts: BoardFacts): BoardName {
  const { view, status, winner, fighters } = facts;
  if (view === null || status === null) return 'standby';
  if (official(view) !== null) return 'result';
  if (status === 'NOT_STARTED' && view.round_id <= 1) return hasParticulars(fighters) ? 'tale' : 'standby';
  return winner === null ? 'live' : 'winner';
}

/** The wanted board where there is something to put on it; else the nearest that there is. */
export function boardShown(wanted: BoardName | 'auto', facts: BoardFacts): BoardName {
  if (wanted === 'auto') return boardFor(facts);
  if (facts.view === null) return 'standby';
  if (wanted === 'result' && official(facts.view) === null) return 'standby';
  if (wanted === 'winner' && facts.winner === null) return 'live';
  return wanted;
}

/** Whether there is something to put on a board: until there is, another stands in its place. */
export function hasBoard(board: BoardName, facts: BoardFacts): boolean {
  return boardShown(board, facts) === board;
}

/** Nothing but an official result is a result. */
export function official(view: View): Result | null {
  return view.result?.status === 'official' ? view.result : null;
}

/** Whether there is more to say of either fighter than the name. */
export function hasParticulars(fighters: Fighters | null): boolean {
  return fighters !== null && [fighters.red, fighters.blue].some(hasAny);
}

function hasAny(fighter: Particulars): boolean {
  return Object.entries(fighter).some(([name, value]) => name !== 'name' && value !== null);
}

export function readBoard(named: string | null): BoardName | 'auto' {
  return BOARDS.find((board) => board === named) ?? 'auto';
}
