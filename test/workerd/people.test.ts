import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { platformOf } from '../../workers/auth/platform.ts';
import { indexBout } from '../../workers/search/index-bout.ts';
import { continueErasures } from '../../workers/people/erase.ts';
import { boutStub, change, listOf, log, newBout, objectOf, type TestBout } from './bout/support.ts';
import { openSocket } from './bout/socket-client.ts';
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

/** People whom no other test knows. */
type Cast = { readonly red: string; readonly blue: string; readonly judge: string };

function newCast(): Cast {
  return { red: freshId('f'), blue: freshId('f'), judge: freshId('j') };
}

async function boutOf(cast: Cast, over: Json = {}): Promise<TestBout> {
  const bout = await newBout({
    fighter1: { id: cast.red, name: 'Rosa Luz' },
    fighter2: { id: cast.blue, name: 'Bea Storm' },
    judges: [
      { judge_id: 'J1', judge_name: 'Jana Ferris', person_id: cast.judge },
      { judge_id: 'J2', judge_name: 'Second Judge' },
    ],
    ...over,
  });
  const fighters = `/api/bouts/${bout.boutId}/fighters/red`;
  const body = { nickname: 'Rosita', country: 'ESP', event_id: freshId('evt') };
  expect((await call('PUT', fighters, { token: bout.supervisor, body })).status).toBe(200);
  await runInDurableObject(boutStub(bout.boutId), (_instance, state) =>
    state.storage.sql.exec("INSERT INTO photo VALUES ('red', 'image/png', 'abc', x'00')").toArray(),
  );
  return bout;
}

async function person(personId: string, token = admin): Promise<Answer> {
  return await call('GET', `/api/people/${personId}`, { token });
}

async function erase(personId: string, body: Json = {}, token = admin): Promise<Answer> {
  return await call('POST', `/api/people/${personId}/erase`, {
    token,
    body: { reason: 'asked for it', dry_run: false, ...body },
  });
}

