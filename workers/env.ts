import type { Bout } from '../objects/bout/index.ts';
import type { Card } from '../objects/card/index.ts';
import type { Platform } from '../objects/platform/index.ts';
import type { Migration } from './migrate.ts';

export type Env = {
  readonly BOUT: DurableObjectNamespace<Bout>;
  readonly CARD: DurableObjectNamespace<Card>;
  readonly PLATFORM: DurableObjectNamespace<Platform>;
  readonly INDEX: D1Database;
  readonly ASSETS: Fetcher;
  /** Sealed bouts, anchors and exports; its keys are told in `docs/record.md`. */
  readonly ARCHIVE: R2Bucket;
  readonly INDEX_QUEUE: Queue<IndexMessage>;
  /** The index's, for a server that applies them by itself; a deployment's are applied by wrangler. */
  readonly MIGRATIONS?: readonly Migration[];
  /** Mints the first tokens. A secret. */
  readonly ADMIN_SECRET?: string;
  /** Ed25519 private JWK (JSON text) that signs tokens; its `kid` names it. A secret. */
  readonly TOKEN_KEY?: string;
  /** JSON array of public JWKs whose tokens are still accepted after a rotation. */
  readonly TOKEN_KEYS_RETIRED?: string;
  /** Ed25519 private JWK (JSON text) with the log's `name`: signs checkpoints, and nothing else. A secret. */
  readonly LOG_KEY?: string;
  /** JSON array of rotation notes, by which a verifier who holds an older key gets to the present one. */
  readonly LOG_ROTATIONS?: string;
  /** Where time-stamp tokens (RFC 3161) for sealed bouts are asked for; none where it is left out. */
  readonly TSA_URL?: string;
  /** After so many hours from the official result a bout is sealed by itself; 24 where it is left out. */
  readonly SEAL_AFTER_H?: string;
  /** JSON array of `{url, key}`: witnesses of the log of checkpoints (c2sp.org/tlog-witness). */
  readonly WITNESSES?: string;
};

/** A bout whose line of the index is stale. */
export type IndexMessage = { readonly bout_id: string };
