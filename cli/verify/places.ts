import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { ArchiveSource } from '../../domain/archive/index.ts';

/** A bout's record somewhere. */
export type Place = {
  /** How it is called in what is printed. */
  readonly name: string;
  readonly source: ArchiveSource;
  /** Null where the place cannot list its files. */
  readonly list: (() => Promise<readonly string[]>) | null;
};

/** Folders below the one that is named in which a record may lie: year, promotion, event, bout, and some to spare. */
const DEPTH = 8;

/**
 * The records in a folder or a zip, by name.
 * @throws Error where there is nothing that can be read, or no record in it
 */
export async function placesIn(path: string): Promise<readonly Place[]> {
  const whole = resolve(path);
  if (!existsSync(whole)) throw new Error(`There is no ${path}.`);
  const places = statSync(whole).isDirectory() ? foldersIn(whole) : await zippedIn(whole);
  if (places.length === 0)
    throw new Error(`${path} holds no bout's record: nowhere in it are a checkpoint and a tile folder.`);
  return places;
}

function foldersIn(root: string): Place[] {
  return recordsBelow(root, DEPTH).map((folder) => ({
    name: relative(root, folder) || basename(root),
    source: async (path) => {
      const file = join(folder, path);
      return existsSync(file) && statSync(file).isFile() ? new Uint8Array(readFileSync(file)) : null;
    },
    list: async () => filesBelow(folder),
  }));
}

function recordsBelow(folder: string, depth: number): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (isRecord(entries.map(({ name }) => name))) return [folder];
  if (depth === 0) return [];
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
    .flatMap((name) => recordsBelow(join(folder, name), depth - 1));
}

/** One of the two is enough: a record from which the other was taken away has to be called broken, not overlooked. */
function isRecord(names: readonly string[]): boolean {
  return names.includes('checkpoint') || names.includes('tile') || names.includes('event_log.json');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
    .toSorted();
}

/** So much a zip may hold unpacked: an archive of ten thousand entries is some 20 MB. */
const MAX_UNPACKED = 2_000_000_000;

async function zippedIn(path: string): Promise<Place[]> {
  const { unzipSync } = await import('fflate');
  let room = MAX_UNPACKED;
  const seen = new Set<string>();
  const files = unpack(path, (bytes) =>
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        // Which of the two another program unpacks nobody knows.
        if (seen.has(name)) throw new Error(`${name} stands in it twice`);
        seen.add(name);
        room -= originalSize;
        if (room < 0) throw new Error(`it would unpack to more than ${MAX_UNPACKED / 1e9} GB`);
        return true;
      },
    }),
  );
  const names = Object.keys(files).filter((name) => !name.endsWith('/'));
  const folders = new Set(names.flatMap((name) => parentsOf(name)));
  const records = [...folders].filter((folder) => isRecord(namesIn(names, folder))).toSorted();
  // The tile folder of a record holds nothing that is called as a record's files are, but who knows what was packed.
  const outer = records.filter((folder) => !records.some((other) => other !== folder && folder.startsWith(other)));
  return outer.map((folder) => ({
    name: folder === '' ? basename(path) : folder.slice(0, -1),
    source: async (file) => (Object.hasOwn(files, folder + file) ? (files[folder + file] ?? null) : null),
    list: async () => names.filter((name) => name.startsWith(folder)).map((name) => name.slice(folder.length)),
  }));
}

function unpack(path: string, open: (bytes: Uint8Array) => Record<string, Uint8Array>): Record<string, Uint8Array> {
  try {
    return open(new Uint8Array(readFileSync(path)));
  } catch (error) {
    throw new Error(`${path} is no zip that can be read: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  }
}

/** Every folder that a name stands in, each with its slash, the outermost (empty) first. */
function parentsOf(name: string): string[] {
  const parts = name.split('/').slice(0, -1);
  return ['', ...parts.map((_part, at) => `${parts.slice(0, at + 1).join('/')}/`)];
}

function namesIn(names: readonly string[], folder: string): string[] {
  return names
    .filter((name) => name.startsWith(folder))
    .map((name) => name.slice(folder.length).split('/', 1)[0] ?? '');
}
