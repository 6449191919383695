import type { Credential } from '../device/credential.ts';
import { exchange, verdictOf } from '../wire/api.ts';
import { type Bag, isBag, number, object, otherwise, text, truth } from '../wire/decode.ts';
import type { ItemRefusal, OutboxItem } from './items.ts';

/** What became of an item: it is in the ledger, it never will be, or nobody can say yet. */
export type Fate = 'sent' | 'wait' | ItemRefusal;

/** One delivery; a fate for each item in its order, null where there was no answer that says anything. */
export async function deliver(credential: Credential, parcel: readonly OutboxItem[]): Promise<readonly Fate[] | null> {
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
    return parcel.map(() => ({ status: refusal.status, code: refusal.code, detail: refusal.detail }));
  }
  return isAction ? fatesIn(verdict.value, parcel.length) : ['sent'];
}

const decodeResult = object({
  success: truth,
  status: number,
  code: otherwise(text, ''),
  detail: otherwise(text, ''),
});

/** Each item has an answer of its own; an answer that is missing or not understood leaves its item in the queue. */
function fatesIn(body: Bag, count: number): readonly Fate[] | null {
  const results: readonly unknown[] = Array.isArray(body.results) ? body.results : [];
  if (results.length !== count) return null;
  return results.map((result) => {
    const read = isBag(result) ? decodeResult(result) : undefined;
    if (read === undefined) return 'wait';
    if (read.success) return 'sent';
    if (read.status === 429 || read.status >= 500) return 'wait';
    return { status: read.status, code: read.code, detail: read.detail };
  });
}
