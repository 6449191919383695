import { evictDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { type Answer, call, freshId, type Json, textOf } from '../support.ts';
import { openSocket } from './socket-client.ts';
import {
  action,
  boutStub,
  change,
  length,
  listOf,
  log,
  newBout,
  numberOf,
  objectOf,
  type TestBout,
  verify,
} from './support.ts';

async function session(bout: TestBout, token: string, over: Json = {}): Promise<Answer> {
  const body = { judge_session_id: 's-1', judge_id: 'J1', bout_id: bout.boutId, round_id: 1, ...over };
  return await call('POST', '/api/judge-session/create', { token, body });
}

async function restore(bout: TestBout, token: string): Promise<Answer> {
  return await call('GET', `/api/judge-session/s-1?bout_id=${bout.boutId}`, { token });
}

describe('200 writers of all kinds at once', () => {
  it('leave a ledger without a gap, without a double, with a chain that holds', async () => {
    const bout = await newBout();
    const jane = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
    const olga = await bout.token({ role: 'operator', subject: 'olga' });
    const tim = await bout.token({ role: 'timekeeper', subject: 'tim' });
    const target = textOf((await log(bout)).json, 'event_id');
    const repeated = action(bout.boutId, { event_id: freshId('same') });
    const first = await length(bout);

    const kinds: readonly ((i: number) => Promise<Answer>)[] = [
      async () => await log(bout),
      async () => await log(bout, { judge_id: 'J1', device_id: 'd1' }, jane),
      async () => await log(bout, { judge_id: 'olga', device_id: 'd2', event_type: 'Takedown Landed' }, olga),
      async () => await log(bout, repeated),
      async (i) => await change(bout, 'clock', { action: ['start_round', 'pause', 'resume'][i % 3], round_id: 1 }, tim),
      async () => await change(bout, 'rulings', { kind: 'warning', round_id: 1, fighter_id: 'fighter1' }),
      async () => await change(bout, 'scorecards', { judge_id: 'J1', round_id: 2, red: 10, blue: 9 }, jane),
      async () =>
        await call('POST', '/api/events/v2/void', {
          token: bout.supervisor,
          body: { bout_id: bout.boutId, target_event_id: target },
        }),
      async () => await change(bout, 'lock-round', { round_id: 3 }),
      async () => await call('PATCH', `/api/bouts/${bout.boutId}`, { token: bout.supervisor, body: { delay_ms: 0 } }),
    ];
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const write = kinds[i % kinds.length];
        if (write === undefined) throw new Error('there is no such kind');
        return await write(i);
      }),
    );
    const written = answers.filter((answer) => answer.status === 200);
    const doubles = answers.filter((answer) => answer.status !== 200);
    for (const answer of doubles) expect(answer.status).toBe(409);
    // One of the repeated action, one card, one undo, one lock; every other action, ruling and change.
    expect(written.length).toBeGreaterThanOrEqual(20 * 3 + 1 + 20 + 1 + 1 + 1 + 20);
    const indices = written.map((answer) => numberOf(answer.json, 'sequence_index'));
    expect(new Set(indices).size).toBe(indices.length);
    const end = await length(bout);
    // Besides what was answered stands only olga's joining.
    expect(end - first).toBe(written.length + 1);
    expect(Math.min(...indices)).toBeGreaterThanOrEqual(first);
    expect(Math.max(...indices)).toBeLessThan(end);
    expect(await verify(bout, 3)).toMatchObject({ chain_valid: true });

    await evictDurableObject(boutStub(bout.boutId));
    expect(await length(bout)).toBe(end);
    const events = await call('GET', `/api/events/v2/${bout.boutId}/1`, { token: bout.supervisor });
    const stored = new Map(listOf(events.json, 'events').map((event) => [event['event_id'], event]));
    for (const { json } of written.filter((answer) => typeof answer.json['event_hash'] === 'string')) {
      expect(stored.get(json['event_id'])).toMatchObject({
        sequence_index: json['sequence_index'],
        event_hash: json['event_hash'],
        chain_hash: json['chain_hash'],
      });
    }
    expect(await call('GET', `/api/final/${bout.boutId}`)).toMatchObject({
      json: { full_event_log_hash_chain_valid: true },
    });
  });

  it('of one and the same event write it once and all get the same receipt', async () => {
    const bout = await newBout();
    const body = action(bout.boutId, { event_id: freshId('e') });
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        if (i % 3 !== 0) return await log(bout, body);
        const batch = await call('POST', '/api/events/v2/batch', {
          token: bout.supervisor,
          body: { bout_id: bout.boutId, events: [body] },
        });
        const [result] = listOf(batch.json, 'results');
        if (result === undefined) throw new Error(batch.text);
        return { ...batch, status: numberOf(result, 'status'), json: result };
      }),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(new Set(answers.map(({ json }) => `${json['sequence_index']} ${json['chain_hash']}`)).size).toBe(1);
    for (const { json } of answers) expect(json['success']).toBe(true);
    expect(await length(bout)).toBe(3);
  });
});

