import { boutScopeRefusal } from '../auth/scope.ts';
import type { ArchiveFacts } from '../../objects/bout/index.ts';
import { type Outcome, type Refusal, refuse } from '../../domain/refusal.ts';
import { sha256Bytes } from '../../domain/ledger/index.ts';
import { hexOf } from '../../domain/log/index.ts';
import { own } from '../../domain/own.ts';
import { KEY_FILES, presentFiles, type PresentFiles } from '../archive/present-proof.ts';
import { boutOf, json } from '../bouts.ts';
import type { Env } from '../env.ts';
import { ANSWER_HEADERS } from '../problem.ts';
import { defineRoute, NO_BODY, NO_QUERY, type Route } from '../route.ts';
import { boutParams } from '../schemas/bout.ts';
import { archiveFileParams, archiveParams, archiveSchema, proofParams, sealSchema } from '../schemas/record.ts';
import { mutationRoute } from './mutation.ts';

const TAG = 'Record';

const TEXT = 'text/plain; charset=utf-8';

const seal = mutationRoute({
  path: '/seal',
  tag: TAG,
  summary: 'Seal the record of a bout',
  description:
    'Once the result is official. The seal is the last entry: it counts the others, says what each device has delivered and by which key its signatures are checked. After it nothing is written, whoever asks (409 `sealed`). A gap in a device’s numbers keeps a bout from being sealed until it is declared. A day after the official result (or as the deployment has it) a bout seals itself.',
  permission: 'bout.seal',
  body: sealSchema,
  act: async (bout, member, body) =>
    await bout.seal(member, {
      declareMissing: body.declare_missing,
      reason: body.reason ?? null,
      eventId: body.event_id ?? null,
    }),
});

const checkpoint = defineRoute({
  method: 'get',
  path: '/api/bouts/{bout_id}/checkpoint',
  tag: TAG,
  summary: 'The latest signed checkpoint of a bout',
  description:
    'A signed note (c2sp.org/tlog-checkpoint): how many entries there are and the root of the tree over them. Made at each round’s end, at the official result and at the seal. Keep it: a later record that does not continue it has been changed.',
  permission: 'read.bout',
  params: boutParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'The note.', media: ['text/plain'] },
    404: { description: 'There is no such bout, or nothing has been signed yet.' },
  },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    return outside ?? answerNote(await boutOf(env, params.bout_id).checkpoint(caller));
  },
});

const proof = defineRoute({
  method: 'get',
  path: '/api/bouts/{bout_id}/proof/{index}',
  tag: TAG,
  summary: 'That an entry stands in the record',
  description:
    'A proof file (c2sp.org/tlog-proof) under the latest checkpoint. With the receipt of an acknowledgement (`sequence_index` and `chain_hash`, which is the leaf’s hash) it is verified offline.',
  permission: 'read.bout',
  params: proofParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'The proof.', media: ['text/plain'] },
    404: { description: 'There is no such bout, or no such entry in it.' },
    409: { description: 'No checkpoint covers the entry yet.' },
  },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    return outside ?? answerNote(await boutOf(env, params.bout_id).proof(caller, params.index));
  },
});

const WHO =
  'The record holds all of a bout, so it is for whoever may see every part: statistics, scorecards and recommendation.';

const archive = defineRoute({
  method: 'get',
  path: '/api/archive/{bout_id}',
  tag: TAG,
  summary: 'What a sealed bout’s record holds',
  description: `${WHO} The files are told as they are handed over: as they lie in the store, but for \`log.tlog-proof\` and \`rotations\` where the log’s key was replaced since.`,
  permission: 'archive.read',
  params: archiveParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'The bout’s facts and the files.', schema: archiveSchema },
    404: { description: 'There is no such bout.' },
    409: { description: 'The bout is not sealed.' },
  },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    if (outside !== null) return outside;
    const facts = await boutOf(env, params.bout_id).archiveFacts(caller);
    if (!facts.ok) return facts;
    const present = await presentOf(env, facts.value);
    return json({ ...wireFacts(facts.value), files: await listFiles(env, facts.value.prefix, present) });
  },
});

