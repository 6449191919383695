import type { Journal, Reply } from './journal.ts';

export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, or nothing where the text is none. */
export function readJson(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : null;
  } catch {
    return null;
  }
}

export function listOf(json: Json, name: string): readonly Json[] {
  const value = json[name];
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** The refusals of the API's document. */
const REFUSALS = [400, 401, 403, 404, 409, 413];

/** Answers of a server that is overloaded or cannot reach the bout just now: a client asks again. */
const LATER = [429, 503];

/**
 * One answer, or one item of a batch. That a bout is out of reach is as good as no answer where the disk is made to
 * fail; where it is not, nothing excuses it.
 */
export function replyOf(journal: Journal, status: number, json: Json | null, text: string): Reply {
  const {
    success,
    code,
    client_event_id: id,
    sequence_index: index,
    event_hash: eventHash,
    chain_hash: chain,
  } = json ?? {};
  if (LATER.includes(status)) {
    journal.counts.away += 1;
    if (status === 503 && !journal.disturbed) journal.oddities.push(`out of reach without a cause: ${text}`);
    return { is: 'silence' };
  }
  if (
    success === true &&
    (status === 200 || status === 409) &&
    typeof index === 'number' &&
    typeof chain === 'string'
  ) {
    return {
      is: 'receipt',
      id: typeof id === 'string' ? id : null,
      receipt: { index, eventHash: typeof eventHash === 'string' ? eventHash : null, chainHash: chain },
      repeated: json?.['is_duplicate'] === true,
    };
  }
  const known = success === false && typeof code === 'string' && REFUSALS.includes(status);
  return { is: 'refusal', code: known ? code : 'none', text: `${status} ${text.slice(0, 300)}` };
}
