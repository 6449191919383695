import * as z from 'zod';
import { refuse } from '../../domain/refusal.ts';
import { platformOf } from '../auth/platform.ts';
import { json } from '../bouts.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import { logKeysSchema, tilePathSchema } from '../schemas/log.ts';

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
    'Paths of c2sp.org/tlog-tiles. A file never changes, so it may be kept for ever; a partial one is there for every width that the last tile ever had.',
  permission: 'public',
  params: z.object({ path: tilePathSchema }),
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: { description: 'The file.', media: ['application/octet-stream'] },
    404: { description: 'The published log has no such file.' },
  },
  handle: async ({ env, params }) => {
    const bytes = await platformOf(env).logTile(params.path);
    if (bytes === null) return refuse('not_found', `The log has no ${params.path}.`, 'path');
    return new Response(bytes, {
      headers: {
        'content-type': 'application/octet-stream',
        'cache-control': 'public, max-age=31536000, immutable',
      },
    });
  },
});

/** The last takes whatever the others do not. */
export const logRoutes: readonly Route[] = [checkpoint, ledger, keys, tile];
