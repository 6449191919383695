/** What every mutation answers. The first delivery is 200; the same delivery again is 409 with the same body. */
export type Delivery = {
  readonly status: 200 | 409;
  readonly body: {
    readonly success: true;
    readonly event_id: string;
    /** The id that the caller sent; null if it sent none. */
    readonly client_event_id: string | null;
    readonly is_duplicate: boolean;
    readonly sequence_index: number;
    readonly event_hash: string | null;
    /** The entry's chain hash: the receipt. */
    readonly chain_hash: string;
    readonly message: string;
  };
};

/** The body as JSON, by a template: its texts are ids and hashes, which need no escape, and a message of ours. */
export function deliveryJson({ body }: Delivery): string {
  return `{${members(body)}}`;
}

/** The answer on a socket: the same body, with the status in it. */
export function ackJson({ status, body }: Delivery): string {
  return `{"type":"ack","status":${status},${members(body)}}`;
}

function members(body: Delivery['body']): string {
  return (
    `"success":true,"event_id":"${body.event_id}","client_event_id":${idOrNull(body.client_event_id)}` +
    `,"is_duplicate":${body.is_duplicate},"sequence_index":${body.sequence_index}` +
    `,"event_hash":${idOrNull(body.event_hash)},"chain_hash":"${body.chain_hash}"` +
    `,"message":${JSON.stringify(body.message)}`
  );
}

function idOrNull(id: string | null): string {
  return id === null ? 'null' : `"${id}"`;
}
