import type { Action } from '../actions/index.ts';
import type { Corner } from '../corner.ts';
import { CORNERS, otherCorner } from '../corner.ts';
import { selectObservers } from './observers.ts';
import type { BoutState, CornerCountLists, Counts, Pair, RoundState, Tally } from './state.ts';
import { roundElapsed, selectedSpans } from './totals.ts';

/** What is counted of each corner, in the order of {@link Counts}. */
export const COUNTED = [
  'knockdowns',
  'significant',
  'head',
  'body',
  'leg',
  'distance',
  'clinch',
  'ground',
  'strikes',
  'takedowns',
  'stuffed',
  'submissions',
  'reversals',
] as const;

export type Counted = (typeof COUNTED)[number];

const PLACE = {
  knockdowns: 0,
  significant: 1,
  head: 2,
  body: 3,
  leg: 4,
  distance: 5,
  clinch: 6,
  ground: 7,
  strikes: 8,
  takedowns: 9,
  stuffed: 10,
  submissions: 11,
  reversals: 12,
} as const satisfies Record<Counted, number>;

const NO_COUNTS: Counts = COUNTED.map(() => 0);

/** The counts of an observer who has logged nothing. */
export const NOTHING_COUNTED: CornerCountLists = { red: NO_COUNTS, blue: NO_COUNTS };

/** Which counts an action raises, worked out once for each understanding of a tap. */
const placesOf = new WeakMap<Action, readonly number[]>();

/**
 * The counts with an action added (1) or taken back (-1). The definitions are those of public round statistics:
 * a strike is significant if it was thrown at distance or with power; of a clinch or the ground that is what an
 * operator marks as significant or as solid. A submission attempt is a hold that was applied, of whatever tier.
 */
export function countWith(counts: Counts, action: Action, sign: 1 | -1): Counts {
  let places = placesOf.get(action);
  if (places === undefined) {
    places = countedPlaces(action);
    placesOf.set(action, places);
  }
  if (places.length === 0) return counts;
  const next = counts.slice();
  for (const place of places) next[place] = (next[place] ?? 0) + sign;
  return next;
}

function countedPlaces(action: Action): readonly number[] {
  switch (action.type) {
    case 'kd':
      return [PLACE.knockdowns];
    case 'takedown_landed':
      return [PLACE.takedowns];
    case 'takedown_stuffed':
      return [PLACE.stuffed];
    case 'submission_attempt':
      return [PLACE.submissions];
    case 'sweep_reversal':
      return [PLACE.reversals];
    case 'rocked':
    case 'guard_passing':
    case 'control_start':
    case 'control_stop':
    case 'point_deduction':
    case 'warning':
    case 'medical_timeout':
      return [];
    case 'jab':
    case 'cross':
    case 'hook':
    case 'uppercut':
    case 'elbow':
    case 'knee':
    case 'kick':
    case 'head_kick':
    case 'body_kick':
    case 'low_kick':
    case 'front_kick':
    case 'overhand':
    case 'spinning_backfist':
    case 'ground_strike':
      return strikePlaces(action);
  }
}

function strikePlaces({ significant, tier, target, position }: Action): readonly number[] {
  if (!significant && tier !== 'solid' && position !== 'distance') return [PLACE.strikes];
  return [
    PLACE.strikes,
    PLACE.significant,
    ...(target === null ? [] : [PLACE[target]]),
    ...(position === null ? [] : [PLACE[position]]),
  ];
}

export function sumCounts(a: CornerCountLists, b: CornerCountLists): CornerCountLists {
  const sum = (of: Corner): Counts => a[of].map((count, place) => count + (b[of][place] ?? 0));
  return { red: sum('red'), blue: sum('blue') };
}

/** What one corner did in a round, as the observers that count saw it. */
export type CornerCounts = Readonly<Record<Counted, number>> & {
  /** Whole milliseconds of control. */
  readonly controlMs: number;
  /** Of the knockdowns, those that the referee has not ruled on. */
  readonly pendingKnockdowns: number;
};

export type RoundStatistics = Readonly<Record<Corner, CornerCounts>> & { readonly elapsedMs: number };

