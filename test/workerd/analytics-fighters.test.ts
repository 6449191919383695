import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  damageSchema,
  fightersSchema,
  leaderboardSchema,
  profileSchema,
} from '../../workers/schemas/analytics-fighters.ts';
import { change, log, newBout } from './bout/support.ts';
import { factsOf, FIRST_NIGHT, store, storeAll } from './facts.ts';
import { makeOfficial, ring } from './judged.ts';
import { type Answer, call, faults, type Json, mint } from './support.ts';

/** `claims` null: without a token. */
async function read(path: string, claims: (Json & { readonly role: string }) | null = null): Promise<Answer> {
  const token = claims === null ? {} : { token: (await mint(claims)).token };
  return await call('GET', `/api/analytics/${path}`, token);
}

async function namesOf(query: string, claims: (Json & { readonly role: string }) | null = null): Promise<string[]> {
  const page = fightersSchema.parse((await read(`fighters${query}`, claims)).json);
  return page.fighters.map(({ fighter_id: id }) => id);
}

const TABLES = ['fact_bout', 'fact_fighter', 'fact_round', 'fact_device', 'fact_observer'] as const;

async function rowsOf(boutId: string): Promise<unknown> {
  const rows = TABLES.map(async (table) => {
    const { results } = await env.INDEX.prepare(`SELECT * FROM ${table} WHERE bout_id = ?`).bind(boutId).all();
    return [table, results];
  });
  return Object.fromEntries(await Promise.all(rows));
}

describe('facts in the index', () => {
  it('are the same however often they are written, and gone without facts', async () => {
    const facts = factsOf('w-ann', 'w-ben', 1);
    await store('w1', facts);
    const once = await rowsOf('w1');
    await store('w1', facts);
    expect(await rowsOf('w1')).toEqual(once);
    expect(once).toMatchObject({ fact_bout: [{ sport: 'mma', simulated: 0 }], fact_fighter: [{}, {}] });
    await store('w1', { ...facts, rounds: facts.rounds.slice(0, 1) });
    expect(await rowsOf('w1')).toMatchObject({ fact_round: [{ round: 1 }, { round: 1 }] });
    await store('w1', null);
    expect(await rowsOf('w1')).toEqual(Object.fromEntries(TABLES.map((table) => [table, []])));
  });

  it('of another version are not read', async () => {
    await store('w2', { ...factsOf('w-old', 'w-older', 1), version: 0 });
    expect(await read('fighters/w-old')).toMatchObject({ status: 404 });
  });

  it('come from a bout’s own ledger, once it is sealed, to the profile of who fought it', async () => {
    const fighters = { fighter1: { id: 'l-ann', name: 'Ann Real' }, fighter2: { id: 'l-ben', name: 'Ben Real' } };
    const bout = await newBout(fighters);
    expect((await change(bout, 'clock', { action: 'start_round', round_id: 1 })).status).toBe(200);
    for (const event of ['SS Hook', 'Jab', 'KD', 'Takedown']) await log(bout, { event_type: event, clock_ms: 1_000 });
    await makeOfficial(bout);
    await ring(bout);
    // Before the record is sealed it may still change.
    expect((await read('fighters/l-ann')).status).toBe(404);
    expect((await change(bout, 'seal', { reason: 'the night is over' })).status).toBe(200);
    await ring(bout);
    const profile = await read('fighters/l-ann');
    expect(profileSchema.parse(profile.json)).toMatchObject({
      record: { bouts: 1, wins: 1, wins_by: { KO: 1 } },
      totals: { own: { damage: { strikes: 2, significant_strikes: 1, knockdowns: 1, by_type: { hook: 1, jab: 1 } } } },
      bouts: [{ bout_id: bout.boutId, opponent_id: 'l-ben', outcome: 'win', method: 'KO' }],
    });
    expect(profile.text).not.toContain('Real');
  });
});

