import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import {
  ed25519,
  type Hash,
  keyFor,
  leafHash,
  openCheckpoint,
  type OpenedCheckpoint,
  parseProof,
  signRotation,
  type VerifierKey,
  verifyProof,
} from '../../../domain/log/index.ts';
import { sha256Bytes, utf8Bytes } from '../../../domain/ledger/index.ts';
import type { Outcome } from '../../../domain/refusal.ts';
import { boutOrigin, type LogKey, logOrigin, readLogKey, signCheckpoint } from '../../../objects/log-key.ts';
import { Platform } from '../../../objects/platform/index.ts';
import type { AddedCheckpoint, LogEnv } from '../../../objects/platform/index.ts';
import { generateLogKey } from '../../../cli/secrets.ts';
import { ANCHOR_KEY } from '../../../objects/platform/log/anchor.ts';
import { freshId } from '../support.ts';

export const { verify } = ed25519(crypto.subtle);

export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.detail);
  return outcome.value;
}

/** The key of the Worker under test. */
export function testKey(): LogKey {
  return value(readLogKey(env));
}

/** A platform of its own, and no anchor of the one before: all platforms of these tests share a bucket and a key. */
export async function freshPlatform(): Promise<DurableObjectStub<Platform>> {
  await env.ARCHIVE.delete(ANCHOR_KEY);
  return env.PLATFORM.getByName(freshId('platform'));
}

/** Some root; the log does not know what a bout's tree is over. */
export function rootFor(seed: string): Hash {
  return sha256Bytes(utf8Bytes(seed));
}

/** A bout's signed checkpoint. */
export async function boutNote(boutId: string, size: number, seed = boutId, key = testKey()): Promise<string> {
  return await signCheckpoint(key, { origin: boutOrigin(key, boutId), size, root: rootFor(`${seed} ${size}`) });
}

export type Adding = Pick<Platform, 'addCheckpoint'> | DurableObjectStub<Platform>;

export async function add(to: Adding, boutId: string, size: number, seed?: string): Promise<AddedCheckpoint> {
  return value<AddedCheckpoint>(await to.addCheckpoint({ boutId, note: await boutNote(boutId, size, seed) }));
}

export function keyOf(origin: string, deployment = testKey().deployment): VerifierKey {
  return value(keyFor(deployment, origin));
}

/** The log's checkpoint as a verifier opens it who was given the deployment's key. */
export async function openLog(
  note: string | null,
  deployment = testKey().deployment,
  witnesses: readonly VerifierKey[] = [],
): Promise<OpenedCheckpoint> {
  return value(await openCheckpoint(note ?? '', keyOf(logOrigin(deployment), deployment), verify, witnesses));
}

/** Whether a proof file leads from this note, as a leaf, to a checkpoint of the log. */
export async function opensProof(
  proof: string | null,
  note: string,
  deployment = testKey().deployment,
): Promise<OpenedCheckpoint> {
  const leaf = leafHash(utf8Bytes(note));
  return value(
    await verifyProof(value(parseProof(proof ?? '')), leaf, keyOf(logOrigin(deployment), deployment), verify),
  );
}

export type Row = Record<string, SqlStorageValue>;

export async function query(stub: DurableObjectStub<Platform>, sql: string, ...values: unknown[]): Promise<Row[]> {
  return await runInDurableObject(stub, (_instance, { storage }) => storage.sql.exec<Row>(sql, ...values).toArray());
}

/**
 * The platform as another configuration of the Worker would run it, over the same storage. Its alarm is the tests' to
 * run: one that came by itself would find the Worker's own configuration.
 */
export async function asConfigured<T>(
  stub: DurableObjectStub<Platform>,
  over: Partial<LogEnv>,
  act: (platform: Platform, state: DurableObjectState) => Promise<T>,
): Promise<T> {
  return await runInDurableObject(stub, async (_instance, state) => {
    const setAlarm = vi.spyOn(state.storage, 'setAlarm').mockResolvedValue();
    try {
      await state.storage.deleteAlarm();
      return await act(new Platform(state, { ...env, ...over }), state);
    } finally {
      setAlarm.mockRestore();
    }
  });
}

export type Rotated = { readonly LOG_KEY: string; readonly LOG_ROTATIONS: string };

/** A next key of the same name, and the notes that lead to it. */
export async function rotate(from: LogKey = testKey()): Promise<Rotated> {
  const LOG_KEY = generateLogKey(from.name);
  const to = value(readLogKey({ LOG_KEY }));
  const note = await signRotation({ key: from.deployment, sign: from.sign }, { key: to.deployment, sign: to.sign });
  return { LOG_KEY, LOG_ROTATIONS: JSON.stringify([...from.rotations, note]) };
}

/** The platform after a crash: whatever was in memory is gone. */
export async function crashed(stub: DurableObjectStub<Platform>): Promise<DurableObjectStub<Platform>> {
  await abortAllDurableObjects();
  return env.PLATFORM.get(stub.id);
}

/** Keeps what is expected to be complained about out of the tests' output, and gives it. */
export function complaints(): { readonly lines: () => string } {
  const spy = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  return { lines: () => spy.mock.calls.flat().join('\n') };
}

/** Does every owed job now, as time would. */
export async function runDue(stub: DurableObjectStub<Platform>): Promise<void> {
  await runInDurableObject(stub, async (_instance, { storage }) => {
    storage.sql.exec('UPDATE job SET due_ms = 1');
    // Far enough that nobody but the next line runs it.
    await storage.setAlarm(Date.now() + 60_000);
  });
  await runDurableObjectAlarm(stub);
}

/** The bucket of the tests, of which these methods fail as if R2 were away. */
export function brokenBucket(...broken: readonly ('get' | 'put')[]): R2Bucket {
  return new Proxy(env.ARCHIVE, {
    get: (bucket, name) => {
      if (broken.some((method) => method === name)) {
        return async () => await Promise.reject(new Error(`R2 ${String(name)} is away`));
      }
      const member: unknown = Reflect.get(bucket, name);
      return typeof member === 'function' ? member.bind(bucket) : member;
    },
  });
}
