import { controlSpans, type ControlSpan, controlTotals, openHold } from '../actions/index.ts';
import type { Corner } from '../corner.ts';
import { clockStatus, elapsedAt, overMs } from './clock.ts';
import { type Selection, selectObservers } from './observers.ts';
import type { BoutState, Pair, RoundState, Tally } from './state.ts';

/** Category totals of a round in integer micro-points; `total` is their sum. */
export type Totals = {
  readonly damage: Pair;
  readonly grappling: Pair;
  readonly control: Pair;
  readonly total: Pair;
};

/** Elapsed time of a round at an instant, timed or not; see `placement.ts` for the untimed. */
export function roundElapsed(state: BoutState, round: RoundState, nowMs: number): number {
  if (round.clock !== null) return elapsedAt(round.clock, Math.min(nowMs, overMs(round.clock, nowMs) ?? nowMs));
  if (round.firstAction === null) return 0;
  return Math.min(Math.max(nowMs - round.firstAction.receivedMs, 0), state.config.roundLengthMs);
}

export function roundTotals(state: BoutState, round: RoundState, nowMs: number): Totals {
  const selection = selectObservers(state, round);
  const control = controlTotals(selectedSpans(state, round, selection, nowMs), state.config.values);
  const damage = {
    red: tallyOf(round, selection.red.damage)?.damage.red ?? 0,
    blue: tallyOf(round, selection.blue.damage)?.damage.blue ?? 0,
  };
  const grappling = {
    red: tallyOf(round, selection.red.grappling)?.grappling.red ?? 0,
    blue: tallyOf(round, selection.blue.grappling)?.grappling.blue ?? 0,
  };
  return { damage, grappling, control, total: sum(sum(damage, grappling), control) };
}

function tallyOf(round: RoundState, observer: string | null): Tally | undefined {
  return round.tallies.find((tally) => tally.observer.id === observer);
}

/** The control of the round as its chosen observers saw it; a hold still open runs to now or the bell. */
export function selectedSpans(
  state: BoutState,
  round: RoundState,
  selection: Selection,
  nowMs: number,
): readonly ControlSpan[] {
  if (round.controlMarks.length === 0) return [];
  const marks = round.controlMarks.filter((mark) => !mark.late && mark.observer === selection[mark.corner].control);
  const elapsedMs = roundElapsed(state, round, nowMs);
  // Control closes at the bell; until then a client's own reading may run a moment ahead of the clock.
  if (round.clock !== null && overMs(round.clock, nowMs) !== null) return controlSpans(marks, elapsedMs);
  const lastMs = marks.reduce((latest, mark) => Math.max(latest, mark.clockMs), 0);
  if (lastMs <= elapsedMs) return controlSpans(marks, elapsedMs);
  // What its marks close stands as they say; what is still held has been held until now, no longer.
  const held = openHold(marks, lastMs);
  return controlSpans(marks, lastMs).flatMap((span) => {
    const open = held !== null && span.corner === held.corner && span.kind === held.kind && span.toMs === lastMs;
    if (!open) return [span];
    const toMs = Math.max(elapsedMs, held.sinceMs);
    return toMs > span.fromMs ? [{ ...span, toMs: Math.min(span.toMs, toMs) }] : [];
  });
}

/** Whether somebody holds control now, so that totals grow without any entry. */
export function controlRuns(state: BoutState, round: RoundState, nowMs: number): boolean {
  if (round.controlMarks.length === 0 || round.clock === null) return false;
  if (clockStatus(round.clock, nowMs) !== 'IN_PROGRESS') return false;
  const selection = selectObservers(state, round);
  const marks = round.controlMarks.filter((mark) => !mark.late && mark.observer === selection[mark.corner].control);
  return openHold(marks, round.clock.lengthMs) !== null;
}

export function sum(a: Pair, b: Pair): Pair {
  return { red: a.red + b.red, blue: a.blue + b.blue };
}

export function addTo(pair: Pair, corner: Corner, amount: number): Pair {
  return corner === 'red' ? { red: pair.red + amount, blue: pair.blue } : { red: pair.red, blue: pair.blue + amount };
}

/** Micro-points to the two decimals that go out, halves away from zero: a difference mirrors with the corners. */
export function points(microPoints: number): number {
  const size = Math.round(Math.abs(microPoints) / 10_000) / 100;
  return microPoints < 0 && size > 0 ? -size : size;
}
