import * as z from 'zod';
import { renderMetrics } from '../metrics.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';

const health = defineRoute({
  method: 'get',
  path: '/api/health',
  tag: 'Operation',
  summary: 'Whether the edge answers',
  description: 'Touches no object and no storage: it says that this Worker runs, and nothing else.',
  permission: 'public',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: NO_BODY,
  responses: { 200: { description: 'It answers.', schema: z.object({ status: z.literal('ok') }) } },
  handle: () => Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } }),
});

const metrics = defineRoute({
  method: 'get',
  path: '/api/metrics',
  tag: 'Operation',
  summary: 'Counts and latencies of this isolate',
  description: 'Prometheus text format 0.0.4. Each isolate counts for itself, from its start.',
  permission: 'metrics',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: NO_BODY,
  responses: { 200: { description: 'Prometheus text.' } },
  handle: () =>
    new Response(renderMetrics(), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
    }),
});

export const healthRoutes: readonly Route[] = [health, metrics];
