import { answerDefect } from './defects.ts';
import type { Env } from './env.ts';
import { migrate } from './migrate.ts';

type Handler = {
  readonly fetch: (request: Request, env: Env, ctx: ExecutionContext) => Response | Promise<Response>;
};

const POLL_MS = 10;

/** After which somebody else may begin: a migration is a transaction, so two at once do no harm. */
const PATIENCE_MS = 5_000;

/**
 * The worker for a server that leads every request straight here. Cloudflare serves the pages before the worker is asked;
 * Miniflare's stand-in for that is two more workers on the way of each request, which doubles what an append costs.
 *
 * Nobody is answered before the index's migrations are applied. They are applied here and not by the process that
 * started the runtime: its way to the database blocks it, and then nobody empties the pipe that the runtime logs into.
 */
export function createDirect(app: Handler): Handler {
  const serve: Handler['fetch'] = (request, env, ctx) =>
    // The path begins at the first slash after `https://`.
    request.url.startsWith('/api/', request.url.indexOf('/', 8))
      ? app.fetch(request, env, ctx)
      : env.ASSETS.fetch(request);

  let isMigrated = false;
  /** When somebody began; one at a time. */
  let begunMs = Number.NEGATIVE_INFINITY;

  const migrateIndex = async (env: Env): Promise<void> => {
    begunMs = Date.now();
    try {
      await migrate(env.INDEX, env.MIGRATIONS ?? []);
      isMigrated = true;
    } finally {
      begunMs = Number.NEGATIVE_INFINITY;
    }
  };

  const serveOnceMigrated: Handler['fetch'] = async (request, env, ctx) => {
    while (!isMigrated) {
      // Requests must not wait for each other's promises: the one who began may be gone, and its I/O with it.
      if (Date.now() - begunMs < PATIENCE_MS) {
        await scheduler.wait(POLL_MS);
        continue;
      }
      const migrating = migrateIndex(env);
      ctx.waitUntil(migrating.catch(() => undefined));
      try {
        await migrating;
      } catch (error) {
        return answerDefect(error, new URL(request.url).pathname);
      }
    }
    return await serve(request, env, ctx);
  };

  return {
    fetch: (request, env, ctx) => (isMigrated ? serve : serveOnceMigrated)(request, env, ctx),
  };
}
