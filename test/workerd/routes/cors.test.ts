import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { action, boutStub, log, newBout } from '../bout/support.ts';
import { upgrade } from '../bout/socket-client.ts';
import { type Answer, call, freshId } from '../support.ts';

const TAP = '/api/events/v2/log';

function expectOpen(answer: Answer, status: number): void {
  expect({ status: answer.status, origin: answer.headers.get('access-control-allow-origin') }).toEqual({
    status,
    origin: '*',
  });
}

describe('a page of any origin may read', () => {
  it('every answer to a tap', async () => {
    const bout = await newBout();
    const body = action(bout.boutId, { event_id: freshId('e') });
    const viewer = await bout.token({ role: 'broadcaster' });
    const elsewhere = await newBout().then((other) => other.token({ role: 'operator' }));
    const tap = async (over: object, token?: string): Promise<Answer> =>
      await call('POST', TAP, { body: { ...body, ...over }, ...(token === undefined ? {} : { token }) });
    expectOpen(await tap({}, bout.supervisor), 200);
    expectOpen(await tap({}, bout.supervisor), 409);
    expectOpen(await tap({ fighter_id: 'fighter2' }, bout.supervisor), 409);
    expectOpen(await tap({ event_type: 'Tickle' }, bout.supervisor), 400);
    expectOpen(await tap({ event_type: 7 }, bout.supervisor), 400);
    expectOpen(await tap({}), 401);
    expectOpen(await tap({}, 'no-token'), 401);
    expectOpen(await tap({}, viewer), 403);
    expectOpen(await tap({}, elsewhere), 403);
    expectOpen(await tap({ bout_id: freshId('nobody').slice(0, 40) }, bout.supervisor), 404);
    expectOpen(await tap({ metadata: { note: 'x'.repeat(2_000_000) } }, bout.supervisor), 413);
  });

  it('that a tap could not be stored', async () => {
    const bout = await newBout();
    await log(bout);
    await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
      state.storage.sql.exec("CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no'); END");
    });
    const answer = await log(bout);
    expectOpen(answer, 503);
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('the answers of every other route, and that there is none', async () => {
    const bout = await newBout();
    const token = bout.supervisor;
    expectOpen(await call('GET', `/api/bouts/${bout.boutId}`), 200);
    expectOpen(await call('GET', '/api/openapi.json'), 200);
    expectOpen(await call('GET', '/api/bouts/a%7Cb'), 400);
    expectOpen(await call('GET', `/api/bouts/${freshId('nobody').slice(0, 40)}`), 404);
    expectOpen(await call('POST', '/api/bouts', { token, body: {} }), 400);
    expectOpen(await call('POST', '/api/events/v2/batch', { body: {} }), 401);
    expectOpen(await call('GET', '/api/nowhere'), 404);
    expectOpen(await call('DELETE', TAP), 404);
    expectOpen(await call('GET', TAP), 404);
  });

  it('what it may ask, before it asks', async () => {
    const headers = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
    for (const path of [TAP, '/api/bouts', '/api/nowhere']) {
      const answer = await call('OPTIONS', path, { headers: { origin: 'https://overlay.example', ...headers } });
      expectOpen(answer, 204);
      expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
      expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('authorization');
    }
  });

  it('why a socket was refused, whether the edge refuses it or the bout', async () => {
    const bout = await newBout({ release_policy: { statistics: 'commission' } });
    const refusals = [
      [await upgrade(bout.boutId, 'no-token'), 401],
      [await upgrade(bout.boutId), 401],
      [await upgrade(freshId('nobody').slice(0, 40)), 404],
      [await upgrade(bout.boutId, null, '?cursor=x'), 400],
    ] as const;
    for (const [response, status] of refusals) {
      const { headers } = response;
      expect(await response.json()).toMatchObject({ status, success: false });
      expect({
        status: response.status,
        type: headers.get('content-type'),
        kept: headers.get('cache-control'),
        origin: headers.get('access-control-allow-origin'),
        asks: headers.get('www-authenticate'),
      }).toEqual({
        status,
        type: 'application/problem+json',
        kept: 'no-store',
        origin: '*',
        asks: status === 401 ? 'Bearer' : null,
      });
    }
  });

  it('that a bout cannot be watched just now', async () => {
    const bout = await newBout();
    await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
      state.storage.sql.exec("UPDATE entry SET hash = 'damaged' WHERE idx = 0");
    });
    await evictDurableObject(boutStub(bout.boutId));
    const { status, headers } = await upgrade(bout.boutId);
    expect([status, headers.get('retry-after'), headers.get('access-control-allow-origin')]).toEqual([503, '1', '*']);
  });
});
