import type { Corner } from '../corner.ts';
import type { ControlKind } from './catalogue.ts';
import { controlKey, pointsOf } from './values.ts';
import type { Values } from './values.ts';

/**
 * One word about control in a round, at `clockMs` of elapsed time. A start or backfill without its kind says nothing
 * and is passed over (`normaliseAction` refuses it before).
 */
export type ControlMark = {
  /** The entry's place in the ledger: it decides between marks of the same moment. */
  readonly index: number;
  readonly clockMs: number;
  readonly corner: Corner;
  /** On a stop null means: whatever that corner holds. */
  readonly kind: ControlKind | null;
  readonly edge: 'start' | 'stop' | 'backfill';
  /** How long before `clockMs` a backfill reaches; 0 for the others. */
  readonly lengthMs: number;
};

/** Control held from `fromMs` up to `toMs` (never empty) of elapsed time in the round. */
export type ControlSpan = {
  readonly corner: Corner;
  readonly kind: ControlKind;
  readonly fromMs: number;
  readonly toMs: number;
};

/** Micro-points of control. */
export type ControlTotals = { readonly red: number; readonly blue: number };

export type OpenHold = { readonly corner: Corner; readonly kind: ControlKind; readonly sinceMs: number };

/**
 * Who controlled whom when, up to `endMs` (the bell, or now): spans in order of time, no two overlapping, none empty,
 * adjoining spans of one hold joined. The order in which marks arrive does not matter: starts and stops count by clock
 * time, then index. A start ends whatever is held; a stop ends its own corner's hold (of its kind, if it names one);
 * what is still held ends at `endMs`. Backfills then fill, in the same order, only the time that nobody holds.
 */
export function controlSpans(marks: readonly ControlMark[], endMs: number): ControlSpan[] {
  const spans = walk(marks, endMs).spans;
  const backfills = marks
    .filter((mark) => mark.edge === 'backfill')
    .sort((one, other) => one.clockMs - other.clockMs || one.index - other.index);
  for (const { corner, kind, clockMs, lengthMs } of backfills) {
    if (kind === null) continue;
    const fill: ControlSpan = { corner, kind, fromMs: Math.max(0, clockMs - lengthMs), toMs: Math.min(clockMs, endMs) };
    fillGaps(spans, fill);
  }
  return joined(spans);
}

/** The hold that nobody has ended by `endMs`, for who must close a round. */
export function openHold(marks: readonly ControlMark[], endMs: number): OpenHold | null {
  return walk(marks, endMs).held;
}

function walk(
  marks: readonly ControlMark[],
  endMs: number,
): { readonly spans: ControlSpan[]; readonly held: OpenHold | null } {
  const edges = marks
    .filter((mark) => mark.edge !== 'backfill' && mark.clockMs <= endMs)
    .sort((one, other) => one.clockMs - other.clockMs || one.index - other.index);
  const spans: ControlSpan[] = [];
  let held: OpenHold | null = null;
  for (const { edge, corner, kind, clockMs } of edges) {
    const atMs = Math.max(0, clockMs);
    const same: boolean = held !== null && held.corner === corner && (kind === null || held.kind === kind);
    if (edge === 'start') {
      // The same hold once more is the same hold: how a client cuts it into pieces must not show.
      if (kind === null || same) continue;
      if (held !== null) spans.push(spanOf(held, atMs));
      held = { corner, kind, sinceMs: atMs };
    } else if (held !== null && same) {
      spans.push(spanOf(held, atMs));
      held = null;
    }
  }
  if (held !== null) spans.push(spanOf(held, endMs));
  return { spans: spans.filter(({ fromMs, toMs }) => fromMs < toMs), held };
}

function spanOf({ corner, kind, sinceMs }: OpenHold, toMs: number): ControlSpan {
  return { corner, kind, fromMs: sinceMs, toMs };
}

/**
 * Adds the pieces of `fill` that none of `spans` (in order of time, not overlapping) holds, where they belong. Looks
 * only at the spans that it meets: a round may have thousands of reports, and its totals are asked for with every tap.
 */
function fillGaps(spans: ControlSpan[], fill: ControlSpan): void {
  const first = firstEndingAfter(spans, fill.fromMs);
  const together: ControlSpan[] = [];
  let { fromMs } = fill;
  let next = first;
  for (; next < spans.length; next += 1) {
    const span = spans[next];
    if (span === undefined || span.fromMs >= fill.toMs) break;
    if (span.fromMs > fromMs) together.push({ ...fill, fromMs, toMs: span.fromMs });
    together.push(span);
    fromMs = span.toMs;
  }
  if (fromMs < fill.toMs) together.push({ ...fill, fromMs });
  if (together.length > next - first) spans.splice(first, next - first, ...together);
}

function firstEndingAfter(spans: readonly ControlSpan[], ms: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.toMs ?? 0) > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}

function joined(spans: readonly ControlSpan[]): ControlSpan[] {
  const out: ControlSpan[] = [];
  for (const span of spans) {
    const last = out.at(-1);
    if (last !== undefined && last.toMs === span.fromMs && last.corner === span.corner && last.kind === span.kind) {
      out[out.length - 1] = { ...last, toMs: span.toMs };
    } else {
      out.push(span);
    }
  }
  return out;
}

/** What spans are worth, by their length and the `control.*` values. */
export function controlTotals(spans: readonly ControlSpan[], values: Values): ControlTotals {
  return controlAt(spans, Number.POSITIVE_INFINITY, values);
}

/** What spans (as `controlSpans` gives them) are worth up to a moment of the round. */
export function controlAt(spans: readonly ControlSpan[], uptoMs: number, values: Values): ControlTotals {
  return controlCursor(spans, values)(uptoMs);
}

/**
 * {@link controlAt} for many moments: each span is passed once while the moments do not go back (one that does is
 * answered too, by starting over).
 */
export function controlCursor(spans: readonly ControlSpan[], values: Values): (uptoMs: number) => ControlTotals {
  let passed = 0;
  let done: ControlTotals = { red: 0, blue: 0 };
  let lastMs = Number.NEGATIVE_INFINITY;
  return (uptoMs) => {
    if (uptoMs < lastMs) {
      passed = 0;
      done = { red: 0, blue: 0 };
    }
    lastMs = uptoMs;
    for (; ; passed += 1) {
      const span = spans[passed];
      if (span === undefined || span.fromMs >= uptoMs) return done;
      const sum = added(done, span, Math.min(span.toMs, uptoMs), values);
      if (span.toMs > uptoMs) return sum;
      done = sum;
    }
  };
}

function added(totals: ControlTotals, span: ControlSpan, toMs: number, values: Values): ControlTotals {
  const worth = (toMs - span.fromMs) * pointsOf(values, controlKey(span.kind));
  return span.corner === 'red' ? { ...totals, red: totals.red + worth } : { ...totals, blue: totals.blue + worth };
}
