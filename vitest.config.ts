import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { generateLogKey, generateTokenKey } from './cli/secrets.ts';
import { TEST_ADMIN_SECRET } from './test/support/secrets.ts';

export default defineConfig({
  test: {
    projects: [
      {
        // Pure code, in Node. Files share their modules: nothing in them keeps state.
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          setupFiles: ['./test/support/properties.ts'],
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        // The worker and its objects, inside the Workers runtime.
        plugins: [
          cloudflareTest(async () => ({
            main: './workers/index.ts',
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              // As in wrangler.toml, but without waiting for a batch to fill.
              queueConsumers: { 'fightjudge-index': { maxBatchSize: 20, maxBatchTimeout: 0, maxRetries: 10 } },
              bindings: {
                ADMIN_SECRET: TEST_ADMIN_SECRET,
                TOKEN_KEY: generateTokenKey(),
                LOG_KEY: generateLogKey('log.test'),
                TEST_MIGRATIONS: await readD1Migrations('./migrations'),
              },
            },
          })),
        ],
        test: {
          name: 'workerd',
          include: ['test/workerd/**/*.test.ts'],
          setupFiles: ['./test/support/workerd.ts'],
          // One runtime for all files, emptied before each of them: starting one costs most of a second.
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        // The built product, served as it would be on a venue's own machine, in a browser.
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['./test/support/build.ts'],
          // Each file has a server of its own, and spends most of its time waiting for what a page shows.
          maxWorkers: 2,
          // One browser for all files of a process.
          isolate: false,
          // A page on a busy machine has its time; what never comes true fails all the same.
          expect: { poll: { timeout: 15_000, interval: 100 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The built product, killed in the middle of what it does.
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['./test/support/build.ts'],
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The built product, sent whatever a schema can be made into, and whatever bytes.
        test: {
          name: 'fuzz',
          include: ['test/fuzz/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['./test/support/build.ts'],
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
