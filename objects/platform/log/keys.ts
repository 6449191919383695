import { followRotations, formatVerifierKey, keyFor, parseVerifierKey } from '../../../domain/log/index.ts';
import type { VerifierKey } from '../../../domain/log/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import { boutOrigin, ledgerOrigin, type LogKey, logOrigin, readLogKey } from '../../log-key.ts';
import { append } from '../ledger.ts';
import { type LogContext, verifySignature } from './context.ts';

/** The key that the log was signed with last, as the storage knows it; null before the first. */
export function knownKey(sql: SqlStorage): string | null {
  const [row] = sql.exec<{ key: string }>('SELECT key FROM log_key');
  return row?.key ?? null;
}

/**
 * Sees to it that the present key is the one in the deployment's ledger: the first is recorded, and so is one to which
 * rotation notes lead from it. Refuses any other: whoever follows the log could not follow it there.
 */
export async function settleKey(log: LogContext, key: LogKey): Promise<Outcome<true>> {
  const settled = await settle(log, key);
  log.memory.faults.key = settled.ok ? null : settled.detail;
  return settled;
}

async function settle({ storage }: LogContext, key: LogKey): Promise<Outcome<true>> {
  const present = formatVerifierKey(key.deployment);
  const known = knownKey(storage.sql);
  if (known === present) return ok(true);
  if (known !== null) {
    const led = await isLedTo(known, key);
    if (!led.ok) return led;
  }
  storage.transactionSync(() => {
    // Somebody may have settled it while the notes were verified.
    if (knownKey(storage.sql) !== known) return;
    append(storage.sql, {
      kind: 'config',
      eventId: `evt_${crypto.randomUUID()}`,
      actor: { subject: 'platform', role: 'system', seat: null, device: null },
      receivedMs: Date.now(),
      payload: { type: 'log_key', key: present, before: known },
    });
    storage.sql.exec('INSERT OR REPLACE INTO log_key (id, key) VALUES (1, ?)', present);
  });
  return ok(true);
}

async function isLedTo(known: string, key: LogKey): Promise<Outcome<true>> {
  const from = parseVerifierKey(known);
  if (!from.ok) return from;
  const reached = await followRotations(from.value, key.rotations, verifySignature);
  if (!reached.ok) return refuse('unavailable', `LOG_ROTATIONS does not check out: ${reached.detail}.`);
  const present = formatVerifierKey(key.deployment);
  if (reached.value.some((one) => formatVerifierKey(one) === present)) return ok(true);
  return refuse('unavailable', 'LOG_KEY is not the key that signed last, and LOG_ROTATIONS does not lead to it.');
}

/** The keys that may have signed under an origin: the present one and those before it. */
export function keysOf({ deployment, previous }: LogKey, origin: string): readonly VerifierKey[] {
  return [deployment, ...previous].flatMap((key) => {
    const derived = keyFor(key, origin);
    return derived.ok ? [derived.value] : [];
  });
}

/** What everybody may know of the keys; verifier keys as texts. */
export type PublicKeys = {
  readonly name: string;
  readonly key: string;
  /** 8 hexadecimal digits. */
  readonly keyId: string;
  readonly origins: { readonly log: string; readonly ledger: string; readonly bout: string };
  /** The latest first. */
  readonly previous: readonly string[];
  /** Rotation notes, the earliest first. */
  readonly rotations: readonly string[];
};

/** `{bout_id}` stands in the origin of bouts where each has its id. */
export function publicKeys({ env }: LogContext): Outcome<PublicKeys> {
  const key = readLogKey(env);
  if (!key.ok) return key;
  const { name, deployment, previous, rotations } = key.value;
  return ok({
    name,
    key: formatVerifierKey(deployment),
    keyId: deployment.id.toString(16).padStart(8, '0'),
    origins: { log: logOrigin({ name }), ledger: ledgerOrigin({ name }), bout: boutOrigin({ name }, '{bout_id}') },
    previous: previous.map(formatVerifierKey),
    rotations,
  });
}
