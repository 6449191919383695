import { unzipSync } from 'fflate';
import type { ArchiveSource } from '../../../domain/archive/index.ts';

/** A bout's archive as it was given: its files by their path within it. */
export type Folder = {
  /** What the person knows it by. */
  readonly name: string;
  readonly source: ArchiveSource;
  readonly list: () => Promise<readonly string[]>;
};

/** A file of what was given, by its path from where it was taken. */
export type GivenFile = { readonly path: string; readonly bytes: () => Promise<Uint8Array> };

/**
 * The archives among files that were given: whatever folder holds a `checkpoint` is one. So a bout's own folder, the
 * folder of a whole night and everything above it are understood alike.
 */
export function foldersIn(files: readonly GivenFile[]): readonly Folder[] {
  const roots = files
    .map(({ path }) => path)
    .filter((path) => path === 'checkpoint' || path.endsWith('/checkpoint'))
    .map((path) => path.slice(0, -'checkpoint'.length))
    .toSorted();
  return roots.map((root) => {
    const own = new Map(
      files.filter(({ path }) => path.startsWith(root)).map((file) => [file.path.slice(root.length), file]),
    );
    return {
      name: root.slice(0, -1),
      source: async (path) => (await own.get(path)?.bytes()) ?? null,
      list: async () => [...own.keys()],
    };
  });
}

/** What was given at once, as far as it could be understood. */
export type Given = {
  readonly folders: readonly Folder[];
  /** Names of what holds no record: files and folders as they were given, not what lies in them. */
  readonly strays: readonly string[];
};

export function givenIn(files: readonly GivenFile[]): Given {
  const folders = foldersIn(files);
  const names = [...new Set(files.map(({ path }) => path.split('/')[0] ?? path))];
  const holds = (name: string): boolean =>
    folders.some((folder) => folder.name === '' || folder.name === name || folder.name.startsWith(`${name}/`));
  return { folders, strays: names.filter((name) => !holds(name)) };
}

/** More than any night unpacks to: what claims to be larger is not opened. */
const MOST_BYTES = 512 * 1024 * 1024;

/** What the zips that are given together have used up: their names, and the bytes that they may still unpack to. */
type Zips = { readonly names: Set<string>; room: number };

const newZips = (): Zips => ({ names: new Set(), room: MOST_BYTES });

/**
 * The files in a zip, as its directory has them: what a program unpacks, and the command line reads.
 * @throws Error where it is none, or would not fit into memory
 */
export async function filesInZip(zip: Blob, zips = newZips()): Promise<readonly GivenFile[]> {
  const seen = new Set<string>();
  const files = unzipSync(await bytesOf(zip), {
    filter: ({ name, originalSize }) => {
      // Which of the two another program unpacks nobody knows.
      if (seen.has(name)) throw new Error(`${name} stands in it twice`);
      seen.add(name);
      zips.room -= originalSize;
      if (zips.room < 0) throw new Error(`it unpacks to more than ${MOST_BYTES} bytes`);
      return !name.endsWith('/');
    },
  });
  return Object.entries(files).map(([path, bytes]) => ({ path, bytes: async () => await Promise.resolve(bytes) }));
}

/** What an `<input type="file">` was given: a folder's files know their path, others only their name. */
export async function filesChosen(chosen: Iterable<File>): Promise<readonly GivenFile[]> {
  const files: GivenFile[] = [];
  const zips = newZips();
  for (const file of chosen) files.push(...(await filesOf(file, file.webkitRelativePath || file.name, zips)));
  return files;
}

/**
 * A zip is a folder of its name: two copies of one record, given together, must not be mixed into one. `zips` are the
 * names of those that were given before it.
 */
async function filesOf(file: File, path: string, zips: Zips): Promise<readonly GivenFile[]> {
  if (!/\.zip$/i.test(file.name)) return [{ path, bytes: async () => await bytesOf(file) }];
  let name = path;
  for (let copy = 2; zips.names.has(name); copy += 1) name = `${path} (${copy})`;
  zips.names.add(name);
  const files = await filesInZip(file, zips).catch((error: unknown) => {
    // Of several that were given together, which one.
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  return files.map((within) => ({ ...within, path: `${name}/${within.path}` }));
}

/** Of a `DataTransfer`, what is read here. */
export type Dropped = {
  readonly items: Iterable<Pick<DataTransferItem, 'webkitGetAsEntry' | 'getAsFile'>>;
};

/** What was dropped: files, and folders with everything below them. */
export async function filesDropped(transfer: Dropped): Promise<readonly GivenFile[]> {
  // Asked for at once: the list is empty after the first wait.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? item.getAsFile() ?? []);
  const files: GivenFile[] = [];
  const zips = newZips();
  // A file from a mail or another page has no place in a file system.
  for (const entry of entries) {
    files.push(...(await (entry instanceof File ? filesOf(entry, entry.name, zips) : filesBelow(entry, zips))));
  }
  return files;
}

async function filesBelow(entry: FileSystemEntry, zips: Zips): Promise<readonly GivenFile[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (isFile(entry))
    return await filesOf(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)), path, zips);
  if (!isDirectory(entry)) return [];
  const reader = entry.createReader();
  const files: GivenFile[] = [];
  for (;;) {
    // A reader gives a hundred at a time, and nothing when it is through.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return files;
    for (const one of some) files.push(...(await filesBelow(one, zips)));
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
