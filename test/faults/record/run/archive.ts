import { createHash, webcrypto } from 'node:crypto';
import { buildArchive, type PersonRow, type Report, verifyArchive } from '../../../../domain/archive/index.ts';
import { readBundle } from '../../../../domain/log/index.ts';
import type { StoredRow } from '../../../../domain/ledger/index.ts';
import { type Files, filesOf, sourceOf } from '../../../support/archive.ts';
import { ask } from '../../run/http.ts';
import { isJson, type Json, listOf } from '../../run/reply.ts';
import { type Bout, eventually, get } from './bout.ts';
import { hurry, type Stage } from './stage.ts';

/**
 * The record of a bout as whoever may have it downloads it, once the server says that all of it is there. `hurried` where
 * it need not get there by itself.
 */
export async function download(stage: Stage, bout: Bout, hurried = false): Promise<Files> {
  const { url, people } = stage;
  const address = `${url}/api/archive/${bout.id}`;
  const look = async (): Promise<Json | null> => {
    const { json } = await get(address, people.supervisor);
    const paths = listOf(json, 'files').map(({ path }) => path);
    if (typeof json['archived_ms'] === 'number' && paths.includes('log.tlog-proof')) return json;
    if (typeof json['conflict'] === 'string') throw new Error(`${bout.id}: ${json['conflict']}`);
    return null;
  };
  const nudge = hurried ? async () => await hurry(stage, bout.id) : undefined;
  const facts = await eventually(`the archive of ${bout.id}`, look, nudge);
  const files: Files = new Map();
  await Promise.all(
    listOf(facts, 'files').map(async ({ path, sha256 }) => {
      const answer = await fetch(`${address}/${String(path)}`, {
        headers: { authorization: `Bearer ${people.supervisor}` },
      });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (!answer.ok || digest(bytes) !== sha256) throw new Error(`${bout.id}: ${String(path)} is not as it is listed`);
      files.set(String(path), bytes);
    }),
  );
  return files;
}

export function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** With the key from the key's own file, and every acknowledgement that was given. */
export async function verify({ key }: Stage, files: Files, receipts: Bout['receipts']): Promise<Report> {
  return await verifyArchive(sourceOf(files), {
    key,
    receipts,
    subtle: webcrypto.subtle,
    list: async () => [...files.keys()],
  });
}

/**
 * The archive that these entries make, by the code that made it, outside of the server and undisturbed. The bytes of the
 * entries are those of the bundle, which receipts and root have been held against.
 */
export function rebuilt(files: Files): Files {
  const rows = rowsIn(files);
  const people = listOf(jsonIn(files, 'metadata.json'), 'people').flatMap(({ id, name, salt }): PersonRow[] =>
    typeof id === 'string' && typeof name === 'string' && typeof salt === 'string' ? [{ id, name, salt }] : [],
  );
  const checkpoint = new TextDecoder().decode(fileIn(files, 'checkpoint'));
  return filesOf(buildArchive({ rows, people, checkpoint, rotations: [] }));
}

export function rowsIn(files: Files): readonly StoredRow[] {
  const [bundle] = [...files].filter(([path]) => path.startsWith('tile/entries/'));
  const leaves = readBundle(bundle?.[1] ?? new Uint8Array());
  if (!leaves.ok) throw new Error(leaves.detail);
  return leaves.value.map((bytes, index) => ({
    index,
    leaf: new TextDecoder().decode(bytes),
    hash: createHash('sha256').update(Buffer.of(0)).update(bytes).digest('hex'),
  }));
}

export function fileIn(files: Files, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Error(`There is no ${path}.`);
  return bytes;
}

function jsonIn(files: Files, path: string): Json {
  const value: unknown = JSON.parse(new TextDecoder().decode(fileIn(files, path)));
  if (!isJson(value)) throw new Error(`${path} is no object.`);
  return value;
}

/** What is wrong with a record that should be whole; empty where nothing is. */
export async function faultsOf(stage: Stage, bout: Bout, hurried = false): Promise<readonly string[]> {
  const files = await download(stage, bout, hurried);
  const report = await verify(stage, files, bout.receipts);
  const wrong = report.findings.map(({ code, file, index }) => `${code} ${file ?? ''} ${index ?? ''}`);
  if (report.verdict !== 'proven') wrong.push(`the verdict is ${report.verdict}`);
  if (report.facts.platformLog === null) wrong.push('it is not in the log of checkpoints');
  if (report.facts.receipts !== bout.receipts.length) wrong.push('not every receipt is in it');
  for (const [path, bytes] of rebuilt(files)) {
    const found = files.get(path);
    if (found === undefined || digest(found) !== digest(bytes)) wrong.push(`${path} is not what the entries make`);
  }
  return wrong.map((text) => `${bout.id}: ${text}`);
}

/**
 * Waits until a search finds the bout as an archived one. A message that a killed queue had is sent again after half a
 * minute, which is not waited for.
 */
export async function found(stage: Stage, bout: Bout): Promise<void> {
  const { url, people } = stage;
  const look = async (): Promise<true | null> => {
    const hits = listOf(await ask(`${url}/api/search?bout_id=${bout.id}`, 'GET', people.supervisor), 'hits');
    const isThere = hits.some(
      (hit) => hit['bout_id'] === bout.id && hit['archived'] === true && hit['sealed'] === true,
    );
    return isThere ? true : null;
  };
  await eventually(`${bout.id} in a search`, look, async () => await hurry(stage, bout.id));
}

/** Runs work on each, so many at once. */
export async function each<T, R>(list: readonly T[], work: (item: T) => Promise<R>, atOnce = 6): Promise<R[]> {
  const results: R[] = [];
  const left = list.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [i, item] of left) results[i] = await work(item);
    }),
  );
  return results;
}
