import { isId } from '../../domain/ids.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { readKey } from '../../domain/storage/index.ts';
import { platformOf } from '../auth/platform.ts';
import type { Env } from '../env.ts';

/**
 * A rebuild asks for every bout that anything knows of, in this order: those with an archive (so that one whose object is
 * lost has a folder to be read from), those of the deployment's ledger, and those that only the index has, which are
 * then found to be nowhere and removed. A bout that was asked for in one run is not asked for again in it.
 */
const PHASES = ['archive', 'ledger', 'lines'] as const;

type Phase = (typeof PHASES)[number];

/** `at` is the phase's own: a key of the bucket, an entry of the deployment's ledger, or a bout; empty at its beginning. */
type Place = { readonly phase: Phase; readonly run: number; readonly at: string };

export type Rebuild = {
  readonly scope: string;
  readonly dryRun: boolean;
  readonly cursor: string | null;
};

export type Rebuilt = { readonly run: number; readonly queued: number; readonly nextCursor: string | null };

type Found = { readonly boutId: string; readonly archive: string | null };
type Page = { readonly found: readonly Found[]; readonly next: string | null };

export type RebuildEnv = Pick<Env, 'INDEX' | 'INDEX_QUEUE' | 'ARCHIVE' | 'PLATFORM'>;

const PAGE = 500;

/** What a queue takes at once. */
const MAX_BATCH = 100;

/**
 * Queues one page. Tasks are written before messages: a crash in between leaves tasks that nobody was told of, and the same
 * call again (with the cursor that it had) tells them. Refusals: `bad_request` (`cursor`).
 */
export async function rebuild(env: RebuildEnv, asked: Rebuild, nowMs: number): Promise<Outcome<Rebuilt>> {
  const place = asked.cursor === null ? { phase: PHASES[0], run: nowMs, at: '' } : placeOf(asked.cursor);
  if (place === null) return refuse('bad_request', 'cursor: it is not the next_cursor of an answer.', 'cursor');
  const isAll = asked.scope === 'all';
  if (!isAll && asked.cursor !== null) return refuse('bad_request', 'cursor: one bout has no pages.', 'cursor');
  const page = isAll ? await pageAt(env, place) : { found: [{ boutId: asked.scope, archive: null }], next: null };
  const rehearsed = async () => (isAll ? await countedOnce(env, place.phase, page.found) : page.found);
  const fresh = asked.dryRun ? await rehearsed() : await notYetAsked(env.INDEX, page.found, place);
  if (!asked.dryRun) {
    await writeTasks(env.INDEX, fresh, place, nowMs);
    for (let i = 0; i < fresh.length; i += MAX_BATCH) {
      const messages = fresh.slice(i, i + MAX_BATCH).map(({ boutId }) => ({ body: { bout_id: boutId } }));
      await env.INDEX_QUEUE.sendBatch(messages);
    }
  }
  const behind = page.next === null ? nextPhase(place) : { ...place, at: page.next };
  const next = isAll ? behind : null;
  return ok({
    run: place.run,
    queued: fresh.length,
    nextCursor: next === null ? null : `${next.phase}~${next.run}~${next.at}`,
  });
}

function placeOf(cursor: string): Place | null {
  const [name, run, ...at] = cursor.split('~');
  const phase = PHASES.find((known) => known === name);
  return phase === undefined ? null : { phase, run: Number(run), at: at.join('~') };
}

function nextPhase({ phase, run }: Place): Place | null {
  const next = PHASES[PHASES.indexOf(phase) + 1];
  return next === undefined ? null : { phase: next, run, at: '' };
}

async function pageAt(env: RebuildEnv, { phase, at }: Place): Promise<Page> {
  switch (phase) {
    case 'archive':
      return await archivePage(env.ARCHIVE, at);
    case 'ledger':
      return await ledgerPage(env, at);
    case 'lines':
      return await linesPage(env.INDEX, at);
  }
}

/** By `metadata.json`: an archive without it was never completed. */
async function archivePage(bucket: R2Bucket, at: string): Promise<Page> {
  const listed = await bucket.list({ prefix: 'archive/fights/', ...(at === '' ? {} : { startAfter: at }) });
  const found = listed.objects.flatMap(({ key }): Found[] => {
    if (!key.endsWith('/metadata.json')) return [];
    const { boutId } = readKey(key);
    return boutId === null ? [] : [{ boutId, archive: key.slice(0, -'metadata.json'.length) }];
  });
  return { found, next: listed.truncated ? (listed.objects.at(-1)?.key ?? null) : null };
}

async function ledgerPage(env: RebuildEnv, at: string): Promise<Page> {
  const listed = await platformOf(env).bouts({ limit: PAGE, beforeIndex: at === '' ? null : Number(at) });
  const last = listed.at(-1);
  return {
    found: listed.map(({ boutId }) => ({ boutId, archive: null })),
    next: listed.length < PAGE || last === undefined ? null : String(last.recordedIndex),
  };
}

async function linesPage(index: D1Database, at: string): Promise<Page> {
  // Tables may have lost rows each by itself, so a bout counts that stands in any of them.
  const { results } = await index
    .prepare(
      `SELECT bout_id FROM (
         SELECT bout_id FROM bout UNION SELECT bout_id FROM judged_round UNION SELECT bout_id FROM fact_bout)
       WHERE bout_id > ? ORDER BY bout_id LIMIT ?`,
    )
    .bind(at, PAGE)
    .all<{ bout_id: string }>();
  const ids = results.map((row) => row.bout_id);
  return {
    found: ids.filter(isId).map((boutId) => ({ boutId, archive: null })),
    next: ids.length < PAGE ? null : (ids.at(-1) ?? null),
  };
}

/** A rehearsal leaves no tasks to compare with: of what the other phases find, the ledger's bouts are counted there. */
async function countedOnce(env: RebuildEnv, phase: Phase, found: readonly Found[]): Promise<readonly Found[]> {
  if (phase === 'ledger') return found;
  const known = new Set(await platformOf(env).knownBouts(found.map(({ boutId }) => boutId)));
  return found.filter(({ boutId }) => !known.has(boutId));
}

/**
 * Without those that an earlier phase has asked for, and those that are done. What this phase asked for and is not done is
 * asked for again: the call before may have ended between its tasks and its messages.
 */
async function notYetAsked(
  index: D1Database,
  found: readonly Found[],
  { run, phase }: Place,
): Promise<readonly Found[]> {
  const { results } = await index
    .prepare(
      `SELECT bout_id FROM index_task WHERE run = ?1 AND (done_ms IS NOT NULL OR phase <> ?2)
         AND bout_id IN (SELECT value FROM json_each(?3))`,
    )
    .bind(run, phase, JSON.stringify(found.map(({ boutId }) => boutId)))
    .all<{ bout_id: string }>();
  const asked = new Set(results.map((row) => row.bout_id));
  return found.filter(({ boutId }) => !asked.has(boutId));
}

async function writeTasks(
  index: D1Database,
  found: readonly Found[],
  { run, phase }: Place,
  nowMs: number,
): Promise<void> {
  await index
    .prepare(
      `INSERT INTO index_task (bout_id, run, phase, queued_ms, archive)
       SELECT value ->> 'boutId', ?2, ?3, ?4, value ->> 'archive' FROM json_each(?1) WHERE true
       ON CONFLICT (bout_id) DO UPDATE SET run = excluded.run, phase = excluded.phase, queued_ms = excluded.queued_ms,
         done_ms = NULL, attempts = 0, error = NULL, archive = coalesce(excluded.archive, archive)`,
    )
    .bind(JSON.stringify(found), run, phase, nowMs)
    .run();
}
