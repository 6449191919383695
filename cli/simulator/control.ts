import { type Corner, CORNERS } from '../../domain/corner.ts';
import { type Random, splitWhole } from './random.ts';

/** From `start` up to `end`, in milliseconds of the round. */
export type Span = { readonly start: number; readonly end: number };

export type ControlSpan = Span & { readonly corner: Corner };

export type ControlNeed = {
  readonly seconds: number;
  /** How many times control was won, as far as the statistics say. */
  readonly takings: number;
};

/** The spans of control in order of time, and the rest of the round around them. */
export type ControlPlan = { readonly control: readonly ControlSpan[]; readonly free: readonly Span[] };

/** More pieces would only make confetti of a round. */
const MOST_SPANS = 12;
const LEAST_SPAN_MS = 1000;
const LEAST_GAP_MS = 1500;

/**
 * Lays both corners' control into a round: never two at once, none touching the bell, and the
 * milliseconds of each corner adding up to its seconds exactly. Needs `red + blue < lengthMs`.
 */
export function planControl(
  need: Readonly<Record<Corner, ControlNeed>>,
  lengthMs: number,
  random: Random,
): ControlPlan {
  const pieces = random.shuffle(CORNERS.flatMap((corner) => piecesOf(corner, need[corner], random)));
  const controlled = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const gaps = splitWhole(lengthMs - controlled, pieces.length + 1, LEAST_GAP_MS, random);

  const control: ControlSpan[] = [];
  const free: Span[] = [];
  let at = 0;
  for (const [i, gap] of gaps.entries()) {
    free.push({ start: at, end: at + gap });
    at += gap;
    const piece = pieces[i];
    if (piece === undefined) continue;
    control.push({ corner: piece.corner, start: at, end: at + piece.length });
    at += piece.length;
  }
  return { control, free };
}

function piecesOf(corner: Corner, need: ControlNeed, random: Random): { corner: Corner; length: number }[] {
  if (need.seconds === 0) return [];
  const parts = Math.max(1, Math.min(need.takings, need.seconds, MOST_SPANS));
  return splitWhole(need.seconds * 1000, parts, LEAST_SPAN_MS, random).map((length) => ({ corner, length }));
}

/** A moment inside one of the spans, every millisecond equally likely; null where there is none. */
export function momentIn(spans: readonly Span[], random: Random): number | null {
  const total = spans.reduce((sum, span) => sum + span.end - span.start, 0);
  if (total === 0) return null;
  let left = random.below(total);
  for (const span of spans) {
    const width = span.end - span.start;
    if (left < width) return span.start + left;
    left -= width;
  }
  return null;
}
