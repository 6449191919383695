import { describe, expect, it } from 'vitest';
import { call, freshId, type Json } from '../support.ts';
import { openSocket, upgrade } from './socket-client.ts';
import { action, boutStub, change, length, listOf, log, newBout, numberOf, objectOf } from './support.ts';

describe('opening a socket', () => {
  it('greets with the role, the cursor and the bout as it stands', async () => {
    const bout = await newBout();
    await log(bout);
    const socket = await openSocket(bout.boutId, bout.supervisor);
    const hello = await socket.next();
    expect(hello).toMatchObject({ type: 'hello', role: 'supervisor', cursor: 3, resumed_from: null });
    expect(objectOf(hello, 'snapshot')).toMatchObject({ cursor: 3, red_totals: { damage: 0.05 }, round_id: 1 });
    expect(indices(hello)).toEqual([0, 1, 2]);
    const publicly = await openSocket(bout.boutId);
    expect(await publicly.next()).toMatchObject({ type: 'hello', role: 'viewer', cursor: 3 });
    socket.close();
    publicly.close();
  });

  it('echoes the protocol and never the token', async () => {
    const bout = await newBout();
    const response = await upgrade(bout.boutId, bout.supervisor);
    expect(response.status).toBe(101);
    expect(response.headers.get('sec-websocket-protocol')).toBe('fightjudge.v1');
    response.webSocket?.accept();
    response.webSocket?.close();
  });

  it('is refused with a problem document', async () => {
    const bout = await newBout();
    const cases: readonly (readonly [Promise<Response>, number])[] = [
      [upgrade(freshId('nobody')), 404],
      [upgrade('a%7Cb'), 400],
      [upgrade(bout.boutId, 'no-token'), 401],
      [upgrade(bout.boutId, await newBout().then((other) => other.token({ role: 'operator' }))), 403],
      [upgrade(bout.boutId, null, '?cursor=-1'), 400],
      [upgrade(bout.boutId, null, '?cursor=1.5'), 400],
      [upgrade(bout.boutId, null, '?cursor=x'), 400],
      [upgrade(bout.boutId, null, '', ''), 400],
      [upgrade(bout.boutId, null, '', 'something'), 400],
      [upgrade(bout.boutId, null, '', `fightjudge.v1, ${bout.supervisor}, more`), 400],
    ];
    for (const [answer, status] of cases) {
      const response = await answer;
      expect([response.url, response.status]).toEqual([response.url, status]);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json()).toMatchObject({ status, success: false });
    }
    expect(await call('GET', `/api/bouts/${bout.boutId}/socket`)).toMatchObject({ status: 400 });
  });

  it('cannot be done as somebody else by a header of one’s own', async () => {
    const bout = await newBout({ release_policy: { statistics: 'commission' } });
    const forged = JSON.stringify({ subject: 'eve', role: 'admin', expiresMs: Number.MAX_SAFE_INTEGER });
    const answer = await call('GET', `/api/bouts/${bout.boutId}/socket`, {
      headers: {
        upgrade: 'websocket',
        'sec-websocket-protocol': 'fightjudge.v1',
        'x-fightjudge-caller': forged,
      },
    });
    expect(answer.status).toBe(401);
  });
});

