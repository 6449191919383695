import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { platformOf } from '../../workers/auth/platform.ts';
import { openSocket, upgrade } from './bout/socket-client.ts';
import { boutStub, change, length, listOf, newBout, objectOf, type TestBout, view } from './bout/support.ts';
import { finish, sealed, settle } from './people-support.ts';
import { type Answer, call, faults, freshId, type Json, textOf } from './support.ts';

const CLOSED = { statistics: 'commission', scorecards: 'commission', recommendation: 'commission' } as const;
const OPEN = { statistics: 'public', scorecards: 'public', recommendation: 'public' } as const;

afterEach(() => {
  vi.restoreAllMocks();
});

async function sealedBout(release: Json): Promise<TestBout> {
  const bout = await newBout({ release_policy: release });
  const token = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
  await change(bout, 'scorecards', { judge_id: 'J1', round_id: 1, red: 10, blue: 9 }, token);
  await sealed(bout);
  return bout;
}

async function configure(bout: TestBout, body: Json, token = bout.supervisor): Promise<Answer> {
  return await call('PATCH', `/api/bouts/${bout.boutId}`, { token, body });
}

async function scorecards(bout: TestBout): Promise<readonly Json[]> {
  const { status, json } = await call('GET', `/api/final/${bout.boutId}`);
  return status === 200 ? listOf(json, 'final_scores') : [];
}

/** What the deployment's ledger has of the bout. */
async function recorded(bout: TestBout): Promise<readonly Json[]> {
  return await runInDurableObject(platformOf(env), (_instance, state) =>
    state.storage.sql
      .exec<{ leaf: string }>(
        "SELECT leaf FROM entry WHERE leaf ->> '$.payload.type' = 'release_after_seal' AND leaf ->> '$.payload.bout_id' = ? ORDER BY idx",
        bout.boutId,
      )
      .toArray()
      .map(({ leaf }): Json => JSON.parse(leaf)),
  );
}

/** Whether the deployment's ledger can be written: without the table of deliveries every recording fails. */
async function setPlatform(is: 'away' | 'back'): Promise<void> {
  const [from, to] = is === 'away' ? ['delivery', 'delivery_away'] : ['delivery_away', 'delivery'];
  await runInDurableObject(platformOf(env), (_instance, { storage }) =>
    storage.sql.exec(`ALTER TABLE ${from} RENAME TO ${to}`).toArray(),
  );
}

