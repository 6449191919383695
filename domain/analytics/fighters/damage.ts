import { type CornerFacts, type RoundFacts } from '../facts/index.ts';
import { type Fight, inOrder, whenFought } from './fight.ts';
import { exposureOf, per15 } from './measures.ts';

/** Category points of damage in one round, and in the bout up to its end. */
export type DamagePoint = {
  /** Null where nobody who counts logged damage of this corner. */
  readonly damage: number | null;
  /** Null from the first round on that is not known. */
  readonly cumulative: number | null;
};

export type DamageRound = {
  readonly round: number;
  readonly foughtMs: number | null;
  readonly red: DamagePoint;
  readonly blue: DamagePoint;
};

export function boutDamage(rounds: readonly RoundFacts[]): readonly DamageRound[] {
  const [red, blue] = [running(), running()];
  return rounds.map(({ round, foughtMs, corners }) => ({
    round,
    foughtMs,
    red: red(corners.red),
    blue: blue(corners.blue),
  }));
}

function running(): (corner: CornerFacts) => DamagePoint {
  let micro: number | null = 0;
  return ({ damage }) => {
    micro = micro === null || damage === null ? null : micro + damage.microPoints;
    return {
      damage: damage === null ? null : damage.microPoints / 1e6,
      cumulative: micro === null ? null : micro / 1e6,
    };
  };
}

/** One bout in a fighter's series: what was dealt and absorbed, and the sums of all bouts so far that were counted. */
export type DamageBout = {
  readonly boutId: string;
  readonly atMs: number;
  readonly opponent: string | null;
  readonly valuesVersion: string;
  readonly dealt: DamageSum;
  readonly absorbed: DamageSum;
  readonly rounds: readonly {
    readonly round: number;
    readonly foughtMs: number | null;
    readonly dealt: DamagePoint;
    readonly absorbed: DamagePoint;
  }[];
};

/** Over the rounds that are known: `rounds` of them. Null where none is. */
export type DamageSum = {
  readonly rounds: number;
  readonly damage: number | null;
  readonly per15: number | null;
  readonly cumulative: number;
};

/** Oldest first. */
export function fighterDamage(fights: readonly Fight[]): readonly DamageBout[] {
  const soFar = { own: 0, absorbed: 0 };
  return inOrder(fights).map((fight) => {
    const sumOf = (side: 'own' | 'absorbed'): DamageSum => {
      const known = fight.rounds.flatMap(({ own, other }) => (side === 'own' ? own : other).damage ?? []);
      const micro = known.reduce((total, { microPoints }) => total + microPoints, 0);
      soFar[side] += micro;
      const exposure = exposureOf(fight, 'damage', side);
      return {
        rounds: known.length,
        damage: known.length === 0 ? null : micro / 1e6,
        per15: exposure === null ? null : per15(exposure),
        cumulative: soFar[side] / 1e6,
      };
    };
    const [dealt, absorbed] = [running(), running()];
    return {
      boutId: fight.boutId,
      atMs: whenFought(fight),
      opponent: fight.opponent,
      valuesVersion: fight.valuesVersion,
      dealt: sumOf('own'),
      absorbed: sumOf('absorbed'),
      rounds: fight.rounds.map(({ round, foughtMs, own, other }) => ({
        round,
        foughtMs,
        dealt: dealt(own),
        absorbed: absorbed(other),
      })),
    };
  });
}
