import type { ShadowEntry } from './shadow.ts';
import { listShadow } from './shadow.ts';

/** What the deployment's own records hold about a token's subject; instants are UTC epoch ms. */
export type PersonOfPlatform = {
  /** Newest first. */
  readonly tokens: readonly {
    readonly tokenId: string;
    readonly role: string;
    readonly deviceId: string | null;
    readonly boutId: string | null;
    readonly cardId: string | null;
    readonly expiresMs: number;
  }[];
  /** Entries of the deployment's ledger that the subject caused. */
  readonly entries: number;
  /** Entries that name the id as the one who was to be, or was, erased; with `boutId` it means whoever goes by it there. */
  readonly erasures: readonly {
    readonly index: number;
    readonly receivedMs: number;
    readonly done: boolean;
    readonly boutId: string | null;
  }[];
  /** What they scored as a trainee, newest first. */
  readonly shadow: readonly ShadowEntry[];
  /** Whether one of the lists was cut. */
  readonly truncated: boolean;
};

const AT_MOST = 1_000;

export function readPerson(sql: SqlStorage, personId: string): PersonOfPlatform {
  const tokens = sql
    .exec<{
      token_id: string;
      role: string;
      device_id: string | null;
      bout_id: string | null;
      card_id: string | null;
      expires_s: number;
    }>(
      `SELECT token_id, granted ->> 'role' AS role, granted ->> 'device_id' AS device_id,
         granted ->> 'bout_id' AS bout_id, granted ->> 'card_id' AS card_id, expires_s
       FROM token WHERE lower(granted ->> 'subject') = lower(?) ORDER BY idx DESC LIMIT ?`,
      personId,
      AT_MOST + 1,
    )
    .toArray();
  const { entries } = sql
    .exec<{ entries: number }>(
      "SELECT count(*) AS entries FROM entry WHERE lower(leaf ->> '$.actor.subject') = lower(?)",
      personId,
    )
    .one();
  const erasures = sql
    .exec<{ idx: number; received_ms: number; type: string; bout_id: string | null }>(
      `SELECT idx, leaf ->> '$.received_ms' AS received_ms, leaf ->> '$.payload.type' AS type,
         leaf ->> '$.payload.bout_id' AS bout_id FROM entry
       WHERE leaf ->> '$.payload.type' IN ('erasure', 'erased')
         AND lower(leaf ->> '$.payload.person_id') = lower(?) ORDER BY idx`,
      personId,
    )
    .toArray();
  const shadow = listShadow(sql, personId, AT_MOST + 1);
  return {
    tokens: tokens.slice(0, AT_MOST).map((row) => ({
      tokenId: row.token_id,
      role: row.role,
      deviceId: row.device_id,
      boutId: row.bout_id,
      cardId: row.card_id,
      expiresMs: row.expires_s * 1000,
    })),
    entries,
    erasures: erasures.map((row) => ({
      index: row.idx,
      receivedMs: row.received_ms,
      done: row.type === 'erased',
      boutId: row.bout_id,
    })),
    shadow: shadow.slice(0, AT_MOST),
    truncated: tokens.length > AT_MOST || shadow.length > AT_MOST,
  };
}
