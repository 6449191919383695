import type { Corner } from '../../domain/corner.ts';
import type { Role } from '../../domain/roles/index.ts';
import type { Link, LinkRequest, Reply } from './link.ts';
import { uuid7 } from './uuid7.ts';

/** Who one of the simulated people is, in the words of the route that mints tokens. */
export type Part = {
  readonly role: Role;
  readonly subject: string;
  readonly bout_id?: string;
  readonly card_id?: string;
  readonly judge_id?: string;
  readonly device_id?: string;
  readonly corners?: readonly Corner[];
};

/** A person with a device and a token of their own, renewed before it ends. */
export type Actor = {
  readonly part: Part;
  /** Sends until answered, as {@link Link.exchange}. */
  readonly send: (method: LinkRequest['method'], path: string, body?: string) => Promise<Reply>;
  /** One try, for what is worth nothing later; null where there was no answer. */
  readonly sendOnce: (method: LinkRequest['method'], path: string, body?: string) => Promise<Reply | null>;
  /**
   * Sends a command under an `event_id` of its own, so that however often it is repeated it happens
   * once. Rejects with {@link RefusedError} where the server says no.
   */
  readonly command: (path: string, fields: Readonly<Record<string, unknown>>) => Promise<Reply['body']>;
};

/** The server understood the request and said no: trying again would not help. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(path: string, reply: Reply) {
    const detail = reply.body['detail'] ?? reply.body['message'];
    super(`${path}: HTTP ${reply.status}${typeof detail === 'string' ? `, ${detail}` : ''}`);
    this.status = reply.status;
  }
}

const TOKEN_TTL_S = 900;
/** A token is renewed when this share of its life is over. */
const RENEW_AT = 0.8;

export function createActor(link: Link, adminSecret: string, part: Part): Actor {
  let token: { readonly value: string; readonly renewAtMs: number } | null = null;
  let minting: Promise<string> | null = null;

  const mint = async (): Promise<string> => {
    const reply = await link.exchange({
      method: 'POST',
      path: '/api/auth/tokens',
      body: JSON.stringify({ ...part, ttl_s: TOKEN_TTL_S }),
      authorization: async () => `Bearer ${adminSecret}`,
    });
    const { token: value, expires_at: expiresAt } = reply.body;
    if (reply.status !== 200 || typeof value !== 'string') throw new RefusedError('/api/auth/tokens', reply);
    // A server that grants less than was asked for is believed, unless its clock and ours disagree.
    const grantedMs = typeof expiresAt === 'string' ? Date.parse(expiresAt) - Date.now() : Number.NaN;
    const lifeMs = grantedMs > 0 ? Math.min(grantedMs, TOKEN_TTL_S * 1000) : TOKEN_TTL_S * 1000;
    token = { value, renewAtMs: performance.now() + lifeMs * RENEW_AT };
    return value;
  };

  const authorization = async (): Promise<string> => {
    if (token !== null && performance.now() < token.renewAtMs) return `Bearer ${token.value}`;
    // Several requests of one person share one renewal.
    minting ??= mint().finally(() => {
      minting = null;
    });
    return `Bearer ${await minting}`;
  };

  const request = (method: LinkRequest['method'], path: string, body?: string): LinkRequest => ({
    method,
    path,
    authorization,
    ...(body === undefined ? {} : { body }),
  });

  const send: Actor['send'] = async (method, path, body) => {
    const reply = await link.exchange(request(method, path, body));
    if (reply.status !== 401) return reply;
    // A server that came back with another key no longer knows the token: a new one, once.
    token = null;
    return await link.exchange(request(method, path, body));
  };

  return {
    part,
    send,
    sendOnce: async (method, path, body) => await link.attempt(request(method, path, body)),
    command: async (path, fields) => {
      const reply = await send('POST', path, JSON.stringify({ ...fields, event_id: uuid7(Date.now()) }));
      if (isAccepted(reply)) return reply.body;
      throw new RefusedError(path, reply);
    },
  };
}

/** A 409 that says `success` is the answer to a repeat: what was sent before had arrived. */
export function isDuplicate(reply: Reply): boolean {
  return reply.status === 409 && reply.body['success'] === true;
}

export function isAccepted(reply: Reply): boolean {
  return reply.status === 200 || isDuplicate(reply);
}
