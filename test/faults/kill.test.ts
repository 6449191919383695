import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_SEED, roundSeed, seededRandom } from '../../cli/simulator/random.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { isAnswer, newRecords, type Records, type Request, sendOnce } from './client.ts';
import { newWriter, undoId, type Writer } from './writer.ts';

const WRITERS = 8;
/** How often the server is killed; a longer run than that of every `npm test` says so. */
const KILLS = Number(process.env['FIGHTJUDGE_KILLS'] ?? 4);
/** `FIGHTJUDGE_SEED` repeats a run's writers, resends and moments of killing; how they meet is up to the machine. */
const SEED = Number(process.env['FIGHTJUDGE_SEED'] ?? crypto.getRandomValues(new Uint32Array(1))[0]) % (MAX_SEED + 1);
const BOUT = 'bout-kill';

let server: TestServer;
let supervisor: string;

beforeAll(async () => {
  process.stdout.write(`faults: FIGHTJUDGE_SEED=${SEED} FIGHTJUDGE_KILLS=${KILLS}\n`);
  server = await startServer();
  supervisor = await mint('sue', 'supervisor');
});

afterAll(async () => {
  await server?.stop();
});

type Json = Readonly<Record<string, unknown>>;

async function ask(method: string, path: string, token: string, body?: Json): Promise<Json> {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok || !isAnswer(answer)) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

async function mint(subject: string, role: string): Promise<string> {
  const { token } = await ask('POST', '/api/auth/tokens', server.adminSecret, { role, subject, bout_id: undefined });
  if (typeof token !== 'string') throw new Error('No token was minted.');
  return token;
}

function boutBody(boutId: string): Json {
  return {
    bout_id: boutId,
    promotion: 'Promotion',
    event: 'Event',
    sport: 'mma',
    scheduled_rounds: 3,
    round_length_s: 1_800,
    fighter1: { name: 'Red' },
    fighter2: { name: 'Blue' },
    event_id: `create-${boutId}`,
  };
}

/** Makes bouts all the while: each owes its line in the index and its place on the platform. */
async function makeBouts(records: Records, made: string[], until: () => boolean): Promise<void> {
  while (!until() && made.length < 40) {
    const boutId = `made-${made.length + 1}`;
    made.push(boutId);
    const request: Request = { eventId: `create-${boutId}`, path: '/api/bouts', body: boutBody(boutId) };
    while (!(await sendOnce(server.url, supervisor, request, records))) await pause(20);
    await pause(150);
  }
}

function listOf(json: Json, name: string): readonly Json[] {
  const value = json[name];
  return Array.isArray(value) ? value.filter(isAnswer) : [];
}