describe('deltas', () => {
  it('follow each other without a gap, whatever is written how', async () => {
    const bout = await newBout();
    const socket = await openSocket(bout.boutId, bout.supervisor);
    let cursor = numberOf(await socket.next(), 'cursor');
    const seen: unknown[] = [];
    const writes = [
      async () => await Promise.all(Array.from({ length: 12 }, () => log(bout))),
      async () => await change(bout, 'clock', { action: 'start_round', round_id: 1 }),
      async () => await log(bout),
    ];
    let end = 0;
    for (const write of writes) {
      await write();
      end = await length(bout);
      while (cursor < end) {
        const delta = await socket.nextOf('delta');
        expect(delta['from']).toBe(cursor);
        cursor = numberOf(delta, 'to');
        seen.push(...indices(delta));
        expect(objectOf(delta, 'view')['cursor']).toBe(cursor);
      }
    }
    expect(seen).toEqual(Array.from({ length: end - 1 }, (_, i) => i + 1));
    socket.close();
  });

  it('carry the chain hash that the writer was given', async () => {
    const bout = await newBout();
    const socket = await openSocket(bout.boutId, bout.supervisor);
    await socket.next();
    const logged = await log(bout);
    const delta = await socket.nextOf('delta');
    const entry = listOf(delta, 'entries').find((one) => one['kind'] === 'action');
    expect(entry).toMatchObject({
      event_id: logged.json['event_id'],
      sequence_index: logged.json['sequence_index'],
      event_hash: logged.json['event_hash'],
      chain_hash: logged.json['chain_hash'],
    });
    socket.close();
  });

  it('pass over what a viewer may not see, and still say how far they go', async () => {
    const bout = await newBout();
    const socket = await openSocket(bout.boutId);
    expect(await socket.next()).toMatchObject({ type: 'hello', cursor: 1, entries: [] });
    const first = await log(bout);
    const delta = await socket.nextOf('delta');
    // The supervisor's joining stands in the ledger before the first action and is not the public's business.
    expect(delta).toMatchObject({ from: 1, to: 3 });
    expect(listOf(delta, 'entries').map((entry) => entry['event_id'])).toEqual([first.json['event_id']]);
    const token = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
    await change(bout, 'scorecards', { judge_id: 'J1', round_id: 1, red: 10, blue: 9 }, token);
    expect(await socket.nextOf('delta')).toMatchObject({ from: 3, to: 4, entries: [] });
    socket.close();
  });
});

describe('going on after a break', () => {
  it('with a cursor brings what came since, with nothing twice', async () => {
    const bout = await newBout();
    for (let i = 0; i < 5; i += 1) await log(bout);
    const socket = await openSocket(bout.boutId, bout.supervisor, '?cursor=4');
    const hello = await socket.next();
    expect(hello).toMatchObject({ resumed_from: 4, cursor: 7 });
    expect(indices(hello)).toEqual([4, 5, 6]);
    socket.send({ type: 'resume', cursor: 6 });
    const resumed = await socket.nextOf('hello');
    expect(resumed).toMatchObject({ resumed_from: 6, cursor: 7 });
    expect(indices(resumed)).toEqual([6]);
    await log(bout);
    expect(await socket.nextOf('delta')).toMatchObject({ from: 7, to: 8 });
    socket.close();
  });

  it('brings nothing to who has everything', async () => {
    const bout = await newBout();
    await log(bout);
    const socket = await openSocket(bout.boutId, bout.supervisor, '?cursor=3');
    expect(await socket.next()).toMatchObject({ resumed_from: 3, cursor: 3, entries: [] });
    socket.close();
  });

  it('starts over for a cursor from another ledger', async () => {
    const bout = await newBout();
    const socket = await openSocket(bout.boutId, bout.supervisor, '?cursor=900');
    expect(await socket.next()).toMatchObject({ resumed_from: null, cursor: 1 });
    socket.close();
  });

  it('gives the last twenty where no cursor is sent', async () => {
    const bout = await newBout();
    const events = Array.from({ length: 60 }, () => action(bout.boutId));
    await call('POST', '/api/events/v2/batch', { token: bout.supervisor, body: { bout_id: bout.boutId, events } });
    const socket = await openSocket(bout.boutId, bout.supervisor);
    const hello = await socket.next();
    expect(indices(hello)).toEqual(Array.from({ length: 20 }, (_, i) => 42 + i));
    socket.close();
  });
});

describe('a bout that releases nothing', () => {
  it('has no socket for somebody without a token', async () => {
    const bout = await newBout({ release_policy: { statistics: 'none' } });
    expect((await upgrade(bout.boutId)).status).toBe(401);
    expect(await boutStub(bout.boutId).view(null)).toMatchObject({ ok: false, code: 'unauthorized' });
  });
});

function indices(message: Json): readonly unknown[] {
  return listOf(message, 'entries').map((entry) => entry['sequence_index']);
}
