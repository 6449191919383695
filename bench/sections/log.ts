import { openHttp } from '../load/http.ts';
import { runSlice, type Slice, type Writer } from '../load/run.ts';
import { openSocket } from '../load/socket.ts';
import { openViewers, type Viewers } from '../load/viewers.ts';
import { actionsOf, ask, leavesOf, makeBout, mintToken, tell } from '../product.ts';
import { type Line, ms, type Table } from '../report.ts';
import type { Bench } from '../settings.ts';
import { ratios, spreadOf } from '../stats.ts';

const WRITERS = [1, 16, 64] as const;
const VIEWERS = [0, 20, 200] as const;
const TRANSPORTS = ['HTTP', 'socket'] as const;

type Transport = (typeof TRANSPORTS)[number];

/** Budgets of the design, by transport and number of writers. */
function budgetOf(transport: Transport, writers: number): number {
  if (transport === 'HTTP') return 0.85;
  return writers === 64 ? 0.75 : 0.8;
}

/** Logging an action, held against storing the same bytes and answering as many. */
export async function benchLog(bench: Bench): Promise<Table[]> {
  const lines: Line[] = [];
  for (const transport of TRANSPORTS) {
    for (const viewers of VIEWERS) lines.push(...(await benchAudience(bench, transport, viewers)));
  }
  return [
    {
      title: 'Log an action',
      note: 'Throughput, and the median time of one answer, each as the share of the bare object’s that is reached (its time over ours). Viewers are sent every action.',
      lines,
    },
  ];
}

async function benchAudience(bench: Bench, transport: Transport, viewers: number): Promise<Line[]> {
  const { servers, progress } = bench;
  const { url } = servers.product;
  const boutId = `log-${transport.toLowerCase()}-${viewers}`;
  progress(`log by ${transport}, ${viewers} viewers`);
  await makeBout(url, boutId);
  await teachBare(bench, boutId);
  const [ours, theirs] = await Promise.all([
    openViewers(`${url}/api/bouts/${boutId}/socket`, viewers, true),
    openViewers(`${servers.bare.url}/${boutId}/socket`, viewers, false),
  ]);
  const lines: Line[] = [];
  for (const writers of WRITERS) lines.push(...(await benchWriters(bench, transport, writers, viewers, boutId)));
  closeAll([ours, theirs]);
  return lines;
}

function closeAll(all: readonly Viewers[]): void {
  for (const viewers of all) viewers.close();
}

/** Lets one action be logged and tells the bare object what was stored, answered and sent for it. */
async function teachBare({ servers }: Bench, boutId: string): Promise<void> {
  const { url } = servers.product;
  const token = await mintToken(url, { role: 'operator', subject: 'sample' });
  const next = actionsOf(boutId, 'sample');
  const ack = await ask(url, 'POST', '/api/events/v2/log', token, next());
  const leaf = leavesOf(servers.productData, boutId).at(-1);
  const view = await ask(url, 'GET', `/api/bouts/${boutId}`, '');
  const { events }: { events: readonly unknown[] } = JSON.parse(
    await ask(url, 'GET', `/api/events/v2/${boutId}/1`, ''),
  );
  const deltaEntry = JSON.stringify(events[0]).length + 1;
  await tell(servers.bare.url, `/${boutId}/say`, { leaf, ack, deltaBase: view.length + 60, deltaEntry });
}

