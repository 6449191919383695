import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  boutAnalyticsSchema,
  discrepanciesSchema,
  judgeSchema,
  judgesSchema,
} from '../../workers/schemas/analytics.ts';
import { boutStub, change, listOf, objectOf, type TestBout } from './bout/support.ts';
import { judgedBout, makeOfficial, owesIndex, RELEASED, ring, ringAlarm, scoredBout } from './judged.ts';
import { type Answer, call, freshId, type Json, mint } from './support.ts';

const SPLIT = { J1: ['10-9', '10-9'], J2: ['10-9', '9-10'], J3: ['9-10', '9-10'] } as const;

async function read(path: string, claims: Json & { readonly role: string } = { role: 'analyst' }): Promise<Answer> {
  return await call('GET', `/api/analytics/${path}`, { token: (await mint(claims)).token });
}

async function rowsOf(bout: TestBout): Promise<{ rounds: readonly Json[]; cards: readonly Json[] }> {
  const all = async (table: string, order: string): Promise<readonly Json[]> =>
    (
      await env.INDEX.prepare(`SELECT * FROM ${table} WHERE bout_id = ? ORDER BY ${order}`)
        .bind(bout.boutId)
        .all<Json>()
    ).results;
  return { rounds: await all('judged_round', 'round'), cards: await all('judged_scorecard', 'round, seat') };
}

/** How many numbers or texts of an answer are somebody's name. */
function namesIn(answer: Answer): boolean {
  return /Judge J\d|Red Fighter|Blue Fighter/.test(answer.text);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the index of judged rounds', () => {
  it('has a bout once its result is official, raw scores and deductions apart, and no names', async () => {
    const bout = await scoredBout('idx', SPLIT, { date: '2026-05-01' });
    await change(bout, 'rulings', { kind: 'deduction', round_id: 2, fighter_id: 'fighter1', points: 1 });
    await ring(bout);
    expect(await rowsOf(bout)).toEqual({ rounds: [], cards: [] });
    await makeOfficial(bout);
    await ring(bout);
    const { rounds, cards } = await rowsOf(bout);
    expect(rounds).toMatchObject([
      { round: 1, red_deduction_x10: 0, simulated: 0, date: '2026-05-01', sport: 'mma', p_red: null, model: null },
      { round: 2, red_deduction_x10: 10, blue_deduction_x10: 0 },
    ]);
    expect(
      cards.map((card) => [card['round'], card['seat'], card['judge'], card['red_x10'], card['blue_x10']]),
    ).toEqual([
      [1, 'J1', 'idx-J1', 100, 90],
      [1, 'J2', 'idx-J2', 100, 90],
      [1, 'J3', 'idx-J3', 90, 100],
      [2, 'J1', 'idx-J1', 100, 90],
      [2, 'J2', 'idx-J2', 90, 100],
      [2, 'J3', 'idx-J3', 90, 100],
    ]);
    expect(JSON.stringify([rounds, cards])).not.toContain('Judge');
  });

  it('is owed in the transaction of the result: an eviction before the alarm loses nothing', async () => {
    const bout = await scoredBout('evicted', SPLIT);
    await makeOfficial(bout);
    await evictDurableObject(boutStub(bout.boutId));
    await ring(bout);
    expect((await rowsOf(bout)).cards).toHaveLength(6);
  });

  it('is written again as it was, however often', async () => {
    const bout = await judgedBout('again', SPLIT);
    const before = await rowsOf(bout);
    for (const scorecards of ['commission', 'public'] as const) {
      const body = { release_policy: { ...RELEASED, scorecards }, reason: 'as agreed' };
      const changed = await call('PATCH', `/api/bouts/${bout.boutId}`, { token: bout.supervisor, body });
      expect(changed.status).toBe(200);
      await ring(bout);
      expect((await rowsOf(bout)).rounds[0]?.['scorecards_to']).toBe(scorecards);
    }
    expect(await rowsOf(bout)).toEqual(before);
  });

  it('is tried until it takes the rounds, and then has them', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const bout = await scoredBout('retried', SPLIT);
    await makeOfficial(bout);
    await env.INDEX.exec('ALTER TABLE judged_scorecard RENAME TO elsewhere');
    await ringAlarm(bout);
    await vi.waitFor(() => expect(errors.mock.calls.flat().join('\n')).toContain('judged_scorecard'));
    await env.INDEX.exec('ALTER TABLE elsewhere RENAME TO judged_scorecard');
    // The batch is one transaction: nothing of it is there.
    expect(await rowsOf(bout)).toEqual({ rounds: [], cards: [] });
    expect(await owesIndex(bout)).toBe(true);
    await ring(bout);
    expect((await rowsOf(bout)).cards).toHaveLength(6);
  });

  it('knows a judge by the person whom the panel names, whatever token wrote the scorecard', async () => {
    const judges = ['J1', 'J2'].map((seat) => ({
      judge_id: seat,
      judge_name: `Judge ${seat}`,
      ...(seat === 'J1' ? { person_id: 'person-1' } : {}),
    }));
    const bout = await judgedBout('person', { J1: ['10-9'], J2: ['10-9'] }, { judges });
    expect((await rowsOf(bout)).cards).toMatchObject([
      { seat: 'J1', judge: 'person-1', subject: 'person-J1' },
      { seat: 'J2', judge: 'person-J2', subject: 'person-J2' },
    ]);
  });

  it('leaves out a scorecard that was opened again and not closed', async () => {
    const bout = await scoredBout('open', SPLIT);
    await change(bout, 'scorecards/reopen', { judge_id: 'J3', round_id: 2, reason: 'the wrong corner' });
    await makeOfficial(bout);
    await ring(bout);
    const { cards } = await rowsOf(bout);
    expect(cards.filter((card) => card['round'] === 2).map((card) => card['seat'])).toEqual(['J1', 'J2']);
  });
});