/**
 * The statistics of a round up to now. Each count is that of the observer whose taps count for the corner and aspect;
 * late entries are left out until a supervisor lets them in. A knockdown that the referee ruled without anybody having
 * logged it counts; one that was both logged and ruled counts once.
 */
export function roundStatistics(state: BoutState, round: RoundState, nowMs: number): RoundStatistics {
  const selection = selectObservers(state, round);
  const spans = selectedSpans(state, round, selection, nowMs);
  const corner = (of: Corner): CornerCounts => {
    const damage = countsOf(round, selection[of].damage, of);
    const grappling = countsOf(round, selection[of].grappling, of);
    const logged = damage[PLACE.knockdowns] ?? 0;
    const read = (counts: Counts, name: Counted): number => counts[PLACE[name]] ?? 0;
    const pending = round.redline.filter(
      (moment) =>
        moment.type === 'kd' &&
        moment.pending &&
        !moment.late &&
        moment.corner === of &&
        moment.observer === selection[of].damage,
    ).length;
    return {
      knockdowns: Math.max(logged, ruledKnockdowns(round)[of]),
      significant: read(damage, 'significant'),
      head: read(damage, 'head'),
      body: read(damage, 'body'),
      leg: read(damage, 'leg'),
      distance: read(damage, 'distance'),
      clinch: read(damage, 'clinch'),
      ground: read(damage, 'ground'),
      strikes: read(damage, 'strikes'),
      takedowns: read(grappling, 'takedowns'),
      stuffed: read(grappling, 'stuffed'),
      submissions: read(grappling, 'submissions'),
      reversals: read(grappling, 'reversals'),
      controlMs: spans.filter((span) => span.corner === of).reduce((sum, span) => sum + span.toMs - span.fromMs, 0),
      pendingKnockdowns: pending,
    };
  };
  return { red: corner('red'), blue: corner('blue'), elapsedMs: roundElapsed(state, round, nowMs) };
}

/**
 * Knockdowns by the referee's word alone, by the corner that scored them. One that several observers tapped, or that was
 * tapped anew to mend its tier, may have been confirmed under each tap: of those, one observer's count.
 */
export function ruledKnockdowns(round: RoundState): Pair {
  const count = (corner: Corner): number => {
    const byTap = new Map<string | null, number>();
    let untapped = 0;
    for (const ruling of round.rulings) {
      if (ruling.kind !== 'knockdown' || ruling.rescinded || ruling.corner !== corner) continue;
      const tap = round.redline.find((moment) => moment.index === ruling.targetIndex)?.observer ?? null;
      if (ruling.targetIndex === null) untapped += 1;
      else byTap.set(tap, (byTap.get(tap) ?? 0) + 1);
    }
    return untapped + Math.max(0, ...byTap.values());
  };
  return { red: count('red'), blue: count('blue') };
}

function countsOf(round: RoundState, observer: string | null, corner: Corner): Counts {
  return tallyOf(round, observer)?.counts[corner] ?? NO_COUNTS;
}

function tallyOf(round: RoundState, observer: string | null): Tally | undefined {
  return observer === null ? undefined : round.tallies.find((tally) => tally.observer.id === observer);
}

/** Takedowns that a corner tried: those that it landed and those that the other corner stuffed. */
export function takedownsTried(statistics: RoundStatistics, corner: Corner): number {
  return statistics[corner].takedowns + statistics[otherCorner(corner)].stuffed;
}

/** Whether anything at all has been counted in the round. */
export function hasStatistics(statistics: RoundStatistics): boolean {
  return CORNERS.some((corner) => {
    const { pendingKnockdowns: _pending, ...counts } = statistics[corner];
    return Object.values(counts).some((count) => count > 0);
  });
}

/** Whether an observer's counts hold a strike that is not significant. */
export function hasLightStrikes(counts: Counts): boolean {
  return (counts[PLACE.strikes] ?? 0) > (counts[PLACE.significant] ?? 0);
}

/** Whether an observer's counts hold a takedown that failed. */
export function hasStuffed(counts: Counts): boolean {
  return (counts[PLACE.stuffed] ?? 0) > 0;
}
