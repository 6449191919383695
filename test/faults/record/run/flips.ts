import { workerData, parentPort } from 'node:worker_threads';
import { tilePath } from '../../../../domain/log/index.ts';
import type { Report } from '../../../../domain/archive/index.ts';
import {
  archiveOf,
  type Flip,
  flipAll,
  leafAt,
  newLogKey,
  rowsOf,
  sealBook,
  smallBout,
  type TestArchive,
} from '../../../support/archive.ts';

export type Share = { readonly part: number; readonly of: number; readonly stride: number };

export type Flipped = { readonly flips: number; readonly wrong: readonly string[] };

/** One process's share of the bits of a small archive, and what was not found where it was. */
export async function flipShare({ part, of, stride }: Share): Promise<Flipped> {
  const archive = await smallArchive();
  const wrong: string[] = [];
  const check = (flip: Flip, report: Report): void => {
    if (!isFound(archive, flip, report)) wrong.push(`${flip.path}, byte ${flip.byte}, bit ${flip.bit}`);
  };
  const flips = await flipAll(archive, check, () => stride, { part, of });
  return { flips, wrong };
}

export async function smallArchive(): Promise<TestArchive> {
  return await archiveOf(rowsOf(sealBook(smallBout())), newLogKey());
}

/**
 * The record is not proven, and the file is named: in the bundle of entries and in the tile of their hashes also the entry.
 * The verdict is `broken`, except that a changed version of a summary's writer only keeps the summary from being compared.
 */
function isFound({ files, rows }: TestArchive, { path, byte }: Flip, { verdict, findings }: Report): boolean {
  const named = findings.filter(({ file }) => file === path);
  if (verdict === 'proven' || named.length === 0) return false;
  if (path === tilePath(0, 0, rows.length)) return named.some(({ index }) => index === Math.floor(byte / 32));
  if (path !== tilePath('entries', 0, rows.length)) return true;
  const indices = named.flatMap(({ index }) => (index === null ? [] : [index]));
  return verdict === 'broken' && Math.min(...indices) === leafAt(files.get(path) ?? new Uint8Array(), byte);
}

if (parentPort !== null && workerData?.stride !== undefined) parentPort.postMessage(await flipShare(workerData));
