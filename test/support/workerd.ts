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

  /** Where vitest keeps what loads its modules, and where the plugin for Workers asks for them. */
  var __vitest_mocker__: { readonly moduleRunner: { import: Load; load?: Load } };
}

type WorkerEnv = Env;
type Load = (id: string, ...how: readonly unknown[]) => Promise<unknown>;

// With every call of the Worker, and with every call of an object's method, the plugin asks for the Worker's module, and
// vitest asks Node each time where that is and whether it has changed: half of what these tests would cost. It is the
// same while a file's tests run, and this is evaluated anew before each file.
const { moduleRunner } = globalThis.__vitest_mocker__;
const load = (moduleRunner.load ??= moduleRunner.import.bind(moduleRunner));
let worker: unknown = null;
moduleRunner.import = async (id, ...how) => {
  if (!id.endsWith('/workers/index.ts')) return await load(id, ...how);
  // Not the promise: one that was made for one request is not to be awaited by another.
  worker ??= await load(id);
  return worker;
};

// All files share one runtime; each finds it empty and its index migrated.
beforeAll(async () => {
  await reset();
  await applyD1Migrations(env.INDEX, env.TEST_MIGRATIONS);
});
