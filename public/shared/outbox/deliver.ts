import type { Credential } from '../device/credential.ts';
import type { Receipt } from '../device/receipts.ts';
import { exchange, verdictOf } from '../wire/api.ts';
import { type Bag, isBag, number, object, otherwise, text, truth } from '../wire/decode.ts';
import type { ItemRefusal, OutboxItem } from './items.ts';

/** What became of an item: it is in the ledger, it never will be, or nobody can say yet. */
export type Fate = 'sent' | 'wait' | ItemRefusal;

/** The fate, and where the item now stands in the ledger where the server has said so. */
export type Answer = { readonly fate: Fate; readonly receipt: Receipt | null };

/** One delivery; an answer for each item in its order, null where there was none that says anything. */
export async function deliver(
  credential: Credential,
  parcel: readonly OutboxItem[],
): Promise<readonly Answer[] | null> {
  const [first] = parcel;
  if (first === undefined) return [];
  const isAction = first.kind === 'action';
  const answer = await exchange(credential, {
    method: 'POST',
    path: isAction ? '/api/events/v2/batch' : first.path,
    body: JSON.stringify(isAction ? { bout_id: first.boutId, events: parcel.map(({ body }) => body) } : first.body),
  });
  if (answer === null) return null;
  // Whoever is not known now may be with the next token: nothing is given up for that.
  if (answer.status === 401) return null;
  const verdict = verdictOf(answer.status, answer.body);
  if (verdict === null) return null;
  if (!verdict.ok) {
    const { failure } = verdict;
    const refusal = failure.kind === 'problem' ? failure : { status: 0, code: '', detail: '' };
    const fate: Fate = { status: refusal.status, code: refusal.code, detail: refusal.detail };
    return parcel.map(() => ({ fate, receipt: null }));
  }
  return isAction ? answersIn(verdict.value, parcel) : [{ fate: 'sent', receipt: receiptIn(verdict.value, first) }];
}

const decodeResult = object({
  success: truth,
  status: number,
  code: otherwise(text, ''),
  detail: otherwise(text, ''),
});

/** Each item has an answer of its own; an answer that is missing or not understood leaves its item in the queue. */
function answersIn(body: Bag, parcel: readonly OutboxItem[]): readonly Answer[] | null {
  const results: readonly unknown[] = Array.isArray(body.results) ? body.results : [];
  if (results.length !== parcel.length) return null;
  return parcel.map((item, at) => {
    const result = results[at];
    const fate = fateIn(result);
    return { fate, receipt: fate === 'sent' && isBag(result) ? receiptIn(result, item) : null };
  });
}

function fateIn(result: unknown): Fate {
  const read = isBag(result) ? decodeResult(result) : undefined;
  if (read === undefined) return 'wait';
  if (read.success) return 'sent';
  if (read.status === 429 || read.status >= 500) return 'wait';
  return { status: read.status, code: read.code, detail: read.detail };
}

/** Also a repeat's: it says where the first delivery stands. What writes into no bout's ledger has none. */
function receiptIn({ sequence_index: index, chain_hash: hash }: Bag, { boutId, eventId }: OutboxItem): Receipt | null {
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0) return null;
  return typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? { boutId, eventId, index, hash } : null;
}
