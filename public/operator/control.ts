import {
  type ControlKind,
  type ControlMark,
  controlSpans,
  openHold,
  type OpenHold,
} from '../../domain/actions/index.ts';
import { type Corner, CORNERS, otherCorner } from '../../domain/corner.ts';
import type { RoundTime } from './round-time.ts';
import { type Line, stands } from './lines.ts';
import { meaningOf } from './saying.ts';

export type ControlMarkOfLine = ControlMark & { readonly own: boolean; readonly by: string };

/** Control as it stands at one moment of the round. */
export type ControlNow = {
  /** Null at the bell too: the record closes what is open there by itself. */
  readonly held: OpenHold | null;
  readonly heldMs: number;
  readonly totals: Readonly<Record<Corner, Readonly<Record<ControlKind, number>>>>;
};

/**
 * The marks that the record will count, as far as one device can know. A corner that is the operator's own counts by
 * the own marks alone; another's, by whoever logged control there last: so that a start on the other side ends the hold
 * on this one, as it does in the record.
 */
export function countedMarks(lines: readonly Line[], ownCorners: readonly Corner[]): readonly ControlMark[] {
  const marks = lines.flatMap(markOf);
  return CORNERS.flatMap((corner) => {
    const here = marks.filter((mark) => mark.corner === corner);
    if (ownCorners.includes(corner)) return here.filter(({ own }) => own);
    const last = here[0];
    return last === undefined ? [] : here.filter(({ by }) => by === last.by);
  });
}

function markOf(line: Line): readonly ControlMarkOfLine[] {
  if (!stands(line) || line.late || line.corner === null || line.clockMs === null) return [];
  const action = meaningOf(line.eventType, line.metadata);
  if (action?.aspect !== 'control') return [];
  const edge = action.type === 'control_stop' ? 'stop' : action.backfillMs === null ? 'start' : 'backfill';
  return [
    {
      index: line.order,
      clockMs: line.clockMs,
      corner: line.corner,
      kind: action.control,
      edge,
      lengthMs: action.backfillMs ?? 0,
      own: line.own,
      by: line.by,
    },
  ];
}

/** By the domain's own account of holds, up to now or the bell. */
export function controlNow(marks: readonly ControlMark[], time: RoundTime): ControlNow {
  const held = heldBy(marks, time);
  const totals = { red: { top: 0, back: 0, cage: 0 }, blue: { top: 0, back: 0, cage: 0 } };
  for (const { corner, kind, fromMs, toMs } of controlSpans(marks, time.elapsedMs)) {
    totals[corner][kind] += toMs - fromMs;
  }
  return { held, heldMs: held === null ? 0 : Math.max(0, time.elapsedMs - held.sinceMs), totals };
}

/** Who holds, also by a mark whose time runs a moment ahead of this device's clock. */
export function heldBy(marks: readonly ControlMark[], time: RoundTime): OpenHold | null {
  if (time.over) return null;
  return openHold(
    marks,
    marks.reduce((latest, { clockMs }) => Math.max(latest, clockMs), time.elapsedMs),
  );
}

/** What one press of a control key means: the same hold once more ends it, anything else starts. */
export function edgeOf(held: OpenHold | null, corner: Corner, kind: ControlKind): 'start' | 'stop' {
  return held !== null && held.corner === corner && held.kind === kind ? 'stop' : 'start';
}

/** Whom a start takes control from; null where nobody else holds it. */
export function endedBy(held: OpenHold | null, corner: Corner): Corner | null {
  return held?.corner === otherCorner(corner) ? held.corner : null;
}
