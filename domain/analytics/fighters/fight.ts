import { type Corner, CORNERS, otherCorner } from '../../corner.ts';
import type { BoutFacts, CornerFacts, FighterOutcome } from '../facts/index.ts';

/** One bout of one fighter, from that fighter's side. */
export type Fight = {
  readonly boutId: string;
  readonly fighter: string;
  readonly corner: Corner;
  /** Null where the bout does not say who it was. */
  readonly opponent: string | null;
  /** Venue-local, `YYYY-MM-DD`. */
  readonly date: string | null;
  readonly officialMs: number;
  readonly sport: string;
  readonly ruleset: string;
  readonly valuesVersion: string;
  readonly outcome: FighterOutcome;
  readonly method: string;
  readonly decision: string | null;
  /** Of a stoppage. */
  readonly endedRound: number | null;
  readonly endedMs: number | null;
  /** In order. */
  readonly rounds: readonly FightRound[];
};

export type FightRound = {
  readonly round: number;
  readonly foughtMs: number | null;
  readonly own: CornerFacts;
  readonly other: CornerFacts;
};

/** Both fighters' sides of a bout; none of a fighter without an id, nor of a bout without an official result. */
export function fightsOf(boutId: string, facts: BoutFacts): readonly Fight[] {
  const { result } = facts;
  if (result === null) return [];
  return CORNERS.flatMap((corner) => {
    const { fighter, outcome } = result.fighters[corner];
    if (fighter === null) return [];
    return [
      {
        boutId,
        fighter,
        corner,
        opponent: result.fighters[otherCorner(corner)].fighter,
        date: facts.date,
        officialMs: result.officialMs,
        sport: facts.sport,
        ruleset: facts.ruleset,
        valuesVersion: facts.valuesVersion,
        outcome,
        method: result.method,
        decision: result.decision,
        endedRound: result.round,
        endedMs: result.clockMs,
        rounds: facts.rounds.map(({ round, foughtMs, corners }) => ({
          round,
          foughtMs,
          own: corners[corner],
          other: corners[otherCorner(corner)],
        })),
      },
    ];
  });
}

/** When it was fought, UTC ms: its date at the venue where that is known, else when the result became official. */
export function whenFought({ date, officialMs }: Pick<Fight, 'date' | 'officialMs'>): number {
  return (date === null ? null : midnightOf(date)) ?? officialMs;
}

const DAY_MS = 86_400_000;

/**
 * Midnight UTC of a date as `2026-11-21`; null of what is none. Years are counted from March, so that a leap day is the
 * last of its year. Source: Hinnant, H., "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
function midnightOf(date: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (found === null) return null;
  const [month, day] = [Number(found[2]), Number(found[3])];
  const year = Number(found[1]) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  // Days from 1 March of the year 0 to 1 January 1970.
  return (365 * year + leapDays + dayOfYear - 719_468) * DAY_MS;
}

/** Oldest first; bouts of one night in the order of their results. */
export function inOrder(fights: readonly Fight[]): readonly Fight[] {
  return fights.toSorted(
    (a, b) => whenFought(a) - whenFought(b) || a.officialMs - b.officialMs || (a.boutId < b.boutId ? -1 : 1),
  );
}
