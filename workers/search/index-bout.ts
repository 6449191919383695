import type { Indexed, IndexedBout } from '../../objects/bout/index.ts';
import type { Env } from '../env.ts';
import { archiveFolderOf, boutFromArchive } from './from-archive.ts';
import { writePositions } from './positions.ts';
import { removeBout, writeBout } from './write-line.ts';

export type IndexEnv = Pick<Env, 'BOUT' | 'CARD' | 'INDEX' | 'ARCHIVE'>;

/** `stale` is no failure: something newer stood there; and where `current`, nothing had changed. */
export type IndexedAs = 'written' | 'stale' | 'current' | 'from_archive' | 'removed';

/**
 * Brings the index up to the truth about one bout: one call reads the object, one confirms. A crash anywhere leaves the
 * confirmation owed, and the object asks again. Throws where the truth could not be read or not be written.
 * `attempt` counts from 1: an object that does not answer may answer in a moment.
 */
export async function indexBout(env: IndexEnv, boutId: string, attempt = 1): Promise<IndexedAs> {
  const stub = env.BOUT.getByName(boutId);
  let text: string;
  try {
    text = await stub.indexed();
  } catch (error) {
    if (attempt >= ARCHIVE_FROM && (await indexArchived(env, boutId))) return 'from_archive';
    throw error;
  }
  const indexed: Indexed = JSON.parse(text);
  if (indexed.kind === 'bout') {
    const { bout, receipt } = indexed;
    // A message that comes twice costs one look.
    if (receipt.index === null && receipt.owed === null && (await isCurrent(env.INDEX, bout))) return 'current';
    const isNew = await writeBout(env.INDEX, bout, 'object', Date.now());
    if (bout.line.cardId !== null) await writePositions(env, bout.line.cardId);
    await stub.confirmIndexed(receipt);
    return isNew ? 'written' : 'stale';
  }
  if (await indexArchived(env, boutId)) return 'from_archive';
  if (indexed.kind === 'damaged') throw new Error(`the ledger cannot be read: ${indexed.detail}`);
  await removeBout(env.INDEX, boutId, Date.now());
  return 'removed';
}

/** From which attempt on the archive is taken for an object that does not answer. */
const ARCHIVE_FROM = 3;

/** Whether the index has the bout as it is, and nobody has asked for it to be written anew. */
async function isCurrent(index: D1Database, { boutId, entries }: IndexedBout): Promise<boolean> {
  const found = await index
    .prepare(
      `SELECT 1 FROM bout WHERE bout_id = ?1 AND entries = ?2 AND source = 'object'
         AND NOT EXISTS (SELECT 1 FROM index_task WHERE bout_id = ?1 AND done_ms IS NULL)`,
    )
    .bind(boutId, entries)
    .first();
  return found !== null;
}

/** False where no archive of the bout is known. */
async function indexArchived(env: IndexEnv, boutId: string): Promise<boolean> {
  const folder = await archiveFolderOf(env.INDEX, boutId);
  if (folder === null) return false;
  const bout = await boutFromArchive(env.ARCHIVE, folder, boutId);
  if (bout === null) return false;
  await writeBout(env.INDEX, bout, 'archive', Date.now());
  return true;
}
