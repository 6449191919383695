import type { Actor } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { append } from './ledger.ts';

export type RecordCard = {
  readonly cardId: string;
  readonly promotion: string;
  readonly event: string;
  /** Venue-local, `YYYY-MM-DD`. */
  readonly date: string | null;
  readonly by: Actor;
};

export type RecordBout = { readonly boutId: string; readonly cardId: string | null; readonly by: Actor };

/** `index` is the entry of the deployment's ledger that records it. */
export type Recorded = { readonly index: number; readonly isDuplicate: boolean };

/** `cardId` is null for a bout outside any card; `recordedIndex` is also the cursor of the list. */
export type ListedBout = { readonly boutId: string; readonly cardId: string | null; readonly recordedIndex: number };

/** Newest first; `beforeIndex` null begins at the newest. */
export type ListBouts = { readonly limit: number; readonly beforeIndex: number | null };

/** A card as its maker described it first; `recordedIndex` is also the cursor of the list. */
export type ListedCard = Omit<RecordCard, 'by'> & { readonly recordedIndex: number };

/** Newest first; `beforeIndex` null begins at the newest. `cardId` asks for that one alone. */
export type ListCards = {
  readonly limit: number;
  readonly beforeIndex: number | null;
  readonly cardId: string | null;
};

/** Records a card once; whoever makes a card calls this again after a crash, with the same effect. */
export function recordCard(sql: SqlStorage, input: RecordCard, nowMs: number): Outcome<Recorded> {
  const [before] = sql.exec<{ idx: number }>('SELECT idx FROM card WHERE card_id = ?', input.cardId);
  if (before !== undefined) return ok({ index: before.idx, isDuplicate: true });
  const index = append(sql, {
    kind: 'config',
    eventId: `evt_${crypto.randomUUID()}`,
    actor: input.by,
    receivedMs: nowMs,
    payload: {
      type: 'card',
      card_id: input.cardId,
      promotion: input.promotion,
      event: input.event,
      date: input.date,
    },
  });
  sql.exec('INSERT INTO card (idx, card_id) VALUES (?, ?)', index, input.cardId);
  return ok({ index, isDuplicate: false });
}

/** Records a bout once; a bout never changes its card. */
export function recordBout(sql: SqlStorage, input: RecordBout, nowMs: number): Outcome<Recorded> {
  const { boutId, cardId } = input;
  const before = findBout(sql, boutId);
  if (before !== null) {
    if (before.cardId !== cardId) return refuse('conflict', `Bout ${boutId} ${placeOf(before.cardId)}.`, 'card_id');
    return ok({ index: before.recordedIndex, isDuplicate: true });
  }
  const index = append(sql, {
    kind: 'config',
    eventId: `evt_${crypto.randomUUID()}`,
    actor: input.by,
    receivedMs: nowMs,
    payload: { type: 'bout', bout_id: boutId, card_id: cardId },
  });
  sql.exec('INSERT INTO bout (idx, bout_id, card_id) VALUES (?, ?, ?)', index, boutId, cardId);
  return ok({ index, isDuplicate: false });
}

export function findBout(sql: SqlStorage, boutId: string): ListedBout | null {
  const [row] = sql.exec<BoutRow>('SELECT idx, bout_id, card_id FROM bout WHERE bout_id = ?', boutId);
  return row === undefined ? null : listed(row);
}

export function listBouts(sql: SqlStorage, { limit, beforeIndex }: ListBouts): readonly ListedBout[] {
  return sql
    .exec<BoutRow>(
      'SELECT idx, bout_id, card_id FROM bout WHERE idx < ? ORDER BY idx DESC LIMIT ?',
      beforeIndex ?? Number.MAX_SAFE_INTEGER,
      limit,
    )
    .toArray()
    .map(listed);
}

export function listCards(sql: SqlStorage, { limit, beforeIndex, cardId }: ListCards): readonly ListedCard[] {
  return sql
    .exec<{ idx: number; card_id: string; promotion: string; event: string; date: string | null }>(
      `SELECT card.idx, card_id, leaf ->> '$.payload.promotion' AS promotion, leaf ->> '$.payload.event' AS event,
         leaf ->> '$.payload.date' AS date
       FROM card JOIN entry ON entry.idx = card.idx
       WHERE card.idx < ?1 AND (?2 IS NULL OR card_id = ?2) ORDER BY card.idx DESC LIMIT ?3`,
      beforeIndex ?? Number.MAX_SAFE_INTEGER,
      cardId,
      limit,
    )
    .toArray()
    .map((row) => ({
      cardId: row.card_id,
      promotion: row.promotion,
      event: row.event,
      date: row.date,
      recordedIndex: row.idx,
    }));
}

type BoutRow = { idx: number; bout_id: string; card_id: string | null };

function listed(row: BoutRow): ListedBout {
  return { boutId: row.bout_id, cardId: row.card_id, recordedIndex: row.idx };
}

function placeOf(cardId: string | null): string {
  return cardId === null ? 'is on no card' : `is on card ${cardId}`;
}
