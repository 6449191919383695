import { canonicalJson } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { type Delivered, once } from '../once.ts';

/** A night as its maker describes it. `date` is venue-local (`YYYY-MM-DD`), `timeZone` an IANA name. */
export type CardFacts = {
  readonly cardId: string;
  readonly promotion: string;
  readonly event: string;
  readonly date: string | null;
  readonly timeZone: string | null;
  readonly venue: string | null;
};

export type CreateCard = { readonly facts: CardFacts; readonly eventId: string | null };

/** `position` counts from 1; null appends. */
export type AddBout = { readonly boutId: string; readonly position: number | null; readonly eventId: string | null };

export type SetCurrent = { readonly boutId: string; readonly eventId: string | null };

export type CardBout = { readonly boutId: string; readonly position: number };

export type Night = CardFacts & {
  readonly createdMs: number;
  readonly currentBoutId: string | null;
  readonly bouts: readonly CardBout[];
};

type CardRow = {
  card_id: string;
  promotion: string;
  event: string;
  date: string | null;
  time_zone: string | null;
  venue: string | null;
  created_ms: number;
  event_id: string;
  current_bout_id: string | null;
};

export function noCard(): Outcome<never> {
  return refuse('not_found', 'There is no such card.', 'card_id');
}

export function readNight(sql: SqlStorage): Night | null {
  const row = cardRow(sql);
  if (row === null) return null;
  return { ...facts(row), createdMs: row.created_ms, currentBoutId: row.current_bout_id, bouts: bouts(sql) };
}

/** The same card with the same particulars again is a duplicate, with or without an event id. */
export function createCard(
  sql: SqlStorage,
  input: CreateCard,
  nowMs: number,
): Outcome<Delivered<{ readonly cardId: string }>> {
  const content = `card|${factsText(input.facts)}`;
  return once(sql, input.eventId, content, (eventId) => {
    const { cardId, promotion, event, date, timeZone, venue } = input.facts;
    const before = cardRow(sql);
    if (before !== null) {
      if (factsText(facts(before)) === factsText(input.facts))
        return ok({ answer: { cardId }, sameAs: before.event_id });
      return refuse('conflict', `Card ${cardId} exists already, with other particulars.`, 'card_id');
    }
    sql.exec(
      `INSERT INTO card (one, card_id, promotion, event, date, time_zone, venue, created_ms, event_id)
       VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)`,
      cardId,
      promotion,
      event,
      date,
      timeZone,
      venue,
      nowMs,
      eventId,
    );
    return ok({ answer: { cardId } });
  });
}

/** Adds a bout or moves it; the others close ranks. A bout that is there already and stays put is a duplicate. */
export function addBout(sql: SqlStorage, input: AddBout): Outcome<Delivered<CardBout>> {
  if (cardRow(sql) === null) return noCard();
  const { boutId, position } = input;
  return once(sql, input.eventId, `bout|${canonicalJson({ bout_id: boutId, position })}`, (eventId) => {
    const before = bouts(sql);
    const there = before.find((bout) => bout.boutId === boutId);
    if (there !== undefined && (position === null || position === there.position)) {
      return ok({ answer: there, sameAs: boutEventId(sql, boutId) });
    }
    const others = before.filter((bout) => bout !== there).map((bout) => bout.boutId);
    const place = position ?? others.length + 1;
    if (place > others.length + 1) {
      return refuse(
        'bad_request',
        `The card has ${others.length} other bouts; position ${place} leaves a gap.`,
        'position',
      );
    }
    const order = [...others.slice(0, place - 1), boutId, ...others.slice(place - 1)];
    for (const [index, id] of order.entries()) {
      sql.exec(
        `INSERT INTO bout (bout_id, position, event_id) VALUES (?, ?, ?)
         ON CONFLICT (bout_id) DO UPDATE SET position = excluded.position`,
        id,
        index + 1,
        eventId,
      );
    }
    return ok({ answer: { boutId, position: place } });
  });
}

/** The bout that the devices of the night follow. */
export function setCurrent(sql: SqlStorage, input: SetCurrent): Outcome<Delivered<{ readonly boutId: string }>> {
  if (cardRow(sql) === null) return noCard();
  const { boutId } = input;
  return once(sql, input.eventId, `current|${canonicalJson({ bout_id: boutId })}`, () => {
    if (!bouts(sql).some((bout) => bout.boutId === boutId)) {
      return refuse('not_found', `Bout ${boutId} is not on this card.`, 'bout_id');
    }
    sql.exec('UPDATE card SET current_bout_id = ?', boutId);
    return ok({ answer: { boutId } });
  });
}

function cardRow(sql: SqlStorage): CardRow | null {
  const [row] = sql.exec<CardRow>('SELECT * FROM card');
  return row ?? null;
}

function bouts(sql: SqlStorage): readonly CardBout[] {
  return sql
    .exec<{ bout_id: string; position: number }>('SELECT bout_id, position FROM bout ORDER BY position')
    .toArray()
    .map((row) => ({ boutId: row.bout_id, position: row.position }));
}

function boutEventId(sql: SqlStorage, boutId: string): string {
  return sql.exec<{ event_id: string }>('SELECT event_id FROM bout WHERE bout_id = ?', boutId).one().event_id;
}

function facts(row: CardRow): CardFacts {
  return {
    cardId: row.card_id,
    promotion: row.promotion,
    event: row.event,
    date: row.date,
    timeZone: row.time_zone,
    venue: row.venue,
  };
}

function factsText(card: CardFacts): string {
  return canonicalJson({ ...card });
}
