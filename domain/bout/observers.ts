import type { Corner } from '../corner.ts';
import { CORNERS } from '../corner.ts';
import type { Entry } from '../ledger/entry.ts';
import { objectOf, textOf } from '../ledger/read.ts';
import { ASPECTS, type Aspect } from '../roles/index.ts';
import type { BoutState, Observer, OperatorScope, RoundState, Tally } from './state.ts';

/**
 * Whose taps count. Everybody's entries are kept; of each corner and aspect of a round, one observer's
 * are counted: the operator assigned to it (the narrowest assignment, then whoever joined first) who
 * acted on that assignment in the round; without one, the first listed judge who did; imported legacy entries only
 * where nobody logged. The choice depends on what stands in the ledger, never on the order of arrival.
 */
export type Selection = Readonly<Record<Corner, Readonly<Record<Aspect, string | null>>>>;

/**
 * Who saw the action. Supervisors and administrators who log do so as operators without a narrower
 * assignment; a replacement belongs to whoever saw what it replaces (`on_behalf`), not to who mended it.
 */
export function observerOf(entry: Entry): Observer {
  if (entry.flags.includes('legacy')) return { id: 'legacy', kind: 'legacy', name: 'legacy' };
  const behalf = objectOf(entry.payload, 'on_behalf');
  const role = behalf === null ? entry.actor.role : textOf(behalf, 'role');
  const subject = (behalf === null ? null : textOf(behalf, 'subject')) ?? entry.actor.subject;
  if (role === 'judge') {
    const seat = textOf(entry.payload, 'judge_id') ?? subject;
    return { id: `judge:${seat}`, kind: 'judge', name: seat };
  }
  return { id: `operator:${subject}`, kind: 'operator', name: subject };
}

export function selectObservers(state: BoutState, round: RoundState): Selection {
  const present = round.tallies.filter(isPresent);
  // Legacy events are the fallback of a whole round: they never fill in what somebody else left out.
  const fallback = firstJudge(state, present) ?? (toldByLegacy(round) ? present[0]?.observer.id : undefined);
  const pick = (corner: Corner, aspect: Aspect): string | null =>
    bestOperator(state, present, corner, aspect) ?? fallback ?? null;
  return {
    red: { damage: pick('red', 'damage'), grappling: pick('red', 'grappling'), control: pick('red', 'control') },
    blue: { damage: pick('blue', 'damage'), grappling: pick('blue', 'grappling'), control: pick('blue', 'control') },
  };
}

function bestOperator(state: BoutState, present: readonly Tally[], corner: Corner, aspect: Aspect): string | null {
  let best: { id: string; width: number } | null = null;
  // In order of joining; somebody with two assignments is judged by the narrower.
  for (const scope of state.operators) {
    if (!covers(scope, corner, aspect)) continue;
    const width = (scope.corners ?? CORNERS).length * (scope.aspects ?? ASPECTS).length;
    if (best !== null && width >= best.width) continue;
    const tally = present.find(({ observer }) => observer.kind === 'operator' && observer.name === scope.subject);
    // Assignments change between rounds: one that its holder did not act on in this round is not in force.
    if (tally !== undefined && actedOn(scope, tally)) best = { id: tally.observer.id, width };
  }
  return best?.id ?? null;
}

function firstJudge(state: BoutState, present: readonly Tally[]): string | undefined {
  const judges = present.filter((tally) => tally.observer.kind === 'judge').map((tally) => tally.observer);
  const listed = state.config.judges.find((judge) => judges.some((observer) => observer.name === judge.id));
  if (listed !== undefined) return `judge:${listed.id}`;
  // A bout without a panel: the smallest seat id, so that the order of arrival stays out of it.
  return judges.map((observer) => observer.id).toSorted()[0];
}

/** The key under which a tally counts an action. */
export function cellOf(corner: Corner, aspect: Aspect | null): string {
  return CELLS[corner][aspect ?? 'none'];
}

const CELLS = {
  red: { damage: 'red.damage', grappling: 'red.grappling', control: 'red.control', none: 'red.none' },
  blue: { damage: 'blue.damage', grappling: 'blue.grappling', control: 'blue.control', none: 'blue.none' },
} as const satisfies Record<Corner, Record<Aspect | 'none', string>>;

function isPresent(tally: Tally): boolean {
  return Object.values(tally.standing).some((count) => count > 0);
}

function actedOn(scope: OperatorScope, tally: Tally): boolean {
  return CORNERS.some((corner) => {
    if (!(scope.corners?.includes(corner) ?? true)) return false;
    const aspects = [...(scope.aspects ?? ASPECTS), null];
    return aspects.some((aspect) => (tally.standing[cellOf(corner, aspect)] ?? 0) > 0);
  });
}

export function covers(scope: OperatorScope, corner: Corner, aspect: Aspect): boolean {
  return (scope.corners?.includes(corner) ?? true) && (scope.aspects?.includes(aspect) ?? true);
}

/** Whether nobody but legacy events says anything of the round: then, and only then, they count and are replayed. */
export function toldByLegacy(round: RoundState): boolean {
  return round.tallies.every((tally) => tally.observer.kind === 'legacy' || !isPresent(tally));
}
