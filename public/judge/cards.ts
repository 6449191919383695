import type { OutboxItem } from '../shared/outbox/outbox.ts';
import type { WireEntry } from '../shared/wire/frames.ts';
import type { RoundCard } from '../shared/wire/scorecards.ts';
import { sameScore, type Score } from './score.ts';
import type { SeatFacts } from './wire.ts';

/** The own scorecard of one round, as this device knows it. */
export type OwnCard = {
  readonly round: number;
  /**
   * `missing`: not scored. `reopened`: a supervisor has opened it again. `waiting`: on this device, not sent.
   * `submitted`: the ledger has it, or has answered for it. `refused`: the server said no to it.
   */
  readonly state: 'missing' | 'reopened' | 'waiting' | 'submitted' | 'refused';
  /** Of `waiting` and `submitted`; of `refused` what was refused. */
  readonly score: Score | null;
  /** What stood there before the supervisor opened it. */
  readonly former: Score | null;
  readonly refusal: string | null;
  /** The outbox item behind `waiting` and `refused`. */
  readonly eventId: string | null;
  /** How often it has been opened: what was put into the outbox before an opening is of the past. */
  readonly openings: number;
  readonly paper: boolean;
};

const SCORECARDS = '/scorecards';

export function scorecardPath(boutId: string): string {
  return `/api/bouts/${encodeURIComponent(boutId)}${SCORECARDS}`;
}

/**
 * The rounds 1 to `last`. The ledger's answer is brought up to date by the entries that have come since, and what this
 * device has submitted itself lies on top until the ledger shows it.
 */
export function ownCards(
  last: number,
  seat: string,
  facts: SeatFacts | null,
  entries: readonly WireEntry[],
  items: readonly OutboxItem[],
): readonly OwnCard[] {
  return Array.from({ length: last }, (_, at) => {
    const round = at + 1;
    const known = facts?.cards.find((card) => card.round_id === round) ?? null;
    const inLedger = entries
      .filter((entry) => entry.kind === 'scorecard' && entry.round_id === round && entry.payload.judge_id === seat)
      .reduce(applyEntry, fromLedger(round, known));
    const own = items.findLast((item) => isScorecardOf(item, seat, round) && openingsOf(item) === inLedger.openings);
    return own === undefined ? withoutIndex(inLedger) : withItem(withoutIndex(inLedger), own);
  });
}

/** With the index of the last entry that it has seen. */
type Indexed = OwnCard & { readonly index: number };

function fromLedger(round: number, card: RoundCard | null): Indexed {
  const before = card?.earlier.at(-1);
  return {
    round,
    state: card === null ? 'missing' : card.submitted ? 'submitted' : 'reopened',
    score: card === null || card.red === null || card.blue === null ? null : tenths(card.red, card.blue),
    former: before === undefined ? null : tenths(before.red, before.blue),
    refusal: null,
    eventId: null,
    openings: card?.earlier.length ?? 0,
    paper: card?.paper ?? false,
    index: Math.max(card?.sequence_index ?? -1, before?.reopened_at ?? -1),
  };
}

function applyEntry(card: Indexed, entry: WireEntry): Indexed {
  const { sequence_index: index, payload } = entry;
  if (index <= card.index) return card;
  if (payload.type === 'reopened') {
    const former = card.score ?? card.former;
    return { ...card, index, state: 'reopened', score: null, former, openings: card.openings + 1, paper: false };
  }
  if (payload.type !== 'submitted') return card;
  const { red_x10: redX10, blue_x10: blueX10 } = payload;
  if (typeof redX10 !== 'number' || typeof blueX10 !== 'number') return card;
  return { ...card, index, state: 'submitted', score: { redX10, blueX10 }, paper: false };
}

function withoutIndex({ index: _index, ...card }: Indexed): OwnCard {
  return card;
}

function isScorecardOf(item: OutboxItem, seat: string, round: number): boolean {
  return item.path.endsWith(SCORECARDS) && item.body.judge_id === seat && item.body.round_id === round;
}

function openingsOf(item: OutboxItem): number {
  return typeof item.note.openings === 'number' ? item.note.openings : 0;
}

function withItem(card: OwnCard, item: OutboxItem): OwnCard {
  const { red, blue } = item.body;
  if (card.state === 'submitted' || typeof red !== 'number' || typeof blue !== 'number') return card;
  const { eventId } = item;
  const score = tenths(red, blue);
  if (item.state === 'unsent') return { ...card, state: 'waiting', score, eventId };
  if (item.state === 'sent') return { ...card, state: 'submitted', score };
  return { ...card, state: 'refused', score, eventId, refusal: item.refusal?.detail ?? '' };
}

function tenths(red: number, blue: number): Score {
  return { redX10: Math.round(red * 10), blueX10: Math.round(blue * 10) };
}

/** Whether it needs the judge: in the outbox it is done, as far as the judge is concerned. */
export function isToScore(card: OwnCard): boolean {
  return card.state === 'missing' || card.state === 'reopened' || card.state === 'refused';
}

/** Whether the ledger's answer has the same value for the round: then its total is of these cards. */
export function agrees(card: OwnCard, facts: SeatFacts): boolean {
  const known = facts.cards.find(({ round_id }) => round_id === card.round);
  const inLedger =
    known === undefined || known.red === null || known.blue === null ? null : tenths(known.red, known.blue);
  return sameScore(card.state === 'submitted' ? card.score : null, inLedger);
}
