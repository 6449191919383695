import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tempFolder } from '../../cli/temp.ts';
import { startServer } from '../support/server.ts';
import { ask } from './run/http.ts';
import { buildInjector, whyNot } from './run/injector.ts';
import { boutBody } from './run/table.ts';

const CLIENTS = 100;
const FAILING_COMMITS = 500;
const noInjector = whyNot();

describe('a server that is started while its disk fails', () => {
  const folder = tempFolder('fightjudge-start-');
  afterAll(() => folder.remove());

  it.skipIf(noInjector !== null)(
    `becomes ready however many wait for it, and answers them all in the end${noInjector === null ? '' : `: left out, because ${noInjector}`}`,
    async () => {
      const persistTo = join(folder.path, 'data');
      const injector = buildInjector(join(folder.path, 'injector'), persistTo);
      const server = await startServer({ persistTo, env: injector.env });
      try {
        const { url, adminSecret } = server;
        const minted = await ask(`${url}/api/auth/tokens`, 'POST', adminSecret, {
          role: 'supervisor',
          subject: 'chief',
        });
        const token = String(minted['token']);
        await server.kill9();

        // Commits fail, so every client finds its bout out of reach again and again, which is what fills the log.
        injector.order([{ kind: 'eio', calls: 'sync', after: 0, times: FAILING_COMMITS }]);
        const clients = Array.from({ length: CLIENTS }, async (_, i) => await makeBout(url, token, `bout-${i}`));
        await server.restart();
        expect(new Set(await Promise.all(clients)).size).toBe(CLIENTS);
        expect(injector.struck()).toEqual(['eio']);
      } finally {
        await server.stop();
      }
    },
    60_000,
  );
});

/** Tries until the bout is made, and gives its id. */
async function makeBout(url: string, token: string, boutId: string): Promise<string> {
  return String((await ask(`${url}/api/bouts`, 'POST', token, boutBody(boutId)))['bout_id']);
}
