import * as z from 'zod';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { type Caller, inAudience } from '../../domain/roles/index.ts';
import { platformOf } from '../auth/platform.ts';
import { boutScopeRefusal } from '../auth/scope.ts';
import { boutOf, json } from '../bouts.ts';
import { strangerTooOften } from '../rate.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import { logKeysSchema, logProofParams, tilePathSchema } from '../schemas/log.ts';

const TAG = 'Log';

const NOTE = ['text/plain'] as const;

/** A checkpoint is asked for to see whether there is a newer one. */
function noteResponse(note: string): Response {
  return new Response(note, {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}

const checkpoint = defineRoute({
  method: 'get',
  path: '/api/log/checkpoint',
  tag: TAG,
  summary: 'The newest checkpoint of the log of checkpoints',
  description:
    'A signed note (c2sp.org/tlog-checkpoint) with the cosignatures of witnesses. The log’s leaves are the signed checkpoints of all bouts, and of the deployment’s own ledger.',
  permission: 'public',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'The signed note.', media: NOTE },
    404: { description: 'Nothing has been signed yet.' },
  },
  handle: async ({ env }) => {
    const note = await platformOf(env).logCheckpoint();
    return note === null ? refuse('not_found', 'Nothing has been signed yet.') : noteResponse(note);
  },
});

const ledger = defineRoute({
  method: 'get',
  path: '/api/log/ledger/checkpoint',
  tag: TAG,
  summary: 'The newest checkpoint of the deployment’s own ledger',
  description: 'A signed note (c2sp.org/tlog-checkpoint); it is a leaf of the log of checkpoints as well.',
  permission: 'public',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'The signed note.', media: NOTE },
    404: { description: 'Nothing has been signed yet.' },
  },
  handle: async ({ env }) => {
    const note = await platformOf(env).ledgerCheckpoint();
    return note === null ? refuse('not_found', 'Nothing has been signed yet.') : noteResponse(note);
  },
});

const proof = defineRoute({
  method: 'get',
  path: '/api/log/proof/{bout_id}/{size}',
  tag: TAG,
  summary: 'That a bout’s checkpoint stands in the log, as the log is signed now',
  description:
    'A proof file (c2sp.org/tlog-proof) under a checkpoint of the present key. In the place of `log.tlog-proof` in a record from before the key was replaced, it lets whoever has only the new key check that record.',
  permission: 'public',
  params: logProofParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'The proof.', media: NOTE },
    401: { description: 'It is for whoever may have the bout’s record.' },
    403: { description: 'It is for whoever may have the bout’s record.' },
    404: { description: 'The published log holds no such checkpoint.' },
    409: { description: 'The bout is not sealed; until then it is for the commission.' },
  },
  handle: async ({ env, caller, params: { bout_id: boutId, size } }) => {
    const outside = boutScopeRefusal(caller, boutId);
    if (outside !== null) return outside;
    if (!inAudience(caller?.role ?? null, 'commission')) {
      // Which sizes there are tells how far a bout is; who may have its record knows that.
      const facts = await boutOf(env, boutId).archiveFacts(caller);
      if (!facts.ok) return facts;
    }
    const text = await platformOf(env).proofOf(boutId, size);
    if (text !== null) return noteResponse(text);
    return refuse('not_found', `The log has no checkpoint of bout '${boutId}' over ${size} entries.`, 'bout_id');
  },
});

const NOTICE =
  'A key that comes from the one whom it checks proves nothing. Get it from somebody else: the commission, a contract, a printed page. Then use this list only to find the rotation notes.';

const keys = defineRoute({
  method: 'get',
  path: '/api/log/keys',
  tag: TAG,
  summary: 'The key that checkpoints are signed with, and how it followed those before it',
  description: NOTICE,
  permission: 'public',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: NO_BODY,
  responses: { 200: { description: 'The keys.', schema: logKeysSchema } },
  handle: async ({ env }) => {
    const keys = await platformOf(env).logKeys();
    if (!keys.ok) return keys;
    const { keyId, ...rest } = keys.value;
    return json({ notice: NOTICE, ...rest, key_id: keyId });
  },
});

const tile = defineRoute({
  method: 'get',
  path: '/api/log/{path}',
  tag: TAG,
  summary: 'A tile or an entry bundle of the log of checkpoints',
  description:
    'Paths of c2sp.org/tlog-tiles. The tree’s hashes are for everybody; the entries, which name bouts before they are released, for the commission. A file never changes, so it may be kept for ever; a partial one is there for every width that the last tile ever had.',
  permission: 'public',
  params: z.object({ path: tilePathSchema }),
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'The file.', media: ['application/octet-stream'] },
    401: { description: 'Entry bundles are for the commission, with a token.' },
    403: { description: 'Entry bundles are for the commission.' },
    404: { description: 'The published log has no such file.' },
  },
  handle: async ({ env, request, caller, params }) => {
    const refused = strangerTooOften(request, caller) ?? entriesRefusal(caller, params.path);
    if (refused !== null) return refused;
    const bytes = await platformOf(env).logTile(params.path);
    if (bytes === null) return refuse('not_found', `The log has no ${params.path}.`, 'path');
    return new Response(bytes, {
      headers: {
        'content-type': 'application/octet-stream',
        'cache-control': `${isEntries(params.path) ? 'private' : 'public'}, max-age=31536000, immutable`,
        vary: 'authorization',
      },
    });
  },
});

function isEntries(path: string): boolean {
  return path.startsWith('tile/entries/');
}

/** A leaf names a bout and says how far it is, at that moment: whatever is released of it, and whatever its delay. */
function entriesRefusal(caller: Caller | null, path: string): Refusal | null {
  if (!isEntries(path) || inAudience(caller?.role ?? null, 'commission')) return null;
  const detail = 'The entries of the log tell of bouts before they are released; they are for the commission.';
  return caller === null ? refuse('unauthorized', detail, 'Authorization') : refuse('forbidden', detail);
}

/** The last takes whatever the others do not. */
export const logRoutes: readonly Route[] = [checkpoint, ledger, proof, keys, tile];
