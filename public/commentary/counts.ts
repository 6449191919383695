import { controlSpans, type ControlMark, controlTotals, DEFAULT_VALUES, openHold } from '../../domain/actions/index.ts';
import { COUNTED, type Counted, countWith, NOTHING_COUNTED } from '../../domain/bout/statistics.ts';
import { type Corner, CORNERS, type Pair } from '../../domain/corner.ts';
import type { View, WireEntry } from '../shared/wire/frames.ts';
import { candidatesOf, countedTaps, type Tap } from './taps.ts';

/** What one corner did in a round: null where several people logged it and what they logged differs. */
type CornerFigures = Readonly<Record<Counted, number | null>> & { readonly controlMs: number | null };

export type RoundFigures = Readonly<Record<Corner, CornerFigures>>;

/** Totals are counted in millionths of a point and go out with two decimals. */
const MICRO = 1_000_000;
const POINT_DIGIT = 0.011;

const GRAPPLING: readonly Counted[] = ['takedowns', 'stuffed', 'submissions', 'reversals'];

/**
 * The figures of a round from its actions, by the definitions of the server's own statistics. Whose taps count where
 * several operators watch the same is written in assignments that are not public: there a figure stands only where
 * they agree.
 * @param endMs elapsed time up to which control that is still held runs
 * @param points the server's points for control, of a round whose end is only presumed: where what was held at its end
 * does not come to as much, it ended otherwise, and how long the control was is not known
 */
export function roundFigures(
  view: View,
  entries: readonly WireEntry[],
  endMs: number,
  points: Pair | null = null,
): RoundFigures {
  const taps = countedTaps(view, entries);
  const control = controlOf(view, taps, endMs, points);
  const corner = (of: Corner): CornerFigures => {
    const damage = candidatesOf(view, taps, of, 'damage');
    const grappling = candidatesOf(view, taps, of, 'grappling');
    const figures = COUNTED.map((name, place) => {
      const candidates = GRAPPLING.includes(name) ? grappling : damage;
      return [name, agreed(candidates, taps, of, place)] as const;
    });
    const byName = new Map<Counted, number | null>(figures);
    const read = (name: Counted): number | null => byName.get(name) ?? null;
    return {
      knockdowns: read('knockdowns'),
      significant: read('significant'),
      head: read('head'),
      body: read('body'),
      leg: read('leg'),
      distance: read('distance'),
      clinch: read('clinch'),
      ground: read('ground'),
      strikes: read('strikes'),
      takedowns: read('takedowns'),
      stuffed: read('stuffed'),
      submissions: read('submissions'),
      reversals: read('reversals'),
      controlMs: control[of],
    };
  };
  return { red: corner('red'), blue: corner('blue') };
}

/** Of several rounds together; null as soon as one of them is. */
export function sumFigures(rounds: readonly RoundFigures[]): RoundFigures {
  const corner = (of: Corner): CornerFigures => {
    const add = (read: (figures: CornerFigures) => number | null): number | null =>
      rounds.reduce<number | null>((sum, round) => {
        const value = read(round[of]);
        return sum === null || value === null ? null : sum + value;
      }, 0);
    return {
      knockdowns: add((one) => one.knockdowns),
      significant: add((one) => one.significant),
      head: add((one) => one.head),
      body: add((one) => one.body),
      leg: add((one) => one.leg),
      distance: add((one) => one.distance),
      clinch: add((one) => one.clinch),
      ground: add((one) => one.ground),
      strikes: add((one) => one.strikes),
      takedowns: add((one) => one.takedowns),
      stuffed: add((one) => one.stuffed),
      submissions: add((one) => one.submissions),
      reversals: add((one) => one.reversals),
      controlMs: add((one) => one.controlMs),
    };
  };
  return { red: corner('red'), blue: corner('blue') };
}

function agreed(
  candidates: readonly string[] | null,
  taps: readonly Tap[],
  corner: Corner,
  place: number,
): number | null {
  if (candidates === null) return null;
  const values = candidates.map((id) => {
    const own = taps.filter((tap) => tap.corner === corner && tap.observer.id === id);
    const counts = own.reduce((sum, tap) => countWith(sum, tap.action, 1), NOTHING_COUNTED[corner]);
    return counts[place] ?? 0;
  });
  const [first = 0] = values;
  return values.every((value) => value === first) ? first : null;
}

function controlOf(
  view: View,
  taps: readonly Tap[],
  endMs: number,
  points: Pair | null,
): Readonly<Record<Corner, number | null>> {
  const chosen = CORNERS.map((corner) => candidatesOf(view, taps, corner, 'control'));
  // A start ends whatever is held, so the control of both corners is one story or none.
  if (chosen.some((candidates) => candidates === null || candidates.length > 1)) return { red: null, blue: null };
  const observers = new Set(
    CORNERS.flatMap((corner, i) => (chosen[i] ?? []).map((observer) => `${corner} ${observer}`)),
  );
  const marks = taps.flatMap((tap): readonly ControlMark[] => {
    const { action, corner, entry, observer } = tap;
    if (action.aspect !== 'control' || entry.clock_ms === null || !observers.has(`${corner} ${observer.id}`)) return [];
    const edge = action.type === 'control_stop' ? 'stop' : action.backfillMs === null ? 'start' : 'backfill';
    return [
      {
        index: entry.sequence_index,
        clockMs: entry.clock_ms,
        corner,
        kind: action.control,
        edge,
        lengthMs: action.backfillMs ?? 0,
      },
    ];
  });
  const spans = controlSpans(marks, endMs);
  if (points !== null && openHold(marks, endMs) !== null) {
    const worth = controlTotals(spans, DEFAULT_VALUES);
    if (CORNERS.some((corner) => Math.abs(worth[corner] / MICRO - points[corner]) > POINT_DIGIT)) {
      return { red: null, blue: null };
    }
  }
  const of = (corner: Corner): number =>
    spans.filter((span) => span.corner === corner).reduce((sum, span) => sum + span.toMs - span.fromMs, 0);
  return { red: of('red'), blue: of('blue') };
}