const archiveFile = defineRoute({
  method: 'get',
  path: '/api/archive/{bout_id}/{path}',
  tag: TAG,
  summary: 'A file of a sealed bout’s record',
  description: `${WHO} With these files and the deployment’s key, the record is verified offline. Where the log’s key was replaced since, \`log.tlog-proof\` is under the present key and \`rotations\` leads to it; the stored ones stay as they were.`,
  permission: 'archive.read',
  params: archiveFileParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: {
      description: 'Its bytes.',
      media: ['application/json', 'text/plain', 'application/octet-stream', 'application/timestamp-reply'],
    },
    404: { description: 'There is no such bout, or no such file in its archive.' },
    409: { description: 'The bout is not sealed.' },
  },
  handle: async ({ env, caller, params }) => {
    const outside = boutScopeRefusal(caller, params.bout_id);
    if (outside !== null) return outside;
    const facts = await boutOf(env, params.bout_id).archiveFacts(caller);
    if (!facts.ok) return facts;
    const { path } = params;
    const type = own(KEY_FILES, path);
    const present = type === undefined ? undefined : (await presentOf(env, facts.value)).get(path);
    if (type === undefined || present === undefined) return await fileResponse(env, facts.value.prefix, path);
    return new Response(present, { headers: fileHeaders(path, type, present.length) });
  },
});

function answerNote(outcome: Outcome<string>): Response | Refusal {
  return outcome.ok ? new Response(outcome.value, { headers: { ...ANSWER_HEADERS, 'content-type': TEXT } }) : outcome;
}

function wireFacts(facts: ArchiveFacts) {
  return {
    bout_id: facts.boutId,
    card_id: facts.cardId,
    promotion: facts.promotion,
    event: facts.event,
    date: facts.date,
    sport: facts.sport,
    ruleset: facts.ruleset,
    simulated: facts.simulated,
    release_policy: facts.release,
    fighters: facts.fighters,
    judges: facts.judges.map(({ seat: judge_id, name }) => ({ judge_id, judge_name: name })),
    versions: facts.versions,
    created_ms: facts.createdMs,
    sealed_ms: facts.sealedMs,
    entries: facts.entries,
    checkpoint_size: facts.checkpointSize,
    archived_ms: facts.archivedMs,
    conflict: facts.conflict,
  };
}

/** What takes the place of stored files; nothing while they are still on their way to the store. */
async function presentOf(env: Env, facts: ArchiveFacts): Promise<PresentFiles> {
  return facts.archivedMs === null ? new Map() : await presentFiles(env, facts);
}

/** Every file under the prefix as it is handed over, in the order of their names. */
async function listFiles({ ARCHIVE }: Env, prefix: string, present: PresentFiles) {
  const files: { path: string; size: number; sha256: string | null }[] = [];
  let cursor: string | undefined;
  do {
    const page = await ARCHIVE.list({ prefix, ...(cursor === undefined ? {} : { cursor }) });
    for (const { key, size, checksums } of page.objects) {
      const path = key.slice(prefix.length);
      if (!present.has(path)) files.push({ path, size, sha256: digestOf(checksums.sha256) });
    }
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  for (const [path, bytes] of present) files.push({ path, size: bytes.length, sha256: hexOf(sha256Bytes(bytes)) });
  return files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function digestOf(bytes: ArrayBuffer | undefined): string | null {
  return bytes === undefined ? null : hexOf(new Uint8Array(bytes));
}

async function fileResponse({ ARCHIVE }: Env, prefix: string, path: string): Promise<Response | Refusal> {
  const object = await ARCHIVE.get(`${prefix}${path}`);
  if (object === null) return refuse('not_found', `There is no ${path} in this archive.`, 'path');
  const type = object.httpMetadata?.contentType ?? 'application/octet-stream';
  return new Response(object.body, { headers: fileHeaders(path, type, object.size) });
}

function fileHeaders(path: string, type: string, size: number) {
  return {
    ...ANSWER_HEADERS,
    // A tile never changes; the rest may be completed, and names can be taken out.
    'cache-control': path.startsWith('tile/') ? 'private, max-age=31536000, immutable' : 'private, no-store',
    // What a browser keeps is for the token that it was fetched with: whoever uses it next may not see the bout.
    vary: 'Authorization',
    'content-type': type,
    'content-length': String(size),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  };
}

export const recordRoutes: readonly Route[] = [seal, checkpoint, proof, archive, archiveFile];
