/** What is sent until it is answered: `eventId` names the delivery for ever. */
export type Request = {
  readonly eventId: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
};

/** The receipt of one delivery. */
export type Receipt = {
  readonly sequenceIndex: number;
  readonly eventHash: string | null;
  readonly chainHash: string;
};

/** Every receipt there is, by event id, and what went wrong on the way. */
export type Records = {
  readonly receipts: Map<string, Receipt>;
  /** Answers that were neither a receipt nor a server that was away. */
  readonly oddities: string[];
  /** Requests that were sent and not answered. */
  lost: number;
  /** Requests that were answered as repeats. */
  repeated: number;
};

export function newRecords(): Records {
  return { receipts: new Map(), oddities: [], lost: 0, repeated: 0 };
}

/**
 * Sends once. True where it was answered for good; false where nobody knows what became of it: the connection broke,
 * the server was away or starting, or the caller hung up.
 */
export async function sendOnce(
  url: string,
  token: string,
  request: Request,
  records: Records,
  signal?: AbortSignal,
): Promise<boolean> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(url + request.path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(request.body),
      ...(signal === undefined ? {} : { signal }),
    });
    status = response.status;
    text = await response.text();
  } catch {
    records.lost += 1;
    return false;
  }
  if (status >= 500) {
    records.lost += 1;
    return false;
  }
  for (const answer of answersIn(text)) note(records, answer, `${status} ${text.slice(0, 300)}`);
  return true;
}

type Answer = Readonly<Record<string, unknown>>;

/** One answer, or each of a batch. */
function answersIn(text: string): readonly Answer[] {
  const value: unknown = JSON.parse(text);
  if (!isAnswer(value)) return [];
  const { results } = value;
  return Array.isArray(results) ? results.filter(isAnswer) : [value];
}

export function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function note(records: Records, answer: Answer, what: string): void {
  const { success, client_event_id: id, sequence_index: index, event_hash: hash, chain_hash: chain } = answer;
  if (success !== true || typeof id !== 'string' || typeof index !== 'number' || typeof chain !== 'string') {
    records.oddities.push(what);
    return;
  }
  const receipt = { sequenceIndex: index, eventHash: typeof hash === 'string' ? hash : null, chainHash: chain };
  const before = records.receipts.get(id);
  if (before === undefined) records.receipts.set(id, receipt);
  else if (JSON.stringify(before) !== JSON.stringify(receipt)) {
    records.oddities.push(`${id} was ${JSON.stringify(before)} and is now ${JSON.stringify(receipt)}`);
  }
  if (answer['is_duplicate'] === true) records.repeated += 1;
}
