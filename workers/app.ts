import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { refuse } from '../domain/refusal.ts';
import { authorize } from './auth/authorize.ts';
import type { Env } from './env.ts';
import { observe } from './metrics.ts';
import { problemResponse } from './problem.ts';
import type { Route } from './route.ts';
import { routes } from './routes/index.ts';
import { socketRoutes } from './routes/socket.ts';

/** Hono names a parameter `:bout_id`; the route table speaks OpenAPI, `{bout_id}`. */
function honoPath(path: string): string {
  return path.replaceAll(/\{([a-z_]+)\}/g, ':$1');
}

async function answerTo(route: Route, c: Context<{ Bindings: Env }>): Promise<Response> {
  const caller = await authorize(c.req.raw, c.env, route.permission);
  if (!caller.ok) return problemResponse(caller);
  return await route.serve({
    env: c.env,
    request: c.req.raw,
    caller: caller.value,
    params: c.req.param(),
    query: c.req.query(),
    waitUntil: (work) => c.executionCtx.waitUntil(work),
  });
}

export function createApp(): Hono<{ Bindings: Env }> {
  const app = new Hono<{ Bindings: Env }>();

  // Before anything that could touch a response: a 101 is handed on as it came.
  app.route('/', socketRoutes);

  // Overlays and jumbotrons live on other origins. Nothing here rides on a cookie, so any origin may ask;
  // what it gets depends on the token that it sends.
  app.use('/api/*', cors({ origin: '*', allowHeaders: ['Authorization', 'Content-Type'], maxAge: 86_400 }));

  for (const route of routes) {
    app.on(route.method.toUpperCase(), honoPath(route.path), async (c) => {
      const startMs = performance.now();
      const response = await answerTo(route, c);
      observe(`${route.method.toUpperCase()} ${route.path}`, response.status, performance.now() - startMs);
      return response;
    });
  }

  app.all('/api/*', (c) => problemResponse(refuse('not_found', `There is no ${c.req.method} ${c.req.path}.`)));
  app.notFound((c) => problemResponse(refuse('not_found', `There is no ${c.req.path}.`)));
  app.onError((error, c) => {
    // Whatever is caught here is a defect or an object out of reach; the caller may try again.
    console.error(JSON.stringify({ at: 'app.onError', path: c.req.path, error: String(error), stack: error.stack }));
    return problemResponse(refuse('unavailable', 'The bout could not be reached; try again.'));
  });
  return app;
}
