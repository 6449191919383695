import { DEFAULT_VALUES } from '../../../domain/actions/index.ts';
import { CORNERS, type Corner } from '../../../domain/corner.ts';
import { type Entry, integerOf, listOf, objectOf, textOf, truthOf } from '../../../domain/ledger/index.ts';
import { ASPECTS, type Aspect } from '../../../domain/roles/index.ts';
import type { Book } from './book.ts';
import { isAction } from './script.ts';

/** Totals of a round, counted again from all the entries in the plainest way. Micro-points. */
export type Recount = Readonly<Record<Aspect, Readonly<Record<Corner, number>>>>;

/**
 * @param elapsedMs how much of the round is over; every time in the book is a whole second
 * @param over whether the bell has gone: nothing is held after it
 */
export function recount(book: Book, round: number, elapsedMs: number, over: boolean): Recount {
  const chosen = chooser(book, round);
  const sum = (corner: Corner, aspect: 'damage' | 'grappling') =>
    chosen(corner, aspect)
      .filter((entry) => aspectOf(entry) === aspect)
      .reduce((total, entry) => total + worth(entry), 0);
  const marks = CORNERS.flatMap((corner) => chosen(corner, 'control').filter((entry) => aspectOf(entry) === 'control'));
  return {
    damage: { red: sum('red', 'damage'), blue: sum('blue', 'damage') },
    grappling: { red: sum('red', 'grappling'), blue: sum('blue', 'grappling') },
    control: controlOf(marks, elapsedMs, over),
  };
}

/** The actions of a round that count for a corner and aspect. */
export function chooser(book: Book, round: number): (corner: Corner, aspect: Aspect) => Entry[] {
  const standing = countable(book.entries, round);
  return (corner, aspect) => {
    const who = observer(book, standing, corner, aspect);
    return standing.filter((entry) => cornerOf(entry) === corner && observerOf(entry) === who);
  };
}

/** The round's actions that nobody took back and that are not late, or were let in. */
export function countable(entries: readonly Entry[], round: number): Entry[] {
  const gone = new Set(
    [...entries.filter(takesBack), ...standingRulings(entries, 'slip')].map((entry) =>
      integerOf(entry.payload, 'target_index'),
    ),
  );
  const admissions = entries.filter((entry) => entry.round === round && truthOf(entry.payload, 'include_late'));
  return entries.filter((entry) => {
    if (!isAction(entry) || entry.round !== round || gone.has(entry.index)) return false;
    return !entry.flags.includes('late') || admissions.some((admission) => admission.index > entry.index);
  });
}

function takesBack(entry: Entry): boolean {
  return entry.kind === 'void' || entry.kind === 'replace';
}

/** What officials ruled and nobody has taken back, of one kind. */
export function standingRulings(entries: readonly Entry[], kind: string): Entry[] {
  const rescinded = new Set(
    entries
      .filter((entry) => textOf(entry.payload, 'kind') === 'rescind')
      .map((entry) => integerOf(entry.payload, 'target_index')),
  );
  return entries.filter((entry) => textOf(entry.payload, 'kind') === kind && !rescinded.has(entry.index));
}

/** Whose taps count: by the rules as they are written down, not as they are programmed. */
function observer(book: Book, standing: readonly Entry[], corner: Corner, aspect: Aspect): string | null {
  const present = new Set(standing.map(observerOf));
  const scopes = book.entries
    .filter((entry) => textOf(entry.payload, 'type') === 'operator')
    .map((entry) => ({
      who: `operator:${textOf(entry.payload, 'subject')}`,
      corners: listOf(entry.payload, 'corners'),
      aspects: listOf(entry.payload, 'aspects'),
    }))
    .filter((scope) => standing.some((entry) => observerOf(entry) === scope.who && within(scope, entry)))
    .filter(({ corners }) => corners.length === 0 || corners.includes(corner))
    .filter(({ aspects }) => aspects.length === 0 || aspects.includes(aspect))
    .map(({ who, corners, aspects }) => ({
      who,
      width: (corners.length === 0 ? 2 : corners.length) * (aspects.length === 0 ? ASPECTS.length : aspects.length),
    }));
  const narrowest = Math.min(...scopes.map(({ width }) => width));
  const assigned = scopes.find(({ width }) => width === narrowest);
  if (assigned !== undefined) return assigned.who;
  const seat = book.state.config.judges.find(({ id }) => present.has(`judge:${id}`));
  if (seat !== undefined) return `judge:${seat.id}`;
  return present.size === 1 && present.has('legacy') ? 'legacy' : null;
}

