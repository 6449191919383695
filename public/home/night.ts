import type { Card } from '../shared/wire/cards.ts';
import {
  type Decoded,
  list,
  literal,
  nullable,
  number,
  object,
  otherwise,
  text,
  truth,
} from '../shared/wire/decode.ts';
import { ROUND_STATUSES } from '../shared/wire/frames.ts';

const nightBout = object({
  bout_id: text,
  card_id: otherwise(nullable(text), null),
  promotion: text,
  event: text,
  date: otherwise(nullable(text), null),
  fighter1: text,
  fighter2: text,
  status: literal(...ROUND_STATUSES),
  round_id: otherwise(nullable(number), null),
  scheduled_rounds: otherwise(nullable(number), null),
  simulated: otherwise(truth, false),
});

/** A bout as the list has it. */
export type NightBout = Decoded<typeof nightBout>;

export const decodeNightList = object({ bouts: list(nightBout) });

/** A card as its officials see it: the order of the night, also of bouts that are not set up yet. */
export type NightCard = Pick<Card, 'card_id' | 'promotion' | 'event' | 'date' | 'current_bout_id' | 'bouts'>;

export type NightLine = {
  readonly boutId: string;
  /** Null where the bout is planned and not set up, or not open to the caller. */
  readonly bout: NightBout | null;
  readonly isCurrent: boolean;
};

export type Night = {
  readonly cardId: string | null;
  readonly promotion: string;
  readonly event: string;
  readonly date: string | null;
  /** In the order of the night. */
  readonly lines: readonly NightLine[];
  /** Bouts of other nights, newest first. */
  readonly others: readonly NightBout[];
};

/**
 * The night that the bout on screen belongs to, else the newest: the bouts of its card, or without a card those of the
 * same event.
 * @param bouts newest first, as the server lists them
 * @param card the card's own order, where the caller may read it
 */
export function nightOf(bouts: readonly NightBout[], shown: string | null, card: NightCard | null): Night | null {
  const anchor = bouts.find((bout) => bout.bout_id === shown) ?? bouts[0];
  if (anchor === undefined) return null;
  const mine = bouts.filter((bout) => isSameNight(bout, anchor)).reverse();
  const order = card !== null && card.card_id === anchor.card_id ? card : null;
  const current = order?.current_bout_id ?? mine.findLast(isUnderWay)?.bout_id ?? null;
  const planned = [...(order?.bouts ?? [])].sort((a, b) => a.position - b.position).map(({ bout_id }) => bout_id);
  const ids = [...new Set([...planned, ...mine.map((bout) => bout.bout_id)])];
  return {
    cardId: anchor.card_id,
    promotion: order?.promotion ?? anchor.promotion,
    event: order?.event ?? anchor.event,
    date: order?.date ?? anchor.date,
    lines: ids.map((boutId) => ({
      boutId,
      bout: mine.find((bout) => bout.bout_id === boutId) ?? null,
      isCurrent: boutId === current,
    })),
    others: bouts.filter((bout) => !isSameNight(bout, anchor)),
  };
}

/** A card that goes on for days, as the demo's does, is shown from its end. */
const SHOWN = 16;
const OTHERS_SHOWN = 8;

export function linesShown(night: Night | null): readonly NightLine[] {
  return night?.lines.slice(-SHOWN) ?? [];
}

export function othersShown(night: Night | null): readonly NightBout[] {
  return night?.others.slice(0, OTHERS_SHOWN) ?? [];
}

/** The bouts on the page that may have a result, each once. */
export function overShown(night: Night | null): readonly string[] {
  const bouts = [...linesShown(night).flatMap(({ bout }) => bout ?? []), ...othersShown(night)];
  return [...new Set(bouts.filter(({ status }) => status === 'FINAL').map(({ bout_id }) => bout_id))];
}

function isSameNight(bout: NightBout, anchor: NightBout): boolean {
  if (bout.card_id !== null || anchor.card_id !== null) return bout.card_id === anchor.card_id;
  return bout.promotion === anchor.promotion && bout.event === anchor.event && bout.date === anchor.date;
}

function isUnderWay({ status }: NightBout): boolean {
  return status !== 'NOT_STARTED' && status !== 'FINAL';
}
