import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { RefusedError } from '../../../cli/simulator/actor.ts';
import { expandRound } from '../../../cli/simulator/expand.ts';
import { createLink, ServerLostError } from '../../../cli/simulator/link.ts';
import { playBout, type Progress } from '../../../cli/simulator/player.ts';
import { type BoutRounds, loadRounds } from '../../../cli/simulator/rounds.ts';
import { isSound, summaryOf } from '../../../cli/simulator/summary.ts';
import { type FakeServer, type Fault, startFakeServer } from './fake-server.ts';
import { anyRound } from './round-row.ts';

const SECRET = 'admin-secret';
const FIXTURE = loadRounds();
const servers: FakeServer[] = [];

async function fake(faultOf: (path: string) => Fault = () => 'none'): Promise<FakeServer> {
  const server = await startFakeServer(SECRET, faultOf);
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map(async (server) => await server.stop()));
});

type Play = Partial<Parameters<typeof playBout>[0]> & { readonly signal?: AbortSignal; readonly patienceMs?: number };

function play(server: FakeServer, { signal, patienceMs, ...options }: Play = {}) {
  const link = createLink({
    baseUrl: server.url,
    signal: signal ?? new AbortController().signal,
    backoff: { firstMs: 1, mostMs: 4 },
    patienceMs: patienceMs ?? Infinity,
  });
  return playBout({
    link,
    adminSecret: SECRET,
    rounds: FIXTURE,
    boutId: 'b1',
    seed: 1,
    // A round takes 15 ms.
    speed: 20_000,
    restMs: 0,
    ...options,
  });
}

/** Each device's events as the script has them and as they were stored, without their stamps. */
function scripts(server: FakeServer, rounds: BoutRounds) {
  return (['red', 'blue'] as const).map((corner) => {
    const subject = `simulated-operator-${corner}`;
    const mine = server.stored.filter((entry) => entry.path === '/api/events/v2/log' && entry.caller === subject);
    return {
      script: rounds.rounds.flatMap((round) =>
        expandRound(round, 1)
          .filter((action) => action.corner === corner)
          .map(({ clockMs, eventType, metadata }) => ({ round: round.round_id, clockMs, eventType, metadata })),
      ),
      stored: mine.map(({ body }) => ({
        round: body['round_id'],
        clockMs: body['clock_ms'],
        eventType: body['event_type'],
        metadata: body['metadata'],
      })),
      bodies: mine.map((entry) => entry.body),
    };
  });
}

function expectExactlyOnceInOrder(server: FakeServer, rounds: BoutRounds) {
  for (const { script, stored, bodies } of scripts(server, rounds)) {
    expect(stored).toEqual(script);
    expect(bodies.map((body) => body['device_seq'])).toEqual(script.map((_, i) => i + 1));
    const buckets = bodies.map((body) => Math.floor(Number(body['timestamp_ms']) / 10));
    expect(new Set(buckets).size).toBe(script.length);
  }
  // A repeat is the same bytes, or it would be another event.
  for (const seen of server.bodies.values()) expect(seen.size).toBe(1);
}

const anyBout: fc.Arbitrary<BoutRounds> = fc
  .array(anyRound, { minLength: 1, maxLength: 2, size: 'small' })
  .map((rounds) => ({
    ...FIXTURE,
    rounds: rounds.map((round, i) => ({ ...round, round_id: i + 1, scorecards: { JUDGE1: { red: 10, blue: 9 } } })),
  }));

const anyFault: fc.Arbitrary<Fault> = fc.constantFrom<Fault[]>('none', 'none', 'none', 'lost', 'reply-lost', 503, 429);

