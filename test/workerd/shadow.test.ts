import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { platformOf } from '../../workers/auth/platform.ts';
import { comparisonSchema, traineeSchema } from '../../workers/schemas/analytics.ts';
import { length, listOf, numberOf, type TestBout } from './bout/support.ts';
import { judgedBout, RELEASED, ring, scoredBout } from './judged.ts';
import { type Answer, call, freshId, type Json, mint } from './support.ts';

const SPLIT = { J1: ['10-9', '10-9'], J2: ['10-9', '9-10'], J3: ['9-10', '9-10'] } as const;

/** Someone who learns: a judge with a seat that no bout here has. */
async function trainee(over: Json = {}): Promise<{ token: string; subject: string }> {
  const subject = freshId('t').slice(0, 40);
  return { token: (await mint({ role: 'judge', judge_id: 'T1', subject, ...over })).token, subject };
}

async function submit(token: string, boutId: string, score: string, over: Json = {}): Promise<Answer> {
  const [red, blue] = score.split('-').map(Number);
  const body = { bout_id: boutId, round_id: 1, red, blue, ...over };
  return await call('POST', '/api/shadow/scorecards', { token, body });
}

/** Every round that is offered, over all pages. */
async function offered(token: string, query = ''): Promise<readonly Json[]> {
  const rounds: Json[] = [];
  let cursor: unknown = null;
  do {
    const page = await call('GET', `/api/shadow/rounds?${cursor === null ? '' : `cursor=${String(cursor)}&`}${query}`, {
      token,
    });
    expect(page.status).toBe(200);
    rounds.push(...listOf(page.json, 'rounds'));
    cursor = page.json['next_cursor'];
  } while (cursor !== null);
  return rounds;
}

const placesOf = (rounds: readonly Json[], bout: TestBout): readonly unknown[] =>
  rounds.filter((round) => round['bout_id'] === bout.boutId).map((round) => round['round_id']);

async function platformEntries(): Promise<number> {
  return (await platformOf(env).head()).entries;
}

