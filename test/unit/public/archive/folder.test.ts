import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  filesChosen,
  filesDropped,
  filesInZip,
  foldersIn,
  givenIn,
  type GivenFile,
} from '../../../../public/archive/check/folder.ts';

const utf8 = new TextEncoder();

function fileOf(path: string, text = path): GivenFile {
  return { path, bytes: async () => utf8.encode(text) };
}

function zipOf(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, utf8.encode(text)]))).slice();
}

async function textOf(bytes: Promise<Uint8Array | null>): Promise<string | null> {
  const found = await bytes;
  return found === null ? null : new TextDecoder().decode(found);
}

describe('what was given', () => {
  it('holds an archive in whatever folder a checkpoint lies', async () => {
    const folders = foldersIn([
      fileOf('night/bout-2/checkpoint', 'of 2'),
      fileOf('night/bout-1/checkpoint', 'of 1'),
      fileOf('night/bout-1/tile/entries/000', 'leaves'),
      fileOf('night/notes.txt'),
    ]);
    expect(folders.map(({ name }) => name)).toEqual(['night/bout-1', 'night/bout-2']);
    const [first] = folders;
    expect(await first?.list()).toEqual(['checkpoint', 'tile/entries/000']);
    expect(await textOf(first?.source('checkpoint') ?? Promise.resolve(null))).toBe('of 1');
    expect(await first?.source('metadata.json')).toBeNull();
  });

  it('holds none without a checkpoint', () => {
    expect(foldersIn([fileOf('tile/entries/000'), fileOf('my-checkpoint')])).toEqual([]);
  });

  it('keeps two zips of one name apart, as two mails bring them', async () => {
    const zip = (text: string) => new File([zipOf({ checkpoint: text })], 'record.zip');
    const { folders } = givenIn(await filesChosen([zip('good'), zip('bad'), zip('ugly')]));
    const read = folders.map(async ({ name, source }) => [name, await textOf(source('checkpoint'))] as const);
    expect(Object.fromEntries(await Promise.all(read))).toEqual({
      'record.zip': 'good',
      'record.zip (2)': 'bad',
      'record.zip (3)': 'ugly',
    });
  });

  it('keeps two copies of one record apart, though both zips name their folder alike', async () => {
    const files = await filesChosen([
      new File([zipOf({ 'bout/checkpoint': 'good' })], 'mine.zip'),
      new File([zipOf({ 'bout/checkpoint': 'other' })], 'theirs.ZIP'),
    ]);
    const folders = foldersIn(files);
    expect(folders.map(({ name }) => name)).toEqual(['mine.zip/bout', 'theirs.ZIP/bout']);
    expect(await Promise.all(folders.map(async ({ source }) => await textOf(source('checkpoint'))))).toEqual([
      'good',
      'other',
    ]);
  });
});

describe('what was given and is none', () => {
  it('is named as it was given, not by what lies in it', () => {
    const { folders, strays } = givenIn([
      fileOf('scorecard.pdf'),
      fileOf('night/bout-1/checkpoint'),
      fileOf('night/notes.txt'),
      fileOf('pictures/a.jpg'),
      fileOf('pictures/b.jpg'),
    ]);
    expect(folders.map(({ name }) => name)).toEqual(['night/bout-1']);
    expect(strays).toEqual(['scorecard.pdf', 'pictures']);
  });

  it('is nothing where the files of one bout were given without their folder', () => {
    expect(givenIn([fileOf('checkpoint'), fileOf('tile/entries/000')]).strays).toEqual([]);
  });
});

describe('what was dropped', () => {
  it('is taken as a file where it has no place in a file system, and text is nothing', async () => {
    const zip = new File([zipOf({ 'bout/checkpoint': 'note' })], 'from-a-mail.zip');
    const dropped = (file: File | null) => ({ webkitGetAsEntry: () => null, getAsFile: () => file });
    const files = await filesDropped({ items: [dropped(zip), dropped(null)] });
    expect(files.map(({ path }) => path)).toEqual(['from-a-mail.zip/bout/checkpoint']);
  });
});

describe('a zip', () => {
  it('gives back every byte of its files, and no folders', async () => {
    const text = 'a line of an entry\n'.repeat(20_000);
    const files = await filesInZip(new Blob([zipOf({ 'bout/': '', 'bout/event_log.json': text, 'bout/empty': '' })]));
    expect(files.map(({ path }) => path).toSorted()).toEqual(['bout/empty', 'bout/event_log.json']);
    const log = files.find(({ path }) => path === 'bout/event_log.json');
    expect(await textOf(log?.bytes() ?? Promise.resolve(null))).toBe(text);
  });

  it('is refused by its name where it is none', async () => {
    await expect(filesChosen([new File(['no zip at all'], 'holiday.zip')])).rejects.toThrow('holiday.zip: invalid zip');
    await expect(filesInZip(new Blob(['no zip at all']))).rejects.toThrow('invalid zip data');
  });

  it('is what its directory says, and refused where that names a file twice', async () => {
    const [shown, hidden] = ['one', 'two'].map((text) => zipOf({ 'bout/checkpoint': text }));
    if (shown === undefined || hidden === undefined) throw new Error('zips');
    const start = new DataView(hidden.buffer, hidden.byteOffset).getUint32(hidden.length - 6, true);
    const end = hidden.slice(start);
    new DataView(end.buffer).setUint32(end.length - 6, hidden.length - end.length + shown.length, true);
    const files = await filesInZip(new Blob([hidden.slice(0, start), shown, end]));
    expect(await Promise.all(files.map(async ({ bytes }) => await textOf(bytes())))).toEqual(['two']);
    const twice = Uint8Array.from(zipOf({ 'bout/a': '1', 'bout/b': '2' }), (byte) => (byte === 98 ? 97 : byte));
    await expect(filesInZip(new Blob([twice]))).rejects.toThrow('twice');
  });
});
