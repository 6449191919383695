import { applyD1Migrations, type D1Migration, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll } from 'vitest';
import type { Env } from '../../workers/env.ts';

declare global {
  namespace Cloudflare {
    /** What makes `exports.default` of `cloudflare:workers` the worker under test. */
    interface GlobalProps {
      readonly mainModule: typeof import('../../workers/index.ts');
    }
    /** What `env` of `cloudflare:workers` holds in tests. */
    interface Env extends WorkerEnv {
      readonly TEST_MIGRATIONS: D1Migration[];
    }
  }
}

type WorkerEnv = Env;

// All files share one runtime; each finds it empty and its index migrated.
beforeAll(async () => {
  await reset();
  await applyD1Migrations(env.INDEX, env.TEST_MIGRATIONS);
});
