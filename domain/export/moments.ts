import { type BoutState, overMs, type Redline, type RoundState, type Ruling, selectObservers } from '../bout/index.ts';
import type { Corner } from '../corner.ts';
import { type Entry, textOf } from '../ledger/index.ts';
import { instantAt } from './instants.ts';
import type { SealedBout } from './sealed-bout.ts';

export const MOMENT_KINDS = [
  'round_start',
  'round_end',
  'knockdown',
  'rocked',
  'submission',
  'foul',
  'deduction',
  'stoppage',
] as const;

export type MomentKind = (typeof MOMENT_KINDS)[number];

/** Something that an editor looks for in the footage. */
export type Moment = {
  readonly kind: MomentKind;
  readonly round: number;
  /** UTC epoch ms: server time, as far as the clock of the round ties it to the wall. */
  readonly atMs: number;
  /** Who did it, or who fouled; null where it is nobody's. */
  readonly corner: Corner | null;
  /** Tier, method, points or foul, as far as the record says. */
  readonly detail: string | null;
  /** A knockdown on which the referee has the say and has not ruled. */
  readonly unruled: boolean;
  /** The entry that says so; null for what follows from the clock alone. */
  readonly index: number | null;
};

/**
 * The moments of a bout in order of time: the bells, what its chosen observers saw of knockdowns, rocked fighters and
 * near-finish submissions, and the referee's fouls, deductions and stoppage. What was taken back, ruled a slip or
 * rescinded is none. Bells of a round that nobody timed are unknown and left out.
 */
export function momentsOf(bout: SealedBout): readonly Moment[] {
  const { state } = bout;
  const moments = state.rounds.flatMap((round) => [...bells(bout, round), ...seen(bout, round), ...ruled(bout, round)]);
  return moments.toSorted((a, b) => a.atMs - b.atMs || (a.index ?? -1) - (b.index ?? -1));
}

/** When the bout began: the first bell, or the first action of a bout without a clock; null where neither is known. */
export function firstBellMs(state: BoutState): number | null {
  for (const round of state.rounds) {
    const began = round.clock?.stretches[0]?.fromMs ?? round.firstAction?.receivedMs;
    if (began !== undefined) return began;
  }
  return null;
}

function bells(bout: SealedBout, { clock, number }: RoundState): readonly Moment[] {
  const began = clock?.stretches[0]?.fromMs;
  if (clock === null || began === undefined) return [];
  const over = overMs(clock, bout.entries.at(-1)?.receivedMs ?? began);
  const bell = { round: number, corner: null, detail: null, unruled: false, index: null };
  return [
    { ...bell, kind: 'round_start', atMs: began },
    ...(over === null ? [] : [{ ...bell, kind: 'round_end' as const, atMs: over }]),
  ];
}

const SEEN: Readonly<Record<string, MomentKind>> = {
  kd: 'knockdown',
  rocked: 'rocked',
  submission_attempt: 'submission',
};

/** The same selection as everywhere: of each corner and aspect one observer's taps count, so nothing stands here twice. */
function counted(bout: SealedBout, round: RoundState): readonly Redline[] {
  const selection = selectObservers(bout.state, round);
  return round.redline.filter(({ late, corner, aspect, observer }) => !late && selection[corner][aspect] === observer);
}

function seen(bout: SealedBout, round: RoundState): readonly Moment[] {
  const byReferee = bout.state.config.rules.knockdownAuthority === 'referee';
  return counted(bout, round).flatMap(({ index, type, tier, corner, pending }) => {
    const kind = SEEN[type];
    const entry = bout.entries[index];
    if (kind === undefined || entry === undefined) return [];
    const atMs = instantAt(round, entry);
    return [{ kind, round: round.number, atMs, corner, detail: tier, unruled: pending && byReferee, index }];
  });
}

function ruled(bout: SealedBout, round: RoundState): readonly Moment[] {
  const taps = new Set(counted(bout, round).map(({ index }) => index));
  return round.rulings.flatMap((ruling): readonly Moment[] => {
    const kind = RULED[ruling.kind];
    const entry = bout.entries[ruling.index];
    if (kind === undefined || ruling.rescinded || entry === undefined) return [];
    // A knockdown that was tapped and then confirmed is one moment: that of the tap.
    if (kind === 'knockdown' && ruling.targetIndex !== null && taps.has(ruling.targetIndex)) return [];
    const when = kind === 'knockdown' ? (bout.entries[ruling.targetIndex ?? ruling.index] ?? entry) : entry;
    const { corner, index } = ruling;
    const atMs = instantAt(round, when);
    return [{ kind, round: round.number, atMs, corner, detail: detailOf(ruling, entry), unruled: false, index }];
  });
}

const RULED: Readonly<Record<string, MomentKind>> = {
  knockdown: 'knockdown',
  foul: 'foul',
  deduction: 'deduction',
  stoppage: 'stoppage',
};

function detailOf({ kind, method, pointsX10 }: Ruling, entry: Entry): string | null {
  if (kind === 'stoppage') return method;
  if (kind === 'deduction') return `-${pointsX10 / 10}`;
  return textOf(entry.payload, 'foul');
}

/** `R2 KD BLUE HARD`: what a clip or marker is called, in ASCII, without anybody's name. */
export function labelOf({ round, kind, corner, detail, unruled }: Moment): string {
  const words = [`R${round}`, CODES[kind], corner ?? '', detail ?? '', unruled ? '(not ruled)' : ''];
  return ascii(words.filter((word) => word !== '').join(' '))
    .toUpperCase()
    .replaceAll('_', ' ');
}

/** The code words that analysts' timelines group by. */
export const CODES: Readonly<Record<MomentKind, string>> = {
  round_start: 'ROUND START',
  round_end: 'ROUND END',
  knockdown: 'KNOCKDOWN',
  rocked: 'ROCKED',
  submission: 'SUBMISSION',
  foul: 'FOUL',
  deduction: 'DEDUCTION',
  stoppage: 'STOPPAGE',
};

/** Printable ASCII on one line; anything else becomes `?`. */
export function ascii(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/gu, '?');
}
