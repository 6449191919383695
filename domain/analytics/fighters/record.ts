import { type Rate, rateOf } from '../interval.ts';
import type { Fight } from './fight.ts';

/** How a fighter's bouts ended, of those that the caller may see. */
export type FightRecord = {
  readonly bouts: number;
  readonly wins: number;
  readonly losses: number;
  readonly draws: number;
  readonly noContests: number;
  /** By method, as announced. */
  readonly winsBy: Readonly<Record<string, number>>;
  readonly lossesBy: Readonly<Record<string, number>>;
  /** Wins of all bouts but no contests, with Wilson's interval. */
  readonly winShare: Rate;
  /** Wins inside the distance (KO, TKO, submission) of all wins; losses likewise. */
  readonly finishShare: Rate;
  readonly finishedShare: Rate;
  /** Total fought time; null where that of a bout is not known. */
  readonly minutes: number | null;
};

/** What ends a bout inside the distance by what a fighter did. A disqualification or a forfeit is no finish. */
export const FINISHES: readonly string[] = ['KO', 'TKO', 'SUB'];

export function isFinish(method: string): boolean {
  return FINISHES.includes(method);
}

export function recordOf(fights: readonly Fight[]): FightRecord {
  const of = (outcome: Fight['outcome']): readonly Fight[] => fights.filter((fight) => fight.outcome === outcome);
  const [wins, losses, draws] = [of('win'), of('loss'), of('draw')];
  const finishes = (some: readonly Fight[]): Rate =>
    rateOf(some.filter(({ method }) => isFinish(method)).length, some.length);
  return {
    bouts: fights.length,
    wins: wins.length,
    losses: losses.length,
    draws: draws.length,
    noContests: of('no_contest').length,
    winsBy: byMethod(wins),
    lossesBy: byMethod(losses),
    winShare: rateOf(wins.length, wins.length + losses.length + draws.length),
    finishShare: finishes(wins),
    finishedShare: finishes(losses),
    minutes: minutesOf(fights),
  };
}

function byMethod(fights: readonly Fight[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { method } of fights) counts.set(method, (counts.get(method) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function minutesOf(fights: readonly Fight[]): number | null {
  let ms = 0;
  for (const { foughtMs } of fights.flatMap(({ rounds }) => rounds)) {
    if (foughtMs === null) return null;
    ms += foughtMs;
  }
  return ms / 60_000;
}
