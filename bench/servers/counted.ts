import { buildIfStale } from '../../cli/build.ts';
import { PROJECT_ROOT, runMain } from '../../cli/project.ts';
import { loadSecrets, secretVars } from '../../cli/secrets.ts';
import { startRuntime } from '../../cli/server/runtime.ts';

/**
 * The built product behind an entry of our own: its bout adds up the rows that its statements write, as the storage
 * reports them, and answers `/bench/rows/BOUT` with the sums: those of the ledger, and all others.
 */
const ENTRY = `
import product, { direct as inner, Bout as Product, Card, Platform } from './index.js';
export { Card, Platform };
let counting = false;
let cursors = [];
const rows = { entries: 0, others: 0 };
function settle() {
  for (const { cursor, kind } of cursors) rows[kind] += cursor.rowsWritten;
  cursors = [];
  return rows;
}
export class Bout extends Product {
  constructor(ctx, env) {
    if (!counting) {
      counting = true;
      const methods = Object.getPrototypeOf(ctx.storage.sql);
      const exec = methods.exec;
      methods.exec = function (...args) {
        const cursor = exec.apply(this, args);
        cursors.push({ cursor, kind: args[0].startsWith('INSERT INTO entry ') ? 'entries' : 'others' });
        if (cursors.length > 1000) settle();
        return cursor;
      };
    }
    super(ctx, env);
  }
  rowsWritten() {
    return settle();
  }
}
export const direct = {
  async fetch(request, env, ctx) {
    const asked = /\\/bench\\/rows\\/([^/]+)$/.exec(request.url);
    if (asked === null) return inner.fetch(request, env, ctx);
    return Response.json(await env.BOUT.getByName(asked[1]).rowsWritten());
  },
};
export default product;
`;

async function main(): Promise<void> {
  const [dataDir] = process.argv.slice(2);
  if (dataDir === undefined) throw new Error('The counting server needs a data folder.');
  await buildIfStale();
  const { others, ...secrets } = loadSecrets({ env: process.env, projectRoot: PROJECT_ROOT, dataDir });
  const vars = { ...others, ...secretVars(secrets) };
  const runtime = await startRuntime({ port: 0, dataDir, vars, entry: ENTRY });
  process.on('SIGTERM', () => void runtime.stop().then(() => process.exit(0)));
  process.stdout.write(`The counting server is ready at ${runtime.url}\n`);
}

await runMain(main);
