import { WebSocket } from 'ws';
import type { Journal, Reply } from './journal.ts';
import { type Json, readJson, replyOf } from './reply.ts';

/** A writer's socket: opened when it is needed, and opened again after it was lost. */
export type Line = {
  /** Resolves with silence when the socket ends before the answer. */
  readonly log: (eventId: string, body: Json) => Promise<Reply>;
  /** Ends the socket without a word, whatever is under way. */
  readonly cut: () => void;
};

const SILENCE: Reply = { is: 'silence' };

/** Longer than any answer takes. */
const HANGS_MS = 25_000;

export function newLine(journal: Journal, address: string, token: string): Line {
  /** Who waits for an answer, by event id: the same one may be under way twice. */
  const waiting = new Map<string, ((reply: Reply) => void)[]>();
  let socket: Promise<WebSocket | null> | null = null;

  const answer = (eventId: string, reply: Reply): void => waiting.get(eventId)?.shift()?.(reply);

  const open = async (): Promise<WebSocket | null> =>
    await new Promise((resolve) => {
      const one = new WebSocket(address, ['fightjudge.v1', token]);
      one.on('open', () => resolve(one));
      one.on('message', (data) => hear(String(data)));
      one.on('unexpected-response', (_request, response) => {
        replyOf(journal, response.statusCode ?? 0, null, `the upgrade answered ${response.statusCode}`);
        response.resume();
        one.terminate();
      });
      one.on('error', () => undefined);
      one.on('close', () => {
        resolve(null);
        socket = null;
        for (const resolvers of waiting.values()) for (const resolver of resolvers) resolver(SILENCE);
        waiting.clear();
      });
    });

  const hear = (text: string): void => {
    // What is shown to everybody comes twenty times a second to a hundred writers; they need not read it.
    if (text.startsWith('{"type":"delta"') || text.startsWith('{"type":"hello"')) return;
    const json = readJson(text);
    if (json === null || (json['type'] !== 'ack' && json['type'] !== 'error')) return;
    const { client_event_id: id, status } = json;
    if (typeof id !== 'string' || typeof status !== 'number') journal.oddities.push(`a socket said ${text}`);
    else answer(id, replyOf(journal, status, json, text));
  };

  return {
    log: async (eventId, body) => {
      socket ??= open();
      const ready = await socket;
      if (ready === null || ready.readyState !== WebSocket.OPEN) return SILENCE;
      return await new Promise((resolve) => {
        const timer = setTimeout(() => {
          journal.oddities.push(`${eventId} is not answered by its socket`);
          resolve(SILENCE);
        }, HANGS_MS);
        const done = (reply: Reply): void => {
          clearTimeout(timer);
          resolve(reply);
        };
        waiting.set(eventId, [...(waiting.get(eventId) ?? []), done]);
        ready.send(JSON.stringify({ type: 'log', ...body }));
      });
    },
    cut: () => {
      const lost = socket;
      void lost?.then((one) => one?.terminate());
    },
  };
}