describe('what is held about a person', () => {
  it('is one document of everything, with what it could not reach', async () => {
    const cast = newCast();
    const bout = await boutOf(cast);
    const judge = await bout.token({ role: 'judge', subject: cast.judge, judge_id: 'J1', device_id: 'tab-1' });
    await log(bout, { judge_id: 'J1', device_id: 'tab-1' }, judge);
    await change(bout, 'scorecards', { judge_id: 'J1', round_id: 1, red: 10, blue: 9 }, judge);
    await env.ARCHIVE.put(`exports/Promotion/${bout.boutId}/x.csv`, 'x');

    const fighter = await person(cast.red);
    expect(fighter.status).toBe(200);
    expect(fighter.headers.get('content-disposition')).toBe(`attachment; filename="person-${cast.red}.json"`);
    expect(fighter.json).toMatchObject({ complete: true, not_reached: [], next_before: null, scope: 'deployment' });
    expect(listOf(fighter.json, 'bouts')).toMatchObject([
      {
        bout_id: bout.boutId,
        places: [
          {
            as: 'fighter',
            corner: 'red',
            name: 'Rosa Luz',
            name_is_bound: true,
            particulars: { nickname: 'Rosita', country: 'ESP' },
            photo: { type: 'image/png', bytes: 1 },
          },
        ],
        scorecards: [],
        entries: [],
        exports: [`exports/Promotion/${bout.boutId}/x.csv`],
        archive: null,
      },
    ]);
    expect(fighter.text).not.toContain('Bea Storm');
    expect(fighter.text).not.toContain('Jana');
    // A later page that does not have the person is a page all the same.
    const rest = await call('GET', `/api/people/${cast.red}?before=0`, { token: admin });
    expect(rest).toMatchObject({ status: 200, json: { bouts: [], complete: true, next_before: null } });

    const official = await person(cast.judge);
    expect(listOf(official.json, 'bouts')).toMatchObject([
      {
        places: [{ as: 'judge', judge_id: 'J1', known_by: 'ledger', name: 'Jana Ferris', name_is_bound: true }],
        scorecards: [{ judge_id: 'J1', round_id: 1, red: 10, blue: 9, submitted: true }],
        entries: [
          { role: 'judge', device_id: 'tab-1', kind: 'action', entries: 1 },
          { role: 'judge', device_id: 'tab-1', kind: 'scorecard', entries: 1 },
        ],
      },
    ]);
    expect(listOf(objectOf(official.json, 'platform'), 'tokens')).toMatchObject([{ device_id: 'tab-1' }]);
  });

  it('finds a judge whose panel names nobody by who wrote the scorecards of the seat', async () => {
    const bout = await boutOf(newCast());
    const subject = freshId('s');
    const token = await bout.token({ role: 'judge', subject, judge_id: 'J2' });
    await change(bout, 'scorecards', { judge_id: 'J2', round_id: 1, red: 10, blue: 9 }, token);
    expect(listOf((await person(subject)).json, 'bouts')).toMatchObject([
      { places: [{ judge_id: 'J2', known_by: 'scorecards', name: 'Second Judge' }] },
    ]);
  });

  it('holds no scorecard that is not released to the caller', async () => {
    const cast = newCast();
    const bout = await boutOf(cast, { release_policy: { scorecards: 'none' } });
    const judge = await bout.token({ role: 'judge', subject: cast.judge, judge_id: 'J1' });
    await change(bout, 'scorecards', { judge_id: 'J1', round_id: 1, red: 10, blue: 9 }, judge);
    expect(listOf((await person(cast.judge, bout.supervisor)).json, 'bouts')).toMatchObject([
      { scorecards: [], scorecards_withheld: 1 },
    ]);
  });

  it('is seen by a supervisor of one card for the people of that card', async () => {
    const cardId = freshId('card');
    const made = { card_id: cardId, promotion: 'Promotion', event: 'E' };
    const { token: unbound } = await mint({ role: 'supervisor', subject: 'sue' });
    expect((await call('POST', '/api/cards', { token: unbound, body: made })).status).toBe(200);
    const [here, there] = [newCast(), newCast()];
    const bout = await boutOf(here, { card_id: cardId });
    await boutOf({ ...there, judge: here.judge });
    const { token } = await mint({ role: 'supervisor', card_id: cardId });
    expect((await person(there.red, token)).status).toBe(404);
    expect((await person(here.red, token)).json).toMatchObject({ scope: `card ${cardId}`, platform: null });
    expect(listOf((await person(here.judge, token)).json, 'bouts').map((one) => one['bout_id'])).toEqual([bout.boutId]);
    expect(listOf((await person(here.judge)).json, 'bouts')).toHaveLength(2);
    const { token: single } = await mint({ role: 'supervisor', bout_id: bout.boutId });
    expect((await person(there.red, single)).status).toBe(404);
    expect((await person(here.blue, single)).status).toBe(200);
  });

  it('says what did not answer instead of being silent about it', async () => {
    const cast = newCast();
    const bout = await boutOf(cast);
    await runInDurableObject(boutStub(bout.boutId), (_instance, state) =>
      state.storage.sql.exec('UPDATE entry SET leaf = replace(leaf, \'"v":1\', \'"v":2\')').toArray(),
    );
    await evictDurableObject(boutStub(bout.boutId));
    const { status, json } = await person(cast.red);
    expect([status, json['complete']]).toEqual([200, false]);
    expect(listOf(json, 'not_reached').map((one) => one['what'])).toContain(`bout ${bout.boutId}`);
    // So that this broken bout is in nobody else's way.
    await runInDurableObject(platformOf(env), (_instance, state) =>
      state.storage.sql.exec('DELETE FROM bout WHERE bout_id = ?', bout.boutId).toArray(),
    );
  });

  it('is asked for a person, not for a corner', async () => {
    for (const id of ['fighter1', 'FIGHTER2']) {
      for (const answer of [await person(id), await erase(id)]) {
        expect(faults(answer)).toEqual(['person_id']);
        expect(answer.text).toContain('bout_id');
      }
    }
    expect((await person(freshId('nobody'))).status).toBe(404);
  });
});

