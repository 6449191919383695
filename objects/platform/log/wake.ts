import { formatVerifierKey } from '../../../domain/log/index.ts';
import { readLogKey } from '../../log-key.ts';
import type { LogContext } from './context.ts';
import { arm, enqueue, runDue } from './jobs.ts';
import { knownKey } from './keys.ts';
import { leafCount } from './leaves.ts';
import { appendLedgerCheckpoint, nextLedgerCheckpoint } from './own-ledger.ts';
import { checkSound, publish, publishedSize } from './publish.ts';
import { askWitness, isAnswered, oweCosignatures } from './witnesses.ts';

/** Called by the constructor: takes up whatever a crash left owing, and what a new key or a new witness makes owing. */
export async function wakeLog(log: LogContext): Promise<void> {
  const { storage, env } = log;
  storage.transactionSync(() => {
    const key = readLogKey(env);
    const known = knownKey(storage.sql);
    if (key.ok && known !== null && known !== formatVerifierKey(key.value.deployment)) {
      enqueue(storage.sql, 'key', Date.now());
    }
    oweCosignatures(log);
  });
  await arm(storage);
}

export async function runLogJobs(log: LogContext): Promise<void> {
  await runDue(log.storage, { run: async (id) => await run(log, id), isDone: (id) => isDone(log, id) });
}

const WITNESS = 'witness:';

function isDone(log: LogContext, id: string): boolean {
  const { sql } = log.storage;
  if (id === 'publish') return publishedSize(sql) >= leafCount(sql);
  return !id.startsWith(WITNESS) || isAnswered(log, id.slice(WITNESS.length));
}

async function run(log: LogContext, id: string): Promise<void> {
  if (id === 'publish') return await publish(log, leafCount(log.storage.sql));
  if (id === 'key') return await recordKey(log);
  if (id.startsWith(WITNESS)) return await askWitness(log, id.slice(WITNESS.length));
}

/**
 * Records a rotation, and publishes the log anew: with the ledger's new entry as a leaf, the newest checkpoint is one of
 * the new key, which is all that whoever was given that key goes by. A crash in between leaves the job.
 */
async function recordKey(log: LogContext): Promise<void> {
  const key = readLogKey(log.env);
  const sound = key.ok ? await checkSound(log, key.value) : key;
  if (!key.ok || !sound.ok) throw new Error(sound.ok ? 'no key' : sound.detail);
  const ledger = await nextLedgerCheckpoint(log, key.value);
  log.storage.transactionSync(() => {
    if (ledger !== null) appendLedgerCheckpoint(log.storage.sql, ledger);
    enqueue(log.storage.sql, 'publish', Date.now());
  });
  await publish(log, leafCount(log.storage.sql));
}
