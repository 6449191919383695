import {
  base64Of,
  type Checkpoint,
  ed25519,
  keyFor,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  rootOf,
} from '../../../domain/log/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import { boutOrigin, type LogKey, readLogKey } from '../../log-key.ts';
import type { BoutContext, BoutEnv } from '../context.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { checkpointOf, latestCheckpoint } from './store.ts';
import { leafHashes } from './tree.ts';
import { within } from '../../within.ts';

/**
 * A bout's anchor: the last checkpoint that it signed, in R2, where a storage that was put back to an earlier day does
 * not reach. It is only ever replaced by a later one of the same ledger.
 */
export function anchorKey(boutId: string): string {
  return `anchors/${boutId}`;
}

/** How long R2 may take before somebody goes on without it. */
export const ANCHOR_MS = 2_000;

export type Anchor = { readonly note: string; readonly etag: string };

/** Null where there is none. Throws where R2 fails or does not answer in time. */
export async function readAnchor(env: Pick<BoutEnv, 'ARCHIVE'>, boutId: string): Promise<Anchor | null> {
  return await within(ANCHOR_MS, 'R2', fetchAnchor(env, boutId));
}

async function fetchAnchor({ ARCHIVE }: Pick<BoutEnv, 'ARCHIVE'>, boutId: string): Promise<Anchor | null> {
  const object = await ARCHIVE.get(anchorKey(boutId));
  return object === null ? null : { note: await object.text(), etag: object.etag };
}

/**
 * How an anchor stands to the ledger: of another history (`fork`); the checkpoint that we hold as our latest (`same`), one
 * before it (`older`), or a later one of this very ledger (`newer`); or no checkpoint of this deployment (`foreign`), which
 * says nothing about the ledger and which nobody overwrites.
 */
export type Comparison =
  | { readonly is: 'same' | 'older' | 'newer' }
  | { readonly is: 'fork'; readonly index: number; readonly detail: string }
  | { readonly is: 'foreign'; readonly detail: string };

export async function compareAnchor(context: BoutContext, ledger: Ledger, note: string): Promise<Comparison> {
  const opened = await openAnchor(context, note);
  // Synchronous from here on: the ledger does not grow between the looks.
  if (opened.ok) return compare(ledger, opened.value);
  return saysTheSame(context, ledger, note) ? { is: 'older' } : { is: 'foreign', detail: opened.detail };
}

/**
 * Whether a note that no key of ours signed says just what we have signed. So it is with what was published while LOG_KEY
 * was another: nothing is lost where ours takes its place.
 */
function saysTheSame({ boutId }: BoutContext, { storage: { sql } }: Ledger, text: string): boolean {
  const note = parseNote(text);
  const said = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!said.ok || !said.value.origin.endsWith(`/bout/${boutId}`)) return false;
  return checkpointOf(sql, said.value.size)?.root === base64Of(said.value.root);
}

function compare(ledger: Ledger, { size, root }: Checkpoint): Comparison {
  const next = ledger.state?.next ?? 0;
  if (size > next) {
    return {
      is: 'fork',
      index: next,
      detail: `A checkpoint of ${size} entries was published, and this ledger has ${next}.`,
    };
  }
  const { sql } = ledger.storage;
  const published = base64Of(root);
  // A checkpoint that we signed over verified bytes need not be worked out again.
  const isOurs =
    checkpointOf(sql, size)?.root === published || base64Of(rootOf(leafHashes(ledger, size))) === published;
  if (!isOurs) {
    const detail = `The checkpoint of ${size} entries that was published is not of this ledger.`;
    return { is: 'fork', index: 0, detail };
  }
  const latest = latestCheckpoint(sql)?.size ?? 0;
  return { is: size === latest ? 'same' : size < latest ? 'older' : 'newer' };
}

async function openAnchor({ boutId, env }: BoutContext, note: string): Promise<Outcome<Checkpoint>> {
  const key = readLogKey(env);
  if (key.ok) return await openSigned(key.value, boutId, note);
  // Without a key nothing can be verified and nothing will be published; what is written there may still be a warning.
  const parsed = parseNote(note);
  return parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
}

/** Opens a note of a bout that a key of this deployment signed, the present one or one before it. */
export async function openSigned(key: LogKey, boutId: string, note: string): Promise<Outcome<Checkpoint>> {
  const { verify } = ed25519(crypto.subtle);
  let outcome: Outcome<Checkpoint> = refuse(
    'forbidden',
    'The anchor is signed by none of the keys of this deployment.',
  );
  for (const deployment of [key.deployment, ...key.previous]) {
    const verifier = keyFor(deployment, boutOrigin(key, boutId));
    const opened = verifier.ok ? await openCheckpoint(note, verifier.value, verify) : verifier;
    if (opened.ok) return { ok: true, value: opened.value.checkpoint };
    outcome = opened;
  }
  return outcome;
}

/**
 * Whether a bout may be set up where nothing is stored: not where a checkpoint of its name was published, or there would
 * be two records of one name. Where R2 does not answer, nobody is kept from scoring: the first publication finds it.
 */
export async function checkUnpublished({ ledger, boutId, env }: BoutContext): Promise<Outcome<true>> {
  if (ledger !== null) return ok(true);
  try {
    if ((await within(ANCHOR_MS, 'R2', env.ARCHIVE.head(anchorKey(boutId)))) === null) return ok(true);
  } catch (error) {
    console.error(JSON.stringify({ at: 'anchor', bout: boutId, error: String(error) }));
    return ok(true);
  }
  const detail = `A checkpoint of a bout '${boutId}' has been published, and its ledger is not here: nothing is set up over it.`;
  return refuse('conflict', detail, 'bout_id');
}
