import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { WebSocket } from 'ws';
import type { Random } from '../../../cli/simulator/random.ts';
import { type EntryFacts, factsOf, type Looker, maySee, shownTooEarly } from '../check/sight.ts';
import { type Json, isJson, listOf, readJson } from './reply.ts';

export type Viewer = {
  readonly name: string;
  readonly looker: Looker;
  readonly boutId: string;
  /** Null: the public. */
  readonly token: string | null;
  /** What it was sent, in a short form by index: of what kind and whose, and a digest of all of it. */
  readonly entries: Map<number, { readonly facts: EntryFacts; readonly digest: string }>;
  /** The next index that it expects. */
  readonly cursor: () => number;
  readonly view: () => Json | null;
  /** What it was sent and should not have been, or not so. */
  readonly faults: string[];
  readonly reconnects: () => number;
  /** Resolves when the cursor has come so far; false if that takes longer than `limitMs`. */
  readonly reaches: (index: number, limitMs: number) => Promise<boolean>;
  readonly close: () => void;
};

const RECONNECT_MS = 100;

/** Entries come in messages of any size; a viewer now and then leaves in the middle of it all. */
const MAX_MESSAGES = 120;

/**
 * Somebody who watches all the while: assembles what is sent from hello and deltas, and comes back with the cursor
 * after each loss of the connection. `random` says after how many messages it leaves by itself.
 */
export function watch(settings: {
  readonly name: string;
  readonly url: string;
  readonly boutId: string;
  readonly token: string | null;
  readonly looker: Looker;
  /** How far this viewer is kept behind. */
  readonly delayMs: number;
  readonly random: Random;
  /** Given each entry once, in order. */
  readonly onEntry?: (entry: Json) => void;
}): Viewer {
  const { name, url, boutId, token, looker, delayMs, random, onEntry } = settings;
  const entries: Viewer['entries'] = new Map();
  const faults: string[] = [];
  const waiting = new Set<() => void>();
  let cursor = 0;
  let view: Json | null = null;
  let reconnects = -1;
  let closed = false;
  let socket: WebSocket | null = null;

  const take = (list: readonly Json[], from: number, to: number): void => {
    let last = from - 1;
    for (const entry of list) {
      const index = Number(entry['sequence_index']);
      const facts = factsOf(entry);
      if (index <= last || index >= to) faults.push(`entry ${index} came out of its place, ${from} to ${to}`);
      if (!maySee(looker, facts)) faults.push(`entry ${index} must be hidden: ${JSON.stringify(entry)}`);
      const ageMs = Date.now() - Number(entry['received_ms']);
      // The set-up of a bout is not kept back.
      if (ageMs < delayMs && index > 0) faults.push(`entry ${index} came after ${ageMs} ms instead of ${delayMs}`);
      if (entries.has(index)) faults.push(`entry ${index} came twice`);
      entries.set(index, { facts, digest: digestOf(entry) });
      onEntry?.(entry);
      last = index;
    }
  };
  const look = (next: unknown): void => {
    if (!isJson(next)) return void faults.push('a message came without its view');
    view = next;
    const early = shownTooEarly(looker, next);
    if (early.length > 0) faults.push(`a round that is on was shown: ${early.join(', ')}`);
  };
  const hello = (message: Json): void => {
    const to = Number(message['cursor']);
    if (message['resumed_from'] !== cursor) {
      faults.push(`came back at ${cursor} and was resumed from ${String(message['resumed_from'])}, at ${to}`);
    } else take(listOf(message, 'entries'), cursor, to);
    cursor = to;
    look(message['snapshot']);
  };
  const delta = (message: Json): void => {
    const { from, to } = message;
    if (from !== cursor || typeof to !== 'number' || to < cursor) {
      faults.push(`a delta from ${String(from)} to ${String(to)} came at ${cursor}`);
    }
    take(listOf(message, 'entries'), cursor, Number(to));
    cursor = Number(to);
    look(message['view']);
  };

  const connect = (): void => {
    if (closed) return;
    reconnects += 1;
    let left = 1 + random.below(MAX_MESSAGES);
    const protocols = ['fightjudge.v1', ...(token === null ? [] : [token])];
    const one = new WebSocket(`${url.replace('http', 'ws')}/api/bouts/${boutId}/socket?cursor=${cursor}`, protocols);
    socket = one;
    one.on('message', (data) => {
      // What was on the way when this viewer left is not read by anybody.
      if (one.readyState !== WebSocket.OPEN) return;
      const message = readJson(String(data));
      if (message?.['type'] === 'hello') hello(message);
      else if (message?.['type'] === 'delta') delta(message);
      for (const wake of waiting) wake();
      left -= 1;
      if (left <= 0) one.terminate();
    });
    one.on('error', () => undefined);
    one.on('close', () => setTimeout(connect, RECONNECT_MS));
  };
  connect();

  return {
    name,
    looker,
    boutId,
    token,
    entries,
    faults,
    cursor: () => cursor,
    view: () => view,
    reconnects: () => reconnects,
    reaches: async (index, limitMs) =>
      await new Promise((resolve) => {
        const end = (reached: boolean): void => {
          waiting.delete(check);
          clearTimeout(timer);
          resolve(reached);
        };
        const check = (): void => {
          if (cursor >= index) end(true);
        };
        const timer = setTimeout(end, limitMs, false);
        waiting.add(check);
        check();
      }),
    close: () => {
      closed = true;
      socket?.terminate();
    },
  };
}

/** The same for the same entry, in whatever order its members come. */
export function digestOf(entry: Json): string {
  return createHash('sha256')
    .update(canonicalize(entry) ?? '')
    .digest('base64')
    .slice(0, 16);
}
