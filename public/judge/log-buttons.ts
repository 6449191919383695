import { type ActionType, wireName } from '../../domain/actions/index.ts';
import { SPORTS, type Sport } from '../../domain/sport.ts';

/**
 * What a judge at ringside marks with one eye on the bout: what decides rounds, few enough to find without looking.
 * Strikes are the operators' to count, and tiers theirs to grade.
 */
const GRAPPLING: readonly ActionType[] = ['kd', 'rocked', 'takedown_landed', 'submission_attempt'];

const STRIKING: readonly ActionType[] = ['kd', 'rocked'];

const BY_SPORT: Readonly<Record<Sport, readonly ActionType[]>> = {
  mma: GRAPPLING,
  boxing: STRIKING,
  kickboxing: STRIKING,
  'muay-thai': [...STRIKING, 'sweep_reversal'],
  'bare-knuckle': STRIKING,
  'karate-combat': [...STRIKING, 'takedown_landed'],
};

/** The buttons of a corner, most weighty first. */
export function buttonsFor(sport: string): readonly { readonly type: ActionType; readonly wire: string }[] {
  const known = SPORTS.find((one) => one === sport);
  const types = known === undefined ? GRAPPLING : BY_SPORT[known];
  return types.map((type) => ({ type, wire: wireName(type) }));
}
