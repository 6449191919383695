import type { Corner } from '../../domain/corner.ts';
import { canonicalJson } from '../../domain/ledger/index.ts';
import type { Actor, LeafObject } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import type { Aspect, Role } from '../../domain/roles/index.ts';
import { type Delivered, once } from '../once.ts';
import { append, hashOf, type Head, head } from './ledger.ts';

/**
 * What a token says, before it is signed. The signed token itself is stored nowhere; signing is deterministic, so the
 * grant is enough to give the very same token again. Times are Unix seconds.
 */
export type TokenGrant = {
  readonly tokenId: string;
  readonly subject: string;
  readonly role: Role;
  readonly seat: string | null;
  readonly device: string | null;
  readonly boutId: string | null;
  readonly cardId: string | null;
  readonly corners: readonly Corner[] | null;
  readonly aspects: readonly Aspect[] | null;
  readonly issuedS: number;
  readonly expiresS: number;
};

export type RecordToken = { readonly grant: TokenGrant; readonly by: Actor; readonly eventId: string | null };

/**
 * `expiresS` is null where the token must be one that was recorded here. Whoever revokes the tokens of a device knows
 * their expiry and sends it: such a token may have been granted and not yet recorded, and must not slip through.
 */
export type RevokeToken = {
  readonly tokenId: string;
  readonly reason: string | null;
  readonly by: Actor;
  readonly eventId: string | null;
  readonly expiresS: number | null;
};

export type RevokedToken = { readonly tokenId: string; readonly expiresMs: number };

/** How far somebody has read: so many entries, the last of them with this chain hash. */
export type ReadTo = Head;

/** `whole` says that `tokens` are all there are: nothing was read before, or another ledger than this one. */
export type RevokedSince = {
  readonly tokens: readonly RevokedToken[];
  readonly readTo: ReadTo;
  readonly whole: boolean;
};

/** Records that a token is granted; the answer is the grant to sign, on a repeated delivery the first one. */
export function recordToken(sql: SqlStorage, input: RecordToken, nowMs: number): Outcome<Delivered<TokenGrant>> {
  const { grant, by } = input;
  // A repeated request comes with a token id and times of its own: what it asks for is the rest.
  const content = `token|${canonicalJson({ ...particulars(grant), ttl_s: grant.expiresS - grant.issuedS })}`;
  return once(sql, input.eventId, content, (eventId) => {
    const granted = canonicalJson(grantLeaf(grant));
    const [before] = sql.exec<{ granted: string; event_id: string }>(
      'SELECT granted, event_id FROM token WHERE token_id = ?',
      grant.tokenId,
    );
    if (before !== undefined) {
      if (before.granted !== granted) return refuse('conflict', `Token ${grant.tokenId} is already another one.`);
      return ok({ answer: grant, sameAs: before.event_id });
    }
    const payload = { type: 'token', ...grantLeaf(grant) };
    const index = append(sql, { kind: 'session', eventId, actor: by, receivedMs: nowMs, payload });
    sql.exec(
      'INSERT INTO token (token_id, idx, event_id, expires_s, granted) VALUES (?, ?, ?, ?, ?)',
      grant.tokenId,
      index,
      eventId,
      grant.expiresS,
      granted,
    );
    return ok({ answer: grant });
  });
}

/** Records a revocation; a token that is already revoked answers as a duplicate of the first one. */
export function revoke(
  sql: SqlStorage,
  input: RevokeToken,
  nowMs: number,
): Outcome<Delivered<{ readonly tokenId: string }>> {
  const { tokenId, reason, by } = input;
  const content = `revocation|${canonicalJson({ token_id: tokenId, reason })}`;
  return once(sql, input.eventId, content, (eventId) => {
    const [before] = sql.exec<{ event_id: string }>('SELECT event_id FROM revocation WHERE token_id = ?', tokenId);
    if (before !== undefined) return ok({ answer: { tokenId }, sameAs: before.event_id });
    const [token] = sql.exec<{ expires_s: number }>('SELECT expires_s FROM token WHERE token_id = ?', tokenId);
    const expiresS = token?.expires_s ?? input.expiresS;
    if (expiresS === null) return refuse('not_found', `There is no token ${tokenId}.`, 'token_id');
    const payload = { type: 'revocation', token_id: tokenId, reason };
    const index = append(sql, { kind: 'session', eventId, actor: by, receivedMs: nowMs, payload });
    sql.exec(
      'INSERT INTO revocation (idx, token_id, event_id, expires_s) VALUES (?, ?, ?, ?)',
      index,
      tokenId,
      eventId,
      expiresS,
    );
    return ok({ answer: { tokenId } });
  });
}

/** How far a recorded token reaches; null for one that was never recorded. */
export type Reach = { readonly boutId: string | null; readonly cardId: string | null };

export function reachOf(sql: SqlStorage, tokenId: string): Reach | null {
  const [row] = sql.exec<{ bout_id: string | null; card_id: string | null }>(
    "SELECT granted ->> 'bout_id' AS bout_id, granted ->> 'card_id' AS card_id FROM token WHERE token_id = ?",
    tokenId,
  );
  return row === undefined ? null : { boutId: row.bout_id, cardId: row.card_id };
}

/**
 * The revoked tokens that would still be valid otherwise, from where the reader stands. A reader that stands in a
 * ledger which this one does not continue (storage was restored to an earlier point) gets all of them.
 */
export function revokedSince(sql: SqlStorage, readTo: ReadTo, nowMs: number): RevokedSince {
  const whole = readTo.entries === 0 || hashOf(sql, readTo.entries - 1) !== readTo.head;
  const tokens = sql
    .exec<{ token_id: string; expires_s: number }>(
      'SELECT token_id, expires_s FROM revocation WHERE idx >= ? AND expires_s > ? ORDER BY idx',
      whole ? 0 : readTo.entries,
      Math.floor(nowMs / 1000),
    )
    .toArray()
    .map((row) => ({ tokenId: row.token_id, expiresMs: row.expires_s * 1000 }));
  return { tokens, readTo: head(sql), whole };
}

function particulars(grant: TokenGrant): LeafObject {
  return {
    subject: grant.subject,
    role: grant.role,
    seat: grant.seat,
    device_id: grant.device,
    bout_id: grant.boutId,
    card_id: grant.cardId,
    corners: grant.corners,
    aspects: grant.aspects,
  };
}

function grantLeaf(grant: TokenGrant): LeafObject {
  return {
    ...particulars(grant),
    token_id: grant.tokenId,
    issued_s: grant.issuedS,
    expires_s: grant.expiresS,
  };
}
