import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';
import { ask } from './run/http.ts';

/** How old a runtime is, in ms, when it is killed again: before it has read anything, and up to when it listens. */
const AGES_MS = [0, 30, 80, 130];

describe('a server whose runtime ends', () => {
  it.each(AGES_MS)('serves again, also when the next runtime is killed at the age of %i ms', async (ageMs) => {
    const server = await startServer();
    try {
      const { pid } = server;
      const first = runtimeOf(server);
      process.kill(first, 'SIGKILL');
      const second = await runtimeAfter(server, first);
      await pause(ageMs);
      process.kill(second, 'SIGKILL');
      await runtimeAfter(server, second);
      expect(await ask(`${server.url}/api/health`, 'GET', null)).toEqual({ status: 'ok' });
      expect(server.pid).toBe(pid);
    } finally {
      expect(await server.stop()).toBe(0);
    }
  });

  it('ends with status 1 and says why, when the runtime cannot come back', async () => {
    const server = await startServer();
    let taken: Server | null = null;
    try {
      const { port } = new URL(server.url);
      process.kill(runtimeOf(server), 'SIGKILL');
      // Before a new runtime has got so far as to listen.
      taken = await take(Number(port));
      const { status, errors } = await server.ended();
      expect(status).toBe(1);
      expect(errors.trimEnd().split('\n').at(-1)).toBe(
        `FightJudge: The runtime ended and could not be started again: Port ${port} is in use; choose another with --port.`,
      );
    } finally {
      taken?.close();
      await server.stop();
    }
  });
});

function runtimeOf({ dataDir }: TestServer): number {
  return Number(readFileSync(join(dataDir, 'runtime.pid'), 'utf8').trim());
}

/** The process of the runtime that is started next, as soon as there is one. */
async function runtimeAfter(server: TestServer, before: number): Promise<number> {
  for (;;) {
    const now = runtimeOf(server);
    if (now > 0 && now !== before) return now;
    await pause(1);
  }
}

/** Listens on a port as soon as nobody else does. */
async function take(port: number): Promise<Server> {
  for (;;) {
    const server = createServer();
    server.listen(port, '127.0.0.1');
    const listens = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (listens) return server;
    await pause(1);
  }
}
