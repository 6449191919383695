import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { migrate } from '../../objects/migrate.ts';
import { PLATFORM_MIGRATIONS } from '../../objects/platform/index.ts';
import { platformOf } from '../../workers/auth/platform.ts';
import { continueErasures } from '../../workers/people/erase.ts';
import { indexBout } from '../../workers/search/index-bout.ts';
import { boutStub, change, listOf, log, newBout, objectOf, RELEASED_TO_ALL, type TestBout } from './bout/support.ts';
import {
  archived,
  filesOf,
  metadataOf,
  passAsArchived,
  recorded,
  stored,
  textsOf,
  verified,
} from './people-support.ts';
import { type Answer, call, faults, freshId, type Json, mint, textOf } from './support.ts';

let admin: string;

beforeAll(async () => {
  admin = (await mint({ role: 'admin', subject: 'ada' })).token;
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** A bout in which nobody has an id of their own; names that no other bout has. */
async function anonymous(over: Json = {}): Promise<TestBout & { readonly red: string; readonly judge: string }> {
  const red = `Rosa ${freshId('x').slice(2, 10)}`;
  const judge = `Jana ${freshId('x').slice(2, 10)}`;
  const bout = await newBout({
    fighter1: { name: red },
    fighter2: { name: 'Bea Storm' },
    judges: [
      { judge_id: 'J1', judge_name: judge },
      { judge_id: 'J2', judge_name: 'Second Judge' },
    ],
    ...over,
  });
  return { ...bout, red, judge };
}

async function person(id: string, boutId: string, token = admin): Promise<Answer> {
  return await call('GET', `/api/people/${id}?bout_id=${boutId}`, { token });
}

async function erase(id: string, boutId: string, body: Json = {}, token = admin): Promise<Answer> {
  return await call('POST', `/api/people/${id}/erase`, {
    token,
    body: { reason: 'asked for it', dry_run: false, bout_id: boutId, ...body },
  });
}

async function newCard(): Promise<string> {
  const cardId = freshId('card');
  const { token } = await mint({ role: 'supervisor', subject: 'sue' });
  const made = { card_id: cardId, promotion: 'Promotion', event: 'E' };
  expect((await call('POST', '/api/cards', { token, body: made })).status).toBe(200);
  return cardId;
}

describe('somebody without an id of their own', () => {
  it('is found in one bout by the corner, and in no other', async () => {
    const [here, there] = [await anonymous(), await anonymous()];
    await indexBout(env, here.boutId);
    const answer = await person('fighter1', here.boutId);
    expect(answer).toMatchObject({
      status: 200,
      json: { scope: `bout ${here.boutId}`, complete: true, devices: [], platform: null, judged_scorecards: null },
    });
    expect(answer.headers.get('content-disposition')).toContain(`person-fighter1-in-${here.boutId}.json`);
    expect(listOf(answer.json, 'bouts')).toMatchObject([
      {
        bout_id: here.boutId,
        places: [{ as: 'fighter', corner: 'red', name: here.red, name_is_bound: true }],
        index_names: [here.red],
      },
    ]);
    for (const name of [there.red, 'Bea Storm', here.judge]) expect(answer.text).not.toContain(name);
    const other = listOf((await person('FIGHTER2', here.boutId)).json, 'bouts');
    expect(other).toMatchObject([{ places: [{ corner: 'blue', name: 'Bea Storm' }] }]);
    const late = await call('GET', `/api/people/fighter1?bout_id=${here.boutId}&before=3`, { token: admin });
    expect(faults(late)).toEqual(['before']);
  });

  it('is found by the seat, with what came from it and not from who took it over', async () => {
    const bout = await anonymous({ release_policy: RELEASED_TO_ALL });
    const token = await bout.token({ role: 'judge', subject: 'jana', judge_id: 'J1', device_id: 'tab-1' });
    await log(bout, { judge_id: 'J1', device_id: 'tab-1' }, token);
    expect((await change(bout, 'scorecards', { judge_id: 'J1', round_id: 1, red: 10, blue: 9 }, token)).status).toBe(
      200,
    );
    const proposal = { change: 'substitute', judge_id: 'J1', person_id: 'petra', person_name: 'Petra Late' };
    const proposed = await change(bout, 'panel', { ...proposal, from_round: 2, reason: 'ill' });
    const second = await bout.token({ role: 'supervisor', subject: 'second' });
    const confirmation = { proposal_index: proposed.json['sequence_index'], accept: true };
    expect((await change(bout, 'confirm', confirmation, second)).status).toBe(200);
    const later = await bout.token({ role: 'judge', subject: 'petra', judge_id: 'J1', device_id: 'tab-2' });
    expect((await change(bout, 'scorecards', { judge_id: 'J1', round_id: 2, red: 9, blue: 10 }, later)).status).toBe(
      200,
    );

    const answer = await person('J1', bout.boutId);
    expect(listOf(answer.json, 'bouts')).toMatchObject([
      {
        places: [{ as: 'judge', judge_id: 'J1', key: 'judge:J1', known_by: 'seat', name: bout.judge }],
        scorecards: [{ judge_id: 'J1', round_id: 1, red: 10, blue: 9 }],
        entries: [
          { subject: 'jana', device_id: 'tab-1', kind: 'action', entries: 1 },
          { subject: 'jana', device_id: 'tab-1', kind: 'scorecard', entries: 1 },
        ],
      },
    ]);
    expect(answer.text).not.toContain('petra');
    // An id of one's own leads to the same place as ever.
    expect(listOf((await person('petra', bout.boutId)).json, 'bouts')).toMatchObject([
      { places: [{ judge_id: 'J1', name: 'Petra Late' }], scorecards: [{ round_id: 2 }] },
    ]);
  });

  it('is not taken for somebody else of the bout', async () => {
    const bout = await newBout({
      judges: [
        { judge_id: 'J1', judge_name: 'Jana Ferris' },
        { judge_id: 'J2', judge_name: 'Second Judge', person_id: 'J1' },
      ],
    });
    for (const answer of [await person('J1', bout.boutId), await erase('J1', bout.boutId)]) {
      expect([answer.status, faults(answer)]).toEqual([409, ['person_id']]);
      expect(answer.text).toContain('judge:J1 or judge:J2');
    }
    const plan = await erase('judge:J1', bout.boutId, { dry_run: true });
    expect(plan.json).toMatchObject({
      bout_id: bout.boutId,
      bouts: [{ bout_id: bout.boutId, names: 1, places: [{ as: 'judge', judge_id: 'J1', key: 'judge:J1' }] }],
    });
    expect((await erase('judge:J1', bout.boutId)).json).toMatchObject({ status: 'done' });
    expect(await stored(bout)).not.toContain('Jana');
    expect(await stored(bout)).toContain('Second Judge');
  });

  it('is found within the caller’s reach', async () => {
    const cardId = await newCard();
    const [here, there] = [await anonymous({ card_id: cardId }), await anonymous()];
    const { token: ofCard } = await mint({ role: 'supervisor', card_id: cardId });
    expect((await person('fighter1', here.boutId, ofCard)).status).toBe(200);
    const nowhere = freshId('bout').slice(0, 40);
    const { token: adminOfCard } = await mint({ role: 'admin', card_id: cardId });
    const adminOfBout = await here.token({ role: 'admin' });
    for (const [status, field, answer] of [
      [403, 'bout_id', await person('fighter1', there.boutId, ofCard)],
      [403, 'bout_id', await person('fighter1', there.boutId, adminOfBout)],
      [403, 'bout_id', await erase('fighter1', there.boutId, {}, adminOfCard)],
      [403, 'bout_id', await erase('fighter1', there.boutId, {}, adminOfBout)],
      [404, 'bout_id', await person('fighter1', nowhere)],
      [404, 'bout_id', await erase('fighter1', nowhere)],
      [404, 'bout_id', await erase('fighter1', nowhere, { dry_run: true })],
      [404, 'person_id', await person('J9', here.boutId)],
      [404, 'person_id', await erase('j1', here.boutId)],
    ] as const) {
      expect([answer.status, faults(answer)]).toEqual([status, [field]]);
      if (field === 'person_id') expect(answer.text).toContain('fighter1, fighter2, J1, J2');
    }
    expect((await erase('fighter1', here.boutId, {}, here.supervisor)).status).toBe(403);
    expect(await stored(here)).toContain(here.red);
    expect(await recorded('fighter1', here.boutId)).toEqual([]);
    expect((await erase('fighter1', here.boutId, {}, adminOfCard)).json).toMatchObject({ status: 'done' });
    expect(await stored(here)).not.toContain(here.red);
    expect(await stored(there)).toContain(there.red);
  });
});

describe('an erasure from one bout', () => {
  it('takes the name out of all that is made of the bout, and the archive verifies', async () => {
    const bout = await anonymous({ release_policy: RELEASED_TO_ALL });
    const folder = await archived(bout);
    const csv = async () => (await call('GET', `/api/exports/${bout.boutId}/json`, { token: admin })).text;
    const hits = async () => {
      await indexBout(env, bout.boutId);
      const path = `/api/search?q=${encodeURIComponent(bout.red)}`;
      return listOf((await call('GET', path, { token: admin })).json, 'hits').map((hit) => hit['bout_id']);
    };
    expect(await csv()).toContain(bout.red);
    expect(await hits()).toEqual([bout.boutId]);
    await env.ARCHIVE.put(`exports/Promotion/${bout.boutId}/scorecard.pdf`, bout.red);
    const before = await filesOf(folder);
    const people = listOf(await metadataOf(folder), 'people');

    const eventId = freshId('evt');
    const answer = await erase('fighter1', bout.boutId, { event_id: eventId });
    expect(answer).toMatchObject({
      status: 200,
      json: { status: 'done', person_id: 'fighter1', bout_id: bout.boutId, unseen_bouts: 0, bouts: [{ done: true }] },
    });
    expect(await stored(bout)).not.toContain(bout.red);
    expect(await textsOf('')).not.toContain(bout.red);
    expect([...(await filesOf(folder))].filter(([key, etag]) => before.get(key) !== etag).map(([key]) => key)).toEqual([
      `${folder}metadata.json`,
    ]);
    expect(listOf(await metadataOf(folder), 'people')).toEqual(
      people.map((one) => (one['id'] === 'fighter:red' ? { ...one, name: null, salt: null } : one)),
    );
    expect(await verified(folder)).toMatchObject({ verdict: 'proven', facts: { people: { named: 3, erased: 1 } } });
    expect(await csv()).not.toContain(bout.red);
    expect(await hits()).toEqual([]);
    await evictDurableObject(boutStub(bout.boutId));
    const view = await call('GET', `/api/bouts/${bout.boutId}`, { token: bout.supervisor });
    expect(objectOf(view.json, 'bout')).toMatchObject({
      fighter1: { id: 'fighter1', name: 'fighter1' },
      fighter2: { name: 'Bea Storm' },
    });

    expect(await recorded('fighter1', bout.boutId)).toEqual([
      { type: 'erasure', person_id: 'fighter1', bout_id: bout.boutId, reason: 'asked for it' },
      { type: 'erased', person_id: 'fighter1', bout_id: bout.boutId, erasure_id: eventId, bouts: 1 },
    ]);
    expect(await erase('fighter1', bout.boutId, { event_id: eventId })).toMatchObject({
      status: 409,
      json: { success: true, is_duplicate: true, status: 'done' },
    });
    const other = await anonymous();
    expect(faults(await erase('fighter1', other.boutId, { event_id: eventId }))).toEqual(['event_id']);
    expect(await recorded('fighter1', bout.boutId)).toHaveLength(2);
  });

  it('that was cut off goes on in that bout alone, and two of them are two', async () => {
    const bouts = [await anonymous(), await anonymous(), await anonymous()] as const;
    const [first, second, untouched] = bouts;
    for (const bout of bouts) await passAsArchived(bout, 'fighter1');
    const put = vi.spyOn(env.ARCHIVE, 'put').mockRejectedValue(new Error('R2 is away'));
    const begun = [await erase('fighter1', first.boutId), await erase('fighter1', second.boutId)];
    for (const { json } of begun) {
      expect(json).toMatchObject({ status: 'in_progress', bouts: [{ done: false, detail: expect.any(String) }] });
    }
    expect(new Set(begun.map(({ json }) => textOf(json, 'event_id'))).size).toBe(2);
    // The same once more is the one that is going on.
    const again = await erase('fighter1', first.boutId);
    expect([again.status, textOf(again.json, 'event_id')]).toEqual([409, textOf(begun[0]?.json ?? {}, 'event_id')]);
    for (const stub of [platformOf(env), boutStub(first.boutId), boutStub(second.boutId)])
      await evictDurableObject(stub);
    put.mockRestore();
    await continueErasures(env);
    for (const bout of [first, second]) {
      expect(await textsOf('archive/')).not.toContain(bout.red);
      expect(await stored(bout)).not.toContain(bout.red);
      expect((await recorded('fighter1', bout.boutId)).map((one) => one['type'])).toEqual(['erasure', 'erased']);
    }
    expect(await textsOf('archive/')).toContain(untouched.red);
    expect(await stored(untouched)).toContain(untouched.red);
  });

  it('that crashed before the bout was looked into is taken up with the bout', async () => {
    const [bout, other] = [await anonymous(), await anonymous()];
    const by = { subject: 'ada', role: 'admin', seat: null, device: null } as const;
    const asked = { personId: 'J1', boutId: bout.boutId, reason: 'asked for it', by, eventId: freshId('evt') };
    const begun = await platformOf(env).beginErasure(asked);
    expect(begun).toMatchObject({ ok: true });
    await evictDurableObject(platformOf(env));
    expect(await platformOf(env).erasure(asked.eventId)).toMatchObject({ unseen: 1, doneMs: null });
    await continueErasures(env);
    expect(await platformOf(env).erasure(asked.eventId)).toMatchObject({
      unseen: 0,
      bouts: [{ boutId: bout.boutId, done: true }],
    });
    expect(await stored(bout)).not.toContain(bout.judge);
    expect(await stored(bout)).toContain('Second Judge');
    expect(await stored(other)).toContain(other.judge);
  });

  it('leaves one that was begun before there were any of one bout a walk over all', async () => {
    const stub = env.PLATFORM.getByName(freshId('before'));
    await runInDurableObject(stub, (_instance, { storage }) => {
      const { sql } = storage;
      const tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'";
      for (const { name } of sql.exec<{ name: string }>(tables).toArray()) sql.exec(`DROP TABLE "${name}"`);
      migrate(
        storage,
        PLATFORM_MIGRATIONS.slice(
          0,
          PLATFORM_MIGRATIONS.findIndex(({ id }) => id === '9-erasure-bout'),
        ),
      );
      sql.exec("INSERT INTO bout VALUES (3, 'b3', NULL), (5, 'b5', NULL)");
      sql.exec("INSERT INTO erasure VALUES ('e', 'rosa', 'r', '{}', 1, 6, NULL)");
    });
    await evictDurableObject(stub);
    expect(await stub.erasureWork('e', 9)).toEqual({
      personId: 'rosa',
      boutId: null,
      fresh: ['b5', 'b3'],
      sweptTo: 3,
      waiting: [],
    });
    expect(await stub.erasure('e')).toMatchObject({ boutId: null, unseen: 2 });
  });

  it('is told of under the id with the bout that it was of', async () => {
    const own = freshId('f');
    const bout = await anonymous({ fighter2: { id: own, name: 'Bea Storm' } });
    const other = await anonymous({ fighter2: { id: own, name: 'Bea Storm' } });
    expect((await erase(own, bout.boutId)).json).toMatchObject({ status: 'done', bouts: [{ bout_id: bout.boutId }] });
    expect(await stored(bout)).not.toContain('Bea Storm');
    expect(await stored(other)).toContain('Bea Storm');
    const { json } = await call('GET', `/api/people/${own}`, { token: admin });
    expect(listOf(objectOf(json, 'platform'), 'erasures')).toMatchObject([
      { bout_id: bout.boutId, done: false },
      { bout_id: bout.boutId, done: true },
    ]);
    const whole = await call('POST', `/api/people/${own}/erase`, {
      token: admin,
      body: { reason: 'asked for it', dry_run: false },
    });
    expect(whole.json).toMatchObject({ status: 'done', bout_id: null });
    expect(await stored(other)).not.toContain('Bea Storm');
  });
});
