import { ACTION_TYPES, type ActionType, typeFacts } from '../../actions/index.ts';
import type { ControlFacts, CornerFacts, DamageFacts, GrapplingFacts } from '../facts/index.ts';
import type { Fight } from './fight.ts';
import { cornerOn, type Side } from './measures.ts';

/** Sums over the rounds in which it was counted; null where it was in none. */
export type SideTotals = {
  readonly damage: DamageFacts | null;
  readonly grappling: GrapplingFacts | null;
  readonly control: ControlFacts | null;
  readonly deductionsX10: number;
  /** Strikes by type, of those that landed and count. */
  readonly strikesByType: Readonly<Partial<Record<ActionType, number>>>;
};

export function sideTotals(fights: readonly Fight[], side: Side): SideTotals {
  const corners = fights.flatMap(({ rounds }) => rounds.map((round) => cornerOn(round, side)));
  return {
    damage: summed(corners.flatMap((corner) => corner.damage ?? [])),
    grappling: summed(corners.flatMap((corner) => corner.grappling ?? [])),
    control: summed(corners.flatMap((corner) => corner.control ?? [])),
    deductionsX10: corners.reduce((total, corner) => total + corner.deductionsX10, 0),
    strikesByType: byType(corners),
  };
}

function summed<T extends DamageFacts | GrapplingFacts | ControlFacts>(facts: readonly T[]): T | null {
  const [first, ...rest] = facts;
  if (first === undefined) return null;
  return rest.reduce((total, one) => added(total, one), first);
}

function added<T extends object>(total: T, one: T): T {
  const sum = { ...total };
  for (const [name, value] of Object.entries(one)) {
    const before: unknown = Reflect.get(total, name);
    if (typeof value === 'number' && typeof before === 'number') Reflect.set(sum, name, before + value);
  }
  return sum;
}

/** The keys of facts are those of values: `jab.significant` and `ground_strike.solid` are a jab and a ground strike. */
function byType(corners: readonly CornerFacts[]): Partial<Record<ActionType, number>> {
  const counts: Partial<Record<ActionType, number>> = {};
  for (const type of ACTION_TYPES) {
    if (!typeFacts(type).significance) continue;
    const count = corners
      .flatMap(({ actions }) => Object.entries(actions))
      .filter(([key]) => key === type || key.startsWith(`${type}.`))
      .reduce((total, [, one]) => total + one, 0);
    if (count > 0) counts[type] = count;
  }
  return counts;
}
