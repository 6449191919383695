import { join } from 'node:path';
import { PROJECT_ROOT } from '../../cli/project.ts';
import { tempFolder } from '../../cli/temp.ts';
import { openHttp } from '../load/http.ts';
import { expectSuccess } from '../load/success.ts';
import { actionsOf, ask, makeBout, mintToken } from '../product.ts';
import type { Line, Table } from '../report.ts';
import { ADMIN_SECRET } from '../servers/index.ts';
import { startProcess } from '../servers/process.ts';
import type { Bench } from '../settings.ts';

const ACTIONS = 1_024;
const BATCH = 256;

/** Rows written, as the storage itself counts them: what Cloudflare bills, and what a disk has to take. */
export async function benchRows({ progress }: Bench): Promise<Table[]> {
  progress('rows written');
  const folder = tempFolder('fightjudge-rows-');
  const dataDir = folder.path;
  const server = await startProcess({
    script: join(PROJECT_ROOT, 'bench', 'servers', 'counted.ts'),
    args: [dataDir],
    dataDir,
    env: { ADMIN_SECRET },
  });
  try {
    const lines = [await countRows(server.url, 'one by one', 1), await countRows(server.url, `by ${BATCH}`, BATCH)];
    const note = `Besides the ledger’s own rows: a snapshot and a run of keys for every 256 entries or more, and the index’s job. ${ACTIONS} actions a line, once: rows are counted, not timed.`;
    return [{ title: 'Rows written for an action', note, lines }];
  } finally {
    await server.stop();
    folder.remove();
  }
}

async function countRows(url: string, what: string, atOnce: number): Promise<Line> {
  const boutId = `rows-${atOnce}`;
  const subject = 'operator';
  await makeBout(url, boutId);
  const token = await mintToken(url, { role: 'operator', subject });
  const next = actionsOf(boutId, subject);
  const client = await openHttp(url);
  const send = async (): Promise<void> => {
    const events = Array.from({ length: atOnce }, next);
    const [path, body] = atOnce === 1 ? ['log', events[0]] : ['batch', { bout_id: boutId, events }];
    expectSuccess('Logging', await client.ask('POST', `/api/events/v2/${path}`, token, JSON.stringify(body)));
  };
  // The first one brings the operator's joining with it, which is an entry of its own.
  await send();
  const before = await rowsOf(url, boutId);
  for (let sent = 0; sent < ACTIONS; sent += atOnce) await send();
  const after = await rowsOf(url, boutId);
  client.close();
  const entries = after.entries - before.entries;
  const each = entries / ACTIONS;
  return {
    what: `logged ${what}`,
    product: `${entries} rows, ${after.others - before.others} besides`,
    against: `${ACTIONS} actions`,
    ratio: { median: each, min: each, max: each },
    budget: { atMost: 1 },
  };
}

/** What a bout has written so far: its ledger's rows and all others. */
type Rows = { readonly entries: number; readonly others: number };

async function rowsOf(url: string, boutId: string): Promise<Rows> {
  const rows: Rows = JSON.parse(await ask(url, 'GET', `/bench/rows/${boutId}`, ''));
  return rows;
}
