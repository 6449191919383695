import { signal, type ReadonlySignal } from '@preact/signals';
import { ownerOf } from '../shared/device/claims.ts';
import type { Credential } from '../shared/device/credential.ts';
import { keep, kept } from '../shared/device/store.ts';
import { FEED_LENGTH, type Feed } from '../shared/live/feed.ts';
import { getJson } from '../shared/wire/api.ts';
import { type Decode, list, number, object, parseJson, text } from '../shared/wire/decode.ts';
import { decodeEntry, type WireEntry } from '../shared/wire/frames.ts';

/** What is known of one round's actions, oldest first. */
export type RoundRecord = {
  readonly boutId: string;
  readonly roundId: number;
  /** Everything before this index of the ledger is in `entries`. */
  readonly cursor: number;
  readonly entries: readonly WireEntry[];
};

const decodeEvents = object({ events: list(decodeEntry) });

/**
 * A feed holds the last lines of the bout only; control and a list need the whole round.
 * Null where lines in between are missing and have to be asked for.
 */
export function recordWith(record: RoundRecord, feed: Feed): RoundRecord | null {
  if (feed.cursor <= record.cursor) return record;
  const oldest = feed.entries[0];
  const joins = oldest === undefined || feed.entries.length < FEED_LENGTH || oldest.sequence_index <= record.cursor;
  if (!joins) return null;
  const fresh = feed.entries.filter(({ sequence_index }) => sequence_index >= record.cursor);
  // A ruling may have taken an action back, or put it back; only the server says which.
  if (fresh.some(({ kind }) => kind === 'ruling')) return null;
  const gone = new Set(fresh.flatMap((entry) => targetOf(entry) ?? []));
  const actions = fresh.filter((entry) => entry.round_id === record.roundId && isAction(entry));
  if (gone.size === 0 && actions.length === 0) return { ...record, cursor: feed.cursor };
  return {
    ...record,
    cursor: feed.cursor,
    entries: [...record.entries, ...actions].map((entry) =>
      gone.has(entry.event_id) && !entry.voided ? { ...entry, voided: true } : entry,
    ),
  };
}

function isAction(entry: WireEntry): boolean {
  return entry.kind === 'action' || entry.kind === 'replace';
}

function targetOf(entry: WireEntry): string | null {
  if (entry.kind === 'replace') return entry.replaces;
  const target = entry.kind === 'void' ? entry.payload.target_event_id : null;
  return typeof target === 'string' ? target : null;
}

const decodeParts = object({ boutId: text, roundId: number, cursor: number, entries: list(decodeEntry) });

const decodeKept: Decode<RoundRecord> = (value) => {
  const source = text(value);
  return source === undefined ? undefined : decodeParts(parseJson(source));
};

export type RecordKeeper = {
  readonly record: ReadonlySignal<RoundRecord | null>;
  /** Tells what round is shown, and what the bout's feed says now. */
  readonly follow: (feed: Feed, roundId: number, live: boolean) => void;
  readonly stop: () => void;
};

const RETRY_MS = 1_000;

/** Holds the record of one round: from the server, joined on by the feed, and from the device after a reload. */
export function keepRecord(credential: Credential): RecordKeeper {
  const record = signal<RoundRecord | null>(null);
  const stopped = new AbortController();
  const owner = ownerOf(credential.claims.peek());
  let wanted: { readonly boutId: string; readonly roundId: number; feed: Feed; live: boolean } | null = null;
  let asking = false;
  let writing = false;

  function follow(feed: Feed, roundId: number, live: boolean): void {
    const { bout_id: boutId } = feed.view.bout;
    const before = wanted;
    const same = before !== null && before.boutId === boutId && before.roundId === roundId;
    wanted = { boutId, roundId, feed, live };
    if (!same) {
      record.value = null;
      void readKept(boutId, roundId);
    }
    const known = record.peek();
    const joined = known === null ? null : recordWith(known, feed);
    // Each new connection is a reason to look once: what came meanwhile may be more than the feed holds.
    if (joined === null || (live && before?.live !== true)) void ask();
    if (joined !== null && joined !== known) show(joined);
  }

  function show(next: RoundRecord): void {
    record.value = next;
    void write();
  }

  async function ask(): Promise<void> {
    if (asking || wanted === null || !wanted.live || stopped.signal.aborted) return;
    asking = true;
    const { boutId, roundId, feed } = wanted;
    const path = `/api/events/v2/${encodeURIComponent(boutId)}/${roundId}`;
    const answer = await getJson(path, decodeEvents, credential, stopped.signal);
    asking = false;
    if (stopped.signal.aborted || wanted === null) return;
    if (wanted.boutId !== boutId || wanted.roundId !== roundId) return void ask();
    if (!answer.ok) {
      setTimeout(() => void ask(), RETRY_MS);
      return;
    }
    const { events } = answer.value;
    // It holds at least what the feed held when it was asked for, and perhaps more.
    const cursor = Math.max(feed.cursor, (events.at(-1)?.sequence_index ?? -1) + 1);
    const read: RoundRecord = { boutId, roundId, cursor, entries: events };
    const joined = wanted.feed.cursor <= cursor ? read : recordWith(read, wanted.feed);
    show(joined ?? read);
    if (joined === null) void ask();
  }

  async function readKept(boutId: string, roundId: number): Promise<void> {
    const known = await kept(keyOf(boutId), decodeKept);
    if (known === undefined || known.boutId !== boutId || known.roundId !== roundId) return;
    if (record.peek() === null && wanted?.boutId === boutId && wanted.roundId === roundId) record.value = known;
  }

  /** One write at a time; what changes meanwhile goes into the next. A crash in between leaves the older state. */
  async function write(): Promise<void> {
    if (writing) return;
    writing = true;
    for (let last: RoundRecord | null = null; record.peek() !== last && !stopped.signal.aborted;) {
      last = record.peek();
      if (last !== null) await keep(keyOf(last.boutId), JSON.stringify(last));
    }
    writing = false;
  }

  function keyOf(boutId: string): string {
    return `operator-round|${owner}|${boutId}`;
  }

  return { record, follow, stop: () => stopped.abort() };
}
