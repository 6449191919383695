import { archivePrefix } from '../../domain/archive/index.ts';
import { boutFacts } from '../../domain/analytics/index.ts';
import type { ReleasePolicy } from '../../domain/bout/index.ts';
import { type ArchivedPerson, readSealedBout } from '../../domain/export/index.ts';
import { type Audience, AUDIENCES } from '../../domain/roles/index.ts';
import { boutLine, judgedBout } from '../../domain/search/index.ts';
import type { IndexedBout } from '../../objects/bout/index.ts';

/** Where a bout's archive lies (with the slash at its end), as far as the index knows; null where it knows of none. */
export async function archiveFolderOf(index: D1Database, boutId: string): Promise<string | null> {
  const task = await index
    .prepare('SELECT archive FROM index_task WHERE bout_id = ? AND archive IS NOT NULL')
    .bind(boutId)
    .first<{ archive: string }>();
  if (task !== null) return task.archive;
  const line = await index
    .prepare('SELECT promotion, event, date, created_ms FROM bout WHERE bout_id = ?')
    .bind(boutId)
    .first<{ promotion: string; event: string; date: string | null; created_ms: number }>();
  return line === null ? null : archivePrefix({ boutId, ...line }, line.created_ms);
}

/**
 * What the index holds of a bout whose object is lost, from the files of its archive; null where there is none in that
 * folder. Whatever was released after the seal stands in the object alone, so nothing is shown beyond the commission.
 */
export async function boutFromArchive(bucket: R2Bucket, folder: string, boutId: string): Promise<IndexedBout | null> {
  const [log, metadata] = await Promise.all([
    readText(bucket, `${folder}event_log.json`),
    readText(bucket, `${folder}metadata.json`),
  ]);
  if (log === null || metadata === null) return null;
  const { people }: { readonly people: readonly ArchivedPerson[] } = JSON.parse(metadata);
  const read = readSealedBout(leavesOf(log), people, '');
  if (!read.ok) throw new Error(`the archive in ${folder} cannot be read: ${read.detail}`);
  const { entries, names } = read.value;
  const { config } = read.value.state;
  if (config.boutId !== boutId) throw new Error(`the archive in ${folder} is of ${config.boutId}`);
  const release: ReleasePolicy = {
    statistics: narrowed(config.release.statistics),
    scorecards: narrowed(config.release.scorecards),
    recommendation: narrowed(config.release.recommendation),
  };
  const state = { ...read.value.state, config: { ...config, release } };
  const lookUp = (index: number) => entries[index] ?? null;
  return {
    boutId,
    entries: entries.length,
    // Whatever an object says of as many entries is newer.
    asOfMs: 0,
    line: boutLine({ state, shown: state, shownMs: IN_THE_END, names, lookUp }),
    release,
    judged: judgedBout(state, lookUp, IN_THE_END),
    facts: state.sealed === null ? null : boutFacts(state, entries),
    archived: true,
  };
}

/** A sealed bout has nothing left that runs. */
const IN_THE_END = Number.MAX_SAFE_INTEGER;

function narrowed(audience: Audience): Audience {
  const least = Math.min(AUDIENCES.indexOf(audience), AUDIENCES.indexOf('commission'));
  return AUDIENCES[least] ?? 'none';
}

/** Each leaf stands on a line of its own between the first and the last, with a comma after all but one. */
function leavesOf(log: string): string[] {
  return log
    .trimEnd()
    .split('\n')
    .slice(1, -1)
    .map((line) => (line.endsWith(',') ? line.slice(0, -1) : line));
}

async function readText(bucket: R2Bucket, key: string): Promise<string | null> {
  const object = await bucket.get(key);
  return object === null ? null : await object.text();
}