describe('a release after the seal', () => {
  it('is no entry of the bout, but holds, is recorded, and survives a restart', async () => {
    const bout = await sealedBout(CLOSED);
    const before = await length(bout);
    expect(await scorecards(bout)).toEqual([]);
    const answer = await configure(bout, { release_policy: OPEN, reason: 'the commission has met' });
    expect(answer).toMatchObject({ status: 200, json: { success: true, is_duplicate: false, event_hash: null } });
    expect(await length(bout)).toBe(before);
    expect(await scorecards(bout)).toMatchObject([{ judge_id: 'J1', scorecard: { round_1: '10-9' } }]);
    const entries = await recorded(bout);
    expect(entries).toMatchObject([
      {
        kind: 'config',
        index: answer.json['sequence_index'],
        actor: { subject: 'sue', role: 'supervisor' },
        event_id: answer.json['event_id'],
        payload: {
          type: 'release_after_seal',
          bout_id: bout.boutId,
          release_policy: OPEN,
          delay_ms: null,
          reason: 'the commission has met',
        },
      },
    ]);
    await evictDurableObject(boutStub(bout.boutId));
    expect(await scorecards(bout)).toHaveLength(1);
    expect(objectOf(await view(bout), 'bout')).toMatchObject({ release_policy: OPEN });
    expect((await platformOf(env).verify()).valid).toBe(true);
    const verdict = await call('GET', `/api/events/v2/verify/${bout.boutId}/1`, { token: bout.supervisor });
    expect(verdict.json).toMatchObject({ chain_valid: true });
  });

  it('changes what it names and leaves the rest; the last word counts', async () => {
    const bout = await sealedBout(CLOSED);
    expect((await configure(bout, { delay_ms: 60_000 })).status).toBe(200);
    expect(objectOf(await view(bout), 'bout')).toMatchObject({ release_policy: CLOSED, delay_ms: 60_000 });
    expect((await configure(bout, { release_policy: OPEN })).status).toBe(200);
    expect((await configure(bout, { delay_ms: 0 })).status).toBe(200);
    await evictDurableObject(boutStub(bout.boutId));
    expect(objectOf(await view(bout), 'bout')).toMatchObject({ release_policy: OPEN, delay_ms: 0 });
    expect((await recorded(bout)).map(({ payload }) => objectOf({ payload }, 'payload')['change'])).toEqual([1, 2, 3]);
  });

  it('that is taken back sends away who may not see it any more', async () => {
    const bout = await sealedBout(OPEN);
    const [viewer, official] = [await openSocket(bout.boutId), await openSocket(bout.boutId, bout.supervisor)];
    await Promise.all([viewer.nextOf('hello'), official.nextOf('hello')]);
    expect((await configure(bout, { release_policy: CLOSED })).status).toBe(200);
    expect((await viewer.closed).code).toBe(4403);
    expect(objectOf(objectOf(await official.nextOf('delta'), 'view'), 'bout')).toMatchObject({
      release_policy: CLOSED,
    });
    expect((await upgrade(bout.boutId)).status).toBe(401);
    expect(await scorecards(bout)).toEqual([]);
  });

  it('that is taken back does not wait for the release delay', async () => {
    const bout = await newBout({ release_policy: OPEN, delay_ms: 600_000 });
    await sealed(bout);
    const viewer = await openSocket(bout.boutId);
    await viewer.nextOf('hello');
    expect((await configure(bout, { release_policy: CLOSED })).status).toBe(200);
    expect((await viewer.closed).code).toBe(4403);
  });

  it('is done once per event_id, whoever sends it again', async () => {
    const bout = await sealedBout(CLOSED);
    const body = { release_policy: OPEN, event_id: freshId('evt') };
    const first = await configure(bout, body);
    expect(first.status).toBe(200);
    await evictDurableObject(boutStub(bout.boutId));
    const again = await Promise.all([configure(bout, body), configure(bout, body)]);
    for (const answer of again) {
      expect(answer).toMatchObject({
        status: 409,
        json: { success: true, is_duplicate: true, sequence_index: first.json['sequence_index'] },
      });
    }
    expect(faults(await configure(bout, { ...body, release_policy: CLOSED }))).toEqual(['event_id']);
    const other = await bout.token({ role: 'supervisor', subject: 'sam' });
    expect(faults(await configure(bout, body, other))).toEqual(['event_id']);
    expect(await recorded(bout)).toHaveLength(1);
  });

  it('sent again that was made before the seal is that entry', async () => {
    const bout = await newBout();
    const body = { release_policy: CLOSED, event_id: freshId('evt') };
    const first = await configure(bout, body);
    await sealed(bout);
    expect(await configure(bout, body)).toMatchObject({
      status: 409,
      json: { is_duplicate: true, sequence_index: first.json['sequence_index'] },
    });
    expect(await recorded(bout)).toEqual([]);
  });

  it('holds at once where the deployment’s ledger is away, and is recorded when it is back', async () => {
    const bout = await sealedBout(OPEN);
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await setPlatform('away');
    const body = { release_policy: CLOSED, event_id: freshId('evt') };
    const answer = await configure(bout, body);
    expect([answer.status, textOf(answer.json, 'detail')]).toEqual([503, expect.stringContaining('The change holds')]);
    expect(await scorecards(bout)).toEqual([]);
    expect(await recorded(bout)).toEqual([]);
    await evictDurableObject(boutStub(bout.boutId));
    expect((await upgrade(bout.boutId)).status).toBe(401);
    await setPlatform('back');
    await settle(bout);
    expect(await recorded(bout)).toMatchObject([{ event_id: body.event_id }]);
    await settle(bout);
    expect(await configure(bout, body)).toMatchObject({ status: 409, json: { is_duplicate: true } });
    expect(await recorded(bout)).toHaveLength(1);
  });

  it('is a supervisor’s of that bout', async () => {
    const bout = await sealedBout(CLOSED);
    const other = await newBout();
    const foreign = await other.token({ role: 'supervisor' });
    expect((await configure(bout, { release_policy: OPEN }, foreign)).status).toBe(403);
    expect((await configure(bout, { release_policy: OPEN }, await bout.token({ role: 'operator' }))).status).toBe(403);
    expect(await recorded(bout)).toEqual([]);
  });
});

describe('a bout that is finished and not sealed', () => {
  it('keeps its release in its own ledger', async () => {
    const bout = await newBout();
    await finish(bout);
    const before = await length(bout);
    expect((await configure(bout, { release_policy: OPEN })).status).toBe(200);
    expect(await length(bout)).toBe(before + 1);
    expect(await recorded(bout)).toEqual([]);
  });
});