describe('what the scorecards say', () => {
  let bout: TestBout;
  let simulated: TestBout;
  let closed: TestBout;
  const ruleset = 'mma-unified';

  beforeAll(async () => {
    bout = await judgedBout('say', SPLIT, { date: '2026-06-01', ruleset });
    simulated = await judgedBout('sim', SPLIT, { date: '2026-06-02', simulated: true });
    closed = await judgedBout('closed', SPLIT, { release_policy: { ...RELEASED, scorecards: 'none' } });
  });

  it('of each judge: figures with n and interval, no rank below the minimum, no names', async () => {
    const answer = await read('judges?from=2026-06-01&to=2026-06-01');
    expect(answer.status).toBe(200);
    expect(namesIn(answer)).toBe(false);
    const { judges, panel, truncated } = judgesSchema.parse(answer.json);
    expect(judges.map((one) => [one.judge_id, one.rounds, one.rank, one.enough_rounds])).toEqual([
      ['say-J1', 2, null, false],
      ['say-J2', 2, null, false],
      ['say-J3', 2, null, false],
    ]);
    // Round 1: J1 and J2 agree; round 2: J2 and J3.
    expect(judges[0]?.agreement.majority).toMatchObject({ n: 1, rate: 0 });
    expect(judges[1]?.agreement).toMatchObject({ majority: { n: 0, rate: null }, colleagues: { n: 2, rate: 0.5 } });
    expect(judges[0]?.bias.red.low).toBeGreaterThan(0);
    expect(panel.by_size).toMatchObject([{ judges: 3, kappa: { n: 2 } }]);
    expect(truncated).toBe(false);
  });

  it('by date, sport and rule set, and without what was simulated unless asked', async () => {
    const listed = async (query: string): Promise<readonly unknown[]> =>
      listOf((await read(`judges?${query}`)).json, 'judges').map((one) => one['judge_id']);
    expect(await listed('from=2026-06-02&to=2026-06-02')).toEqual([]);
    expect(await listed('from=2026-06-02&to=2026-06-02&include_simulated=true')).toEqual([
      'sim-J1',
      'sim-J2',
      'sim-J3',
    ]);
    expect(await listed(`from=2026-06-01&to=2026-06-01&sport=mma&ruleset=${ruleset}`)).toHaveLength(3);
    expect(await listed('from=2026-06-01&sport=boxing')).toEqual([]);
    expect(await listed('ruleset=elsewhere')).toEqual([]);
    expect(await read('judges?from=yesterday')).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'from', detail: 'must be a day of the calendar as YYYY-MM-DD' }] },
    });
    expect((await read('judges?include_simulated=perhaps')).status).toBe(400);
  });

  it('of one judge: κ with each colleague and the questions put to them', async () => {
    const answer = await read('judges/say-J3');
    const one = judgeSchema.parse(answer.json);
    expect(one.summary).toMatchObject({ judge_id: 'say-J3', rounds: 2, bouts: 1 });
    expect(one.colleagues.map(({ judge_id: id, kappa }) => [id, kappa.n])).toEqual([
      ['say-J1', 2],
      ['say-J2', 2],
    ]);
    expect(one.panels).toMatchObject([{ judges: ['say-J1', 'say-J2', 'say-J3'], kappa: { n: 2 } }]);
    expect(one.flags.map(({ kind, round_id: round }) => [kind, round])).toEqual([
      ['opposite_winners', 1],
      ['lone_dissent', 1],
      ['opposite_winners', 2],
      ['opposite_winners', null],
    ]);
    expect(namesIn(answer)).toBe(false);
    expect((await read('judges/nobody')).status).toBe(404);
    expect((await read('judges/sim-J1')).status).toBe(404);
    expect((await read('judges/sim-J1?include_simulated=true')).status).toBe(200);
  });

  it('of a bout: every scorecard beside the others', async () => {
    const answer = await read(`bouts/${bout.boutId}`);
    const one = boutAnalyticsSchema.parse(answer.json);
    expect(one.rounds.map(({ scorecards }) => scorecards.map(({ red, blue }) => `${red}-${blue}`))).toEqual([
      ['10-9', '10-9', '9-10'],
      ['10-9', '9-10', '9-10'],
    ]);
    expect(one.pairs).toHaveLength(3);
    expect(one.flags.filter(({ round_id: round }) => round === null).map(({ kind }) => kind)).toEqual([
      'opposite_winners',
    ]);
    expect(boutAnalyticsSchema.parse((await read(`bouts/${simulated.boutId}`)).json).simulated).toBe(true);
    expect((await read('bouts/none')).status).toBe(404);
  });

  it('as flags, by bout, judge and kind', async () => {
    const flagged = async (query: string): Promise<readonly unknown[]> =>
      discrepanciesSchema
        .parse((await read(`discrepancies?bout_id=${bout.boutId}${query}`)).json)
        .flags.map(({ kind, round_id: round }) => `${kind} ${round}`);
    expect(await flagged('')).toEqual([
      'opposite_winners 1',
      'lone_dissent 1',
      'opposite_winners 2',
      'lone_dissent 2',
      'opposite_winners null',
    ]);
    expect(await flagged('&kind=lone_dissent')).toEqual(['lone_dissent 1', 'lone_dissent 2']);
    expect(await flagged('&kind=lone_dissent&judge=say-J1')).toEqual(['lone_dissent 2']);
    expect(await flagged('&judge=nobody')).toEqual([]);
    expect((await read('discrepancies?kind=verdict')).status).toBe(400);
    expect((await read('discrepancies?cursor=x')).status).toBe(400);
    expect((await read('discrepancies?near_certain=0.2')).status).toBe(400);
  });

  it('against a recommendation that stands in the index, from the probability on that was asked for', async () => {
    const sure = await judgedBout('sure', { J1: ['9-10'], J2: ['10-9'], J3: ['10-9'] });
    await env.INDEX.prepare("UPDATE judged_round SET p_red = 0.96, margin2 = 0.2, model = 'm1' WHERE bout_id = ?")
      .bind(sure.boutId)
      .run();
    const against = async (query: string): Promise<readonly Json[]> =>
      listOf((await read(`discrepancies?bout_id=${sure.boutId}&kind=against_near_certain${query}`)).json, 'flags');
    expect(await against('')).toMatchObject([{ judges: ['sure-J1'], recommendation: { p_red: 0.96, model: 'm1' } }]);
    expect(await against('&near_certain=0.97')).toEqual([]);
    const summary = objectOf((await read('judges/sure-J2')).json, 'summary');
    expect(summary['recommendation']).toMatchObject({ favourite: { n: 1, rate: 1 }, favourite_expected: 0.96 });
    // A recommendation that is not released to a role is not there for it.
    await env.INDEX.prepare("UPDATE judged_round SET recommendation_to = 'none' WHERE bout_id = ?")
      .bind(sure.boutId)
      .run();
    expect(await against('')).toEqual([]);
    expect((await read(`bouts/${sure.boutId}`)).json).toMatchObject({ rounds: [{ recommendation: null }] });
    expect((await read(`bouts/${sure.boutId}`, { role: 'admin' })).json).toMatchObject({
      rounds: [{ recommendation: { p_red: 0.96 } }],
    });
  });

  it('goes to nobody to whom the scorecards are not released', async () => {
    for (const path of [`bouts/${closed.boutId}`, 'judges/closed-J1']) {
      expect((await read(path)).status).toBe(404);
      expect((await read(path, { role: 'supervisor' })).status).toBe(404);
      expect((await read(path, { role: 'admin' })).status).toBe(200);
    }
    const all = await read('discrepancies');
    expect(all.text).not.toContain(closed.boutId);
  });

  it('stays within reach of a token', async () => {
    const cardId = freshId('card').slice(0, 40);
    const card = { card_id: cardId, promotion: 'P', event: 'E' };
    expect((await call('POST', '/api/cards', { token: bout.supervisor, body: card })).status).toBe(200);
    const onCard = await judgedBout('card', SPLIT, { card_id: cardId });
    for (const [claims, seen, foreign] of [
      [{ role: 'analyst', bout_id: bout.boutId }, 'say-J1', onCard.boutId],
      [{ role: 'analyst', card_id: cardId }, 'card-J1', bout.boutId],
    ] as const) {
      const judges = listOf((await read('judges', claims)).json, 'judges').map((one) => one['judge_id']);
      expect(judges[0]).toBe(seen);
      expect(judges).toHaveLength(3);
      expect((await read(`judges/${seen}`, claims)).status).toBe(200);
      expect([403, 404]).toContain((await read(`bouts/${foreign}`, claims)).status);
      expect((await read('discrepancies', claims)).text).not.toContain(foreign);
    }
    expect((await read(`bouts/${onCard.boutId}`, { role: 'analyst', bout_id: bout.boutId })).status).toBe(403);
    expect(
      (await read(`discrepancies?bout_id=${onCard.boutId}`, { role: 'analyst', bout_id: bout.boutId })).status,
    ).toBe(403);
  });

  it('is for supervisors and analysts alone', async () => {
    for (const path of ['judges', 'judges/say-J1', 'discrepancies', `bouts/${bout.boutId}`]) {
      for (const role of ['operator', 'judge', 'timekeeper', 'referee', 'broadcaster', 'camera', 'viewer']) {
        expect([role, path, (await read(path, { role })).status]).toEqual([role, path, 403]);
      }
      expect((await call('GET', `/api/analytics/${path}`)).status).toBe(401);
    }
  });
});

