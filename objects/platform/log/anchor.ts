import { type Checkpoint, openNote, parseCheckpoint, sameBytes } from '../../../domain/log/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import { LOG_ANCHOR } from '../../../domain/storage/index.ts';
import { type LogKey, logOrigin } from '../../log-key.ts';
import { within } from '../../within.ts';
import { verifySignature } from './context.ts';
import type { LogContext } from './context.ts';
import { keysOf } from './keys.ts';
import { rootOfFirst } from './nodes.ts';

/** Where the last published checkpoint lies, beside the object's own storage: what remembers if that is set back. */
export const ANCHOR_KEY = `anchors/${LOG_ANCHOR}`;

const TYPE = 'text/plain; charset=utf-8';

/** Shorter than anybody waits who asks how the log is. */
const GET_MS = 1_500;
const PUT_MS = 5_000;

/**
 * Compares the anchor with the storage, once since the object woke. Refuses where the anchor says what this storage does
 * not: it was set back to an earlier state, or written beside. Whatever were signed then would be a fork of the log.
 * Throws where R2 cannot be asked.
 */
export async function checkAnchor(log: LogContext, key: LogKey): Promise<Outcome<true>> {
  if (log.memory.anchor !== null) return ok(true);
  const stored = await within(GET_MS, 'R2', readStored(log.env.ARCHIVE));
  if (stored !== null) {
    const agrees = await compare(log, key, stored.text);
    log.memory.faults.anchor = agrees.ok ? null : agrees.detail;
    if (!agrees.ok) return agrees;
  } else log.memory.faults.anchor = null;
  // Whoever compared and wrote it meanwhile knows a later version.
  log.memory.anchor ??= { etag: stored?.etag ?? null };
  return ok(true);
}

async function readStored(bucket: R2Bucket): Promise<{ readonly text: string; readonly etag: string } | null> {
  const stored = await bucket.get(ANCHOR_KEY);
  return stored === null ? null : { text: await stored.text(), etag: stored.etag };
}

async function compare({ storage: { sql } }: LogContext, key: LogKey, note: string): Promise<Outcome<true>> {
  const read = await readAnchor(key, note);
  if (!read.ok) return refuse('unavailable', `The anchor of the log is not this deployment's: ${read.detail}.`);
  const { size, root } = read.value;
  const signed = sql.exec<{ size: number }>('SELECT coalesce(max(size), 0) AS size FROM log_checkpoint').one().size;
  if (size > signed) {
    const detail = `The log was published at size ${size} and is known here up to ${signed}: its storage was set back.`;
    return refuse('unavailable', detail);
  }
  if (!sameBytes(rootOfFirst(sql, size), root)) {
    return refuse('unavailable', `The log was published at size ${size} with another root: it has forked.`);
  }
  return ok(true);
}

async function readAnchor(key: LogKey, note: string): Promise<Outcome<Checkpoint>> {
  const origin = logOrigin(key);
  const opened = await openNote(note, keysOf(key, origin), verifySignature);
  if (!opened.ok) return opened;
  const checkpoint = parseCheckpoint(opened.value.note.text);
  if (checkpoint.ok && checkpoint.value.origin !== origin) return refuse('forbidden', `it is of another log`);
  return checkpoint;
}

/**
 * Puts a checkpoint in the anchor's place, if nobody has since it was compared. Refuses where somebody has and it does not
 * agree. Throws where R2 cannot be asked.
 */
export async function putAnchor(log: LogContext, key: LogKey, note: string): Promise<Outcome<true>> {
  const { memory, env } = log;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const checked = await checkAnchor(log, key);
    if (!checked.ok) return checked;
    const etag = memory.anchor?.etag ?? null;
    const onlyIf = etag === null ? { etagDoesNotMatch: '*' } : { etagMatches: etag };
    let put: R2Object | null = null;
    try {
      put = await within(
        PUT_MS,
        'R2',
        env.ARCHIVE.put(ANCHOR_KEY, note, { onlyIf, httpMetadata: { contentType: TYPE } }),
      );
    } finally {
      // Without an answer nobody knows which version lies there: it is compared again.
      memory.anchor = put === null ? null : { etag: put.etag };
    }
    if (put !== null) return ok(true);
    // Written beside, or by ourselves and the answer was lost: what lies there tells.
  }
  throw new Error('the anchor of the log is being written by somebody else');
}
