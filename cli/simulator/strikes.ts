import type { ActionMetadata } from './action.ts';
import type { Random } from './random.ts';
import type { CornerStatistics } from './rounds.ts';

export type Strike = { readonly eventType: string; readonly metadata: ActionMetadata };

type Target = NonNullable<ActionMetadata['target']>;
type Position = NonNullable<ActionMetadata['position']>;

/**
 * The statistics say what was hit and from where, not with what. These are the techniques that fit,
 * the common ones named more often.
 */
const STANDING: Readonly<Record<Exclude<Position, 'ground'>, Readonly<Record<Target, readonly string[]>>>> = {
  distance: {
    head: ['Jab', 'Jab', 'Jab', 'Cross', 'Cross', 'Cross', 'Hook', 'Hook', 'Overhand', 'Uppercut', 'Head Kick'],
    body: ['Body Kick', 'Body Kick', 'Front Kick', 'Hook', 'Cross'],
    leg: ['Low Kick'],
  },
  clinch: {
    head: ['Uppercut', 'Uppercut', 'Elbow', 'Elbow', 'Knee', 'Hook'],
    body: ['Knee', 'Knee', 'Hook'],
    leg: ['Knee', 'Low Kick'],
  },
};

const LIGHT_STANDING: readonly string[] = ['Jab', 'Jab', 'Hook', 'Cross'];

/**
 * The significant strikes of a row. Targets and positions are known only as two sets of totals; they
 * are paired at random so that both sets come out exactly. Legs are paired away from the ground first.
 */
export function significantStrikes(stats: CornerStatistics, random: Random): Strike[] {
  const targets = random.shuffle([...repeat<Target>('head', stats.head_l), ...repeat<Target>('body', stats.body_l)]);
  const onGround = repeat<Position>('ground', stats.ground_l);
  const upright = random.shuffle([
    ...repeat<Position>('distance', stats.dist_l),
    ...repeat<Position>('clinch', stats.clinch_l),
  ]);
  const positions = [...onGround, ...upright];
  const ordered = [...targets, ...repeat<Target>('leg', stats.leg_l)];
  return ordered.map((target, i) => significantStrike(target, positions[i] ?? 'distance', random));
}

function significantStrike(target: Target, position: Position, random: Random): Strike {
  const where = { significant: true, target, position };
  if (position === 'ground') return { eventType: 'Ground Strike', metadata: { ...where, tier: 'Solid' } };
  return { eventType: pick(STANDING[position][target], random), metadata: where };
}

/**
 * A strike that landed without being significant. The statistics know neither its target nor its
 * position, so it carries none; `grounded` only chooses the name.
 */
export function lightStrike(grounded: boolean, random: Random): Strike {
  return grounded
    ? { eventType: 'Ground Strike', metadata: { significant: false, tier: 'Light' } }
    : { eventType: pick(LIGHT_STANDING, random), metadata: { significant: false } };
}

export const STRIKE_TYPES: ReadonlySet<string> = new Set([
  'Ground Strike',
  ...LIGHT_STANDING,
  ...Object.values(STANDING).flatMap((byTarget) => Object.values(byTarget).flat()),
]);

function repeat<T>(value: T, times: number): T[] {
  return Array.from({ length: times }, () => value);
}

function pick(list: readonly string[], random: Random): string {
  return list[random.below(list.length)] ?? 'Jab';
}