describe('two devices that restore one session at once', () => {
  it('come one after the other: one has the seat in the end, the other is fenced', async () => {
    const bout = await newBout();
    const on = async (device: string) =>
      await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1', device_id: device });
    const [first, second, third] = [await on('d1'), await on('d2'), await on('d3')];
    expect(await session(bout, first)).toMatchObject({ status: 200, json: { session: { device_epoch: 1 } } });
    const answers = await Promise.all([
      restore(bout, second),
      restore(bout, third),
      restore(bout, second),
      restore(bout, third),
    ]);
    const held = answers.filter((answer) => answer.status === 200);
    const fenced = answers.filter((answer) => answer.status !== 200);
    expect(held.length).toBeGreaterThanOrEqual(2);
    for (const answer of fenced) expect(answer).toMatchObject({ status: 403, json: { code: 'fenced' } });
    const now = objectOf(
      (await call('GET', `/api/judge-session/s-1?bout_id=${bout.boutId}`, { token: bout.supervisor })).json,
      'session',
    );
    expect(now['device_epoch']).toBe(3);
    const winner = String(now['device_id']);
    expect(['d2', 'd3']).toContain(winner);

    for (const [device, token] of [
      ['d1', first],
      ['d2', second],
      ['d3', third],
    ] as const) {
      const answer = await log(bout, { judge_id: 'J1', device_id: device }, token);
      expect([device, answer.status]).toEqual([device, device === winner ? 200 : 403]);
      if (device !== winner) expect(answer.json['code']).toBe('fenced');
    }
    expect(await verify(bout)).toMatchObject({ chain_valid: true, total_events: 1 });
  });

  it('never both write, however their taps and their swaps are mixed', async () => {
    const bout = await newBout();
    const tokens = new Map<string, string>();
    for (const device of ['d1', 'd2']) {
      tokens.set(device, await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1', device_id: device }));
    }
    const tokenOf = (device: string) => tokens.get(device) ?? '';
    await session(bout, tokenOf('d1'));
    const work = Array.from({ length: 60 }, async (_, i) => {
      const device = i % 2 === 0 ? 'd1' : 'd2';
      if (i % 10 === 5) return await session(bout, tokenOf(device), { take_over: true });
      return await log(bout, { judge_id: 'J1', device_id: device, event_id: freshId(device) }, tokenOf(device));
    });
    for (const answer of await Promise.all(work)) expect([200, 403]).toContain(answer.status);

    // The ledger itself tells who held the seat when: every action that counts is its holder's.
    const socket = await openSocket(bout.boutId, bout.supervisor, '?cursor=0');
    const hello = await socket.nextOf('hello');
    socket.close();
    let holder: unknown = null;
    let actions = 0;
    for (const entry of listOf(hello, 'entries')) {
      if (entry['kind'] === 'session') holder = objectOf(entry, 'payload')['device'];
      if (entry['kind'] !== 'action') continue;
      expect(entry['device_id']).toBe(holder);
      actions += 1;
    }
    expect(actions).toBeGreaterThan(0);
    expect(await verify(bout)).toMatchObject({ chain_valid: true, total_events: actions });
  });
});
