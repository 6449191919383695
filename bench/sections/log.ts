import { openHttp } from '../load/http.ts';
import { runSlice, type Slice, type Writer } from '../load/run.ts';
import { openSocket } from '../load/socket.ts';
import { expectSuccess } from '../load/success.ts';
import { openViewers, type Viewers } from '../load/viewers.ts';
import { actionsOf, makeBout, mintToken } from '../product.ts';
import { columnsOf, type Line, ms, type Table } from '../report.ts';
import type { Bench } from '../settings.ts';
import { compare, spreadOf } from '../stats.ts';
import { teachBare } from './teach.ts';

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
      note: `Throughput, and the median time of one answer, each as the share of the bare object’s that is reached (its time over ours). Viewers are sent every action. ${bench.effort.rounds} rounds of ${bench.effort.sliceMs} ms a line; p99 is the median over them.`,
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
  const ack = await teachBare(bench, boutId);
  const [ours, theirs] = await Promise.all([
    openViewers(`${url}/api/bouts/${boutId}/socket`, viewers, true),
    openViewers(`${servers.bare.url}/${boutId}/socket`, viewers, false),
  ]);
  const lines: Line[] = [];
  for (const writers of WRITERS) lines.push(...(await benchWriters(bench, transport, writers, viewers, boutId, ack)));
  closeAll([ours, theirs]);
  return lines;
}

function closeAll(all: readonly Viewers[]): void {
  for (const viewers of all) viewers.close();
}

async function benchWriters(
  bench: Bench,
  transport: Transport,
  writers: number,
  viewers: number,
  boutId: string,
  ack: string,
): Promise<Line[]> {
  const { servers, effort } = bench;
  const product = await productWriters(servers.product.url, transport, writers, boutId);
  const token = await mintToken(servers.product.url, { role: 'operator', subject: 'bare' });
  const bare = await bareWriters(servers.bare.url, transport, writers, boutId, { token, ack });
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
  const byP50 = columnsOf(
    compare(p50(ours), p50(theirs), (product, bare) => bare / product),
    ms,
  );
  const budget = { atLeast: budgetOf(transport, writers) };
  return [
    {
      what: `${what}: per second`,
      ...columnsOf(compare(rate(ours), rate(theirs)), (value) => value.toFixed(0)),
      budget,
    },
    {
      what: `${what}: p50`,
      ...byP50,
      product: `${byP50.product} (p99 ${ms(p99)})`,
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
      expectSuccess('Logging', await client.ask('POST', '/api/events/v2/log', token, JSON.stringify(next())));
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
  { token, ack }: { readonly token: string; readonly ack: string },
): Promise<Writer[]> {
  const next = actionsOf(boutId, 'bare');
  return await Promise.all(
    Array.from({ length: count }, async () => {
      if (transport === 'socket') {
        const socket = await openSocket(`${url}/${boutId}/socket`, { greeted: false, answerStart: '{' });
        return {
          send: async () => {
            const answer = await socket.ask(JSON.stringify({ type: 'log', ...next() }));
            if (answer !== ack) throw new Error(`The bare object answered ${answer.slice(0, 300)}`);
          },
          close: socket.close,
        };
      }
      const client = await openHttp(url);
      const path = `/${boutId}/append`;
      return {
        send: async () => {
          expectSuccess('The bare object', await client.ask('POST', path, token, JSON.stringify(next())));
        },
        close: client.close,
      };
    }),
  );
}
