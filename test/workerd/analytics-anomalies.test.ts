import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ObserverFacts } from '../../domain/analytics/index.ts';
import { anomaliesSchema } from '../../workers/schemas/analytics-anomalies.ts';
import { deviceFacts, factsOf, storeAll } from './facts.ts';
import { type Answer, call, faults, type Json, mint } from './support.ts';

async function read(query: string, claims: Json & { readonly role: string } = { role: 'analyst' }): Promise<Answer> {
  return await call('GET', `/api/analytics/anomalies${query}`, { token: (await mint(claims)).token });
}

async function found(query: string, claims?: Json & { readonly role: string }): Promise<readonly string[]> {
  const answer = anomaliesSchema.parse((await read(query, claims)).json);
  return answer.anomalies.map(({ kind, subject }) => `${kind} ${subject.id}`);
}

function observer(name: string, taps: number, voided: number): ObserverFacts {
  const { device: _device, numbered: _numbered, missing: _missing, ...shared } = deviceFacts('d');
  return { ...shared, kind: 'operator', observer: name, scope: 'red+blue/damage+grappling+control', taps, voided };
}

beforeAll(async () => {
  const lag = (p05: number) => ({ lag: { p05, p50: p05 + 30, p95: p05 + 120 } });
  const usual = Array.from({ length: 12 }, (_none, at) => ({
    ...factsOf(`a-${at}`, null, at),
    devices: [deviceFacts(`tablet-${at}`, lag(20 + at))],
    observers: [observer(`op-${at}`, 95 + at, 2)],
  }));
  const odd = {
    ...factsOf('a-x', null, 20),
    devices: [deviceFacts('odd', lag(-7_000))],
    observers: [observer('odd-op', 100, 50)],
  };
  const other = (device: string, p05: number) => ({ ...odd, devices: [deviceFacts(device, lag(p05))], observers: [] });
  await storeAll([
    ...usual.map((facts, at) => [`a${at}`, facts, { cardId: 'card-a' }] as const),
    ['a-odd', odd, { cardId: 'card-a' }],
    ['a-simulated', other('robot', -9_000), { simulated: true }],
    ['a-closed', other('closed', -9_000), { statistics: 'none' }],
    // Sealed without a result: its devices are evidence all the same.
    ['a-open', { ...other('open', -8_000), result: null, rounds: [] }],
  ]);
});

describe('anomalies', () => {
  it('are found among devices and those who log, with their figures and a question', async () => {
    const answer = anomaliesSchema.parse((await read('?kind=device')).json);
    expect(answer).toMatchObject({ max_false_discovery_rate: 0.05, tested: 4 * 14, truncated: false, left_out: 0 });
    expect(answer.anomalies).toMatchObject([
      {
        kind: 'device_clock',
        subject: { type: 'device', id: 'open' },
        method: 'modified_z',
        measured: -8_000,
        peers: 13,
      },
      {
        kind: 'device_clock',
        subject: { type: 'device', id: 'odd' },
        bouts: ['a-odd'],
        question: expect.stringContaining('?'),
      },
    ]);
    expect(await found('?kind=operator')).toEqual(['operator_voids odd-op']);
    expect((await found('')).toSorted()).toEqual(['device_clock odd', 'device_clock open', 'operator_voids odd-op']);
    expect(await found('?kind=device&to=2000-01-10')).toEqual([]);
  });

  it('are asked of what was simulated only on demand, and of what is released alone', async () => {
    expect(await found('?kind=device&include_simulated=true')).toContain('device_clock robot');
    expect(await found('?kind=device', { role: 'admin' })).toContain('device_clock closed');
    expect(await found('?kind=device', { role: 'supervisor' })).not.toContain('device_clock closed');
  });

  it('stay within reach of the token, where a population may be too small to say anything', async () => {
    expect(await found('?kind=device', { role: 'analyst', card_id: 'card-a' })).toEqual(['device_clock odd']);
    const alone = anomaliesSchema.parse((await read('', { role: 'analyst', bout_id: 'a-odd' })).json);
    expect(alone).toMatchObject({ tested: 0, anomalies: [] });
    expect(alone.not_asked).toContainEqual({
      kind: 'device_clock',
      population: 'devices of these bouts',
      reason: 'too_few_peers',
      needed: 10,
      subjects: 1,
    });
  });

  it('are asked of judges where their scorecards are released', async () => {
    // As 21 bouts of a round each would have left them, the judge of the third seat alone in every one.
    const numbers = JSON.stringify(Array.from({ length: 21 }, (_none, at) => at));
    await env.INDEX.batch([
      env.INDEX.prepare(
        `INSERT INTO judged_round (bout_id, round, sport, ruleset, rules, scheduled_rounds, red_deduction_x10,
           blue_deduction_x10, simulated, scorecards_to, recommendation_to, result_ms)
         SELECT 'alone-' || value, 1, 'mma', 'x', '{}', 3, 0, 0, 0, 'commission', 'none', value FROM json_each(?1)`,
      ).bind(numbers),
      env.INDEX.prepare(
        `INSERT INTO judged_scorecard (bout_id, round, seat, judge, red_x10, blue_x10)
         SELECT 'alone-' || b.value, 1, s.value, 'alone-' || s.value, 100, CASE s.value WHEN 'J3' THEN 110 ELSE 90 END
         FROM json_each(?1) b, json_each('["J1","J2","J3"]') s`,
      ).bind(numbers),
    ]);
    const answer = anomaliesSchema.parse((await read('?kind=judge')).json);
    expect(answer.anomalies.map(({ kind, subject }) => `${kind} ${subject.id}`)).toContain('judge_dissent alone-J3');
    const [first] = answer.anomalies;
    expect(first).toMatchObject({
      method: 'exchangeable',
      measured: 1,
      n: 21,
      peers: 2,
      chance: expect.closeTo((1 / 3) ** 21, 15),
    });
  });

  it('are for supervisors and analysts alone', async () => {
    for (const role of ['operator', 'judge', 'timekeeper', 'referee', 'broadcaster', 'camera', 'viewer']) {
      expect([role, (await read('', { role })).status]).toEqual([role, 403]);
    }
    expect((await call('GET', '/api/analytics/anomalies')).status).toBe(401);
  });

  it.each([
    ['?kind=everything', 'kind'],
    ['?sport=chess', 'sport'],
    ['?from=1', 'from'],
    ['?include_simulated=perhaps', 'include_simulated'],
  ])('%s names %s', async (query, field) => {
    const answer = await read(query);
    expect([answer.status, faults(answer)]).toEqual([400, [field]]);
  });
});
