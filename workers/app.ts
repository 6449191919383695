import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { refuse } from '../domain/refusal.ts';
import { authorize } from './auth/authorize.ts';
import { answerDefect } from './defects.ts';
import type { Env } from './env.ts';
import { observe } from './metrics.ts';
import { handOverIfDue } from './monitor/hand-over.ts';
import { problemResponse } from './problem.ts';
import type { RawCall, Route } from './route.ts';
import { routes } from './routes/index.ts';
import { socketRoutes } from './routes/socket.ts';

/** Hono names a parameter `:bout_id`; the route table speaks OpenAPI, `{bout_id}`. `{path}` is the rest, slashes and all. */
function honoPath(path: string): string {
  return path.replace('{path}', ':path{.+}').replaceAll(/\{([a-z_]+)\}/g, ':$1');
}

type App = {
  readonly fetch: (request: Request, env: Env, ctx: ExecutionContext) => Response | Promise<Response>;
};

/** What every tap calls: it goes to its route without a router on the way, which would cost a tenth of it. */
const TAP_PATH = '/api/events/v2/log';

/** The edge: everything under `/api/`. Throws where the route table has no tap. */
export function createApp(): App {
  const router = createRouter();
  const tap = routes.find(({ path }) => path === TAP_PATH);
  // Under another path every tap would take the slow way, and nobody would be told.
  if (tap === undefined) throw new Error(`No route is at ${TAP_PATH}.`);
  return {
    fetch: (request, env, ctx) => (isTap(request) ? serveTap(tap, request, env, ctx) : router.fetch(request, env, ctx)),
  };
}

const NONE = () => ({});

/**
 * Does without `forAnyOrigin`: every answer of this route goes out with `TAP_HEADERS` or `ANSWER_HEADERS`, and both carry
 * the header.
 */
function serveTap(tap: Route, request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  return serve(tap, request, env, ctx, NONE, NONE);
}

function isTap({ method, url }: Request): boolean {
  // The path begins at the first slash after `https://`.
  return method === 'POST' && url.endsWith(TAP_PATH) && url.indexOf('/', 8) === url.length - TAP_PATH.length;
}

function createRouter(): Hono<{ Bindings: Env }> {
  const app = new Hono<{ Bindings: Env }>();

  // Before anything that could touch a response: a 101 is handed on as it came.
  app.route('/', socketRoutes);

  app.options('/api/*', cors({ origin: '*', allowHeaders: ['Authorization', 'Content-Type'], maxAge: 86_400 }));

  for (const route of routes) {
    app.on(route.method.toUpperCase(), honoPath(route.path), async (c) => {
      const { raw: request } = c.req;
      const params = () => c.req.param();
      const query = () => c.req.query();
      return forAnyOrigin(await serve(route, request, c.env, c.executionCtx, params, query));
    });
  }

  app.all('/api/*', (c) => problemResponse(refuse('not_found', `There is no ${c.req.method} ${c.req.path}.`)));
  app.notFound((c) => problemResponse(refuse('not_found', `There is no ${c.req.path}.`)));
  app.onError((error, c) => answerDefect(error, c.req.path));
  return app;
}

async function serve(
  route: Route,
  request: Request,
  env: Env,
  ctx: { readonly waitUntil: (work: Promise<unknown>) => void },
  params: RawCall['params'],
  query: RawCall['query'],
): Promise<Response> {
  const startMs = performance.now();
  let response: Response;
  try {
    const caller = await authorize(request, env, route.permission);
    response = caller.ok
      ? await route.serve({
          env,
          request,
          caller: caller.value,
          params,
          query,
          waitUntil: (work) => ctx.waitUntil(work),
        })
      : problemResponse(caller);
  } catch (error) {
    // Here and not further out, so that it is counted as well.
    response = answerDefect(error, new URL(request.url).pathname);
  }
  const endMs = performance.now();
  observe(route.name, response.status, endMs - startMs);
  handOverIfDue(env, endMs, ctx);
  return response;
}

/** Whatever a route answers with may be read by a page of any origin; see `ANSWER_HEADERS`. */
function forAnyOrigin(response: Response): Response {
  response.headers.set('access-control-allow-origin', '*');
  return response;
}