async function benchWriters(
  bench: Bench,
  transport: Transport,
  writers: number,
  viewers: number,
  boutId: string,
): Promise<Line[]> {
  const { servers, effort } = bench;
  const product = await productWriters(servers.product.url, transport, writers, boutId);
  const token = await mintToken(servers.product.url, { role: 'operator', subject: 'bare' });
  const bare = await bareWriters(servers.bare.url, transport, writers, boutId, token);
  const ours: Slice[] = [];
  const theirs: Slice[] = [];
  // Both are warm before the first slice counts.
  await runSlice(product, 100);
  await runSlice(bare, 100);
  for (let round = 0; round < effort.rounds; round += 1) {
    // Who comes first changes: whatever the first leaves behind falls on both.
    if (round % 2 === 0) ours.push(await runSlice(product, effort.sliceMs));
    theirs.push(await runSlice(bare, effort.sliceMs));
    if (round % 2 === 1) ours.push(await runSlice(product, effort.sliceMs));
  }
  for (const writer of [...product, ...bare]) writer.close();

  const what = `${transport}, ${writers} writer${writers === 1 ? '' : 's'}, ${viewers} viewers`;
  const rate = (slices: readonly Slice[]) => slices.map((slice) => slice.perSecond);
  const p50 = (slices: readonly Slice[]) => slices.map((slice) => slice.p50Ms);
  const p99 = spreadOf(ours.map((slice) => slice.p99Ms)).median;
  const budget = { atLeast: budgetOf(transport, writers) };
  return [
    {
      what: `${what}: per second`,
      product: spreadOf(rate(ours)).median.toFixed(0),
      against: spreadOf(rate(theirs)).median.toFixed(0),
      ratio: spreadOf(ratios(rate(ours), rate(theirs))),
      budget,
    },
    {
      what: `${what}: p50`,
      product: `${ms(spreadOf(p50(ours)).median)} (p99 ${ms(p99)})`,
      against: ms(spreadOf(p50(theirs)).median),
      ratio: spreadOf(ratios(p50(theirs), p50(ours))),
      budget,
    },
  ];
}

async function productWriters(url: string, transport: Transport, count: number, boutId: string): Promise<Writer[]> {
  return await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const subject = `w${i}`;
      // A token is good for a thousand requests a second: one writer alone is faster, so each has several.
      const tokens = await Promise.all(
        Array.from({ length: transport === 'HTTP' && count === 1 ? 8 : 1 }, () =>
          mintToken(url, { role: 'operator', subject }),
        ),
      );
      const next = actionsOf(boutId, subject);
      if (transport === 'HTTP') return await httpWriter(url, tokens, next);
      const socket = await openSocket(`${url}/api/bouts/${boutId}/socket`, {
        ...(tokens[0] === undefined ? {} : { token: tokens[0] }),
        greeted: true,
        answerStart: '{"type":"ack"',
      });
      return {
        send: async () => {
          await socket.ask(JSON.stringify({ type: 'log', ...next() }));
        },
        close: socket.close,
      };
    }),
  );
}

async function httpWriter(
  url: string,
  tokens: readonly string[],
  next: () => Readonly<Record<string, unknown>>,
): Promise<Writer> {
  const client = await openHttp(url);
  let sent = 0;
  return {
    send: async () => {
      sent += 1;
      const token = tokens[sent % tokens.length] ?? '';
      const { status, body } = await client.ask('POST', '/api/events/v2/log', token, JSON.stringify(next()));
      if (status !== 200) throw new Error(`Logging answered ${status}: ${body.toString('utf8', 0, 300)}`);
    },
    close: client.close,
  };
}

/** They send what the product is sent, token and all; the bare object looks at none of it. */
async function bareWriters(
  url: string,
  transport: Transport,
  count: number,
  boutId: string,
  token: string,
): Promise<Writer[]> {
  const next = actionsOf(boutId, 'bare');
  return await Promise.all(
    Array.from({ length: count }, async () => {
      if (transport === 'socket') {
        const socket = await openSocket(`${url}/${boutId}/socket`, { greeted: false, answerStart: '{' });
        return {
          send: async () => {
            await socket.ask(JSON.stringify({ type: 'log', ...next() }));
          },
          close: socket.close,
        };
      }
      const client = await openHttp(url);
      return {
        send: async () => {
          await client.ask('POST', `/${boutId}/append`, token, JSON.stringify(next()));
        },
        close: client.close,
      };
    }),
  );
}
