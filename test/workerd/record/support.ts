import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { type Report, verifyArchive } from '../../../domain/archive/index.ts';
import { formatVerifierKey, keyFor, openCheckpoint, ed25519, type Checkpoint } from '../../../domain/log/index.ts';
import { BOUT_MIGRATIONS } from '../../../objects/bout/index.ts';
import type { BoutContext, BoutEnv } from '../../../objects/bout/context.ts';
import { createFanOut } from '../../../objects/bout/sockets/fan-out.ts';
import { openLedger } from '../../../objects/bout/ledger/ledger.ts';
import { createSocketTaps } from '../../../objects/bout/sockets/taps.ts';
import { boutOrigin, type LogKey, readLogKey } from '../../../objects/log-key.ts';
import { migrate } from '../../../objects/migrate.ts';
import { boutStub, change, type TestBout, until } from '../bout/support.ts';
import { BUSY, accepted, entered, finalized, firstBell, type Night, openNight, ruled } from '../judging/support.ts';
import { call, type Json } from '../support.ts';

/** A bout that ended in the first round, whose result is official. */
export async function decidedNight(over: Json = {}): Promise<Night> {
  const night = await openNight(over);
  await firstBell(night, 1);
  await entered(night, 1, BUSY);
  await ruled(night, { kind: 'stoppage', round_id: 1, fighter_id: 'fighter1', method: 'TKO', time_ms: 1_000 });
  await finalized(night);
  return night;
}

export async function sealNow(night: TestBout, body: Json = {}): Promise<Json> {
  return accepted(await change(night, 'seal', body));
}

/** What the object's own tables say of the record. */
export type Stored = {
  readonly archived_ms: number | null;
  readonly conflict: string | null;
  readonly fork: string | null;
  readonly anchored: number;
};

export async function stored(night: TestBout): Promise<Stored> {
  return await rows<Stored>(night, 'SELECT archived_ms, conflict, fork, anchored FROM record').then(one);
}

export async function rows<T extends Record<string, SqlStorageValue>>(
  night: TestBout,
  query: string,
  ...values: readonly SqlStorageValue[]
): Promise<readonly T[]> {
  return await runInDurableObject(boutStub(night.boutId), (_bout, { storage }) =>
    storage.sql.exec<T>(query, ...values).toArray(),
  );
}

export function one<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined || list.length !== 1) throw new Error(`${list.length} where there should be one`);
  return first;
}

export async function sizes(night: TestBout): Promise<readonly number[]> {
  return (await rows<{ size: number }>(night, 'SELECT size FROM checkpoint ORDER BY size')).map(({ size }) => size);
}

const OURS = "id IN ('checkpoint', 'publish', 'archive', 'timestamp')";

/** Every job of the record that is owed, and what it owes in turn, until each is done or has failed once more. */
export async function work(bout: TestBout): Promise<void> {
  await rows(bout, `UPDATE job SET due_ms = 1, attempts = 0 WHERE ${OURS}`);
  for (;;) {
    await boutStub(bout.boutId).settle();
    const left = await rows(bout, `SELECT id FROM job WHERE ${OURS} AND attempts = 0`);
    if (left.length === 0) return;
    await rows(bout, `UPDATE job SET due_ms = 1 WHERE ${OURS} AND attempts = 0`);
  }
}

export async function archived(night: TestBout): Promise<void> {
  await until(async () => {
    await boutStub(night.boutId).settle();
    return (await stored(night)).archived_ms !== null;
  });
}

export function logKey(): LogKey {
  const key = readLogKey(env);
  if (!key.ok) throw new Error(key.detail);
  return key.value;
}

/** A note of the bout that must verify under the deployment's key. */
export async function opened(night: TestBout, note: string): Promise<Checkpoint> {
  const key = keyFor(logKey().deployment, boutOrigin(logKey(), night.boutId));
  if (!key.ok) throw new Error(key.detail);
  const read = await openCheckpoint(note, key.value, ed25519(crypto.subtle).verify);
  if (!read.ok) throw new Error(read.detail);
  return read.value.checkpoint;
}

export async function anchorOf(night: TestBout): Promise<string | null> {
  return (await (await env.ARCHIVE.get(`anchors/${night.boutId}`))?.text()) ?? null;
}

export async function prefixOf(night: TestBout): Promise<string> {
  const facts = await boutStub(night.boutId).archiveFacts({
    subject: 'sue',
    role: 'admin',
    seat: null,
    device: null,
    boutId: null,
    cardId: null,
    corners: null,
    aspects: null,
    tokenId: 't',
    expiresMs: Number.MAX_SAFE_INTEGER,
  });
  if (!facts.ok) throw new Error(facts.detail);
  return facts.value.prefix;
}

/** Every file of the bout's archive as it lies in the bucket, by its path. */
export async function files(night: TestBout): Promise<ReadonlyMap<string, Uint8Array>> {
  const prefix = await prefixOf(night);
  const found = new Map<string, Uint8Array>();
  for (const { key } of (await env.ARCHIVE.list({ prefix })).objects) {
    const object = await env.ARCHIVE.get(key);
    if (object !== null) found.set(key.slice(prefix.length), new Uint8Array(await object.arrayBuffer()));
  }
  return found;
}

/** What somebody finds who is given the archive and the deployment's key. */
export async function verified(
  night: TestBout,
  receipts: readonly { readonly index: number; readonly hash: string }[] = [],
): Promise<Report> {
  const archive = await files(night);
  return await verifyArchive((path) => Promise.resolve(archive.get(path) ?? null), {
    key: formatVerifierKey(logKey().deployment),
    receipts,
    subtle: crypto.subtle,
  });
}

export async function text(path: string, token?: string): Promise<{ readonly status: number; readonly text: string }> {
  return await call('GET', path, token === undefined ? {} : { token });
}

/** A second life of the object beside the first, with other bindings. */
export async function beside(
  bout: TestBout,
  bindings: BoutEnv,
  test: (context: BoutContext, sql: SqlStorage) => Promise<void>,
): Promise<void> {
  await runInDurableObject(boutStub(bout.boutId), async (_instance, state) => {
    migrate(state.storage, BOUT_MIGRATIONS);
    const context: BoutContext = {
      boutId: bout.boutId,
      ctx: state,
      env: bindings,
      ledger: openLedger(state.storage),
      fanOut: createFanOut(),
      offsets: new Map(),
      socketTaps: createSocketTaps(),
    };
    await test(context, state.storage.sql);
  });
}
