import { type HttpAnswer, openHttp } from '../load/http.ts';
import { timeEach } from '../load/run.ts';
import { expectSuccess } from '../load/success.ts';
import { actionsOf, ask, fillBout, makeBout, OTHERS, mintToken, tell } from '../product.ts';
import { columnsOf, type Line, ms, type Table } from '../report.ts';
import type { Bench } from '../settings.ts';
import { compare, quantile } from '../stats.ts';

const BOUT = 'sessions';
const SEAT = 'JUDGE001';
/** A busy round of a real bout has some two hundred actions. */
const REPLAY_BOUT = 'sessions-replay';
const REPLAYED = 200;

/** A request of the API document with its ceiling, and what the bare object does instead. */
type Probe = {
  readonly what: string;
  /** The API document's figure for it: a p99 far below is expected. */
  readonly ceilingMs: number;
  readonly send: () => Promise<HttpAnswer>;
  readonly accepts: readonly number[];
  readonly bare: 'append' | 'read';
};

/** The rest of the API document's figures: one request after the other, each held against its ceiling. */
export async function benchSessions(bench: Bench): Promise<Table[]> {
  const { servers, effort, progress } = bench;
  const { url } = servers.product;
  await makeBout(url, BOUT);
  await makeBout(url, REPLAY_BOUT);
  await fillBout(url, REPLAY_BOUT, REPLAYED + OTHERS);
  const judge = await mintToken(url, { role: 'judge', subject: 'judge', judge_id: SEAT, bout_id: BOUT });
  const operator = await mintToken(url, { role: 'operator', subject: 'operator' });
  const session = 'session-bench';
  await ask(url, 'POST', '/api/judge-session/create', judge, {
    judge_session_id: session,
    judge_id: SEAT,
    bout_id: BOUT,
    round_id: 1,
    last_event_sequence: 0,
    session_state: 'OPEN',
    unsent_event_queue: [],
  });
  const client = await openHttp(url);
  const bare = await openHttp(servers.bare.url);
  const next = actionsOf(BOUT, 'operator');
  const repeated = JSON.stringify(next());
  const log = (body: string) => client.ask('POST', '/api/events/v2/log', operator, body);
  expectSuccess('Logging', await log(repeated));
  const health = JSON.stringify({
    device_id: 'device_xyz',
    judge_id: SEAT,
    bout_id: BOUT,
    battery_percent: 45,
    network_strength_percent: 85,
    latency_ms: 120,
    fps: 60,
    dropped_event_count: 0,
    event_rate_per_second: 0.5,
  });
  const probes: readonly Probe[] = [
    { what: 'log', ceilingMs: 10, send: () => log(JSON.stringify(next())), accepts: [200], bare: 'append' },
    { what: 'the same again (deduplication)', ceilingMs: 5, send: () => log(repeated), accepts: [409], bare: 'read' },
    {
      what: 'live',
      ceilingMs: 100,
      send: () => client.ask('GET', `/api/live/${BOUT}`, ''),
      accepts: [200],
      bare: 'read',
    },
    {
      what: `replay of a round of ${REPLAYED} actions`,
      ceilingMs: 150,
      send: () => client.ask('GET', `/api/replay/${REPLAY_BOUT}/1`, operator),
      accepts: [200],
      bare: 'read',
    },
    {
      what: 'hot swap: restore a session',
      ceilingMs: 200,
      send: () => client.ask('GET', `/api/judge-session/${session}`, judge),
      accepts: [200],
      bare: 'read',
    },
    {
      what: 'telemetry report',
      ceilingMs: 20,
      send: () => client.ask('POST', '/api/telemetry/report', judge, health),
      accepts: [200],
      bare: 'append',
    },
  ];
  const lines: Line[] = [];
  for (const probe of probes) {
    progress(probe.what);
    const answer = (await probe.send()).body.toString('utf8');
    await tell(servers.bare.url, `/${BOUT}/say`, { leaf: 'x'.repeat(800), ack: answer, read: answer });
    const method = probe.bare === 'append' ? 'POST' : 'GET';
    const body = probe.bare === 'append' ? repeated : undefined;
    const theirs = async (): Promise<void> =>
      expectSuccess('The bare object', await bare.ask(method, `/${BOUT}/${probe.bare}`, '', body));
    const ours = async (): Promise<void> => {
      const { status } = await probe.send();
      if (!probe.accepts.includes(status)) throw new Error(`${probe.what} answered ${status}.`);
    };
    const product50: number[] = [];
    const bare50: number[] = [];
    const all: number[] = [];
    for (let round = 0; round < effort.rounds; round += 1) {
      const took = (await timeEach(effort.samples, ours)).toSorted((a, b) => a - b);
      product50.push(quantile(took, 0.5));
      all.push(...took);
      bare50.push(
        quantile(
          (await timeEach(effort.samples, theirs)).toSorted((a, b) => a - b),
          0.5,
        ),
      );
    }
    const p99 = quantile(
      all.toSorted((a, b) => a - b),
      0.99,
    );
    lines.push({
      what: `${probe.what}: p50 against a bare ${probe.bare}`,
      ...columnsOf(compare(product50, bare50), ms),
      budget: null,
    });
    lines.push({
      what: `${probe.what}: p99 against the ceiling`,
      product: ms(p99),
      against: `${probe.ceilingMs} ms`,
      ratio: { median: p99 / probe.ceilingMs, min: p99 / probe.ceilingMs, max: p99 / probe.ceilingMs },
      budget: { atMost: 1 },
    });
  }
  client.close();
  bare.close();
  const note = `One request after the other. The bare object answers as many bytes; for \`append\` it stores a leaf too. ${effort.rounds} rounds of ${effort.samples} requests a line; p99 is that of all rounds.`;
  return [{ title: 'The API document’s ceilings', note, lines }];
}