describe('a past round', () => {
  let bout: TestBout;

  beforeAll(async () => {
    bout = await judgedBout('past', SPLIT);
  });

  it('is offered with its corners and nothing that would tell how it was scored', async () => {
    const { token } = await trainee();
    const [first] = (await offered(token)).filter((round) => round['bout_id'] === bout.boutId);
    expect(first).toEqual({
      bout_id: bout.boutId,
      round_id: 1,
      date: null,
      sport: 'mma',
      ruleset: 'mma-unified',
      corners: { red: 'Red Fighter', blue: 'Blue Fighter' },
    });
  });

  it('is answered with the official scorecards once it is scored, and not before', async () => {
    const { token } = await trainee();
    for (const path of ['/api/shadow/rounds', '/api/shadow/me']) {
      const before = await call('GET', path, { token });
      expect(before.text).not.toMatch(/past-J|"majority":"|"margin"|"winner"/);
    }
    for (const [body, status] of [
      [{ bout_id: bout.boutId, round_id: 1 }, 400],
      [{ bout_id: bout.boutId, round_id: 1, red: 10, blue: 9.5 }, 400],
      [{ bout_id: bout.boutId, round_id: 3, red: 10, blue: 9 }, 404],
    ] as const) {
      const refused = await call('POST', '/api/shadow/scorecards', { token, body });
      expect([body, refused.status]).toEqual([body, status]);
      expect(refused.text).not.toMatch(/past-J|"margin"|"winner"/);
    }
    const answer = await submit(token, bout.boutId, '9-10');
    expect(answer).toMatchObject({ status: 200, json: { success: true, is_duplicate: false } });
    const comparison = comparisonSchema.parse(answer.json);
    expect(comparison).toMatchObject({
      round_id: 1,
      red: 9,
      blue: 10,
      winner: 'blue',
      majority: 'red',
      with_majority: false,
      with_majority_score: false,
      recommendation: null,
    });
    expect(comparison.official.map((card) => [card.judge_id, card.winner, card.margin, card.same_winner])).toEqual([
      ['past-J1', 'red', 1, false],
      ['past-J2', 'red', 1, false],
      ['past-J3', 'blue', -1, true],
    ]);
    expect(comparison.flags.map(({ kind }) => kind)).toEqual(['opposite_winners']);
    expect(answer.text).not.toContain('Judge J');
    expect(placesOf(await offered(token), bout)).toEqual([2]);
  });

  it('is no place of the bout: its ledger does not know', async () => {
    const { token } = await trainee();
    const before = await length(bout);
    await submit(token, bout.boutId, '10-9');
    expect(await length(bout)).toBe(before);
  });

  it('counts with its first answer, in the deployment’s own ledger', async () => {
    const { token, subject } = await trainee();
    const eventId = freshId('shadow');
    const before = await platformEntries();
    const first = await submit(token, bout.boutId, '10-8', { event_id: eventId });
    expect(first).toMatchObject({ status: 200, json: { event_id: eventId, client_event_id: eventId } });
    await evictDurableObject(platformOf(env));
    const again = await submit(token, bout.boutId, '10-8', { event_id: eventId });
    expect(again.status).toBe(409);
    expect(again.json).toEqual({ ...first.json, is_duplicate: true });
    // The same under another id, and under none.
    const renamed = await submit(token, bout.boutId, '10-8', { event_id: freshId('other') });
    expect(renamed).toMatchObject({ status: 409, json: { success: true, is_duplicate: true, event_id: eventId } });
    const nameless = await submit(token, bout.boutId, '10-8');
    expect(nameless).toMatchObject({ status: 409, json: { success: true, is_duplicate: true, event_id: eventId } });
    expect(nameless.json['official']).toEqual(first.json['official']);
    // Another value, and another content under the known id.
    for (const over of [{}, { event_id: freshId('e') }, { event_id: eventId }, { event_id: eventId, round_id: 2 }]) {
      expect(await submit(token, bout.boutId, '9-10', over)).toMatchObject({ status: 409, json: { success: false } });
    }
    expect((await platformEntries()) - before).toBe(1);
    expect(await platformOf(env).verify()).toMatchObject({ valid: true });
    const leaf = await runInDurableObject(
      platformOf(env),
      (_instance, state) =>
        state.storage.sql.exec<{ leaf: string }>('SELECT leaf FROM entry ORDER BY idx DESC LIMIT 1').one().leaf,
    );
    expect(JSON.parse(leaf)).toMatchObject({
      kind: 'note',
      event_id: eventId,
      actor: { subject, role: 'judge' },
      payload: { type: 'shadow_scorecard', bout_id: bout.boutId, round_id: 1, red_x10: 100, blue_x10: 80 },
    });
    expect(leaf).not.toContain('past-J');
  });

  it('is scored once, however many identical submissions race', async () => {
    const { token } = await trainee();
    const before = await platformEntries();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => submit(token, bout.boutId, '10-9')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409]);
    expect(new Set(answers.map(({ json }) => json['event_id'])).size).toBe(1);
    for (const { json } of answers) expect(json['success']).toBe(true);
    const differing = await Promise.all(
      ['10-9', '9-10', '10-8'].map((score) => submit(token, bout.boutId, score, { round_id: 2 })),
    );
    expect(differing.filter(({ json }) => json['success'] === true)).toHaveLength(1);
    expect((await platformEntries()) - before).toBe(2);
  });

  it('keeps to the rules of its bout', async () => {
    const { token } = await trainee();
    for (const score of ['9-9', '10-5', '9.5-10', '11-9', '10-9.25']) {
      expect([score, (await submit(token, bout.boutId, score)).status]).toEqual([score, 400]);
    }
    expect(await submit(token, bout.boutId, '10-10')).toMatchObject({ status: 200, json: { winner: 'even' } });
  });

  it('answers nobody with somebody else’s delivery', async () => {
    const [one, other] = [await trainee(), await trainee()];
    const eventId = freshId('mine');
    expect((await submit(one.token, bout.boutId, '10-9', { event_id: eventId })).status).toBe(200);
    const stolen = await submit(other.token, bout.boutId, '10-9', { event_id: eventId });
    expect(stolen).toMatchObject({ status: 409, json: { success: false } });
    expect(stolen.text).not.toContain('past-J');
  });
});

