import {
  type Action,
  controlSpans,
  type ControlMark,
  controlTotals,
  DEFAULT_VALUES,
  normaliseAction,
  openHold,
} from '../../domain/actions/index.ts';
import { COUNTED, type Counted, countWith, NOTHING_COUNTED } from '../../domain/bout/statistics.ts';
import { type Corner, CORNERS, type Pair } from '../../domain/corner.ts';
import type { Aspect } from '../../domain/roles/index.ts';
import { cornerOf } from '../shared/look/corner.tsx';
import type { View, WireEntry } from '../shared/wire/frames.ts';
import { leafOf } from './leaf.ts';

/** What one corner did in a round: null where several people logged it and what they logged differs. */
export type CornerFigures = Readonly<Record<Counted, number | null>> & { readonly controlMs: number | null };

export type RoundFigures = Readonly<Record<Corner, CornerFigures>>;

type Observer = { readonly id: string; readonly kind: 'operator' | 'judge' | 'legacy'; readonly seat: string | null };

type Tap = {
  readonly entry: WireEntry;
  readonly action: Action;
  readonly corner: Corner;
  readonly observer: Observer;
};

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

/** Actions that stand: neither voided, nor late, nor of a kind that this page does not know. */
function countedTaps(view: View, entries: readonly WireEntry[]): readonly Tap[] {
  const byId = new Map(entries.map((entry) => [entry.event_id, entry]));
  return entries.flatMap((entry) => {
    if (entry.voided || entry.flags.includes('late') || entry.event_type === null) return [];
    const corner = cornerOf(view.bout, entry.fighter_id);
    const read = normaliseAction(entry.event_type, leafOf(entry.metadata));
    if (corner === null || !read.ok) return [];
    return [{ entry, action: read.value.action, corner, observer: observerOf(entry, byId) }];
  });
}

/** A correction belongs to whoever saw what it replaces, not to who mended it. */
function observerOf(entry: WireEntry, byId: ReadonlyMap<string, WireEntry>): Observer {
  let seen = entry;
  for (let step = 0; step < byId.size && seen.kind === 'replace'; step += 1) {
    const before = seen.replaces === null ? undefined : byId.get(seen.replaces);
    if (before === undefined) break;
    seen = before;
  }
  if (seen.flags.includes('legacy')) return { id: 'legacy', kind: 'legacy', seat: null };
  if (seen.actor.role === 'judge') {
    const seat = seen.judge_id ?? seen.actor.subject;
    return { id: `judge:${seat}`, kind: 'judge', seat };
  }
  return { id: `operator:${seen.actor.subject}`, kind: 'operator', seat: null };
}

/** Who may be the one that counts; null where the taps do not say. */
function candidatesOf(view: View, taps: readonly Tap[], corner: Corner, aspect: Aspect): readonly string[] | null {
  const kinds = new Set(taps.map((tap) => tap.observer.kind));
  const inCell = taps.filter((tap) => tap.corner === corner && tap.action.aspect === aspect);
  if (kinds.has('operator')) {
    const operators = inCell.filter((tap) => tap.observer.kind === 'operator').map((tap) => tap.observer.id);
    if (operators.length > 0) return [...new Set(operators)];
    return inCell.some((tap) => tap.observer.kind === 'judge') ? null : [];
  }
  if (kinds.has('judge')) {
    const seats = taps.flatMap((tap) =>
      tap.observer.kind === 'judge' && tap.observer.seat !== null ? [tap.observer.seat] : [],
    );
    const first = view.bout.judges.find((judge) => seats.includes(judge.judge_id))?.judge_id ?? seats.toSorted()[0];
    return first === undefined ? [] : [`judge:${first}`];
  }
  return kinds.has('legacy') ? ['legacy'] : [];
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
