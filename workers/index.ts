import { createApp } from './app.ts';
import { createDirect } from './direct.ts';
import type { Env } from './env.ts';
import { lookByTheClock } from './monitor/look.ts';

export { Bout } from '../objects/bout/index.ts';
export { Card } from '../objects/card/index.ts';
export { Platform } from '../objects/platform/index.ts';

const app = createApp();

export default {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
  // The one trigger of wrangler.toml.
  scheduled: async (_controller, env) => await lookByTheClock(env),
} satisfies ExportedHandler<Env>;

/** For a server with nothing in front of it; Cloudflare does not call it. */
export const direct = createDirect(app) satisfies ExportedHandler<Env>;