describe('playing a bout', () => {
  test('goes through every official, and every stored event is marked as simulated', async () => {
    const server = await fake();
    const report = await play(server);
    expect(isSound(report)).toBe(true);
    expectExactlyOnceInOrder(server, FIXTURE);
    expect(server.stored[0]).toMatchObject({
      path: '/api/bouts',
      caller: 'simulated-supervisor',
      body: { bout_id: 'b1', simulated: true, scheduled_rounds: 3, round_length_s: 300 },
    });
    const events = server.stored.filter((entry) => entry.path === '/api/events/v2/log');
    expect(events.every(({ body }) => body['simulated'] === true)).toBe(true);

    const said = (path: string) => server.stored.filter((entry) => entry.path.endsWith(path));
    const clock = said('/clock').map(({ body }) => `${String(body['action'])} ${String(body['round_id'])}`);
    expect(clock.filter((line) => !line.startsWith('adjust'))).toEqual([
      'start_round 1',
      'end_round 1',
      'start_round 2',
      'pause 2',
      'resume 2',
      'end_round 2',
      'start_round 3',
      'end_round 3',
    ]);
    expect(said('/scorecards')).toHaveLength(9);
    for (const { body, caller } of said('/scorecards')) {
      const { judge_id: seat, round_id: round, red, blue } = body;
      expect(caller).toBe(`simulated-judge-${String(seat)}`);
      expect({ red, blue }).toEqual(FIXTURE.rounds[Number(round) - 1]?.scorecards[String(seat)]);
    }
    expect(said('/lock-round').map(({ body }) => body['override_reason'])).toEqual(
      Array.from({ length: 3 }, () => 'simulated bout: played from its statistics'),
    );
    expect(said('/finalize').map((entry) => entry.caller)).toEqual([
      'simulated-supervisor',
      'simulated-second-supervisor',
    ]);
    expect(summaryOf(report)).toContain('round 3: 108 events, chain valid, counts equal the source');
  });

  test('moves the clock along with a fast script, and to the bell before the bell', async () => {
    const server = await fake();
    const [round] = FIXTURE.rounds;
    if (round === undefined) throw new Error('the fixture has no rounds');
    const short = { ...round, round_seconds: 120 };
    await play(server, { rounds: { ...FIXTURE, rounds: [short] }, speed: 100 });
    const clock = server.stored.filter((entry) => entry.path.endsWith('/clock'));
    expect(clock.map(({ body }) => [body['action'], body['elapsed_ms']])).toEqual([
      ['start_round', undefined],
      ['adjust', 50_000],
      ['pause', undefined],
      ['adjust', 60_000],
      ['resume', undefined],
      ['adjust', 100_000],
      ['adjust', 120_000],
      ['end_round', undefined],
    ]);
    const reasons = clock.flatMap(({ body }) => (body['action'] === 'adjust' ? [body['reason']] : []));
    expect(new Set(reasons)).toEqual(new Set(['simulated at speed 100']));
  });

  test('is exactly once and in order per device, whatever is lost on the way', async () => {
    await fc.assert(
      fc.asyncProperty(anyBout, fc.array(anyFault, { minLength: 1, maxLength: 60 }), async (rounds, faults) => {
        let turn = 0;
        // The last fault of a cycle is none, so that everything gets through in the end.
        const server = await fake(() => (turn++ % 7 === 6 ? 'none' : (faults[turn % faults.length] ?? 'none')));
        const report = await play(server, { rounds });
        expect(report).toMatchObject({ acked: report.sent, refused: 0 });
        expectExactlyOnceInOrder(server, rounds);
        await server.stop();
      }),
      { numRuns: 5 },
    );
  }, 30_000);

  test('waits for a server that goes away, and goes on where it was', async () => {
    let logged = 0;
    const outages: Promise<void>[] = [];
    const lines: string[] = [];
    const server: FakeServer = await fake((path) => {
      if (path !== '/api/events/v2/log') return 'none';
      logged += 1;
      if (logged !== 10 && logged !== 60) return 'none';
      outages.push(outage());
      // The request in hand dies with the server, after it was stored.
      return 'reply-lost';
    });
    const outage = async () => {
      await server.stop();
      await new Promise((resolve) => setTimeout(resolve, logged < 60 ? 1200 : 50));
      await server.start();
    };
    const link = createLink({
      baseUrl: server.url,
      signal: new AbortController().signal,
      backoff: { firstMs: 1, mostMs: 20 },
      log: (line) => lines.push(line),
    });
    const report = await play(server, { link });
    await Promise.all(outages);
    expect(outages).toHaveLength(2);
    expect(report.duplicates).toBe(2);
    expect(report.retries).toBeGreaterThan(0);
    expect(isSound(report)).toBe(true);
    expectExactlyOnceInOrder(server, FIXTURE);
    // One line each way for the long outage, none for the blip.
    expect(lines).toEqual([
      expect.stringMatching(/^the server does not answer \(.+\); trying on$/),
      'the server answers again after 1 s',
    ]);
  });

  test('takes new tokens from a server that no longer knows the old ones', async () => {
    let logged = 0;
    const server: FakeServer = await fake((path) => {
      if (path === '/api/events/v2/log' && ++logged === 20) server.forgetTokens();
      return 'none';
    });
    const report = await play(server);
    expect(isSound(report)).toBe(true);
    expect(server.mints()).toBeGreaterThan(8);
    expectExactlyOnceInOrder(server, FIXTURE);
  });

  test('ends at once where the secret is wrong', async () => {
    const server = await fake();
    await expect(play(server, { adminSecret: 'other' })).rejects.toThrow(RefusedError);
    expect(server.stored).toEqual([]);
  });

  test('ends when the server stays away longer than its patience', async () => {
    const server = await fake(() => 503);
    await expect(play(server, { patienceMs: 50 })).rejects.toThrow(ServerLostError);
  });

  test('ends when it is told to', async () => {
    const server = await fake();
    const stop = new AbortController();
    const playing = play(server, {
      signal: stop.signal,
      speed: 60,
      onProgress: (progress: Progress) => {
        if (progress.acked === 3) stop.abort(new Error('enough'));
      },
    });
    await expect(playing).rejects.toThrow('aborted');
    expect(server.stored.filter((entry) => entry.path === '/api/events/v2/log').length).toBeLessThan(10);
  });
});
