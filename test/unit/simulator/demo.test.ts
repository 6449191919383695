import { afterEach, expect, test } from 'vitest';
import { runDemo } from '../../../cli/simulator/demo.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

const servers: FakeServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map(async (server) => await server.stop()));
});

test('the demo puts its bout on the card, says so, keeps quiet, and ends when it is told to', async () => {
  const server = await startFakeServer('secret', () => 'none');
  servers.push(server);
  const stop = new AbortController();
  const bouts: string[] = [];
  const lines: string[] = [];
  await runDemo({
    baseUrl: server.url,
    adminSecret: 'secret',
    signal: stop.signal,
    onBout: (boutId) => {
      bouts.push(boutId);
      setTimeout(() => stop.abort(), 100);
    },
    log: (line) => lines.push(line),
  });
  expect(bouts).toEqual([expect.stringMatching(/^demo-\d{8}T\d{6}Z$/)]);
  expect(lines).toEqual([]);
  const [card, bout] = server.stored;
  expect(card).toMatchObject({ path: '/api/cards', body: { card_id: 'demo' } });
  expect(bout).toMatchObject({
    path: '/api/bouts',
    body: {
      bout_id: bouts[0],
      card_id: 'demo',
      simulated: true,
      time_zone: 'UTC',
      judges: [{ judge_name: 'Judge 1' }, { judge_name: 'Judge 2' }, { judge_name: 'Judge 3' }],
    },
  });
  expect(server.stored.some(({ path, body }) => path.includes('/cards/demo') && body['bout_id'] === bouts[0])).toBe(
    true,
  );
});
