import { readCosignatures, readWitnessSize } from '../../../domain/log/index.ts';
import { type LogContext, verifySignature } from './context.ts';
import { enqueue } from './jobs.ts';
import { consistencyIn } from './nodes.ts';
import { callWitness } from './witness-call.ts';
import { readWitnesses, type Witness } from './witness-settings.ts';

/**
 * Owes what configured witnesses have not cosigned of the newest published checkpoint. A question that is already owed
 * keeps its place: a witness that fails is not asked more often because the log grows.
 */
export function oweCosignatures({ storage: { sql }, env }: LogContext): void {
  const witnesses = readWitnesses(env.WITNESSES);
  const newest = newestPublished(sql);
  if (!witnesses.ok || newest === null) return;
  for (const { key } of witnesses.value) {
    const id = `witness:${key.name}` as const;
    if (isSettled(sql, key.name, newest.size)) continue;
    if (sql.exec('SELECT 1 FROM job WHERE id = ?', id).toArray().length === 0) enqueue(sql, id, Date.now());
  }
}

/** Whether there is nothing to ask a witness: it has answered for the newest checkpoint, or nobody wants to know. */
export function isAnswered({ storage: { sql }, env }: LogContext, name: string): boolean {
  const newest = newestPublished(sql);
  return newest === null || findWitness(env, name) === undefined || isSettled(sql, name, newest.size);
}

function findWitness({ WITNESSES }: LogContext['env'], name: string): Witness | undefined {
  const witnesses = readWitnesses(WITNESSES);
  return witnesses.ok ? witnesses.value.find(({ key }) => key.name === name) : undefined;
}

/** Whether a witness has given its word on a checkpoint, by a cosignature or by saying what is wrong with it. */
function isSettled(sql: SqlStorage, name: string, size: number): boolean {
  const cosigned = sql.exec('SELECT 1 FROM cosignature WHERE size = ? AND witness = ?', size, name).toArray();
  if (cosigned.length > 0) return true;
  const [row] = sql.exec<{ finding: string | null; found_at: number | null }>(
    'SELECT finding, found_at FROM witness WHERE name = ?',
    name,
  );
  return row !== undefined && row.finding !== null && row.found_at === size;
}

type Published = { readonly size: number; readonly note: string };

function newestPublished(sql: SqlStorage): Published | null {
  const [row] = sql.exec<Published>(
    'SELECT size, note FROM log_checkpoint WHERE published_ms IS NOT NULL ORDER BY size DESC LIMIT 1',
  );
  return row ?? null;
}

/** A witness tells once from where it goes on; whoever tells another size each time is not asked for ever. */
const ATTEMPTS = 3;

/**
 * Asks a witness for its cosignature of the newest published checkpoint, and keeps it. What says that the log has forked
 * is kept as a finding; anything else that is not a cosignature throws, and the job tries again.
 */
export async function askWitness({ storage, env }: LogContext, name: string): Promise<void> {
  const { sql } = storage;
  const witness = findWitness(env, name);
  // No longer configured: nothing is owed.
  if (witness === undefined) return;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const newest = newestPublished(sql);
    if (newest === null || isSettled(sql, name, newest.size)) return;
    const old = cosignedSize(sql, name);
    if (old > newest.size) {
      // Asked from the beginning next time: a word about a size far away must not be the last that it is asked for.
      sql.exec('UPDATE witness SET size = 0 WHERE name = ?', name);
      return keepFinding(sql, name, newest.size, `it has cosigned size ${old}, beyond the log`);
    }
    const proof = old === 0 || old === newest.size ? [] : consistencyIn(sql, old, newest.size);
    const answer = await callWitness(witness, { old, proof, checkpoint: newest.note });
    if (answer.status === 200) {
      const lines = await readCosignatures(answer.body, newest.note, [witness.key], verifySignature);
      if (!lines.ok) throw new Error(`witness ${name}: ${lines.detail}`);
      // One is enough: with as many as a note can hold, one witness would leave no room for the others.
      storage.transactionSync(() => keepCosignatures(sql, name, newest.size, lines.value.slice(0, 1)));
      return;
    }
    if (answer.status === 422) return keepFinding(sql, name, newest.size, 'the log does not continue what it has seen');
    if (answer.status !== 409) throw new Error(`witness ${name} answered ${answer.status}`);
    const told = answer.isSize ? readWitnessSize(answer.body) : null;
    const size = told?.ok === true ? told.value : null;
    // A conflict at the very size that it knows can only be about the root.
    if (old === newest.size && (size === null || size === old)) {
      return keepFinding(sql, name, newest.size, `it has cosigned another root at size ${old}`);
    }
    if (size === null || size === old) throw new Error(`witness ${name} answered 409 without another size`);
    sql.exec('INSERT INTO witness (name, size) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET size = ?2', name, size);
  }
  throw new Error(`witness ${name} told another size each time`);
}

function cosignedSize(sql: SqlStorage, name: string): number {
  const [row] = sql.exec<{ size: number }>('SELECT size FROM witness WHERE name = ?', name);
  return row?.size ?? 0;
}

function keepFinding(sql: SqlStorage, name: string, size: number, finding: string): void {
  console.error(JSON.stringify({ at: 'log.witness', witness: name, size, finding }));
  sql.exec(
    `INSERT INTO witness (name, size, finding, found_at) VALUES (?1, 0, ?2, ?3)
     ON CONFLICT (name) DO UPDATE SET finding = ?2, found_at = ?3`,
    name,
    finding,
    size,
  );
}

function keepCosignatures(sql: SqlStorage, name: string, size: number, lines: readonly string[]): void {
  for (const line of lines) {
    sql.exec('INSERT OR IGNORE INTO cosignature (size, witness, line) VALUES (?, ?, ?)', size, name, line);
  }
  sql.exec(
    'INSERT OR REPLACE INTO witness (name, size, cosigned_ms, finding, found_at) VALUES (?, ?, ?, NULL, NULL)',
    name,
    size,
    Date.now(),
  );
}
