import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { decodeLeaf } from '../../../domain/ledger/index.ts';
import { call, freshId } from '../support.ts';
import { openSocket } from './socket-client.ts';
import { action, boutStub, newBout } from './support.ts';

async function signaturesIn(boutId: string): Promise<readonly (readonly [string, string])[]> {
  const leaves = await runInDurableObject(boutStub(boutId), (_instance, { storage }) =>
    storage.sql.exec<{ leaf: string }>('SELECT leaf FROM entry ORDER BY idx').toArray(),
  );
  return leaves.flatMap(({ leaf }) => {
    const entry = decodeLeaf(leaf);
    if (!entry.ok) throw new Error(entry.detail);
    const { eventId, signature } = entry.value;
    return signature === null ? [] : [[eventId, signature] as const];
  });
}

describe('what a device has signed', () => {
  it('stands in the leaf, whichever way it came', async () => {
    const bout = await newBout();
    const ids = ['single', 'batch', 'socket'].map((way) => freshId(way));
    const [single, batch, socket] = ids.map((id, at) =>
      action(bout.boutId, { event_id: id, signature: String(at).repeat(86) }),
    );
    const token = bout.supervisor;
    expect((await call('POST', '/api/events/v2/log', { token, body: single ?? {} })).status).toBe(200);
    const body = { bout_id: bout.boutId, events: [batch] };
    expect((await call('POST', '/api/events/v2/batch', { token, body })).json).toMatchObject({
      results: [{ success: true }],
    });
    const client = await openSocket(bout.boutId, token);
    client.send({ type: 'log', ...socket });
    expect(await client.nextOf('ack')).toMatchObject({ status: 200 });
    client.close();
    expect(await signaturesIn(bout.boutId)).toEqual(ids.map((id, at) => [id, String(at).repeat(86)]));
  });

  it('is the first one that arrived: a device that had to sign anew is answered as for any repeat', async () => {
    const bout = await newBout();
    const first = action(bout.boutId, { event_id: freshId('e'), signature: 'A'.repeat(86) });
    const token = bout.supervisor;
    const { json } = await call('POST', '/api/events/v2/log', { token, body: first });
    for (const again of [
      { ...first, signature: 'B'.repeat(86) },
      { ...first, signature: undefined },
    ]) {
      expect(await call('POST', '/api/events/v2/log', { token, body: again })).toMatchObject({
        status: 409,
        json: { success: true, is_duplicate: true, chain_hash: json['chain_hash'] },
      });
    }
    expect(await signaturesIn(bout.boutId)).toEqual([[first['event_id'], 'A'.repeat(86)]]);
  });
});
