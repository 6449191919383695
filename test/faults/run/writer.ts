import { setTimeout as pause } from 'node:timers/promises';
import type { Manner, Stale, Step, Tap, Via } from '../plan/steps.ts';
import { request } from './http.ts';
import { insist, type Journal, noteReply, noteSent, type Parcel, type Reply } from './journal.ts';
import { type Line, newLine } from './line.ts';
import { type Json, listOf, replyOf } from './reply.ts';

/** Where a writer writes. */
export type Stage = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly boutId: string;
  /** What the `atMs` of taps counts from. */
  readonly startMs: number;
  /** Tokens by device. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Of the seat; only judges have one. */
  readonly sessionId: string;
  readonly journal: Journal;
};

const PLAIN: Manner = { hangUpMs: null, twice: false };

/**
 * Carries a plan out, one step after the other, until it is told to stop. Each step is over when all of it has been
 * answered: what was lost on the way is sent again, as a client would that wants to know.
 */
export async function carryOut(plan: Iterator<Step>, stage: Stage, until: () => boolean): Promise<void> {
  const { url, boutId, journal, tokens } = stage;
  const lines = new Map<string, Line>();

  const tokenOf = (device: string): string => tokens.get(device) ?? '';
  const lineOf = (device: string): Line => {
    const known = lines.get(device);
    if (known !== undefined) return known;
    const address = `${url.replace('http', 'ws')}/api/bouts/${boutId}/socket`;
    const line = newLine(journal, address, tokenOf(device));
    lines.set(device, line);
    return line;
  };
  const bodyOf = (tap: Tap, eventId = tap.id): Json => ({
    bout_id: boutId,
    round_id: 1,
    judge_id: tap.judge,
    fighter_id: tap.fighter,
    event_type: tap.type,
    timestamp_ms: stage.startMs + tap.atMs,
    device_id: tap.device,
    event_id: eventId,
  });

  const post = async (path: string, device: string, body: Json, hangUpMs: number | null): Promise<Reply> => {
    const answer = await request(journal, url + path, { method: 'POST', token: tokenOf(device), body, hangUpMs });
    return answer === null ? { is: 'silence' } : replyOf(journal, answer.status, answer.json, answer.text);
  };
  const log = async (tap: Tap, eventId: string, via: Via, hangUpMs: number | null): Promise<Reply> => {
    const body = bodyOf(tap, eventId);
    if (via === 'http') return await post('/api/events/v2/log', tap.device, body, hangUpMs);
    const line = lineOf(tap.device);
    if (hangUpMs !== null) setTimeout(line.cut, hangUpMs);
    return await line.log(eventId, body);
  };

  /** Tries as the manner has it, then in the plain way until each parcel has its answer. */
  const deliver = async (manner: Manner, attempt: (hangUpMs: number | null) => Promise<boolean>): Promise<void> => {
    const first = manner.twice
      ? await Promise.all([attempt(manner.hangUpMs), attempt(null)])
      : [await attempt(manner.hangUpMs)];
    if (!first.includes(true)) await insist(journal, async () => await attempt(null));
  };
  const deliverOne = async (
    parcel: Parcel,
    manner: Manner,
    send: (hangUpMs: number | null) => Promise<Reply>,
    expected: 'receipt' | 'fenced' = 'receipt',
  ): Promise<void> => {
    noteSent(journal, parcel);
    await deliver(manner, async (hangUpMs) => noteReply(journal, parcel, await send(hangUpMs), expected));
  };
  const actionOf = (tap: Tap): Parcel => ({ id: tap.id, boutId, kind: 'action', of: null });
  const deliverTap = async (tap: Tap, via: Via, manner: Manner, expected: 'receipt' | 'fenced' = 'receipt') =>
    await deliverOne(actionOf(tap), manner, async (hangUpMs) => await log(tap, tap.id, via, hangUpMs), expected);

  /** All taps of a batch come from one device or from devices of one person; the first one's token brings them. */
  const deliverBatch = async (taps: readonly Tap[], manner: Manner, fenced: readonly Tap[] = []): Promise<void> => {
    const body = { bout_id: boutId, events: taps.map((tap) => bodyOf(tap)) };
    for (const tap of taps) noteSent(journal, actionOf(tap));
    const token = tokenOf(taps[0]?.device ?? '');
    await deliver(manner, async (hangUpMs) => {
      const path = `${url}/api/events/v2/batch`;
      const answer = await request(journal, path, { method: 'POST', token, body, hangUpMs });
      const results = answer?.status === 200 && answer.json !== null ? listOf(answer.json, 'results') : [];
      if (answer === null || results.length !== taps.length) {
        const reply: Reply =
          answer === null ? { is: 'silence' } : replyOf(journal, answer.status, answer.json, answer.text);
        if (reply.is === 'silence') return false;
        journal.oddities.push(`a batch was answered with ${answer?.text.slice(0, 300) ?? ''}`);
        return true;
      }
      for (const [i, tap] of taps.entries()) {
        const item = results[i] ?? {};
        const reply = replyOf(journal, Number(item['status']), item, JSON.stringify(item));
        noteReply(journal, actionOf(tap), reply, fenced.includes(tap) ? 'fenced' : 'receipt');
      }
      return true;
    });
  };

  const swap = async (to: string, stale: Stale, via: Via, manner: Manner): Promise<void> => {
    // It always says so: the device may have had the seat before.
    const path = `${url}/api/judge-session/${stage.sessionId}?bout_id=${boutId}&take_over=true`;
    await deliver(manner, async (hangUpMs) => {
      const answer = await request(journal, path, { method: 'GET', token: tokenOf(to), hangUpMs });
      if (answer === null) return false;
      if (answer.status === 200) return true;
      const reply = replyOf(journal, answer.status, answer.json, answer.text);
      if (reply.is === 'refusal') journal.oddities.push(`a seat could not be taken over: ${reply.text}`);
      return reply.is !== 'silence';
    });
    const { kept, late } = stale;
    const [first] = kept;
    await deliverTap(late[0], via, manner, 'fenced');
    if (first !== undefined) await deliverTap(first, via, PLAIN, 'fenced');
    await deliverBatch([...kept, late[1]], manner, [late[1]]);
  };

  const take = async (step: Step): Promise<void> => {
    const { via, manner } = step;
    switch (step.kind) {
      case 'log':
        await Promise.all(step.taps.map(async (tap) => await deliverTap(tap, via, manner)));
        return;
      case 'batch':
        return await deliverBatch(step.taps, manner);
      case 'twin': {
        const parcel: Parcel = { id: step.id, boutId, kind: 'twin', of: step.of.id };
        return await deliverOne(parcel, manner, async (hangUpMs) => await log(step.of, step.id, via, hangUpMs));
      }
      case 'undo': {
        const parcel: Parcel = { id: step.id, boutId, kind: 'undo', of: step.target.id };
        const body = { bout_id: boutId, target_event_id: step.target.id, event_id: step.id };
        return await deliverOne(
          parcel,
          manner,
          async (hangUpMs) => await post('/api/events/v2/void', step.by, body, hangUpMs),
        );
      }
      case 'swap':
        return await swap(step.to, step.stale, via, manner);
      case 'official': {
        const parcel: Parcel = { id: step.id, boutId, kind: 'official', of: null };
        const path = `/api/bouts/${boutId}/${step.path}`;
        const body = { ...step.body, event_id: step.id };
        return await deliverOne(parcel, manner, async (hangUpMs) => await post(path, step.by, body, hangUpMs));
      }
    }
  };

  while (!until()) {
    const { value: step } = plan.next();
    if (step === undefined) break;
    await pause(step.pauseMs);
    await take(step);
  }
  for (const line of lines.values()) line.cut();
}
