import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { Env } from '../env.ts';
import { presentFiles, type PresentFiles } from '../archive/present-proof.ts';
import type { ArchivePlace } from '../archive/read-archived.ts';

/** Folder of the archive in the zip; `:` is lawful in an id and in no Windows file name. */
export function folderOf({ boutId }: ArchivePlace): string {
  return boutId.replaceAll(':', '-');
}

/** Keys of an archive's files, in order. */
export async function archiveKeys(env: Env, { prefix }: ArchivePlace): Promise<readonly string[]> {
  const keys: string[] = [];
  let cursor: string | undefined;
  do {
    const page: R2Objects = await env.ARCHIVE.list({ prefix, ...(cursor === undefined ? {} : { cursor }) });
    keys.push(...page.objects.map(({ key }) => key));
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return keys;
}

/**
 * The files as a zip, one at a time: no more than one of them is in memory. Each carries the moment of the seal, so that
 * the same archive gives the same bytes, but for the proof once the log's key was replaced: that is then the log's of
 * today, as the record's own routes hand it over. A file that cannot be read breaks the stream off, which no reader takes for whole.
 */
export function zipOf(env: Env, place: ArchivePlace, keys: readonly string[]): ReadableStream<Uint8Array> {
  const parts: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error !== null) failure = error;
    else if (chunk.length > 0) parts.push(chunk);
  });
  let queue: readonly string[] = keys;
  let present: PresentFiles | null = null;
  let next = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (present === null) {
        present = await presentFiles(env, place);
        queue = [...new Set([...keys, ...[...present.keys()].map((path) => `${place.prefix}${path}`)])].toSorted();
      }
      while (parts.length === 0 && failure === null && next <= queue.length) {
        const key = queue[next];
        next += 1;
        if (key === undefined) zip.end();
        else addFile(zip, place, key, present.get(key.slice(place.prefix.length)) ?? (await readBytes(env, key)));
      }
      if (failure !== null) throw failure;
      for (const part of parts.splice(0)) controller.enqueue(part);
      if (next > queue.length) controller.close();
    },
  });
}

async function readBytes(env: Env, key: string): Promise<Uint8Array> {
  const file = await env.ARCHIVE.get(key);
  if (file === null) throw new Error(`${key} has gone from the archive`);
  return new Uint8Array(await file.arrayBuffer());
}

function addFile(zip: Zip, place: ArchivePlace, key: string, bytes: Uint8Array): void {
  const name = `${folderOf(place)}/${key.slice(place.prefix.length)}`;
  // Tiles are hashes, which nothing makes smaller.
  const isTile = /\/tile\/[0-9]/.test(name);
  const file = isTile ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
  file.mtime = place.sealedMs;
  zip.add(file);
  file.push(bytes, true);
}