describe('a round that is not to be scored', () => {
  it('is one of a bout without an official result', async () => {
    const bout = await scoredBout('running', SPLIT);
    await ring(bout);
    const { token } = await trainee();
    expect(placesOf(await offered(token), bout)).toEqual([]);
    expect((await submit(token, bout.boutId, '10-9')).status).toBe(404);
    expect((await submit(token, 'none', '10-9')).status).toBe(404);
  });

  it('is one whose scorecards are not released to the trainee', async () => {
    const bout = await judgedBout('kept', SPLIT, { release_policy: { ...RELEASED, scorecards: 'commission' } });
    const judge = await trainee();
    expect(placesOf(await offered(judge.token), bout)).toEqual([]);
    expect((await submit(judge.token, bout.boutId, '10-9')).status).toBe(404);
    const { token: analyst } = await mint({ role: 'analyst', subject: freshId('a').slice(0, 30) });
    expect(placesOf(await offered(analyst), bout)).toEqual([1, 2]);
    expect((await submit(analyst, bout.boutId, '10-9')).status).toBe(200);
    // Released later, it is there.
    const body = { release_policy: RELEASED, reason: 'training' };
    expect((await call('PATCH', `/api/bouts/${bout.boutId}`, { token: bout.supervisor, body })).status).toBe(200);
    await ring(bout);
    expect((await submit(judge.token, bout.boutId, '10-9')).status).toBe(200);
  });

  it('is one whose recommendation stays unsaid where that is not released', async () => {
    const bout = await judgedBout('unsaid', SPLIT, { release_policy: { ...RELEASED, recommendation: 'commission' } });
    await env.INDEX.prepare("UPDATE judged_round SET p_red = 0.99, margin2 = 0.1, model = 'm1' WHERE bout_id = ?")
      .bind(bout.boutId)
      .run();
    const told = await submit((await trainee()).token, bout.boutId, '9-10');
    expect(told).toMatchObject({ status: 200, json: { recommendation: null } });
    expect(told.text).not.toContain('against_near_certain');
    const { token: analyst } = await mint({ role: 'analyst', subject: freshId('a').slice(0, 30) });
    const whole = await submit(analyst, bout.boutId, '9-10');
    expect(whole.json).toMatchObject({ recommendation: { p_red: 0.99, margin2: 0.1, model: 'm1' } });
    expect(listOf(whole.json, 'flags').map((flag) => flag['kind'])).toContain('against_near_certain');
  });

  it('is one that the trainee judged, whatever the seat is now', async () => {
    const bout = await judgedBout('own', SPLIT);
    for (const claims of [
      { role: 'judge', judge_id: 'T1', subject: 'own-J2' },
      { role: 'judge', judge_id: 'J2', subject: freshId('sub').slice(0, 30), bout_id: bout.boutId },
      { role: 'analyst', subject: 'own-J2' },
      { role: 'analyst', subject: 'J3' },
    ]) {
      const { token } = await mint(claims);
      const refused = await submit(token, bout.boutId, '10-9');
      expect([claims, refused.status]).toEqual([claims, 403]);
      expect(refused.text).not.toMatch(/margin|"winner"/);
      expect(placesOf(await offered(token), bout)).toEqual([]);
    }
    // Another person whose seat elsewhere happens to have the same name.
    const { token } = await trainee({ judge_id: 'J2' });
    expect(placesOf(await offered(token), bout)).toEqual([1, 2]);
    expect((await submit(token, bout.boutId, '10-9')).status).toBe(200);
  });

  it('is one out of reach of the token', async () => {
    const [bout, other] = [await judgedBout('near', SPLIT), await judgedBout('far', SPLIT)];
    const { token } = await trainee({ bout_id: bout.boutId });
    expect(new Set((await offered(token)).map((round) => round['bout_id']))).toEqual(new Set([bout.boutId]));
    expect((await submit(token, other.boutId, '10-9')).status).toBe(403);
    expect((await submit(token, bout.boutId, '10-9')).status).toBe(200);
  });

  it('is one that was simulated, unless that is asked for', async () => {
    const bout = await judgedBout('made', SPLIT, { simulated: true });
    const { token } = await trainee();
    expect(placesOf(await offered(token), bout)).toEqual([]);
    expect(placesOf(await offered(token, 'include_simulated=true'), bout)).toEqual([1, 2]);
  });
});

