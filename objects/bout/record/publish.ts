import type { BoutContext } from '../context.ts';
import { enqueue, Postponed } from '../jobs/table.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { ANCHOR_MS, anchorKey, compareAnchor, readAnchor } from './anchor.ts';
import { signAnew } from './checkpoint.ts';
import { clearFork, declareFork } from './fork.ts';
import {
  type CheckpointRow,
  isLogged,
  latestCheckpoint,
  noteAnchored,
  noteLogged,
  readRecord,
  unloggedCheckpoints,
} from './store.ts';
import { within } from '../../within.ts';

const LOG_MS = 5_000;

/** Somebody may put a checkpoint there between our look and our writing; more often than that it is no accident. */
const TRIES = 3;

/**
 * Brings the checkpoints that have been signed to where an outsider sees them: the latest to R2, then each to the log of
 * checkpoints. Nothing is published before what R2 holds has been compared. Every step finds what an earlier run has
 * done, so a crash anywhere costs a repetition; a ledger that turns out to be a fork is done with, and says so.
 */
export async function publish(context: BoutContext): Promise<void> {
  const { ledger } = context;
  if (ledger === null || (ledger.fault !== null && ledger.fault.isFork !== true)) return;
  if (ledger.fault === null) await signAnew(context, ledger);
  if ((await anchored(context, ledger)) && (await logged(context, ledger))) clearFork(context);
}

async function anchored(context: BoutContext, ledger: Ledger): Promise<boolean> {
  const { env, boutId } = context;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const anchor = await readAnchor(env, boutId);
    const found = anchor === null ? null : await compareAnchor(context, ledger, anchor.note);
    if (found?.is === 'fork') {
      declareFork(context, found.index, found.detail);
      return false;
    }
    if (found?.is === 'foreign') throw new Postponed(`The anchor in R2 is not ours: ${found.detail}`);
    const latest = latestCheckpoint(ledger.storage.sql);
    if (latest === null || found?.is === 'newer') return true;
    const isThere = found?.is === 'same' || (await put(context, latest, anchor?.etag ?? null));
    if (!isThere) continue;
    ledger.storage.transactionSync(() => {
      // A later one may have been signed while this one was on its way: that one is owed still.
      if (latestCheckpoint(ledger.storage.sql)?.size === latest.size) noteAnchored(ledger.storage.sql, true);
    });
    return true;
  }
  throw new Error('the anchor in R2 changes under our hands');
}

/** Whether it was taken: not where something else stands there than what was compared. */
async function put({ env, boutId }: BoutContext, { note }: CheckpointRow, etag: string | null): Promise<boolean> {
  const onlyIf = etag === null ? { etagDoesNotMatch: '*' } : { etagMatches: etag };
  const httpMetadata = { contentType: 'text/plain; charset=utf-8' };
  const written = await within(ANCHOR_MS, 'R2', env.ARCHIVE.put(anchorKey(boutId), note, { onlyIf, httpMetadata }));
  return written !== null;
}

async function logged(context: BoutContext, ledger: Ledger): Promise<boolean> {
  const { env, boutId } = context;
  const { sql } = ledger.storage;
  for (const { size, note } of unloggedCheckpoints(sql)) {
    const outcome = await within(LOG_MS, 'the platform', addToLog(env, boutId, note));
    if (outcome.ok) {
      ledger.storage.transactionSync(() => {
        noteLogged(sql, size, outcome.value.index, outcome.value.proof);
        oweArchive(context, ledger, size, outcome.value.proof);
      });
      if (outcome.value.proof === null) throw new Postponed('the log of checkpoints has not published the proof yet');
    } else if (outcome.code !== 'conflict') {
      throw new Error(`the log of checkpoints: ${outcome.detail}`);
    } else if (!isLogged(sql, size)) {
      // Not merely a second run of this job, which would have noted it.
      declareFork(context, 0, `The log of checkpoints holds another checkpoint of this bout: ${outcome.detail}`);
      return false;
    }
  }
  return true;
}

async function addToLog({ PLATFORM }: BoutContext['env'], boutId: string, note: string) {
  return await PLATFORM.getByName('platform').addCheckpoint({ boutId, note });
}

/** The archive waits for the log to take the seal's checkpoint; one that was complete before the proof came gets it now. */
function oweArchive({ ctx }: BoutContext, ledger: Ledger, size: number, proof: string | null): void {
  const { sealed } = ledger.state ?? { sealed: null };
  if (sealed === null || size !== sealed.index + 1) return;
  if (proof !== null || readRecord(ctx.storage.sql).archivedMs === null) {
    enqueue(ctx.storage.sql, 'archive', Date.now());
  }
}

/** Whether a checkpoint waits to be published. */
export function owesPublishing(ledger: Ledger): boolean {
  const { sql } = ledger.storage;
  if (latestCheckpoint(sql) === null) return false;
  return !readRecord(sql).anchored || unloggedCheckpoints(sql).length > 0;
}