describe('an erasure', () => {
  it('that is only planned changes nothing', async () => {
    const cast = newCast();
    const bout = await boutOf(cast);
    const before = await stored(bout);
    for (const body of [{ reason: 'r', dry_run: true }, { reason: 'r' }]) {
      const answer = await call('POST', `/api/people/${cast.red}/erase`, { token: admin, body });
      expect(answer).toMatchObject({
        status: 200,
        json: { status: 'plan', bouts: [{ bout_id: bout.boutId, names: 1, particulars: 1, photos: 1 }] },
      });
    }
    expect(await stored(bout)).toBe(before);
    expect(await recorded(cast.red)).toEqual([]);
  });

  it('takes name, particulars and photograph out of every bout, for good, and the ledger holds', async () => {
    const cast = newCast();
    const bouts = [await boutOf(cast), await boutOf(cast)];
    const other = await boutOf({ ...newCast(), blue: cast.red });
    const [first] = bouts;
    if (first === undefined) throw new Error('no bout');
    const socket = await openSocket(first.boutId, first.supervisor);
    await socket.nextOf('hello');
    const eventId = freshId('evt');
    const answer = await erase(cast.red, { event_id: eventId });
    expect(answer).toMatchObject({ status: 200, json: { status: 'done', event_id: eventId, unseen_bouts: 0 } });
    expect(listOf(answer.json, 'bouts')).toHaveLength(3);
    expect(objectOf(objectOf(await socket.nextOf('delta'), 'view'), 'bout')).toMatchObject({
      fighter1: { id: cast.red, name: cast.red },
      fighter2: { name: 'Bea Storm' },
    });
    for (const bout of bouts) {
      const text = await stored(bout);
      for (const trace of ['Rosa', 'Rosita', 'image/png'])
        expect([trace, text.includes(trace)]).toEqual([trace, false]);
      expect(text).toContain('Bea Storm');
      await evictDurableObject(boutStub(bout.boutId));
      const view = await call('GET', `/api/bouts/${bout.boutId}`, { token: bout.supervisor });
      expect(objectOf(view.json, 'bout')).toMatchObject({ fighter1: { name: cast.red } });
      expect((await call('GET', `/api/events/v2/verify/${bout.boutId}/1`, { token: admin })).json).toMatchObject({
        chain_valid: true,
      });
    }
    // In the other corner it is the other name that goes.
    expect(await stored(other)).toContain('Rosa Luz');
    expect(await stored(other)).not.toContain('Bea Storm');
    expect(await recorded(cast.red)).toEqual([
      { type: 'erasure', person_id: cast.red, reason: 'asked for it' },
      { type: 'erased', person_id: cast.red, erasure_id: eventId, bouts: 3 },
    ]);
    expect(await erase(cast.red, { event_id: eventId })).toMatchObject({
      status: 409,
      json: { success: true, is_duplicate: true, status: 'done' },
    });
    expect(faults(await erase(cast.red, { event_id: eventId, reason: 'another' }))).toEqual(['event_id']);
    expect(await recorded(cast.red)).toHaveLength(2);
  });

  it('is not undone by a delivery that is sent again', async () => {
    const cast = newCast();
    const bout = await newBout({ fighter1: { id: cast.red, name: 'Rosa Luz' } });
    const path = `/api/bouts/${bout.boutId}/fighters/red`;
    const body = { nickname: 'Rosita', event_id: freshId('evt') };
    expect((await call('PUT', path, { token: bout.supervisor, body })).status).toBe(200);
    await erase(cast.red);
    expect(await call('PUT', path, { token: bout.supervisor, body })).toMatchObject({
      status: 409,
      json: { success: false },
    });
    expect(await stored(bout)).not.toContain('Rosita');
  });

  it('takes out a judge who was only put forward for a seat', async () => {
    const bout = await boutOf(newCast());
    const substitute = freshId('sub');
    const proposal = {
      change: 'substitute',
      judge_id: 'J2',
      person_id: substitute,
      person_name: 'Petra Late',
      reason: 'ill',
      event_id: freshId('evt'),
    };
    expect((await change(bout, 'panel', proposal)).status).toBe(200);
    // The same delivery is still told from another one.
    expect(await change(bout, 'panel', proposal)).toMatchObject({ status: 409, json: { success: true } });
    expect(await change(bout, 'panel', { ...proposal, person_name: 'Other' })).toMatchObject({
      status: 409,
      json: { success: false },
    });
    expect(listOf((await person(substitute)).json, 'bouts')).toMatchObject([
      { places: [{ judge_id: 'J2', name: 'Petra Late', substitute: { taken: false } }] },
    ]);
    expect((await erase(substitute)).json).toMatchObject({ status: 'done', bouts: [{ bout_id: bout.boutId }] });
    expect(await stored(bout)).not.toContain('Petra');
  });

  it('rewrites metadata.json of a sealed archive and no other byte of it, and empties the exports', async () => {
    const cast = newCast();
    const bout = await boutOf(cast);
    const folder = await archived(bout);
    await env.ARCHIVE.put(`exports/Promotion/${bout.boutId}/scorecard.pdf`, 'Rosa Luz');
    const before = await filesOf(folder);
    expect(await verified(folder)).toMatchObject({ verdict: 'proven', facts: { people: { named: 4, erased: 0 } } });
    const people = listOf(await metadataOf(folder), 'people');
    expect(people.map((one) => [one['id'], one['name']])).toContainEqual(['fighter:red', 'Rosa Luz']);
    const held = listOf((await person(cast.red)).json, 'bouts');
    expect(held).toMatchObject([{ sealed: true, archive: { status: 'made', folder } }]);

    expect((await erase(cast.red)).json).toMatchObject({ status: 'done' });
    const after = await filesOf(folder);
    expect([...after].filter(([key, etag]) => before.get(key) !== etag).map(([key]) => key)).toEqual([
      `${folder}metadata.json`,
    ]);
    expect([...after.keys()]).toEqual([...before.keys()]);
    const metadata = await metadataOf(folder);
    expect(listOf(metadata, 'people')).toEqual(
      people.map((one) => (one['id'] === 'fighter:red' ? { ...one, name: null, salt: null } : one)),
    );
    expect(await textsOf('')).not.toContain('Rosa Luz');
    expect(await verified(folder)).toMatchObject({ verdict: 'proven', facts: { people: { named: 3, erased: 1 } } });
    expect((await env.ARCHIVE.list({ prefix: `exports/Promotion/${bout.boutId}/` })).objects).toEqual([]);
  });

  it('takes out whoever was only put forward from the archive too, where it was cut off in between', async () => {
    const bout = await boutOf(newCast(), { fighter1: { name: 'Red Fighter' } });
    const substitute = freshId('sub');
    const proposal = { change: 'substitute', judge_id: 'J2', person_id: substitute, person_name: 'Petra Late' };
    expect((await change(bout, 'panel', { ...proposal, reason: 'ill' })).status).toBe(200);
    await passAsArchived(bout, substitute);
    vi.spyOn(env.ARCHIVE, 'put').mockRejectedValueOnce(new Error('R2 is away'));
    expect((await erase(substitute)).json).toMatchObject({ status: 'in_progress' });
    // The object has no name of hers any more, and still knows her place.
    await evictDurableObject(boutStub(bout.boutId));
    await continueErasures(env);
    expect(await textsOf('archive/')).not.toContain('Petra');
    expect((await recorded(substitute)).map((one) => one['type'])).toEqual(['erasure', 'erased']);
  });

  it('goes on where it was cut off, by itself', async () => {
    const cast = newCast();
    const bouts = [await boutOf(cast), await boutOf(cast)];
    const folders: string[] = [];
    for (const bout of bouts) folders.push(await passAsArchived(bout, cast.red));
    const get = env.ARCHIVE.get.bind(env.ARCHIVE);
    let failures = 0;
    const failing = vi.spyOn(env.ARCHIVE, 'get').mockImplementation(async (key: string) => {
      if (key !== `${folders[0] ?? ''}metadata.json`) return await get(key);
      failures += 1;
      throw new Error('R2 is away');
    });
    const body = { event_id: freshId('evt') };
    const answer = await erase(cast.red, body);
    expect(answer).toMatchObject({ status: 200, json: { status: 'in_progress' } });
    expect(listOf(answer.json, 'bouts').filter((one) => one['done'] === false)).toMatchObject([
      { bout_id: bouts[0]?.boutId, detail: expect.stringContaining('R2 is away') },
    ]);
    expect(failures).toBe(1);
    expect((await recorded(cast.red)).map((one) => one['type'])).toEqual(['erasure']);
    await evictDurableObject(platformOf(env));
    await continueErasures(env);
    expect(failures).toBe(2);
    failing.mockRestore();
    await continueErasures(env);
    expect((await recorded(cast.red)).map((one) => one['type'])).toEqual(['erasure', 'erased']);
    expect(await textsOf('archive/')).not.toContain('Rosa Luz');
    expect(await erase(cast.red, body)).toMatchObject({ status: 409, json: { status: 'done' } });
  });

  it('reaches the index, also where the queue fails at first', async () => {
    const cast = newCast();
    const bout = await boutOf(cast);
    const indexed = async () => {
      await indexBout(env, bout.boutId);
      const line = env.INDEX.prepare('SELECT fighter1, fighter2 FROM bout WHERE bout_id = ?').bind(bout.boutId);
      const text = env.INDEX.prepare('SELECT bout_text.* FROM bout_text JOIN bout ON bout.id = bout_text.rowid');
      return [await line.first(), JSON.stringify((await text.all()).results).includes('rosa')];
    };
    expect(await indexed()).toEqual([{ fighter1: 'Rosa Luz', fighter2: 'Bea Storm' }, true]);
    vi.spyOn(env.INDEX_QUEUE, 'send').mockRejectedValueOnce(new Error('the queue is away'));
    const body = { event_id: freshId('evt') };
    expect((await erase(cast.red, body)).json).toMatchObject({ status: 'in_progress' });
    expect((await erase(cast.red, body)).json).toMatchObject({ status: 'done', bouts: [{ done: true, detail: null }] });
    await env.INDEX.prepare('DELETE FROM bout WHERE bout_id <> ?').bind(bout.boutId).run();
    expect(await indexed()).toEqual([{ fighter1: cast.red, fighter2: 'Bea Storm' }, false]);
    expect(listOf((await person(cast.red)).json, 'bouts')).toMatchObject([{ index_names: [cast.red] }]);
  });

  it('of two people of one bout at once leaves neither', async () => {
    const cast = newCast();
    const bout = await boutOf(cast);
    const folder = await passAsArchived(bout, cast.red);
    const answers = await Promise.all([erase(cast.red), erase(cast.blue), erase(cast.judge), erase(cast.red)]);
    const ids = new Set(answers.map(({ json }) => textOf(json, 'event_id')));
    expect(ids.size).toBe(3);
    await continueErasures(env);
    const people = listOf(await metadataOf(folder), 'people');
    expect(people.map((one) => one['name'])).toEqual([null, null, null, 'Second Judge']);
    expect(await (await env.ARCHIVE.get(`${folder}checkpoint`))?.text()).toBe(bout.boutId);
    expect((await recorded(cast.red)).map((one) => one['type'])).toEqual(['erasure', 'erased']);
  });

  it('leaves a metadata.json that is none of ours as it is, and says so', async () => {
    const cast = newCast();
    const bout = await boutOf(cast);
    const folder = await passAsArchived(bout, cast.red);
    await env.ARCHIVE.put(`${folder}metadata.json`, '{"people":[{"id":"fighter:red"}]}');
    const { json } = await erase(cast.red);
    expect(json).toMatchObject({ status: 'in_progress', bouts: [{ done: false }] });
    expect(await metadataOf(folder)).toEqual({ people: [{ id: 'fighter:red' }] });
    await env.ARCHIVE.delete(`${folder}metadata.json`);
    await runInDurableObject(platformOf(env), (_instance, state) =>
      state.storage.sql.exec('UPDATE erasure SET done_ms = 1 WHERE person_id = ?', cast.red).toArray(),
    );
  });

  it('is an administrator’s, for every bout', async () => {
    const cast = newCast();
    const bout = await boutOf(cast);
    expect((await erase(cast.red, {}, bout.supervisor)).status).toBe(403);
    const { token } = await mint({ role: 'admin', bout_id: bout.boutId });
    expect((await erase(cast.red, {}, token)).status).toBe(403);
    expect(await stored(bout)).toContain('Rosa Luz');
    expect(faults(await erase(cast.red, { reason: ' ' }))).toEqual(['reason']);
  });
});
