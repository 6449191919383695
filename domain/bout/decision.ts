import { own } from '../own.ts';
import type { Corner } from '../corner.ts';
import type { BoutState, Pair, RoundState } from './state.ts';

/** What the scorecards say, deductions applied. `complete`: every seat has scored every round fought. */
export type Decision = {
  readonly complete: boolean;
  readonly totals: readonly { readonly seat: string; readonly total: Pair }[];
  readonly winner: Corner | 'draw' | null;
  /** UD, SD, MD for wins; `D-U`, `D-S`, `D-M` for unanimous, split and majority draws. */
  readonly decision: string | null;
};

/** Adds up each seat's submitted rounds, in tenths of a point, less the points taken by the referee. */
export function decide(state: BoutState): Decision {
  const seats = state.config.judges.map((judge) => judge.id);
  const fought = state.rounds.filter(isFought);
  let complete = seats.length > 0 && fought.length > 0;
  const totals = seats.map((seat) => {
    let red = 0;
    let blue = 0;
    for (const round of fought) {
      const card = own(round.scorecards, seat);
      if (card === undefined || card.open) complete = false;
      else {
        red += card.redX10 - round.deductions.red;
        blue += card.blueX10 - round.deductions.blue;
      }
    }
    return { seat, total: { red, blue } };
  });
  if (!complete) return { complete, totals, winner: null, decision: null };
  return { complete, totals, ...verdict(totals.map(({ total }) => Math.sign(total.red - total.blue))) };
}

/** Timed, logged or scored: judges score a bout that nobody times and nobody counts. */
function isFought(round: RoundState): boolean {
  return round.clock !== null || round.totalEvents > 0 || Object.values(round.scorecards).some((card) => !card.open);
}

function verdict(votes: readonly number[]): { winner: Corner | 'draw'; decision: string } {
  const red = votes.filter((vote) => vote > 0).length;
  const blue = votes.filter((vote) => vote < 0).length;
  const even = votes.length - red - blue;
  const majority = votes.length / 2;
  if (red > majority || blue > majority) {
    const winner = red > blue ? 'red' : 'blue';
    const against = Math.min(red, blue);
    return { winner, decision: against > 0 ? 'SD' : even > 0 ? 'MD' : 'UD' };
  }
  if (even === votes.length) return { winner: 'draw', decision: 'D-U' };
  return { winner: 'draw', decision: even > majority ? 'D-M' : 'D-S' };
}
