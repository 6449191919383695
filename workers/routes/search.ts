import { refuse } from '../../domain/refusal.ts';
import { json } from '../bouts.ts';
import { strangerTooOften } from '../rate.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import { indexStateSchema, rebuildSchema, rebuiltSchema, searchQuery, searchSchema } from '../schemas/search.ts';
import { pendingIn } from '../search/pending.ts';
import { readProgress } from '../search/progress.ts';
import { search } from '../search/query.ts';
import { rebuild } from '../search/rebuild.ts';

const find = defineRoute({
  method: 'get',
  path: '/api/search',
  tag: 'Search',
  summary: 'Find bouts by fighter, promotion, event, number, judge, date, result or any words',
  description:
    'Bouts whose statistics the caller may see, as `GET /api/bouts`. The index follows the bouts by about a second, and never shows what the release delay holds back; `pending` says how much news waits. Docs: `docs/search.md`.',
  permission: 'read.bout',
  params: NO_PARAMS,
  query: searchQuery,
  body: NO_BODY,
  responses: { 200: { description: 'A page of bouts.', schema: searchSchema } },
  handle: async ({ env, request, caller, query }) => {
    const refused = strangerTooOften(request, caller);
    if (refused !== null) return refused;
    const nowMs = Date.now();
    const found = await search(env.INDEX, caller, query);
    if (!found.ok) return found;
    const { hits, total, isCapped, nextCursor } = found.value;
    return json({
      hits,
      total,
      total_is_capped: isCapped,
      next_cursor: nextCursor,
      as_of_ms: nowMs,
      pending: await pendingIn(env.INDEX_QUEUE, nowMs),
    });
  },
});

const rebuildIndex = defineRoute({
  method: 'post',
  path: '/api/index/rebuild',
  tag: 'Search',
  summary: 'Make the index anew from the bouts and the archive, page by page',
  description:
    'Queues the bouts that the archive, the deployment’s ledger and the index itself know of, and answers at once; `GET /api/index` says how far it has come. Call again with `next_cursor` until there is none. Bouts that are nowhere any more lose their lines. May be repeated at any time.',
  permission: 'index.rebuild',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: rebuildSchema,
  responses: { 200: { description: 'Queued.', schema: rebuiltSchema } },
  handle: async ({ env, caller, body }) => {
    if (caller === null || caller.boutId !== null || caller.cardId !== null) {
      return refuse('forbidden', 'The index is the whole deployment’s; this token is for a card or a bout alone.');
    }
    const asked = { scope: body.scope, dryRun: body.dry_run, cursor: body.cursor ?? null };
    const done = await rebuild(env, asked, Date.now());
    if (!done.ok) return done;
    const { run, queued, nextCursor } = done.value;
    return json({ run, queued, next_cursor: nextCursor });
  },
});

const state = defineRoute({
  method: 'get',
  path: '/api/index',
  tag: 'Search',
  summary: 'How the index is, and how far its newest rebuild has come',
  description: 'Which bouts fail is told to tokens that reach every bout.',
  permission: 'index.read',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: NO_BODY,
  responses: { 200: { description: 'The index.', schema: indexStateSchema } },
  handle: async ({ env, caller }) => {
    const nowMs = Date.now();
    const { bouts, rebuild: newest } = await readProgress(env.INDEX, nowMs);
    return json({
      bouts,
      pending: await pendingIn(env.INDEX_QUEUE, nowMs),
      as_of_ms: nowMs,
      rebuild:
        newest === null
          ? null
          : {
              run: newest.run,
              queued: newest.queued,
              done: newest.done,
              failing: newest.failing,
              failures: newest.failures
                .filter(() => caller?.boutId == null && caller?.cardId == null)
                .map(({ boutId, attempts, error }) => ({ bout_id: boutId, attempts, error })),
              done_by_ms: newest.doneByMs,
            },
    });
  },
});

export const searchRoutes: readonly Route[] = [find, rebuildIndex, state];
