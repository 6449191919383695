import { createHash, webcrypto } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildArchive, verifyArchive } from '../../domain/archive/index.ts';
import { chainHash, sha256 } from '../../domain/ledger/index.ts';
import { bytesOfHex, expectedTiles, type Hash, rootOf } from '../../domain/log/index.ts';
import { verifierKeyOf } from '../../cli/log-key.ts';
import { ask, fillBout, leavesOf, makeBout, mintToken } from '../product.ts';
import { columnsOf, type Line, ms, type Table } from '../report.ts';
import { LOG_KEY } from '../servers/index.ts';
import type { Bench } from '../settings.ts';
import { compare } from '../stats.ts';

const SIZE = 10_000;

/** What a record costs: to seal and archive it, to make its files, to verify them. */
export async function benchRecord({ servers, effort, progress }: Bench): Promise<Table[]> {
  const boutId = 'recorded';
  progress(`a bout of ${SIZE} entries`);
  const { url } = servers.product;
  await makeBout(url, boutId);
  await fillBout(url, boutId, SIZE);
  progress('sealing and archiving it');
  const sealed = await sealBout(url, boutId);
  const files = await readFiles(url, sealed.token, boutId);
  const leaves = leavesOf(servers.productData, boutId);
  const rounds = effort.rounds * 2;
  const key = verifierKeyOf(LOG_KEY);
  const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);

  progress('making and verifying its files');
  const verify = async (): Promise<void> => {
    const source = async (path: string) => files.get(path) ?? null;
    const { verdict, findings } = await verifyArchive(source, { key, subtle: webcrypto.subtle });
    if (verdict !== 'proven') throw new Error(`The record is ${verdict}: ${findings[0]?.detail ?? ''}`);
  };
  const rows = leaves.map((leaf, index) => ({ index, leaf, hash: chainHash(sha256, leaf) }));
  const hashes = rows.map(({ hash }) => hashOf(hash));
  const checkpoint = new TextDecoder().decode(files.get('checkpoint'));
  const make = async (): Promise<void> => {
    for (const file of buildArchive({ rows, people: [], checkpoint, rotations: [] })) void file;
  };
  const hashAll = async (): Promise<void> => {
    for (const file of files.values()) createHash('sha256').update(file).digest();
  };
  const parse = async (): Promise<void> => {
    for (const leaf of leaves) JSON.stringify(JSON.parse(leaf));
  };
  const node = new Uint8Array(65);
  const hashNodes = async (): Promise<void> => {
    for (let i = 1; i < hashes.length; i += 1) createHash('sha256').update(node).digest();
  };
  const lines: Line[] = [
    { what: 'seal to complete archive', product: ms(sealed.tookMs), against: '', ratio: null, budget: null },
    await inTurns('verify the archive', rounds, verify, hashAll),
    await inTurns('make the archive', rounds, make, parse),
    await inTurns('root of the tree', rounds, async () => void rootOf(hashes), hashNodes),
  ];
  return [
    {
      title: 'The record',
      note: `A bout of ${SIZE.toLocaleString('en')} entries, ${files.size} files, ${(bytes / 1e6).toFixed(1)} MB. Verifying is held against OpenSSL hashing the same files once, making them against parsing and writing the entries once, the root against OpenSSL hashing as many nodes. In one process, ${rounds} rounds.`,
      lines,
    },
  ];
}

async function inTurns(
  what: string,
  rounds: number,
  ours: () => Promise<void>,
  theirs: () => Promise<void>,
): Promise<Line> {
  const took: [number[], number[]] = [[], []];
  // Once unseen: the code is compiled then.
  await ours();
  await theirs();
  for (let round = 0; round < rounds; round += 1) {
    took[0].push(await timeOf(ours));
    took[1].push(await timeOf(theirs));
  }
  return { what, ...columnsOf(compare(took[0], took[1]), ms), budget: null };
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function hashOf(hex: string): Hash {
  const bytes = bytesOfHex(hex);
  if (bytes === null) throw new Error(`${hex} is no hash.`);
  return bytes;
}

const PATIENCE_MS = 60_000;

/** Ends the bout as one that nobody won, seals it and waits for its archive. */
async function sealBout(url: string, boutId: string): Promise<{ readonly token: string; readonly tookMs: number }> {
  const base = `/api/bouts/${boutId}`;
  const first = await mintToken(url, { role: 'supervisor', subject: 'first' });
  const second = await mintToken(url, { role: 'supervisor', subject: 'second' });
  await ask(url, 'POST', `${base}/clock`, first, { action: 'end_round', round_id: 1 });
  await ask(url, 'POST', `${base}/finalize`, first, { method: 'NC', winner: 'no_contest', reason: 'a bench' });
  await ask(url, 'POST', `${base}/finalize`, second, { confirm: true });
  const start = performance.now();
  await ask(url, 'POST', `${base}/seal`, first, { reason: 'a bench' });
  for (;;) {
    const { archived_ms: archivedMs }: { archived_ms: number | null } = JSON.parse(
      await ask(url, 'GET', `/api/archive/${boutId}`, first),
    );
    const tookMs = performance.now() - start;
    if (archivedMs !== null) return { token: first, tookMs };
    if (tookMs > PATIENCE_MS) throw new Error(`${boutId} is not archived after ${PATIENCE_MS / 1000} s.`);
    await sleep(50);
  }
}

async function readFiles(url: string, token: string, boutId: string): Promise<Map<string, Uint8Array>> {
  const { files, entries }: { files: { path: string }[]; entries: number } = JSON.parse(
    await ask(url, 'GET', `/api/archive/${boutId}`, token),
  );
  const read = new Map<string, Uint8Array>();
  for (const { path } of files) {
    const response = await fetch(`${url}/api/archive/${boutId}/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    read.set(path, new Uint8Array(await response.arrayBuffer()));
  }
  for (const { path } of expectedTiles(entries)) if (!read.has(path)) throw new Error(`${path} is not in the archive.`);
  return read;
}
