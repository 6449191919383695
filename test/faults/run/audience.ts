import { WebSocket } from 'ws';
import type { Random } from '../../../cli/simulator/random.ts';
import type { Looker } from '../check/sight.ts';
import { ask } from './http.ts';
import { type Json, isJson, listOf, readJson } from './reply.ts';
import { mint, type Table } from './table.ts';
import { type Viewer, watch } from './viewer.ts';

/** A table with those who watch it. */
export type Watched = Table & {
  readonly viewers: readonly Viewer[];
  /** The whole ledger, as the supervisor among them was sent it. */
  readonly ledger: readonly Json[];
};

/** Lets one of each kind watch, from the first entry on. */
export async function seatAudience(url: string, adminSecret: string, table: Table, random: Random): Promise<Watched> {
  const ledger: Json[] = [];
  const seats = table.actors.filter(({ role }) => role === 'judge').map(({ name }) => name);
  const lookers: readonly Looker[] = [
    { role: 'public', seat: null },
    { role: 'broadcaster', seat: null },
    { role: 'operator', seat: null },
    { role: 'supervisor', seat: null },
    ...seats.slice(0, 2).map((seat): Looker => ({ role: 'judge', seat })),
  ];
  const viewers: Viewer[] = [];
  for (const looker of lookers) {
    const { role, seat } = looker;
    const grant = { role, subject: `watching-${role}`, ...(seat === null ? {} : { judge_id: seat }) };
    const viewer = watch({
      name: `${table.boutId} ${role}${seat === null ? '' : ` ${seat}`}`,
      url,
      boutId: table.boutId,
      token: role === 'public' ? null : await mint(url, adminSecret, grant),
      looker,
      delayMs: role === 'public' || role === 'broadcaster' ? table.delayMs : 0,
      random,
      ...(role === 'supervisor' ? { onEntry: (entry: Json) => void ledger.push(entry) } : {}),
    });
    viewers.push(viewer);
  }
  return { ...table, viewers, ledger };
}

/** What somebody of the same token gets who comes only now. */
export type Fresh = {
  readonly view: Json;
  readonly snapshot: Json;
  readonly entries: readonly Json[];
  /** From where on the entries are. */
  readonly from: number;
};

/** As many entries as are sent to somebody who comes back. */
const RESUMED = 1_900;

export async function lookAfresh(url: string, { boutId, token, cursor }: Viewer): Promise<Fresh> {
  const from = Math.max(0, cursor() - RESUMED);
  const view = await ask(`${url}/api/bouts/${boutId}`, 'GET', token);
  const protocols = ['fightjudge.v1', ...(token === null ? [] : [token])];
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/bouts/${boutId}/socket?cursor=${from}`, protocols);
  const hello = await new Promise<Json>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('A fresh socket was closed before its hello.')));
    socket.on('message', (data) => resolve(readJson(String(data)) ?? {}));
  });
  socket.terminate();
  const { snapshot } = hello;
  return { view, snapshot: isJson(snapshot) ? snapshot : {}, entries: listOf(hello, 'entries'), from };
}
