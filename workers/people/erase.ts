import { segmentOf } from '../../domain/key-segment.ts';
import { deletable, exportsPrefix } from '../../domain/storage/index.ts';
import type { FoundHere } from '../../objects/bout/index.ts';
import type { ErasedBout, Erasure, ErasureWork } from '../../objects/platform/index.ts';
import { platformOf } from '../auth/platform.ts';
import { boutOf } from '../bouts.ts';
import type { Env } from '../env.ts';
import { listObjects } from '../storage/list.ts';
import { eraseFromMetadata } from './metadata.ts';

/** Bouts that are asked at the same time, and noted together. */
const PAGE = 20;

/** Bouts of one request or one minute: what a request may call is limited. What is left is gone on with later. */
const AT_MOST = 100;

const EXPORT_PAGES = 5;

/**
 * Goes on with an erasure until it is done, or what one request may do is used up. Each step may be done again, and two
 * who drive the same erasure do no harm; what was done is noted page by page.
 */
export async function driveErasure(env: Env, erasureId: string): Promise<Erasure | null> {
  const platform = platformOf(env);
  for (let done = 0; done < AT_MOST; done += PAGE) {
    const work = await platform.erasureWork(erasureId, PAGE);
    if (work === null) break;
    // What stands in the way of a bout has not gone within a second: once is enough for each of them here.
    const waiting = done === 0 ? work.waiting : [];
    const bouts = [...new Set([...waiting, ...work.fresh])];
    if (bouts.length === 0) break;
    const found = await Promise.all(bouts.map(async (boutId) => await eraseInBout(env, work, boutId)));
    await platform.noteErasure({ erasureId, sweptTo: work.sweptTo, bouts: found.flatMap((one) => one ?? []) });
  }
  return await platform.erasure(erasureId);
}

/** By the clock: whatever a request left unfinished, or a crash. A failure of one is told and stops no other. */
export async function continueErasures(env: Env): Promise<void> {
  for (const erasureId of await platformOf(env).openErasures()) {
    try {
      await driveErasure(env, erasureId);
    } catch (error) {
      console.error(JSON.stringify({ at: 'erasure', erasure: erasureId, error: String(error) }));
    }
  }
}

/**
 * All that one bout holds: first the object, from which everything else is made, then what was made. Null where the
 * person is not in it. A crash between two steps leaves the bout unnoted, and all steps are done again.
 */
async function eraseInBout(env: Env, of: ErasureWork, boutId: string): Promise<ErasedBout | null> {
  try {
    const { personId } = of;
    const here = await boutOf(env, boutId).erasePerson({ personId, alone: of.boutId !== null, dryRun: false });
    if (!here.ok) return { boutId, done: false, detail: here.detail };
    if (!here.value.found) return null;
    return { boutId, ...(await eraseCopies(env, boutId, here.value)) };
  } catch (error) {
    return { boutId, done: false, detail: `It could not be reached: ${String(error)}` };
  }
}

async function eraseCopies(
  env: Env,
  boutId: string,
  { places, archive, prefix, promotion }: FoundHere,
): Promise<Omit<ErasedBout, 'boutId'>> {
  const keys = places.map(({ key }) => key);
  if (archive === 'made') await eraseFromMetadata(env, prefix, keys);
  await deleteExports(env, promotion, boutId);
  await env.INDEX_QUEUE.send({ bout_id: boutId });
  return archive === 'making'
    ? { done: false, detail: 'Its archive is being made; metadata.json is rewritten once it is there.' }
    : { done: true, detail: null };
}

/** Made again when asked for, without the name. Throws where some are left. */
async function deleteExports(env: Env, promotion: string, boutId: string): Promise<void> {
  const prefix = exportsPrefix(segmentOf(promotion), boutId);
  for (let after: string | null = null; ;) {
    const { objects, next } = await listObjects(env.ARCHIVE, { prefix, after, pages: EXPORT_PAGES });
    const keys = objects.flatMap(({ key }) => deletable(key) ?? []);
    for (let at = 0; at < keys.length; at += DELETE_BATCH) await env.ARCHIVE.delete(keys.slice(at, at + DELETE_BATCH));
    if (keys.length < objects.length) throw new Error(`${prefix} holds what is no export`);
    if (next === null) return;
    after = next;
  }
}

/** So many keys R2 deletes in one call. */
const DELETE_BATCH = 1_000;