type Scope = { readonly corners: readonly unknown[]; readonly aspects: readonly unknown[] };

function within({ corners, aspects }: Scope, entry: Entry): boolean {
  const aspect = aspectOf(entry);
  const corner = corners.length === 0 || corners.includes(cornerOf(entry));
  return corner && (aspect === null || aspects.length === 0 || aspects.includes(aspect));
}

export function observerOf(entry: Entry): string {
  if (entry.flags.includes('legacy')) return 'legacy';
  const behalf = objectOf(entry.payload, 'on_behalf');
  if (behalf !== null) return `${textOf(behalf, 'role')}:${textOf(behalf, 'subject')}`;
  return entry.actor.role === 'judge' ? `judge:${entry.actor.seat}` : `operator:${entry.actor.subject}`;
}

export function cornerOf(entry: Entry): Corner {
  return textOf(entry.payload, 'fighter_id') === 'fighter1' ? 'red' : 'blue';
}

export function fact(entry: Entry, name: string): string | null {
  return textOf(objectOf(entry.payload, 'action') ?? {}, name);
}

const GRAPPLING = ['takedown_landed', 'takedown_stuffed', 'submission_attempt', 'sweep_reversal'];

export function aspectOf(entry: Entry): Aspect | null {
  const type = fact(entry, 'type') ?? '';
  if (type.startsWith('control_')) return 'control';
  if (GRAPPLING.includes(type)) return 'grappling';
  return type === 'warning' ? null : 'damage';
}

function worth(entry: Entry): number {
  const tier =
    fact(entry, 'tier') ?? (truthOf(objectOf(entry.payload, 'action') ?? {}, 'significant') ? 'significant' : null);
  return DEFAULT_VALUES[tier === null ? `${fact(entry, 'type')}` : `${fact(entry, 'type')}.${tier}`] ?? Number.NaN;
}

/**
 * Who holds whom, second by second: starts and stops first, then what was reported afterwards.
 * @param worth of a millisecond, by the kind of control
 */
export function controlOf(
  marks: readonly Entry[],
  elapsedMs: number,
  over: boolean,
  worth: (kind: string) => number = (kind) => DEFAULT_VALUES[`control.${kind}`] ?? Number.NaN,
): { red: number; blue: number } {
  const total = { red: 0, blue: 0 };
  const lastMs = Math.max(0, ...marks.map((mark) => mark.clockMs ?? 0));
  const endMs = over ? elapsedMs : Math.max(elapsedMs, lastMs);
  const inTime = marks.toSorted((one, other) => (one.clockMs ?? 0) - (other.clockMs ?? 0) || one.index - other.index);
  for (let second = 0; second * 1_000 < endMs; second += 1) {
    const held = heldAt(inTime, second * 1_000);
    // Beyond now, only what has been closed already was held.
    const early = held !== null && second * 1_000 >= elapsedMs && isHeldOn(inTime, held, second * 1_000, lastMs);
    const holder = held ?? inTime.find((mark) => fills(mark, second * 1_000));
    if (holder !== undefined && !early) {
      total[cornerOf(holder)] += 1_000 * worth(fact(holder, 'control') ?? '');
    }
  }
  return total;
}

/** Whether a hold goes on, however often it is started again, from one moment to another. */
function isHeldOn(inTime: readonly Entry[], held: Entry, fromMs: number, toMs: number): boolean {
  for (let ms = fromMs; ms <= toMs; ms += 1_000) {
    const holder = heldAt(inTime, ms);
    if (holder === null || cornerOf(holder) !== cornerOf(held) || fact(holder, 'control') !== fact(held, 'control')) {
      return false;
    }
  }
  return true;
}

function heldAt(inTime: readonly Entry[], ms: number): Entry | null {
  let holder: Entry | null = null;
  for (const mark of inTime) {
    if ((mark.clockMs ?? 0) > ms || backfillOf(mark) !== null) continue;
    if (fact(mark, 'type') === 'control_start') holder = mark;
    else if (holder !== null && cornerOf(holder) === cornerOf(mark)) {
      const kind = fact(mark, 'control');
      if (kind === null || kind === fact(holder, 'control')) holder = null;
    }
  }
  return holder;
}

function fills(mark: Entry, ms: number): boolean {
  const length = backfillOf(mark);
  const at = mark.clockMs ?? 0;
  return length !== null && ms >= at - length && ms < at;
}

function backfillOf(mark: Entry): number | null {
  return integerOf(objectOf(mark.payload, 'action') ?? {}, 'backfill_ms');
}
