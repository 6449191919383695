import { setTimeout as pause } from 'node:timers/promises';

/** What makes up a receipt: these stand for ever. */
export type Receipt = {
  readonly index: number;
  readonly eventHash: string | null;
  readonly chainHash: string;
};

/** Something that is sent until it is answered, under an id that names it for ever. */
export type Parcel = {
  readonly id: string;
  readonly boutId: string;
  /** A `twin` is another's action under an id of its own. */
  readonly kind: 'action' | 'undo' | 'twin' | 'official';
  /** Of an undo and of a twin: which action it is about. */
  readonly of: string | null;
};

/** All that the clients of a chapter know: what they sent and what they were told. Only ever added to. */
export type Journal = {
  readonly sent: Map<string, Parcel>;
  readonly receipts: Map<string, Receipt>;
  /** Ids that were refused as planned. */
  readonly refused: Set<string>;
  /** By id, the highest index that anybody had been told of when it was first sent: its own must lie above. */
  readonly floors: Map<string, number>;
  /** By bout, the highest index that anybody has been told of. */
  readonly highest: Map<string, number>;
  /** Answers that were neither a receipt, nor a planned refusal, nor a server that was away. */
  readonly oddities: string[];
  readonly counts: Counts;
  /** True while the disk is made to fail, when a bout may be out of reach for a moment. */
  disturbed: boolean;
  /** When to stop asking, so that a server which never answers fails a test and does not hang it. */
  giveUpMs: number;
};

export type Counts = {
  kills: number;
  struck: number;
  receipts: number;
  lost: number;
  repeats: number;
  refusals: number;
  away: number;
};

export function newCounts(): Counts {
  return { kills: 0, struck: 0, receipts: 0, lost: 0, repeats: 0, refusals: 0, away: 0 };
}

export function newJournal(counts: Counts): Journal {
  return {
    sent: new Map(),
    receipts: new Map(),
    refused: new Set(),
    floors: new Map(),
    highest: new Map(),
    oddities: [],
    counts,
    disturbed: false,
    giveUpMs: Number.POSITIVE_INFINITY,
  };
}

/** Before the first byte of it goes out. */
export function noteSent(journal: Journal, parcel: Parcel): void {
  if (journal.sent.has(parcel.id)) return;
  journal.sent.set(parcel.id, parcel);
  journal.floors.set(parcel.id, journal.highest.get(parcel.boutId) ?? -1);
}

/** One answer, as it was read. `silence`: nobody knows what became of the request. */
export type Reply =
  | { readonly is: 'receipt'; readonly id: string | null; readonly receipt: Receipt; readonly repeated: boolean }
  | { readonly is: 'refusal'; readonly code: string; readonly text: string }
  | { readonly is: 'silence' };

/** Notes what became of a parcel; true where it was answered for good. */
export function noteReply(journal: Journal, parcel: Parcel, reply: Reply, expected: 'receipt' | 'fenced'): boolean {
  const { counts, oddities } = journal;
  if (reply.is === 'silence') {
    counts.lost += 1;
    return false;
  }
  if (reply.is === 'refusal') {
    if (expected === 'fenced' && reply.code === 'fenced') {
      counts.refusals += 1;
      journal.refused.add(parcel.id);
    } else oddities.push(`${parcel.id} was refused: ${reply.text}`);
    return true;
  }
  if (expected === 'fenced') oddities.push(`${parcel.id} should have been refused, and was given a receipt`);
  if (reply.id !== parcel.id) oddities.push(`${parcel.id} was answered as ${reply.id}`);
  if (reply.repeated) counts.repeats += 1;
  journal.refused.delete(parcel.id);
  const { receipt } = reply;
  const before = journal.receipts.get(parcel.id);
  if (before === undefined) {
    journal.receipts.set(parcel.id, receipt);
    counts.receipts += 1;
  } else if (JSON.stringify(before) !== JSON.stringify(receipt)) {
    oddities.push(`${parcel.id} was ${JSON.stringify(before)} and is now ${JSON.stringify(receipt)}`);
  }
  journal.highest.set(parcel.boutId, Math.max(journal.highest.get(parcel.boutId) ?? -1, receipt.index));
  return true;
}

/** From quick to patient, as clients do: two hundred who ask all the time would keep the server from starting. */
const FIRST_WAIT_MS = 25;
const LAST_WAIT_MS = 400;

/** Tries until it is answered; false where that was given up. */
export async function insist(journal: Journal, attempt: () => Promise<boolean>): Promise<boolean> {
  for (let waitMs = FIRST_WAIT_MS; !(await attempt()); waitMs = Math.min(waitMs * 2, LAST_WAIT_MS)) {
    if (Date.now() > journal.giveUpMs) return false;
    await pause(waitMs);
  }
  return true;
}
