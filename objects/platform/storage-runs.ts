import { type Actor, canonicalJson, sha256 } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { bytesOf } from '../../domain/storage/index.ts';
import { type Delivered, once } from '../once.ts';
import { append } from './ledger.ts';
import { readRules } from './storage-rules.ts';

/** One page of a clean-up: the objects that a plan named, in the order of their keys. */
export type CleanRun = {
  readonly promotion: string | null;
  /** The key after which the page begins; null from the start. */
  readonly after: string | null;
  readonly rulesVersion: number;
  readonly items: readonly { readonly key: string; readonly size: number }[];
  /** Where the next page begins; null where this was the last. */
  readonly next: string | null;
};

/** `asked` tells the same request again from another one under the same id. */
export type BeginClean = {
  readonly runId: string;
  readonly asked: string;
  readonly run: CleanRun;
  readonly by: Actor;
};

export type FinishClean = {
  readonly runId: string;
  readonly objects: number;
  readonly bytes: number;
  readonly by: Actor;
};

export type CleanDone = { readonly objects: number; readonly bytes: number };

/** A run that was begun, and how it ended; `done` is null where it was cut off in the middle. */
export type BegunClean = { readonly run: CleanRun; readonly done: CleanDone | null; readonly isSame: boolean };

export function readClean(sql: SqlStorage, runId: string, asked: string): BegunClean | null {
  const begun = rowOf(sql, beginId(runId));
  if (begun === null) return null;
  // What `once` wrote for the two functions below.
  const { answer: run }: Delivered<CleanRun> = JSON.parse(begun.answer);
  const ended: Delivered<CleanDone> | null = JSON.parse(rowOf(sql, doneId(runId))?.answer ?? 'null');
  return { run, done: ended?.answer ?? null, isSame: begun.content === contentOf(runId, asked) };
}

/**
 * Records what is about to be deleted, before anything is: a run that is cut off is taken up with these very keys. Where
 * the rules have changed since the plan was made, nothing is begun.
 */
export function beginClean(sql: SqlStorage, input: BeginClean, nowMs: number): Outcome<Delivered<CleanRun>> {
  const { runId, asked, run, by } = input;
  return once(sql, beginId(runId), contentOf(runId, asked), (eventId) => {
    if (readRules(sql).version !== run.rulesVersion) {
      return refuse('conflict', 'The rules have been changed since the plan was made; plan again.', 'version');
    }
    const payload = {
      type: 'storage_clean_planned',
      run_id: runId,
      promotion: run.promotion,
      rules_version: run.rulesVersion,
      objects: run.items.length,
      bytes: bytesOf(run.items),
      keys_sha256: sha256(run.items.map(({ key }) => `${key}\n`).join('')),
    };
    append(sql, { kind: 'note', eventId, actor: by, receivedMs: nowMs, payload });
    return ok({ answer: run });
  });
}

export function finishClean(sql: SqlStorage, input: FinishClean, nowMs: number): Outcome<Delivered<CleanDone>> {
  const { runId, objects, bytes, by } = input;
  return once(sql, doneId(runId), `storage_cleaned|${runId}`, (eventId) => {
    const payload = { type: 'storage_cleaned', run_id: runId, objects, bytes };
    append(sql, { kind: 'note', eventId, actor: by, receivedMs: nowMs, payload });
    return ok({ answer: { objects, bytes } });
  });
}

function contentOf(runId: string, asked: string): string {
  return `storage_clean|${canonicalJson({ run_id: runId, asked })}`;
}

/** Ids of entries are short; a caller's own id may already be as long as an id can be. */
function beginId(runId: string): string {
  return `clean_${sha256(`planned|${runId}`).slice(0, 40)}`;
}

function doneId(runId: string): string {
  return `clean_${sha256(`done|${runId}`).slice(0, 40)}`;
}

function rowOf(sql: SqlStorage, eventId: string): { readonly content: string; readonly answer: string } | null {
  const [row] = sql.exec<{ content: string; answer: string }>(
    'SELECT content, answer FROM delivery WHERE event_id = ?',
    eventId,
  );
  return row ?? null;
}