describe('a long list', () => {
  it('comes page by page, newest bout first, each flag once', async () => {
    const cardId = freshId('pages').slice(0, 40);
    // As so many bouts would have left them: 130 of 4 rounds, of 3 scorecards each.
    const numbers = JSON.stringify(Array.from({ length: 130 }, (_, i) => i));
    await env.INDEX.batch([
      env.INDEX.prepare(
        `INSERT INTO judged_round (bout_id, round, card_id, sport, ruleset, rules, scheduled_rounds, red_deduction_x10,
           blue_deduction_x10, simulated, scorecards_to, recommendation_to, result_ms)
         SELECT 'page-' || b.value, r.value, ?2, 'mma', 'x', '{}', 4, 0, 0, 0, 'public', 'public', b.value / 2
         FROM json_each(?1) b, json_each('[1,2,3,4]') r`,
      ).bind(numbers, cardId),
      env.INDEX.prepare(
        `INSERT INTO judged_scorecard (bout_id, round, seat, judge, red_x10, blue_x10)
         SELECT 'page-' || b.value, r.value, s.value, s.value, 100, CASE s.value WHEN 'p3' THEN 80 ELSE 90 END
         FROM json_each(?1) b, json_each('[1,2,3,4]') r, json_each('["p1","p2","p3"]') s`,
      ).bind(numbers),
    ]);
    const seen: string[] = [];
    let cursor: unknown = null;
    let pages = 0;
    do {
      const query = cursor === null ? '' : `?cursor=${String(cursor)}`;
      const page = discrepanciesSchema.parse(
        (await read(`discrepancies${query}`, { role: 'analyst', card_id: cardId })).json,
      );
      seen.push(...page.flags.map((flag) => `${flag.bout_id}/${String(flag.round_id)}`));
      cursor = page.next_cursor;
      pages += 1;
    } while (cursor !== null);
    expect(pages).toBeGreaterThan(1);
    expect(new Set(seen).size).toBe(520);
    expect(seen).toHaveLength(520);
    const numbersSeen = seen.map((place) => Math.floor(Number(/\d+/.exec(place)?.[0]) / 2));
    expect(numbersSeen).toEqual(numbersSeen.toSorted((a, b) => b - a));
    const whole = await read('judges', { role: 'analyst', card_id: cardId });
    expect(judgesSchema.parse(whole.json).judges).toMatchObject([
      { judge_id: 'p1', rounds: 520, rank: 1, enough_rounds: true },
      { judge_id: 'p2', rank: 1 },
      { judge_id: 'p3', rank: 1, two_point: { alone: { n: 520, rate: 1 } } },
    ]);
  });
});
