import { createApp } from './app.ts';
import type { Env } from './env.ts';

export { Bout } from '../objects/bout/index.ts';
export { Card } from '../objects/card/index.ts';
export { Platform } from '../objects/platform/index.ts';

const app = createApp();

export default {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
} satisfies ExportedHandler<Env>;

/**
 * The same for a server that leads every request straight here. Cloudflare serves the pages before the worker is asked;
 * Miniflare's stand-in for that is two more workers on the way of each request, which doubles what an append costs.
 */
export const direct = {
  fetch: (request, env, ctx) =>
    // The path begins at the first slash after `https://`.
    request.url.startsWith('/api/', request.url.indexOf('/', 8))
      ? app.fetch(request, env, ctx)
      : env.ASSETS.fetch(request),
} satisfies ExportedHandler<Env>;
