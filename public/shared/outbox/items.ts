import { isBag, type Bag, parseJson } from '../wire/decode.ts';
import type { StoredItem } from '../device/store.ts';

/** Why the server will never take an item. */
export type ItemRefusal = { readonly status: number; readonly code: string; readonly detail: string };

/** Something that a person did, from the moment it is stored on the device until somebody has read what became of it. */
export type OutboxItem = {
  readonly eventId: string;
  readonly boutId: string;
  readonly kind: 'action' | 'command';
  /** Where a command goes; an action goes in a batch. */
  readonly path: string;
  readonly body: Bag;
  /** What the page keeps beside it; never sent. */
  readonly note: Bag;
  /** Counts a device's actions in a bout, gapless; 0 for commands. */
  readonly seq: number;
  /** When it was done, by this device's clock. */
  readonly atMs: number;
  readonly state: 'unsent' | 'sent' | 'refused';
  readonly refusal: ItemRefusal | null;
};

export type Draft =
  | {
      readonly kind: 'action';
      readonly boutId: string;
      readonly fields: {
        readonly round_id: number;
        readonly judge_id: string;
        readonly fighter_id: 'fighter1' | 'fighter2';
        readonly event_type: string;
        readonly metadata?: Bag;
      };
      readonly note?: Bag;
    }
  | {
      readonly kind: 'command';
      readonly boutId: string;
      readonly path: string;
      readonly fields: Bag;
      readonly note?: Bag;
    };

/** The same item as the pages see it; a body is parsed once, when it is read from the device. */
export function itemOf(stored: StoredItem): OutboxItem {
  return {
    eventId: stored.eventId,
    boutId: stored.boutId,
    kind: stored.kind,
    path: stored.path,
    body: bagOf(stored.body),
    note: bagOf(stored.note),
    seq: stored.seq,
    atMs: stored.atMs,
    state: stored.refusal === null ? 'unsent' : 'refused',
    refusal: stored.refusal,
  };
}

/** No batch is larger: the server takes 500, and half of that stays far below what a bad line takes in one go. */
export const MAX_BATCH = 250;

/**
 * What goes out next: the oldest unsent item, and where it is an action, the actions of the same bout that follow it
 * directly. The order in which things were done is the order in which they arrive: an undo never overtakes its tap.
 */
export function nextParcel(items: readonly OutboxItem[]): readonly OutboxItem[] {
  const unsent = items.filter(({ state }) => state === 'unsent');
  const [first] = unsent;
  if (first === undefined || first.kind === 'command') return unsent.slice(0, 1);
  const end = unsent.findIndex(({ kind, boutId }) => kind !== 'action' || boutId !== first.boutId);
  return unsent.slice(0, Math.min(end === -1 ? unsent.length : end, MAX_BATCH));
}

/**
 * What a page knows, brought up to date by what lies on the device: in the order in which it was put there, whatever
 * the clocks of two tabs said, so that an undo never overtakes its tap.
 * @param before what was known when the device was asked; what came to `now` since may not be in `read`
 * @param dismissed refused items that a person has read: gone, and never sent
 */
export function upToDate(
  before: readonly OutboxItem[],
  now: readonly OutboxItem[],
  read: readonly OutboxItem[],
  dismissed: ReadonlySet<string>,
): readonly OutboxItem[] {
  const known = new Map(now.map((item) => [item.eventId, item]));
  const stored = new Set(read.map(({ eventId }) => eventId));
  const asked = new Set(before.map(({ eventId }) => eventId));
  const stays = ({ eventId }: OutboxItem): boolean => !dismissed.has(eventId);
  const away = now.filter((item) => !stored.has(item.eventId) && stays(item));
  // Another tab has had the server's word for it; a refused one leaves the device by a person's hand only.
  const sent = away.filter(({ eventId, state }) => asked.has(eventId) && state !== 'refused');
  const fresh = away.filter(({ eventId }) => !asked.has(eventId));
  return [
    ...sent.map((item): OutboxItem => (item.state === 'sent' ? item : { ...item, state: 'sent' })),
    ...read.filter(stays).map((item) => newer(known.get(item.eventId), item)),
    ...fresh,
  ];
}

/** What has been answered for is never unsent again: then the device was read a moment before. */
function newer(known: OutboxItem | undefined, read: OutboxItem): OutboxItem {
  return known === undefined || (known.state === 'unsent' && read.state !== 'unsent') ? read : known;
}

function bagOf(source: string): Bag {
  const value = parseJson(source);
  return isBag(value) ? value : {};
}
