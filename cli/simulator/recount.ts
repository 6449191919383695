import { type Corner, CORNERS, otherCorner } from '../../domain/corner.ts';
import type { SimulatedAction } from './action.ts';
import type { CornerStatistics, RoundStatistics } from './rounds.ts';
import { STRIKE_TYPES } from './strikes.ts';

/** The columns that can be counted from actions. Strikes that missed leave no action. */
export const COUNTED = [
  'kd',
  'sig_l',
  'head_l',
  'body_l',
  'leg_l',
  'dist_l',
  'clinch_l',
  'ground_l',
  'tot_l',
  'td_l',
  'td_a',
  'sub',
  'rev',
  'ctrl',
] as const satisfies readonly (keyof CornerStatistics)[];

export type Counted = Readonly<Record<(typeof COUNTED)[number], number>>;

/** An action as far as counting needs it; metadata as it came over the wire. */
export type CountedAction = Omit<SimulatedAction, 'metadata'> & {
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** Counts the actions of one round back into statistics. Control still open counts up to the bell. */
export function recount(actions: readonly CountedAction[], roundMs: number): Readonly<Record<Corner, Counted>> {
  const count = (corner: Corner) => countCorner(actions, corner, roundMs);
  return { red: count('red'), blue: count('blue') };
}

/** The columns of a row that a recount must give again. */
export function countedOf(round: RoundStatistics): Readonly<Record<Corner, Counted>> {
  return { red: pickCounted(round.red), blue: pickCounted(round.blue) };
}

/** Every column in which two counts differ, as `red.sig_l 6 ≠ 5`. */
export function differences(
  expected: Readonly<Record<Corner, Counted>>,
  found: Readonly<Record<Corner, Counted>>,
): string[] {
  return CORNERS.flatMap((corner) =>
    COUNTED.filter((column) => expected[corner][column] !== found[corner][column]).map(
      (column) => `${corner}.${column} ${expected[corner][column]} ≠ ${found[corner][column]}`,
    ),
  );
}

function pickCounted(stats: CornerStatistics): Counted {
  const { kd, sig_l, head_l, body_l, leg_l, dist_l, clinch_l, ground_l, tot_l, td_l, td_a, sub, rev, ctrl } = stats;
  return { kd, sig_l, head_l, body_l, leg_l, dist_l, clinch_l, ground_l, tot_l, td_l, td_a, sub, rev, ctrl };
}

function countCorner(actions: readonly CountedAction[], corner: Corner, roundMs: number): Counted {
  const mine = actions.filter((action) => action.corner === corner);
  const strikes = mine.filter((action) => STRIKE_TYPES.has(action.eventType));
  const significant = strikes.filter(({ metadata }) => metadata['significant'] === true);
  const where = (field: string, value: string) =>
    significant.filter(({ metadata }) => metadata[field] === value).length;
  const named = (list: readonly CountedAction[], name: string) =>
    list.filter((action) => action.eventType === name).length;
  const landed = named(mine, 'Takedown Landed');
  const stuffedByOther = actions.filter((action) => action.corner === otherCorner(corner));
  return {
    kd: named(mine, 'KD'),
    sig_l: significant.length,
    head_l: where('target', 'head'),
    body_l: where('target', 'body'),
    leg_l: where('target', 'leg'),
    dist_l: where('position', 'distance'),
    clinch_l: where('position', 'clinch'),
    ground_l: where('position', 'ground'),
    tot_l: strikes.length,
    td_l: landed,
    td_a: landed + named(stuffedByOther, 'Takedown Stuffed'),
    sub: named(mine, 'Submission Attempt'),
    rev: named(mine, 'Sweep/Reversal'),
    ctrl: controlMs(mine, roundMs) / 1000,
  };
}

function controlMs(mine: readonly CountedAction[], roundMs: number): number {
  let total = 0;
  let since: number | null = null;
  for (const action of mine.toSorted((a, b) => a.clockMs - b.clockMs)) {
    if (action.eventType === 'Control Start' && since === null) since = action.clockMs;
    if (action.eventType === 'Control Stop' && since !== null) {
      total += action.clockMs - since;
      since = null;
    }
  }
  return since === null ? total : total + roundMs - since;
}
