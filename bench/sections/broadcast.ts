import { setTimeout as pause } from 'node:timers/promises';
import { openHttp } from '../load/http.ts';
import { expectSuccess } from '../load/success.ts';
import { openViewers } from '../load/viewers.ts';
import { actionsOf, makeBout, mintToken } from '../product.ts';
import { columnsOf, type Line, ms, type Table } from '../report.ts';
import { cpuMs } from '../servers/cpu.ts';
import type { Bench } from '../settings.ts';
import { compare, spreadOf } from '../stats.ts';
import { teachBare } from './teach.ts';

const SOCKETS = [10, 100, 1_000] as const;

/** What a round of broadcasts took: processor time of the server, and the time until the last socket had it. */
type Sent = { readonly cpuMs: number | null; readonly wallMs: number };

/** One action at a time to n sockets, held against a bare loop that sends as many bytes. */
export async function benchBroadcast(bench: Bench): Promise<Table[]> {
  const lines: Line[] = [];
  for (const sockets of SOCKETS) lines.push(...(await benchSockets(bench, sockets)));
  const { rounds, broadcasts } = bench.effort;
  const note = `Processor time of the server for one broadcast, without that of the same append to nobody, over the bare send loop’s; and the time from sending the action until the last socket has it, of which 50 ms are the gathering of deltas. ${rounds} rounds of ${broadcasts} broadcasts a line.`;
  return [{ title: 'Broadcast', note, lines }];
}

async function benchSockets(bench: Bench, sockets: number): Promise<Line[]> {
  const { servers, effort, progress } = bench;
  progress(`broadcast to ${sockets} sockets`);
  const { url } = servers.product;
  const boutId = `broadcast-${sockets}`;
  const subject = 'operator';
  await makeBout(url, boutId);
  const token = await mintToken(url, { role: 'operator', subject });
  const next = actionsOf(boutId, subject);
  await teachBare(bench, boutId);
  const product = await openHttp(url);
  const bare = await openHttp(servers.bare.url);
  const sendProduct = async (): Promise<void> => {
    expectSuccess('Logging', await product.ask('POST', '/api/events/v2/log', token, JSON.stringify(next())));
  };
  const sendBare = async (): Promise<void> => {
    expectSuccess('The bare object', await bare.ask('POST', `/${boutId}/append`, '', JSON.stringify(next())));
  };
  const pids = { product: servers.product.runtimePid, bare: servers.bare.runtimePid };
  const alone: { product: Sent[]; bare: Sent[] } = { product: [], bare: [] };
  const all: { product: Sent[]; bare: Sent[] } = { product: [], bare: [] };
  const nobody = () => pause(55);
  for (let round = 0; round < effort.rounds; round += 1) {
    alone.product.push(await broadcast(effort.broadcasts, sendProduct, nobody, pids.product));
    alone.bare.push(await broadcast(effort.broadcasts, sendBare, nobody, pids.bare));
  }
  const ours = await openViewers(`${url}/api/bouts/${boutId}/socket`, sockets, true);
  const theirs = await openViewers(`${servers.bare.url}/${boutId}/socket`, sockets, false);
  await broadcast(3, sendProduct, ours.next, pids.product);
  await broadcast(3, sendBare, theirs.next, pids.bare);
  for (let round = 0; round < effort.rounds; round += 1) {
    all.product.push(await broadcast(effort.broadcasts, sendProduct, ours.next, pids.product));
    all.bare.push(await broadcast(effort.broadcasts, sendBare, theirs.next, pids.bare));
  }
  for (const open of [ours, theirs, product, bare]) open.close();

  const wall = (sent: readonly Sent[]) => sent.map((one) => one.wallMs);
  const what = `to ${sockets.toLocaleString('en')} sockets`;
  const cpu = { product: sendCost(all.product, alone.product), bare: sendCost(all.bare, alone.bare) };
  const byCpu: Line = {
    what: `${what}: processor time`,
    ...columnsOf(compare(cpu.product, cpu.bare), ms),
    budget: { atMost: 1.15 },
  };
  const byWall: Line = {
    what: `${what}: until the last has it`,
    ...columnsOf(compare(wall(all.product), wall(all.bare)), ms),
    budget: { atMost: 1.15 },
  };
  return cpu.product.length === 0 ? [byWall] : [byCpu, byWall];
}

async function broadcast(
  count: number,
  send: () => Promise<void>,
  arrival: () => Promise<void>,
  pid: number,
): Promise<Sent> {
  const before = cpuMs(pid);
  const start = performance.now();
  for (let i = 0; i < count; i += 1) {
    const arrived = arrival();
    await send();
    await arrived;
  }
  const after = cpuMs(pid);
  const wallMs = (performance.now() - start) / count;
  return { cpuMs: before === null || after === null ? null : (after - before) / count, wallMs };
}

/** Processor time of the sending alone; empty where the system does not tell processor time. */
function sendCost(all: readonly Sent[], alone: readonly Sent[]): number[] {
  const base = spreadOf(alone.flatMap((sent) => sent.cpuMs ?? [])).median;
  return all.flatMap((sent) => (sent.cpuMs === null ? [] : [sent.cpuMs - base]));
}
