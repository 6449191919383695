import { json } from '../bouts.ts';
import { look } from '../monitor/look.ts';
import { monitorSchema } from '../monitor/schema.ts';
import { wireLook } from '../monitor/wire.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';

const monitor = defineRoute({
  method: 'get',
  path: '/api/monitor',
  tag: 'Operation',
  summary: 'What is up, how fast, and since when',
  description:
    'The edge’s traffic, the bouts of the last hours, their devices, and every part with its status. A part that does not answer within two seconds is offline. Cut to the bouts that the token reaches; requests of the monitor itself are not counted.',
  permission: 'metrics',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: NO_BODY,
  responses: { 200: { description: 'What one look found.', schema: monitorSchema } },
  handle: async ({ env, caller }) => json(wireLook(await look(env, caller, false), caller)),
});

export const monitorRoutes: readonly Route[] = [monitor];