describe('a trainee', () => {
  it('reads their own figures, with what is missing until they say anything', async () => {
    const bout = await judgedBout('figures', { J1: ['10-9', '9-10'], J2: ['10-8', '9-10'], J3: ['10-9', '10-9'] });
    const { token, subject } = await trainee();
    const before = traineeSchema.parse((await call('GET', '/api/shadow/me', { token })).json);
    expect(before).toMatchObject({
      trainee: subject,
      missing_rounds: 30,
      summary: { rounds: 0 },
      panel_kappa: { kappa: null },
    });
    await submit(token, bout.boutId, '10-9');
    await submit(token, bout.boutId, '10-8', { round_id: 2 });
    await evictDurableObject(platformOf(env));
    const mine = traineeSchema.parse((await call('GET', '/api/shadow/me', { token })).json);
    expect(mine).toMatchObject({
      min_rounds: 30,
      missing_rounds: 28,
      not_compared: 0,
      truncated: false,
      summary: {
        judge_id: subject,
        rounds: 2,
        enough_rounds: false,
        agreement: { majority: { n: 2, rate: 0.5 }, exact: { n: 2, rate: 0.5 } },
        two_point: { given: { n: 2, rate: 0.5 }, alone: { n: 1, rate: 1 } },
        bias: { red: { n: 2, rate: 1 } },
      },
      panel_kappa: { n: 2 },
    });
    expect(JSON.stringify(mine)).not.toContain('figures-J');
  });

  it('is read by supervisors and analysts, and by no other trainee', async () => {
    const bout = await judgedBout('seen', SPLIT);
    const { token, subject } = await trainee();
    await submit(token, bout.boutId, '10-9');
    const path = `/api/shadow/trainees/${subject}`;
    for (const role of ['admin', 'supervisor', 'analyst']) {
      const { token: reader } = await mint({ role, subject: 'reader' });
      const answer = await call('GET', path, { token: reader });
      expect(traineeSchema.parse(answer.json)).toMatchObject({ trainee: subject, summary: { rounds: 1 } });
      expect((await call('GET', '/api/shadow/trainees/nobody', { token: reader })).status).toBe(404);
    }
    const other = await trainee();
    for (const reader of [token, other.token]) expect((await call('GET', path, { token: reader })).status).toBe(403);
    const { token: elsewhere } = await mint({ role: 'supervisor', bout_id: 'elsewhere' });
    expect((await call('GET', path, { token: elsewhere })).status).toBe(404);
  });

  it('keeps a round that is not released any more, without its comparison', async () => {
    const bout = await judgedBout('back', SPLIT);
    const { token } = await trainee();
    await submit(token, bout.boutId, '10-9');
    const body = { release_policy: { ...RELEASED, scorecards: 'none' }, reason: 'under review' };
    expect((await call('PATCH', `/api/bouts/${bout.boutId}`, { token: bout.supervisor, body })).status).toBe(200);
    await ring(bout);
    const mine = (await call('GET', '/api/shadow/me', { token })).json;
    expect([numberOf(mine, 'not_compared'), mine['summary']]).toMatchObject([1, { rounds: 0 }]);
    expect((await submit(token, bout.boutId, '10-9')).status).toBe(404);
  });

  it('is a judge, an analyst or who supervises; nobody else', async () => {
    for (const role of ['operator', 'timekeeper', 'referee', 'broadcaster', 'camera', 'viewer']) {
      const { token } = await mint({ role });
      expect((await call('GET', '/api/shadow/rounds', { token })).status).toBe(403);
      expect((await call('GET', '/api/shadow/me', { token })).status).toBe(403);
      expect((await submit(token, 'b', '10-9')).status).toBe(403);
    }
    expect((await call('GET', '/api/shadow/rounds')).status).toBe(401);
  });
});
