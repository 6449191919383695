import { describe, expect, it } from 'vitest';
import { call, freshId } from '../support.ts';
import { openSocket, type SocketClient } from './socket-client.ts';
import { action, length, listOf, newBout, numberOf, type TestBout } from './support.ts';

describe('logging over the socket', () => {
  it('is acknowledged like over HTTP, and the same delivery again is a duplicate on either way', async () => {
    const { bout, socket } = await opened();
    const body = action(bout.boutId, { event_id: freshId('e') });
    socket.send({ type: 'log', ...body });
    const ack = await socket.nextOf('ack');
    expect(ack).toMatchObject({
      status: 200,
      success: true,
      is_duplicate: false,
      event_id: body['event_id'],
      client_event_id: body['event_id'],
      sequence_index: 2,
    });
    socket.send({ type: 'log', ...body });
    const again = await socket.nextOf('ack');
    expect(again).toEqual({ ...ack, status: 409, is_duplicate: true, message: again['message'] });
    const overHttp = await call('POST', '/api/events/v2/log', { token: bout.supervisor, body });
    expect(overHttp).toMatchObject({
      status: 409,
      json: { success: true, is_duplicate: true, sequence_index: 2, chain_hash: ack['chain_hash'] },
    });
    expect(await length(bout)).toBe(3);
    socket.close();
  });

  it('needs no bout_id, and refuses another bout’s', async () => {
    const { bout, socket } = await opened();
    const { bout_id: _bout, ...body } = action(bout.boutId);
    socket.send({ type: 'log', ...body });
    expect(await socket.nextOf('ack')).toMatchObject({ status: 200 });
    socket.send({ type: 'log', ...action('another') });
    expect(await socket.nextOf('error')).toMatchObject({ status: 400, errors: [{ field: 'bout_id' }] });
    socket.close();
  });

  it('is for those who may log: others get an error and keep the socket', async () => {
    const bout = await newBout();
    for (const [role, status] of [
      ['', 401],
      ['viewer', 403],
      ['broadcaster', 403],
      ['timekeeper', 403],
      ['referee', 403],
      ['analyst', 403],
      ['camera', 403],
    ] as const) {
      const socket = await openSocket(bout.boutId, role === '' ? null : await bout.token({ role }));
      const body = action(bout.boutId, { judge_id: 'someone', event_id: freshId('e') });
      socket.send({ type: 'log', ...body });
      expect(await socket.nextOf('error')).toMatchObject({ status, client_event_id: body['event_id'] });
      socket.send({ type: 'time', t0: 1 });
      expect(await socket.nextOf('time')).toMatchObject({ t0: 1 });
      socket.close();
    }
    expect(await length(bout)).toBe(1);
  });

  it('takes a judge’s own seat alone', async () => {
    const bout = await newBout();
    const token = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
    const socket = await openSocket(bout.boutId, token);
    socket.send({ type: 'log', ...action(bout.boutId, { judge_id: 'J2' }) });
    expect(await socket.nextOf('error')).toMatchObject({ status: 403, errors: [{ field: 'judge_id' }] });
    socket.send({ type: 'log', ...action(bout.boutId, { judge_id: 'J1' }) });
    expect(await socket.nextOf('ack')).toMatchObject({ status: 200 });
    socket.close();
  });
});

describe('a socket’s other messages', () => {
  it('ask the time and whether anybody is there', async () => {
    const { socket } = await opened();
    const before = Date.now();
    socket.send({ type: 'time', t0: 12.5 });
    const time = await socket.nextOf('time');
    expect(time).toMatchObject({ type: 'time', t0: 12.5 });
    expect(numberOf(time, 't1')).toBeGreaterThanOrEqual(before);
    socket.sendText('ping');
    expect(await socket.text()).toBe('pong');
    socket.close();
  });

  it('that make no sense are answered with an error each; the socket lives and nothing is written', async () => {
    const { bout, socket } = await opened();
    const nested = `{"type":"log","metadata":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`;
    const bad: readonly (string | ArrayBuffer)[] = [
      '',
      'pong',
      '[]',
      'null',
      '7',
      '"text"',
      '{',
      '{}',
      '{"type":"nothing"}',
      '{"type":"__proto__"}',
      '{"__proto__":{"type":"log"}}',
      '{"type":"log"}',
      '{"type":"log","metadata":{"__proto__":1}}',
      '{"type":"time"}',
      '{"type":"time","t0":"now"}',
      '{"type":"resume"}',
      '{"type":"resume","cursor":-1}',
      '{"type":"resume","cursor":1.5}',
      '{"type":"resume","cursor":"3"}',
      nested,
      `{"type":"log","x":"${'x'.repeat(70_000)}"}`,
      new Uint8Array([1, 2, 255]).buffer,
      `{"type":"log","event_type":"\\ud800"}`,
    ];
    for (const message of bad) {
      socket.sendText(message);
      const answer = await socket.next();
      expect([String(message).slice(0, 60), answer]).toMatchObject([
        String(message).slice(0, 60),
        { type: 'error', status: 400, code: 'bad_request', success: false },
      ]);
      expect(listOf(answer, 'errors')).not.toEqual([]);
    }
    socket.send({ type: 'log', ...action(bout.boutId) });
    expect(await socket.nextOf('ack')).toMatchObject({ status: 200, sequence_index: 2 });
    socket.close();
  });

  it('with deep nesting inside an otherwise good action is an error, too', async () => {
    const { bout, socket } = await opened();
    const text = JSON.stringify({ type: 'log', ...action(bout.boutId, { metadata: { deep: 'HERE' } }) });
    socket.sendText(text.replace('"HERE"', `${'['.repeat(25_000)}${']'.repeat(25_000)}`));
    expect(await socket.next()).toMatchObject({ type: 'error', status: 400 });
    expect(await length(bout)).toBe(1);
    socket.close();
  });
});

async function opened(): Promise<{ bout: TestBout; socket: SocketClient }> {
  const bout = await newBout();
  const socket = await openSocket(bout.boutId, bout.supervisor);
  await socket.nextOf('hello');
  return { bout, socket };
}
