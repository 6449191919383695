import * as z from 'zod';
import { type ArchivedPerson, readSealedBout, type SealedBout } from '../../domain/export/index.ts';
import { utf8Bytes } from '../../domain/ledger/index.ts';
import {
  expectedTiles,
  leafHash,
  parseCheckpoint,
  parseNote,
  readBundle,
  rootOf,
  sameBytes,
  textOfUtf8,
} from '../../domain/log/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import { boutScopeRefusal } from '../auth/scope.ts';
import { boutOf } from '../bouts.ts';
import type { Env } from '../env.ts';

/** Parts of a release policy; an export of one part needs that part alone, the whole record all of them. */
export const PARTS = ['statistics', 'scorecards', 'recommendation'] as const;

export type Part = (typeof PARTS)[number];

/** Where a sealed bout's archive lies; `prefix` ends with a slash. */
export type ArchivePlace = {
  readonly boutId: string;
  readonly prefix: string;
  readonly entries: number;
  readonly sealedMs: number;
};

/**
 * Finds a bout's archive for a caller who may have these parts of it. Refusals: the bout's own (who may not, `conflict`
 * while it is not sealed), and `unavailable` while its files are on their way to the store.
 */
export async function findArchive(
  env: Env,
  caller: Caller | null,
  boutId: string,
  parts: readonly Part[],
): Promise<Outcome<ArchivePlace>> {
  const outside = boutScopeRefusal(caller, boutId);
  if (outside !== null) return outside;
  const facts = await boutOf(env, boutId).archiveFacts(caller, parts);
  if (!facts.ok) return facts;
  const { prefix, entries, sealedMs, archivedMs, conflict } = facts.value;
  if (conflict !== null) return refuse('unavailable', `The bout’s archive could not be completed: ${conflict}`);
  if (archivedMs === null) return refuse('unavailable', 'The bout is sealed; its archive is still being written.');
  return ok({ boutId, prefix, entries, sealedMs });
}

/** Everything of the archive that an export is made of, checked against its own checkpoint. */
export async function readArchived(env: Env, place: ArchivePlace): Promise<Outcome<SealedBout>> {
  const [checkpoint, people] = await Promise.all([readCheckpoint(env, place), readPeople(env, place)]);
  if (!checkpoint.ok) return checkpoint;
  if (!people.ok) return people;
  const leaves = await readLeaves(env, place, checkpoint.value.root);
  return leaves.ok ? readSealedBout(leaves.value, people.value, checkpoint.value.text) : leaves;
}

/** Names as they are kept now: an erasure writes the file anew. */
export async function readPeople(env: Env, place: ArchivePlace): Promise<Outcome<readonly ArchivedPerson[]>> {
  const file = await readText(env, place, 'metadata.json');
  if (!file.ok) return file;
  const parsed = metadataSchema.safeParse(objectOf(file.value));
  return parsed.success ? ok(parsed.data.people) : broken('metadata.json names no people');
}

const metadataSchema = z.object({
  people: z.array(
    z.object({ id: z.string(), name: z.string().nullable(), salt: z.string().nullable(), commitment: z.string() }),
  ),
});

function objectOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The key of a document that is made again whenever it is asked for. */
export function exportKey({ prefix, boutId }: ArchivePlace, name: string): string {
  const [, , , promotion = '-'] = prefix.split('/');
  return `exports/${promotion}/${boutId}/${name}`;
}

async function readCheckpoint(
  env: Env,
  place: ArchivePlace,
): Promise<Outcome<{ readonly text: string; readonly root: Uint8Array }>> {
  const file = await readText(env, place, 'checkpoint');
  if (!file.ok) return file;
  const note = parseNote(file.value);
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!checkpoint.ok) return broken(checkpoint.detail);
  const { size, root } = checkpoint.value;
  // A checkpoint of an earlier moment would give an export of half a bout, and it would look whole.
  return size === place.entries ? ok({ text: file.value, root }) : broken(`its checkpoint is over ${size} entries`);
}

/** What does not give the root of the checkpoint is evidence: no official document is made of it. */
async function readLeaves(env: Env, place: ArchivePlace, root: Uint8Array): Promise<Outcome<readonly string[]>> {
  const bundles = [...expectedTiles(place.entries)].filter(({ level }) => level === 'entries');
  const leaves: string[] = [];
  for (const { path, width } of bundles) {
    const file = await env.ARCHIVE.get(place.prefix + path);
    const bundle = file === null ? null : readBundle(new Uint8Array(await file.arrayBuffer()));
    if (bundle === null || !bundle.ok || bundle.value.length !== width) return broken(`${path} is missing or damaged`);
    for (const bytes of bundle.value) {
      const leaf = textOfUtf8(bytes);
      if (leaf === null) return broken(`${path} holds what is no text`);
      leaves.push(leaf);
    }
  }
  const computed = rootOf(leaves.map((leaf) => leafHash(utf8Bytes(leaf))));
  return sameBytes(computed, root) ? ok(leaves) : broken('its entries do not give the root of its checkpoint');
}

async function readText(env: Env, place: ArchivePlace, path: string): Promise<Outcome<string>> {
  const file = await env.ARCHIVE.get(place.prefix + path);
  const text = file === null ? null : textOfUtf8(new Uint8Array(await file.arrayBuffer()));
  return text === null ? broken(`${path} is missing or no text`) : ok(text);
}

function broken(detail: string): Outcome<never> {
  return refuse('unavailable', `The archive does not check out: ${detail}. Verify it before anything is made of it.`);
}
