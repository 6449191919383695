import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import { segmentOf } from '../../domain/key-segment.ts';
import { bytesOf, type CleanPlan, deletable, type Doomed, planOf } from '../../domain/storage/index.ts';
import type { CleanRun, StorageRules } from '../../objects/platform/index.ts';
import { actorOf, platformOf } from '../auth/platform.ts';
import type { Env } from '../env.ts';
import { listObjects } from './list.ts';
import { knownAmong } from './usage.ts';

/** Listings of one page of a clean-up. */
const PAGES = 10;

export type CleanInput = {
  /** As a bout names it; null for all. */
  readonly promotion: string | null;
  readonly after: string | null;
  /** So many objects go at most. */
  readonly limit: number;
};

/** `next` is where the next page begins; null where the end was reached. */
export type Planned = CleanPlan & {
  readonly rules: StorageRules;
  readonly nowMs: number;
  readonly next: string | null;
};

/** What a clean-up would take on this page. Changes nothing. */
export async function planClean(env: Env, { promotion, after, limit }: CleanInput): Promise<Planned> {
  const nowMs = Date.now();
  // Only what stands here can be in a plan anyway; whatever else the bucket holds is not even read.
  const prefix = promotion === null ? 'exports/' : `exports/${segmentOf(promotion)}/`;
  const rules = await platformOf(env).storageRules();
  const listed = await listObjects(env.ARCHIVE, { prefix, after, pages: PAGES });
  const known = await knownAmong(env, listed.objects);
  const plan = planOf({ objects: listed.objects, rules: rules.rules, known, nowMs });
  const doomed = plan.doomed.slice(0, limit);
  const isCut = plan.doomed.length > doomed.length;
  return { doomed, orphans: plan.orphans, rules, nowMs, next: isCut ? (doomed.at(-1)?.key ?? null) : listed.next };
}

export type Cleaned = {
  readonly runId: string;
  readonly isDuplicate: boolean;
  readonly run: CleanRun;
  readonly objects: number;
  readonly bytes: number;
};

/**
 * Deletes what a fresh plan names, once per `runId`. The plan is recorded before anything is deleted, and what was
 * deleted afterwards; a run that was cut off in between is finished when it is asked for again, with the keys that it
 * had recorded and that a plan of now still names.
 */
export async function runClean(env: Env, caller: Caller, runId: string, input: CleanInput): Promise<Outcome<Cleaned>> {
  const platform = platformOf(env);
  const asked = JSON.stringify({ subject: caller.subject, ...input });
  const begun = await platform.cleanOf(runId, asked);
  if (begun !== null && !begun.isSame) {
    return refuse('conflict', `event_id ${runId} was already used for something else.`, 'event_id');
  }
  if (begun?.done != null) return ok({ runId, isDuplicate: true, run: begun.run, ...begun.done });
  const plan = await planClean(env, input);
  const run = begun?.run ?? runOf(input, plan);
  const recorded = await platform.beginClean({ runId, asked, run, by: actorOf(caller) });
  if (!recorded.ok) return recorded;
  const { items } = recorded.value.answer;
  const kept = await deleteThose(env, items, plan.doomed);
  const done = await platform.finishClean({
    runId,
    objects: items.length - kept.length,
    bytes: bytesOf(items) - bytesOf(kept),
    by: actorOf(caller),
  });
  if (!done.ok) return done;
  return ok({ runId, isDuplicate: begun !== null, run: recorded.value.answer, ...done.value.answer });
}

function runOf({ promotion, after }: CleanInput, { doomed, rules, next }: Planned): CleanRun {
  return {
    promotion,
    after,
    rulesVersion: rules.version,
    items: doomed.map(({ key, size }) => ({ key, size })),
    next,
  };
}

/**
 * Of what was recorded, deletes what is still doomed, and gives what stays: made anew since then, or kept by rules that
 * have changed. What is not there any more was deleted before the run was cut off.
 */
async function deleteThose(env: Env, items: CleanRun['items'], doomed: readonly Doomed[]): Promise<CleanRun['items']> {
  const now = new Set<string>(doomed.map(({ key }) => key));
  const going = items.flatMap(({ key }) => (now.has(key) ? (deletable(key) ?? []) : []));
  if (going.length > 0) await env.ARCHIVE.delete(going);
  const others = items.filter(({ key }) => !now.has(key));
  const there = await Promise.all(
    others.map(async (item) => ((await env.ARCHIVE.head(item.key)) === null ? [] : item)),
  );
  return there.flat();
}
