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
  /** The index's, for a server that applies them by itself; a deployment's are applied by wrangler. */
  readonly MIGRATIONS?: readonly Migration[];
  /** Mints the first tokens. A secret. */
  readonly ADMIN_SECRET?: string;
  /** Ed25519 private JWK (JSON text) that signs tokens; its `kid` names it. A secret. */
  readonly TOKEN_KEY?: string;
  /** JSON array of public JWKs whose tokens are still accepted after a rotation. */
  readonly TOKEN_KEYS_RETIRED?: string;
};