describe(`a server that is killed ${KILLS} times while ${WRITERS} clients write`, () => {
  const records = newRecords();
  const writers: Writer[] = [];
  const made: string[] = [];
  const ofBouts = newRecords();
  let events: readonly Json[] = [];

  beforeAll(
    async () => {
      await ask('POST', '/api/bouts', supervisor, boutBody(BOUT));
      await ask('POST', `/api/bouts/${BOUT}/clock`, supervisor, { action: 'start_round', round_id: 1 });
      for (let i = 0; i < WRITERS; i += 1) {
        const name = `w${i}`;
        const random = seededRandom(roundSeed(SEED, i + 1));
        const token = await mint(name, 'operator');
        writers.push(newWriter({ url: server.url, boutId: BOUT, name, token, random, records, startMs: Date.now() }));
      }
      let over = false;
      const until = () => over;
      const work = Promise.all([...writers.map((writer) => writer.run(until)), makeBouts(ofBouts, made, until)]);
      const random = seededRandom(SEED);
      for (let kill = 0; kill < KILLS; kill += 1) {
        await pause(200 + random.below(1_200));
        await server.kill9();
        await pause(random.below(150));
        await server.restart();
      }
      await pause(300);
      over = true;
      await work;
      // What counts is what is on the disk: the last start has nothing in memory.
      await server.kill9();
      await server.restart();
      const last = { bout_id: BOUT, round_id: 1, judge_id: 'sue', fighter_id: 'fighter1', event_type: 'Jab' };
      await ask('POST', '/api/events/v2/log', supervisor, {
        ...last,
        timestamp_ms: Date.now(),
        device_id: 'd',
        event_id: 'last',
      });
      const read = await ask('GET', `/api/events/v2/${BOUT}/1`, supervisor);
      events = listOf(read, 'events');
    },
    60_000 + KILLS * 15_000,
  );

  it('lost answers, and was asked again', () => {
    expect(records.oddities).toEqual([]);
    expect(ofBouts.oddities).toEqual([]);
    expect(records.lost).toBeGreaterThan(0);
    expect(records.repeated).toBeGreaterThan(0);
    process.stdout.write(
      `faults: ${records.receipts.size} receipts, ${records.lost} lost answers, ${records.repeated} repeats, ${made.length} bouts made\n`,
    );
  });

  it('has everything that was sent, once, and nothing else', () => {
    const logs = writers.flatMap((writer) => writer.sent.filter((one) => one.path.endsWith('/log')));
    const stored = events.map((event) => String(event['event_id']));
    expect(new Set(stored).size).toBe(stored.length);
    expect(stored.toSorted()).toEqual([...logs.map((one) => one.eventId), 'last'].toSorted());
    expect(new Set(events.map((event) => event['event_hash'])).size).toBe(events.length);
  });

  it('stands by every receipt that it gave', () => {
    const byId = new Map(events.map((event) => [event['event_id'], event]));
    const sent = writers.flatMap((writer) => writer.sent);
    expect(records.receipts.size).toBe(sent.length);
    for (const { eventId, path } of sent) {
      const receipt = records.receipts.get(eventId);
      if (!path.endsWith('/log')) continue;
      expect(byId.get(eventId)).toMatchObject({
        sequence_index: receipt?.sequenceIndex,
        event_hash: receipt?.eventHash,
        chain_hash: receipt?.chainHash,
      });
    }
    const indices = [...records.receipts.values()].map((receipt) => receipt.sequenceIndex);
    expect(new Set(indices).size).toBe(indices.length);
  });

  it('took back what was taken back, and nothing else', () => {
    const undone = new Set(writers.flatMap((writer) => writer.sent).map((one) => one.eventId));
    const expected = events.map((event) =>
      undone.has(undoId({ eventId: String(event['event_id']), path: '', body: {} })),
    );
    expect(events.map((event) => event['voided'])).toEqual(expected);
    expect(expected).toContain(true);
  });

  it('has a chain without a gap, from the first entry to the last', async () => {
    const verdict = await ask('GET', `/api/events/v2/verify/${BOUT}/1`, supervisor);
    const { cursor } = await ask('GET', `/api/bouts/${BOUT}`, supervisor);
    expect(verdict).toMatchObject({
      chain_valid: true,
      fault: null,
      total_events: events.length,
      verified_entries: cursor,
    });
    // Besides what was sent: the set-up, the bell, the last action and one joining of each who logged.
    const sent = writers.reduce((sum, writer) => sum + writer.sent.length, 0);
    expect(cursor).toBe(sent + 3 + WRITERS + 1);
    const indices = events.map((event) => Number(event['sequence_index']));
    expect(indices).toEqual(indices.toSorted((a, b) => a - b));
  });

  it('has made every bout that it said it had, and owes none its line in the index', async () => {
    expect(ofBouts.receipts.size).toBe(made.length);
    for (const boutId of made) {
      expect(await ask('GET', `/api/bouts/${boutId}`, supervisor)).toMatchObject({ cursor: 1 });
    }
    const giveUp = Date.now() + 10_000;
    for (;;) {
      const listed = listOf(await ask('GET', '/api/bouts', supervisor), 'bouts').map((line) => line['bout_id']);
      const missing = [BOUT, ...made].filter((boutId) => !listed.includes(boutId));
      if (missing.length === 0) break;
      if (Date.now() > giveUp) expect(missing).toEqual([]);
      await pause(50);
    }
  });
});
