import { createApp } from './app.ts';
import { createDirect } from './direct.ts';
import type { Env, IndexMessage } from './env.ts';
import { lookByTheClock } from './monitor/look.ts';
import { continueErasures } from './people/erase.ts';
import { consume } from './search/consume.ts';

export { Bout } from '../objects/bout/index.ts';
export { Card } from '../objects/card/index.ts';
export { Platform } from '../objects/platform/index.ts';

const app = createApp();

export default {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
  // The one trigger of wrangler.toml.
  scheduled: async (_controller, env) => {
    await Promise.all([lookByTheClock(env), continueErasures(env)]);
  },
  // The one queue of wrangler.toml.
  queue: async (batch, env) => await consume(batch, env),
} satisfies ExportedHandler<Env, IndexMessage>;

/** For a server with nothing in front of it; Cloudflare does not call it. */
export const direct = createDirect(app) satisfies ExportedHandler<Env>;
