import type { VerifySignature } from '../../../domain/log/index.ts';
import { ed25519 } from '../../../domain/log/index.ts';
import type { LogKeySettings } from '../../log-key.ts';

/** The bindings that the log of checkpoints uses. */
export type LogEnv = LogKeySettings & {
  readonly ARCHIVE: R2Bucket;
  /** JSON array of `{url, key}`; see `readWitnesses`. */
  readonly WITNESSES?: string;
};

/** What every module of the log works on. */
export type LogContext = {
  readonly storage: DurableObjectStorage;
  readonly env: LogEnv;
  readonly memory: LogMemory;
};

/** Known since the object woke, and found again whenever it wakes. */
export type LogMemory = {
  /** The anchor's present version in R2, once it has been compared with the storage; its etag is null where there is none. */
  anchor: { readonly etag: string | null } | null;
  /** Why nothing is signed any more, each in a sentence; null while nothing speaks against it. */
  readonly faults: {
    key: string | null;
    anchor: string | null;
    /** What is stored is not what was stored. */
    stored: string | null;
    /** The same of the deployment's own ledger, which alone gets no checkpoint then. */
    ledger: string | null;
  };
  /** The one publication under way; whoever comes meanwhile waits for it. */
  publishing: Promise<void> | null;
};

export function createLog(storage: DurableObjectStorage, env: LogEnv): LogContext {
  return {
    storage,
    env,
    memory: { anchor: null, faults: { key: null, anchor: null, stored: null, ledger: null }, publishing: null },
  };
}

export const verifySignature: VerifySignature = (publicKey, message, signature) =>
  ed25519(crypto.subtle).verify(publicKey, message, signature);
