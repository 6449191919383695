import { evictDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { call } from '../support.ts';
import { openSocket, type SocketClient } from './socket-client.ts';
import { boutStub, change, length, listOf, log, newBout, numberOf, objectOf, view } from './support.ts';

/** Far longer than a whole test where nothing is to be released, short where it is awaited. */
const NEVER_MS = 600_000;
const SHORT_MS = 400;

describe('a release delay', () => {
  it('keeps the public and the broadcaster behind, and nobody who works the bout', async () => {
    const bout = await newBout({ delay_ms: NEVER_MS });
    const behind = [
      await openSocket(bout.boutId),
      await openSocket(bout.boutId, await bout.token({ role: 'broadcaster' })),
    ];
    const ahead: SocketClient[] = [];
    for (const role of ['supervisor', 'operator', 'timekeeper', 'referee', 'analyst', 'judge']) {
      ahead.push(await openSocket(bout.boutId, await bout.token({ role })));
    }
    for (const socket of [...behind, ...ahead]) expect(await socket.next()).toMatchObject({ type: 'hello', cursor: 1 });
    await log(bout, { event_type: 'KD', metadata: { tier: 'Hard' } });
    for (const socket of ahead) expect(await socket.next()).toMatchObject({ type: 'delta', from: 1, to: 3 });
    for (const socket of behind) expect(socket.waiting()).toEqual([]);

    expect((await call('GET', `/api/live/${bout.boutId}`)).json).toMatchObject({
      round_status: 'NOT_STARTED',
      red_totals: { damage: 0 },
      redline_moments: [],
    });
    expect((await call('GET', `/api/bouts/${bout.boutId}`)).json).toMatchObject({ cursor: 1, rounds: [] });
    expect((await call('GET', `/api/events/v2/${bout.boutId}/1`)).json).toMatchObject({ total_events: 0, events: [] });
    expect((await call('GET', `/api/replay/${bout.boutId}/1`)).json).toMatchObject({ event_count: 0 });
    const late = await openSocket(bout.boutId, null, '?cursor=3');
    expect(await late.next()).toMatchObject({ type: 'hello', cursor: 1, entries: [] });
    for (const socket of [...behind, ...ahead, late]) socket.close();
  });

  it('keeps nobody ahead waiting while something waits to be released', async () => {
    const bout = await newBout({ delay_ms: NEVER_MS });
    const publicly = await openSocket(bout.boutId);
    const supervisor = await openSocket(bout.boutId, bout.supervisor);
    await supervisor.nextOf('hello');
    await log(bout);
    expect(await supervisor.nextOf('delta')).toMatchObject({ from: 1, to: 3 });
    await log(bout);
    expect(await supervisor.nextOf('delta')).toMatchObject({ from: 3, to: 4 });
    await log(bout);
    expect(await supervisor.nextOf('delta')).toMatchObject({ from: 4, to: 5 });
    publicly.close();
    supervisor.close();
  });

  it('ends: what was held back comes by itself, entry by entry, and not too early', async () => {
    const bout = await newBout({ delay_ms: SHORT_MS });
    const socket = await openSocket(bout.boutId);
    let cursor = numberOf(await socket.next(), 'cursor');
    const first = await log(bout);
    const second = await log(bout);
    const seen: unknown[] = [];
    while (cursor < 4) {
      const delta = await socket.nextOf('delta');
      expect(delta['from']).toBe(cursor);
      cursor = numberOf(delta, 'to');
      for (const entry of listOf(delta, 'entries')) {
        expect(Date.now() - numberOf(entry, 'received_ms')).toBeGreaterThanOrEqual(SHORT_MS);
        seen.push(entry['event_id']);
      }
    }
    expect(seen).toEqual([first.json['event_id'], second.json['event_id']]);
    socket.close();
  });

  it('ends also for who came when the entries were waiting already', async () => {
    const bout = await newBout({ delay_ms: SHORT_MS });
    const logged = await log(bout);
    const socket = await openSocket(bout.boutId);
    expect(await socket.next()).toMatchObject({ type: 'hello', cursor: 1 });
    const delta = await socket.nextOf('delta');
    expect(delta).toMatchObject({ from: 1, to: 3, entries: [{ event_id: logged.json['event_id'] }] });
    socket.close();
  });

  it('ends also where the object slept meanwhile', async () => {
    const bout = await newBout({ delay_ms: SHORT_MS });
    const socket = await openSocket(bout.boutId);
    await socket.nextOf('hello');
    await log(bout);
    await evictDurableObject(boutStub(bout.boutId));
    // Any sign of life wakes it.
    expect(await length(bout)).toBe(3);
    expect(await socket.nextOf('delta')).toMatchObject({ from: 1, to: 3 });
    socket.close();
  });

  it('runs the clock of those behind as late as everything else', async () => {
    const bout = await newBout({ delay_ms: SHORT_MS });
    const socket = await openSocket(bout.boutId);
    await socket.nextOf('hello');
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    const live = objectOf((await call('GET', `/api/bouts/${bout.boutId}`, { token: bout.supervisor })).json, 'clock');
    const delta = await socket.nextOf('delta');
    const { running_since_ms: since } = objectOf(objectOf(delta, 'view'), 'clock');
    expect(since).toBe(numberOf(live, 'running_since_ms') + SHORT_MS);
    socket.close();
  });

  it('holds back the end of a round, too, and lets it go by itself', async () => {
    const bout = await newBout({ delay_ms: SHORT_MS, round_length_s: 30 });
    const socket = await openSocket(bout.boutId);
    await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    await change(bout, 'clock', { action: 'adjust', round_id: 1, elapsed_ms: 29_700, reason: 'a late bell' });
    const clock = objectOf(await view(bout), 'clock');
    const endMs = numberOf(clock, 'running_since_ms') + 30_000 - numberOf(clock, 'elapsed_ms');
    let seen = await socket.nextOf('delta');
    while (objectOf(seen, 'view')['round_status'] !== 'ENDED') seen = await socket.nextOf('delta');
    expect(Date.now()).toBeGreaterThanOrEqual(endMs + SHORT_MS);
    expect(seen).toMatchObject({ from: 3, to: 3, entries: [] });
    socket.close();
  });

  it('that is set while viewers watch never sends them back', async () => {
    const bout = await newBout();
    const socket = await openSocket(bout.boutId);
    let cursor = numberOf(await socket.next(), 'cursor');
    await log(bout);
    cursor = numberOf(await socket.nextOf('delta'), 'to');
    expect(cursor).toBe(3);
    const changed = await call('PATCH', `/api/bouts/${bout.boutId}`, {
      token: bout.supervisor,
      body: { delay_ms: SHORT_MS },
    });
    expect(changed.status).toBe(200);
    const { json: logged } = await log(bout);
    while (cursor < 5) {
      const delta = await socket.nextOf('delta');
      expect(delta['from']).toBe(cursor);
      expect(numberOf(delta, 'to')).toBeGreaterThanOrEqual(cursor);
      cursor = numberOf(delta, 'to');
    }
    expect(logged['sequence_index']).toBe(4);
    socket.close();
  });
});