describe('a profile', () => {
  beforeAll(async () => {
    // Seven bouts of ann, a year apart, one strike more a round each time.
    await storeAll([
      ...[0, 1, 2, 3, 4, 5, 6].map((at) => [`p${at}`, factsOf('p-ann', `p-opp${at}`, at * 365, [10 + at, 5])] as const),
      ['p-sim', factsOf('p-ann', 'p-sim', 1), { simulated: true }],
    ]);
  });

  it('has record, rates with intervals, what was absorbed, and a trend', async () => {
    const profile = profileSchema.parse((await read('fighters/p-ann')).json);
    expect(profile).toMatchObject({
      truncated: false,
      record: { bouts: 7, wins: 7, minutes: 98, finish_share: { n: 7, rate: 1 } },
    });
    const strikes = profile.rates.find(({ measure }) => measure === 'significant_strikes');
    // 3 · (10 + … + 16) in 7 · 14 minutes.
    expect(strikes?.own).toMatchObject({ total: 273, minutes: 98, per_15_min: expect.closeTo((273 / 98) * 15, 9) });
    expect(strikes?.absorbed).toMatchObject({ total: 105 });
    const trend = profile.trends.find(({ measure, side }) => measure === 'significant_strikes' && side === 'own');
    expect(trend?.points).toHaveLength(7);
    expect(trend?.change_per_year).toBeCloseTo((3 / 14) * 15, 1);
    expect(profile.bouts.map(({ bout_id: id }) => id)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6']);
    expect(profile.bouts[0]).toMatchObject({
      own: {
        damage: { by_type: { jab: 36 }, knockdowns_by_tier: { hard: 3 } },
        control: { seconds: 180, points: 1.8 },
      },
      absorbed: { damage: { significant_strikes: 15 } },
    });
  });

  it('leaves out what was simulated unless that is asked for, and what the filter leaves out', async () => {
    expect(profileSchema.parse((await read('fighters/p-ann?include_simulated=true')).json).record.bouts).toBe(8);
    const some = profileSchema.parse((await read('fighters/p-ann?from=2000-06-01&to=2001-12-31')).json);
    expect(some.bouts.map(({ bout_id: id }) => id)).toEqual(['p1', 'p2']);
    expect(some.trends[0]?.change_per_year).toBeNull();
    expect((await read('fighters/p-ann?sport=boxing')).status).toBe(404);
  });

  it('of damage goes round by round and bout by bout', async () => {
    const { bout } = damageSchema.parse((await read('damage?bout_id=p0')).json);
    expect(bout).toMatchObject({ red_id: 'p-ann', blue_id: 'p-opp0', values_version: 'v1' });
    expect(bout?.rounds.map(({ red, blue }) => [red.cumulative, blue.cumulative])).toEqual([
      [1, 0.5],
      [2, 1],
      [3, 1.5],
    ]);
    const { fighter } = damageSchema.parse((await read('damage?fighter_id=p-ann')).json);
    expect(fighter?.bouts).toHaveLength(7);
    expect(fighter?.bouts[1]).toMatchObject({ dealt: { damage: 3.3, cumulative: 6.3 }, absorbed: { cumulative: 3 } });
    expect(fighter?.trends.map(({ side, change_per_year: change }) => [side, (change ?? 0) > 0])).toEqual([
      ['own', true],
      ['absorbed', false],
    ]);
  });
});

describe('who may see a fighter’s bouts', () => {
  const LATER = Date.now() + 3_600_000;

  beforeAll(async () => {
    await store('s-public', factsOf('s-ann', 's-1', 1), { cardId: 'card-s' });
    await store('s-corners', factsOf('s-ann', 's-2', 2), { statistics: 'corners' });
    await store('s-commission', factsOf('s-ann', 's-3', 3), { statistics: 'commission', cardId: 'card-s' });
    await store('s-none', factsOf('s-ann', 's-4', 4), { statistics: 'none' });
    const held = factsOf('s-ann', 's-5', 5);
    await store('s-held', { ...held, result: held.result === null ? null : { ...held.result, openMs: LATER } });
  });

  async function boutsFor(claims: (Json & { readonly role: string }) | null): Promise<readonly string[]> {
    const { json } = await read('fighters/s-ann', claims);
    return profileSchema.parse(json).bouts.map(({ bout_id: id }) => id.slice(2));
  }

  it('is up to the release of the statistics and to the delay', async () => {
    expect(await boutsFor(null)).toEqual(['public']);
    for (const [role, seen] of [
      ['viewer', ['public']],
      ['broadcaster', ['public', 'corners']],
      ['camera', ['public', 'corners']],
      ['judge', ['public', 'corners', 'held']],
      ['operator', ['public', 'corners', 'held']],
      ['analyst', ['public', 'corners', 'commission', 'held']],
      ['admin', ['public', 'corners', 'commission', 'none', 'held']],
    ] as const) {
      expect([role, await boutsFor({ role })]).toEqual([role, seen]);
    }
    // One list for all of them: nobody is counted whom the caller may not see.
    expect(await namesOf('?limit=100')).not.toContain('s-4');
    expect(await namesOf('?limit=100', { role: 'admin' })).toContain('s-4');
    expect((await read('fighters/s-3')).status).toBe(404);
    expect((await read('damage?fighter_id=s-3')).status).toBe(404);
    expect((await read('damage?bout_id=s-commission')).status).toBe(404);
    expect((await read('damage?bout_id=s-commission', { role: 'analyst' })).status).toBe(200);
  });

  it('is up to the reach of the token', async () => {
    expect(await boutsFor({ role: 'admin', bout_id: 's-none' })).toEqual(['none']);
    expect(await boutsFor({ role: 'analyst', card_id: 'card-s' })).toEqual(['public', 'commission']);
    expect((await read('damage?bout_id=s-none', { role: 'analyst', bout_id: 's-public' })).status).toBe(403);
  });
});

describe('the list of fighters', () => {
  beforeAll(async () => {
    // Twenty-five of them, f-n with n % 5 + 1 bouts, against a nobody.
    await storeAll(
      Array.from({ length: 25 }, (_none, at) => {
        const id = `f-${String(at).padStart(2, '0')}`;
        return Array.from(
          { length: (at % 5) + 1 },
          (_none, bout) => [`${id}-${bout}`, { ...factsOf(id, null, at + bout), sport: 'boxing' }] as const,
        );
      }).flat(),
    );
  });

  it('comes page by page, each fighter once, in the order that was asked for', async () => {
    for (const sort of ['recent', 'bouts', 'wins', 'fighter']) {
      const seen: { id: string; bouts: number; last: number }[] = [];
      let cursor: string | null = null;
      do {
        const query: string = `?sport=boxing&sort=${sort}&limit=7${cursor === null ? '' : `&cursor=${cursor}`}`;
        const page = fightersSchema.parse((await read(`fighters${query}`)).json);
        expect(page.fighters.length).toBeLessThanOrEqual(7);
        seen.push(...page.fighters.map((one) => ({ id: one.fighter_id, bouts: one.bouts, last: one.last_bout_ms })));
        cursor = page.next_cursor;
      } while (cursor !== null);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(25);
      expect(seen).toHaveLength(25);
      const key = ({ bouts, last }: (typeof seen)[number]): number =>
        sort === 'fighter' ? 0 : sort === 'recent' ? last : bouts;
      expect(seen).toEqual(seen.toSorted((a, b) => key(b) - key(a) || (a.id < b.id ? -1 : 1)));
    }
    expect(await namesOf('?sport=boxing&min_bouts=5&limit=100')).toHaveLength(5);
    expect(await namesOf('?sport=boxing&from=2100-01-01')).toEqual([]);
  });

  it('has a record of each', async () => {
    const { fighters } = fightersSchema.parse((await read('fighters?sport=boxing&sort=fighter&limit=5')).json);
    expect(fighters[4]).toEqual({
      fighter_id: 'f-04',
      bouts: 5,
      wins: 5,
      losses: 0,
      draws: 0,
      no_contests: 0,
      finishes: 5,
      last_bout_ms: FIRST_NIGHT + 8 * 86_400_000,
      last_bout_date: '2000-01-09',
    });
  });
});

describe('a leaderboard', () => {
  beforeAll(async () => {
    const field = Array.from({ length: 12 }, (_none, at) => {
      const id = `b-${String(at).padStart(2, '0')}`;
      return [0, 1, 2].map(
        (bout) => [`${id}-${bout}`, inTheRing(id, at * 10 + bout, [8 + 4 * at + bout, 20 - at])] as const,
      );
    });
    await storeAll([...field.flat(), ['b-new-0', inTheRing('b-new', 900, [400, 0])]]);
  });

  function inTheRing(id: string, night: number, landed: readonly [number, number]) {
    return { ...factsOf(id, `b-foe-${night}`, night, landed), sport: 'kickboxing' };
  }

  async function board(query: string) {
    return leaderboardSchema.parse((await read(`leaderboards?sport=kickboxing${query}`)).json);
  }

  it('ranks by the shrunk rate, and nobody below the minimum', async () => {
    const strikes = await board('&measure=significant_strikes');
    expect(strikes).toMatchObject({ method: 'empirical_bayes', unit: 'per_15_min', unranked: null, truncated: false });
    // Thirty-seven opponents of one bout each inform the mean, and nobody ranks them.
    expect([strikes.fighters, strikes.qualified]).toEqual([50, 12]);
    expect(strikes.ranked.map(({ fighter_id: id }) => id).slice(0, 2)).toEqual(['b-11', 'b-10']);
    for (const one of strikes.ranked) {
      expect(one.bouts).toBeGreaterThanOrEqual(3);
      expect(one.low).toBeLessThan(one.ranked_by);
      expect(one.high).toBeGreaterThan(one.ranked_by);
    }
    expect(strikes.ranked.map(({ fighter_id: id }) => id)).not.toContain('b-new');
    const absorbed = await board('&measure=significant_strikes&side=absorbed&limit=2');
    expect(absorbed.ranked.map(({ fighter_id: id, rank }) => `${rank} ${id}`)).toEqual(['1 b-11', '2 b-10']);
    expect((await board('&measure=damage')).values_versions).toEqual(['v1']);
    expect(await board('&measure=significant_strikes&min_bouts=4')).toMatchObject({
      qualified: 0,
      unranked: 'too_few_fighters',
      ranked: [],
    });
    expect(await board('&measure=takedowns')).toMatchObject({ unranked: 'no_difference', ranked: [] });
  });

  it('of shares ranks by the lower end of the interval', async () => {
    const wins = await board('&measure=win_share');
    expect(wins).toMatchObject({ method: 'wilson_low', unit: 'share', fighters: 50, qualified: 12 });
    expect(wins.ranked[0]).toMatchObject({ rank: 1, bouts: 3, raw: 1, ranked_by: expect.closeTo(0.4385, 4) });
    expect(new Set(wins.ranked.map(({ rank }) => rank))).toEqual(new Set([1]));
    expect((await board('&measure=finish_share')).qualified).toBe(12);
  });
});

describe('who asks too often without a token', () => {
  it('is told to wait, and nobody else is', async () => {
    const ask = async (address: string) => (await call('GET', '/api/analytics/leaderboards', { address })).status;
    const statuses = await Promise.all(Array.from({ length: 120 }, async () => await ask('flood')));
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(await ask('somebody-else')).toBe(200);
    expect((await read('leaderboards', { role: 'viewer' })).status).toBe(200);
  });
});

describe('bad input', () => {
  it.each([
    ['fighters?sort=names', 'sort'],
    ['fighters?limit=0', 'limit'],
    ['fighters?limit=101', 'limit'],
    ['fighters?min_bouts=-1', 'min_bouts'],
    ['fighters?cursor=x', 'cursor'],
    ['fighters?from=yesterday', 'from'],
    ['fighters/two%20words', 'fighter_id'],
    ['leaderboards?measure=greatness', 'measure'],
    ['leaderboards?min_bouts=2', 'min_bouts'],
    ['leaderboards?measure=win_share&side=absorbed', 'side'],
    ['damage', 'bout_id'],
    ['damage?bout_id=a&fighter_id=b', 'fighter_id'],
  ])('%s names %s', async (path, field) => {
    const answer = await read(path);
    expect([answer.status, faults(answer)]).toEqual([400, [field]]);
  });
});
