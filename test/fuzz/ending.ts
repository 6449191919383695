import { setTimeout as pause } from 'node:timers/promises';
import type { TestServer } from '../support/server.ts';
import type { Fault } from './checks.ts';
import { type Client, createClient, type Json } from './client.ts';
import { isRecord } from './schema.ts';
import { closeConnections } from './wire.ts';

/** Figures that grow by themselves show it within this time. */
const GROWTH_MS = 1_500;

export type Ending = { readonly bouts: number; readonly entries: number; readonly faults: readonly Fault[] };

/**
 * After everything: each bout has a chain without a fault, and is the same bout after a kill and a cold start. What
 * changes by itself (a clock that runs, control that is held) shows by being read twice before the kill, and is left
 * out of the comparison.
 */
export async function endingOf(server: TestServer, boutIds: readonly string[]): Promise<Ending> {
  const client = createClient(server.url);
  const first = await readAll(server, client, boutIds);
  for (const [boutId, view] of first) await ringBell(client, server.adminSecret, boutId, view);
  const before = await readAll(server, client, boutIds);
  const broken = await chainFaults(server, client, [...before.keys()]);
  await pause(GROWTH_MS);
  const later = await readAll(server, client, boutIds);
  closeConnections();
  await server.kill9();
  await server.restart();
  const after = await readAll(server, client, boutIds);
  const changed = [...before].flatMap(([boutId, view]): Fault[] => {
    const moving = new Set(differences(view, later.get(boutId)));
    const places = differences(view, after.get(boutId)).filter((place) => !moving.has(place));
    return places.slice(0, 3).map((place) => ({ check: 'cold start', detail: `${boutId}: ${place} is another` }));
  });
  const entries = [...after.values()].reduce((sum, view) => sum + Number(view['cursor']), 0);
  const brokenNow = await chainFaults(server, client, [...before.keys()]);
  return { bouts: before.size, entries, faults: [...broken, ...changed, ...brokenNow] };
}

async function readAll(server: TestServer, client: Client, boutIds: readonly string[]): Promise<Map<string, Json>> {
  const views = new Map<string, Json>();
  for (const boutId of boutIds) {
    const view = await client.look(`/api/bouts/${encodeURIComponent(boutId)}`, server.adminSecret);
    if (isRecord(view)) views.set(boutId, view);
  }
  return views;
}

/** Ends the round that runs: what is over stands still. One without a clock has none to end, and goes on. */
async function ringBell(client: Client, secret: string, boutId: string, view: Json): Promise<void> {
  if (!['IN_PROGRESS', 'PAUSED'].includes(String(view['round_status']))) return;
  const body = { action: 'end_round', round_id: view['round_id'] };
  await client.ask('POST', `/api/bouts/${encodeURIComponent(boutId)}/clock`, secret, body).catch(() => undefined);
}

async function chainFaults(server: TestServer, client: Client, boutIds: readonly string[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const boutId of boutIds) {
    const path = `/api/events/v2/verify/${encodeURIComponent(boutId)}/1`;
    const verdict = await client.look(path, server.adminSecret);
    if (!isRecord(verdict) || verdict['chain_valid'] !== true) {
      faults.push({ check: 'chain', detail: `${boutId}: ${JSON.stringify(verdict)}` });
    }
  }
  return faults;
}

/** The places at which two values differ. */
function differences(one: unknown, other: unknown, at = '$'): string[] {
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return one.flatMap((value, i) => differences(value, other[i], `${at}[${i}]`));
  }
  if (isRecord(one) && isRecord(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].flatMap((name) => differences(one[name], other[name], `${at}.${name}`));
  }
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [at];
}
