import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { transformWithOxc } from 'vite';
import { QUIET_ENV, runMain } from '../../cli/project.ts';
import { runtimeEnv } from '../../cli/server/runtime.ts';

const SOURCE = join(import.meta.dirname, '..', 'bare', 'worker.ts');
const NAME = 'bare';
const HOST = '127.0.0.1';

/** Serves the bare object from the folder given, on the same runtime and in the same way as the product. */
async function main(): Promise<void> {
  const [dataDir] = process.argv.slice(2);
  if (dataDir === undefined) throw new Error('The bare server needs a data folder.');
  Object.assign(process.env, QUIET_ENV, runtimeEnv(dataDir), { TMPDIR: dataDir });
  const { code } = await transformWithOxc(readFileSync(SOURCE, 'utf8'), SOURCE);
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: NAME,
      modules: [{ type: 'ESModule', path: 'worker.js', contents: code }],
      compatibilityDate: '2026-10-15',
      compatibilityFlags: ['nodejs_compat'],
      durableObjects: { BARE: { className: 'Bare', useSQLite: true } },
      unsafeDirectSockets: [{ host: HOST, port: 0 }],
      host: HOST,
      port: 0,
      unsafeLocalExplorer: false,
      resourcePersistencePath: dataDir,
      log: new Log(LogLevel.ERROR),
      logRequests: false,
      telemetry: { enabled: false },
    }),
  );
  const stop = () => void miniflare.dispose().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, stop);
  }
  await miniflare.ready;
  const { port } = await miniflare.unsafeGetDirectURL(NAME);
  process.stdout.write(`The bare object is ready at http://${HOST}:${port}\n`);
}

await runMain(main);
