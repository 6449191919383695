import { type Orphan, planOf, readKey, type StoredObject, type Usage, usageOf } from '../../domain/storage/index.ts';
import type { PlatformUsage } from '../../objects/platform/index.ts';
import { platformOf } from '../auth/platform.ts';
import type { Env } from '../env.ts';
import { listObjects } from './list.ts';

/** Listings of one answer: 20,000 objects, which are a few hundred sealed bouts. */
const PAGES = 20;

/** Orphans that are named; how many there are besides is counted. */
export const NAMED_ORPHANS = 100;

export type StorageUsage = {
  readonly asOfMs: number;
  readonly usage: readonly Usage[];
  /** Where the next answer begins; null where the sums are of the whole bucket, or of its rest. */
  readonly next: string | null;
  readonly orphans: { readonly count: number; readonly bytes: number; readonly first: readonly Orphan[] };
  /** Null where that part did not say. */
  readonly indexBytes: number | null;
  readonly platform: PlatformUsage | null;
};

/** Sums of what the bucket lists now, from `after` on; nothing is kept between two calls. */
export async function readUsage(env: Env, after: string | null): Promise<StorageUsage> {
  const asOfMs = Date.now();
  const [listed, indexBytes, platform] = await Promise.all([
    listObjects(env.ARCHIVE, { prefix: '', after, pages: PAGES }),
    orNull(async () => await readIndexBytes(env)),
    orNull(async () => await platformOf(env).usage()),
  ]);
  const known = await knownAmong(env, listed.objects);
  const { orphans } = planOf({ objects: listed.objects, rules: [], known, nowMs: asOfMs });
  return {
    asOfMs,
    usage: usageOf(listed.objects),
    next: listed.next,
    orphans: {
      count: orphans.length,
      bytes: orphans.reduce((sum, { size }) => sum + size, 0),
      first: orphans.slice(0, NAMED_ORPHANS),
    },
    indexBytes,
    platform,
  };
}

/** Of the bouts that the keys name, those that the deployment has recorded. */
export async function knownAmong(env: Env, objects: readonly StoredObject[]): Promise<ReadonlySet<string>> {
  const named = new Set(objects.flatMap(({ key }) => readKey(key).boutId ?? []));
  if (named.size === 0) return named;
  return new Set(await platformOf(env).knownBouts([...named]));
}

async function readIndexBytes(env: Env): Promise<number | null> {
  const { meta } = await env.INDEX.prepare('SELECT 1').run();
  const bytes: unknown = meta.size_after;
  return typeof bytes === 'number' && bytes > 0 ? bytes : null;
}

/** What cannot be had is unknown, and the rest is told all the same. */
async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    console.error(JSON.stringify({ at: 'storage usage', error: String(error) }));
    return null;
  }
}
