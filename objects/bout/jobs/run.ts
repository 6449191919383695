import type { BoutContext } from '../context.ts';
import type { Outcome } from '../../../domain/refusal.ts';
import { pushViews } from '../sockets/fan-out.ts';
import { sendToIndex } from './index-news.ts';
import { within } from '../../within.ts';
import { arm, enqueue, enqueueAnew, type Job, JOBS, Postponed } from './table.ts';
import { entryAt } from '../ledger/ledger.ts';
import { archive, makeCheckpoint, publish, sealInTime, timestamp } from '../record/index.ts';
import { recordReleases } from './releases.ts';

export { arm, enqueue, INDEX_PAUSE_MS, oweAfter } from './table.ts';

const RETRY_MS = [1_000, 2_000, 5_000, 15_000, 60_000] as const;

/** The last run of each object that is awake. */
const runs = new WeakMap<BoutContext, Promise<void>>();

/**
 * Does what is due, after the run that may be under way: a creation runs jobs beside the alarm, and two runs of one job
 * would take each other's staged files away.
 */
export async function runJobs(context: BoutContext): Promise<void> {
  const before = runs.get(context) ?? Promise.resolve();
  const mine = before.then(async () => await runDue(context));
  runs.set(
    context,
    mine.catch(() => undefined),
  );
  await mine;
}

async function runDue(context: BoutContext): Promise<void> {
  if (context.ledger === null) return;
  const { sql } = context.ctx.storage;
  // The end of a round first: what waits for somebody outside may wait for seconds, and viewers for the bell do not.
  const due = sql
    .exec<{ id: string; due_ms: number; attempts: number }>(
      "SELECT id, due_ms, attempts FROM job WHERE due_ms <= ? ORDER BY id <> 'expiry', due_ms",
      Date.now(),
    )
    .toArray();
  for (const { id, due_ms: dueMs, attempts } of due) {
    const job = JOBS.find((known) => known === id);
    try {
      if (job !== undefined) await run(context, job);
      // Only now, so that a crash in the middle leaves it owed; a mutation that owed it anew meanwhile has moved it.
      sql.exec('DELETE FROM job WHERE id = ? AND due_ms = ? AND attempts = ?', id, dueMs, attempts);
    } catch (error) {
      const waitMs = RETRY_MS[Math.min(attempts, RETRY_MS.length - 1)] ?? 60_000;
      if (!(error instanceof Postponed) || attempts === 0) {
        console.error(JSON.stringify({ at: 'job', bout: context.boutId, job, attempts, error: String(error) }));
      }
      sql.exec(
        'UPDATE job SET due_ms = ?, attempts = ? WHERE id = ? AND due_ms = ? AND attempts = ?',
        Date.now() + waitMs,
        attempts + 1,
        id,
        dueMs,
        attempts,
      );
    }
  }
  await arm(context);
}

async function run(context: BoutContext, job: Job): Promise<void> {
  switch (job) {
    case 'register':
      return register(context);
    case 'index':
    case 'index_later':
    case 'index_owed':
      return sendToIndex(context, job === 'index_owed');
    case 'expiry':
      pushViews(context);
      // A round has ended, and no entry says so.
      enqueueAnew(context.ctx.storage.sql, 'checkpoint', Date.now());
      return enqueueIndex(context);
    case 'release':
      return recordReleases(context);
    case 'checkpoint':
      return makeCheckpoint(context);
    case 'publish':
      return publish(context);
    case 'seal':
      return sealInTime(context);
    case 'archive':
      return archive(context);
    case 'timestamp':
      return timestamp(context);
  }
}

function enqueueIndex(context: BoutContext): void {
  enqueue(context.ctx.storage.sql, 'index', Date.now());
}

/** The other jobs wait for this one. */
const REGISTER_MS = 5_000;

/** Makes the bout known to its card and to the platform; both take the same news twice. */
async function register(context: BoutContext): Promise<void> {
  const config = context.ledger?.state?.config;
  const created = context.ledger === null ? null : entryAt(context.ledger, 0);
  if (config === undefined || created === null) return;
  const { boutId, cardId } = config;
  const by = created.actor;
  const record = async () => await context.env.PLATFORM.getByName('platform').recordBout({ boutId, cardId, by });
  refusedToo('platform', await within(REGISTER_MS, 'the platform', record()));
  if (cardId === null) return;
  const add = async () => await context.env.CARD.getByName(cardId).addBout({ boutId, position: null, eventId: null });
  refusedToo('card', await within(REGISTER_MS, 'the card', add()));
}

/** A refusal will be the same next time: it is told, not tried again. */
function refusedToo(at: string, outcome: Outcome<unknown>): void {
  if (!outcome.ok) console.error(JSON.stringify({ at: `register ${at}`, refusal: outcome.detail }));
}
