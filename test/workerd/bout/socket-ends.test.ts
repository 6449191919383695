import { evictDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { adminSecret, call, mint } from '../support.ts';
import { openSocket } from './socket-client.ts';
import { action, boutStub, brief, change, log, newBout, numberOf } from './support.ts';

describe('a token that has expired', () => {
  it('closes its socket with 4401 when there is something to send, and no other socket', async () => {
    const bout = await newBout();
    const { token } = await brief(bout.boutId, 1);
    const short = await openSocket(bout.boutId, token);
    const long = await openSocket(bout.boutId, bout.supervisor);
    await short.nextOf('hello');
    await scheduler.wait(1_050);
    await log(bout);
    expect(await short.closed).toMatchObject({ code: 4401 });
    expect(await long.nextOf('delta')).toMatchObject({ from: 1, to: 3 });
    expect(short.waiting()).toEqual([]);
    long.close();
  });

  it('writes nothing any more', async () => {
    const bout = await newBout();
    const { token } = await brief(bout.boutId, 1);
    const socket = await openSocket(bout.boutId, token);
    await socket.nextOf('hello');
    await scheduler.wait(1_050);
    socket.send({ type: 'log', ...action(bout.boutId) });
    expect(await socket.closed).toMatchObject({ code: 4401 });
    expect(socket.waiting()).toEqual([]);
    const again = await call('POST', '/api/events/v2/log', { token, body: action(bout.boutId) });
    expect(again.status).toBe(401);
  });
});

describe('a token that is revoked', () => {
  it('closes its sockets with 4403 at once, and no other', async () => {
    const bout = await newBout();
    const { token, tokenId } = await mint({ role: 'operator', subject: 'olga', bout_id: bout.boutId });
    const first = await openSocket(bout.boutId, token);
    const second = await openSocket(bout.boutId, token);
    const other = await openSocket(bout.boutId, await bout.token({ role: 'operator' }));
    const revoked = await call('DELETE', `/api/auth/tokens/${tokenId}`, { token: adminSecret() });
    expect(revoked.status).toBe(200);
    expect(await first.closed).toMatchObject({ code: 4403 });
    expect(await second.closed).toMatchObject({ code: 4403 });
    await log(bout);
    expect(await other.nextOf('delta')).toMatchObject({ from: 1 });
    other.close();
  });
});

describe('a bout that has slept', () => {
  it('still has its sockets, and each is what it was', async () => {
    const bout = await newBout();
    const supervisor = await openSocket(bout.boutId, bout.supervisor);
    const jane = await openSocket(bout.boutId, await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' }));
    const publicly = await openSocket(bout.boutId);
    for (const socket of [supervisor, jane, publicly]) await socket.nextOf('hello');
    await evictDurableObject(boutStub(bout.boutId));
    await log(bout);
    expect(await supervisor.nextOf('delta')).toMatchObject({ from: 1, to: 3, entries: [{}, { kind: 'action' }] });
    expect(await jane.nextOf('delta')).toMatchObject({ from: 1, to: 3, entries: [], view: { red_totals: null } });
    expect(await publicly.nextOf('delta')).toMatchObject({ from: 1, to: 3, entries: [{ kind: 'action' }] });
    for (const socket of [supervisor, jane, publicly]) socket.close();
  });

  it('is woken by a message and acknowledges it', async () => {
    const bout = await newBout();
    const socket = await openSocket(bout.boutId, bout.supervisor);
    await socket.nextOf('hello');
    const body = action(bout.boutId, { event_id: 'before-sleep' });
    socket.send({ type: 'log', ...body });
    const ack = await socket.nextOf('ack');
    await evictDurableObject(boutStub(bout.boutId));
    socket.send({ type: 'log', ...body });
    const again = await socket.nextOf('ack');
    expect(again).toEqual({ ...ack, status: 409, is_duplicate: true, message: again['message'] });
    socket.sendText('ping');
    expect(await socket.text()).toBe('pong');
    socket.close();
  });

  it('goes on where the viewers stood, however it ended', async () => {
    const bout = await newBout();
    const socket = await openSocket(bout.boutId, bout.supervisor);
    let cursor = numberOf(await socket.nextOf('hello'), 'cursor');
    for (let i = 0; i < 3; i += 1) {
      await log(bout);
      await evictDurableObject(boutStub(bout.boutId));
      await change(bout, 'rulings', { kind: 'warning', round_id: 1, fighter_id: 'fighter1' });
      const end = 1 + 1 + 2 * (i + 1);
      while (cursor < end) {
        const delta = await socket.nextOf('delta');
        if (delta['from'] !== cursor) {
          // A gap: what was written just before it slept. The viewer asks for it.
          socket.send({ type: 'resume', cursor });
          const hello = await socket.nextOf('hello');
          expect(hello['resumed_from']).toBe(cursor);
          cursor = numberOf(hello, 'cursor');
        } else cursor = numberOf(delta, 'to');
      }
      expect(cursor).toBe(end);
    }
    socket.close();
  });

  it('closes its sockets where it is told to', async () => {
    const bout = await newBout();
    const socket = await openSocket(bout.boutId, bout.supervisor);
    await socket.nextOf('hello');
    await evictDurableObject(boutStub(bout.boutId), { webSockets: 'close' });
    await socket.closed;
    expect(await log(bout)).toMatchObject({ status: 200 });
  });
});
