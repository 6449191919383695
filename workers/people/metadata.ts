import type { Env } from '../env.ts';

/** A line of `people` in an archive's metadata.json. */
const PERSON_KEYS = ['commitment', 'id', 'name', 'salt'].join();

export type Rewritten = 'rewritten' | 'unchanged';

/**
 * The text of metadata.json with name and salt of these people null; every other byte stays. Null where the text is not
 * one that the archive writes, or would not say the same of everything else afterwards.
 */
export function withoutPeople(text: string, keys: readonly string[]): string | null {
  // Each person stands on a line of their own: what is not touched need not be written again.
  const lines = text.split('\n').map((line) => {
    const comma = line.endsWith(',') ? ',' : '';
    const person = personOf(comma === '' ? line : line.slice(0, -1));
    if (person === null || !keys.includes(person.id)) return line;
    return `${JSON.stringify({ id: person.id, name: null, salt: null, commitment: person.commitment })}${comma}`;
  });
  const next = lines.join('\n');
  return isErased(text, next, keys) ? next : null;
}

function personOf(line: string): { readonly id: string; readonly commitment: string } | null {
  if (!line.startsWith('{"id":')) return null;
  const value = parse(line);
  if (value === null || Object.keys(value).toSorted().join() !== PERSON_KEYS) return null;
  const { id, commitment } = value;
  return typeof id === 'string' && typeof commitment === 'string' ? { id, commitment } : null;
}

/** Reads both and compares them by what they mean: a line that was missed, or one too many, is found here. */
function isErased(before: string, after: string, keys: readonly string[]): boolean {
  const [was, is] = [parse(before), parse(after)];
  if (was === null || is === null || !Array.isArray(was['people'])) return false;
  const people: unknown[] = was['people'];
  const expected = people.map((person) =>
    isRecord(person) && typeof person['id'] === 'string' && keys.includes(person['id'])
      ? { ...person, name: null, salt: null }
      : person,
  );
  return JSON.stringify({ ...was, people: expected }) === JSON.stringify(is);
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Somebody else may be erased from the same file at the same moment. */
const TRIES = 4;

/**
 * Rewrites metadata.json of an archive without these people, on condition that nobody else has written it meanwhile, and
 * looks afterwards whether every other file is what it was. Throws an Error where that is not so, or where the file is
 * missing or none that the archive writes; what has been written then stays, and is recognised the next time.
 */
export async function eraseFromMetadata(env: Env, folder: string, keys: readonly string[]): Promise<Rewritten> {
  const key = `${folder}metadata.json`;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = await filesOf(env, folder, key);
    const object = await env.ARCHIVE.get(key);
    if (object === null) throw new Error(`there is no ${key}`);
    const text = await object.text();
    const next = withoutPeople(text, keys);
    if (next === null) throw new Error(`${key} is not what the archive writes; it was left as it is`);
    if (next === text) return 'unchanged';
    const written = await env.ARCHIVE.put(key, next, {
      onlyIf: { etagMatches: object.etag },
      ...(object.httpMetadata === undefined ? {} : { httpMetadata: object.httpMetadata }),
      ...(object.customMetadata === undefined ? {} : { customMetadata: object.customMetadata }),
    });
    if (written === null) continue;
    const after = await filesOf(env, folder, key);
    for (const [path, etag] of before) {
      // A file may have come meanwhile (a time stamp); none may be gone or other than it was.
      if (after.get(path) !== etag) throw new Error(`${path} is not what it was before ${key} was rewritten`);
    }
    return 'rewritten';
  }
  throw new Error(`${key} was written by others ${TRIES} times in a row`);
}

/** Every other file of the folder by its etag, which R2 makes from the bytes. */
async function filesOf(env: Env, folder: string, except: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = await env.ARCHIVE.list({ prefix: folder, ...(cursor === undefined ? {} : { cursor }) });
    for (const { key, etag } of page.objects) if (key !== except) files.set(key, etag);
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return files;
}
