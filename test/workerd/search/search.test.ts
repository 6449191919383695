import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { searchSchema } from '../../../workers/schemas/search.ts';
import { boutStub, change, newBout, type TestBout } from '../bout/support.ts';
import { makeOfficial, RELEASED, ring } from '../judged.ts';
import { call, faults, freshId, type Json, mint } from '../support.ts';
import { find, found } from './support.ts';

/** Of this file alone, so that other bouts are in nobody's way. */
const PROMOTION = 'Walhalla Ångström FC';
const HERE = { promotion: 'walhalla angstrom' } as const;

async function bout(fighter1: string, fighter2: string, over: Json = {}): Promise<TestBout> {
  return await newBout({
    promotion: PROMOTION,
    fighter1: { name: fighter1 },
    fighter2: { name: fighter2 },
    ...over,
  });
}

describe('a search', () => {
  let jan: TestBout;
  let shavkat: TestBout;
  let francis: TestBout;
  let analyst: string;

  beforeAll(async () => {
    ({ token: analyst } = await mint({ role: 'analyst' }));
    const card_id = freshId('card').slice(0, 40);
    const { token } = await mint({ role: 'supervisor' });
    await call('POST', '/api/cards', { token, body: { card_id, promotion: PROMOTION, event: 'E' } });
    jan = await bout('Jan Błachowicz', 'Jiří Procházka', { event: 'Night One', date: '2026-03-01', card_id });
    shavkat = await bout('Шавкат Рахмонов', "Sean O'Malley", {
      event: 'Night Two',
      date: '2026-04-01',
      card_id,
      fighter1: { id: 'rakhmonov', name: 'Шавкат Рахмонов' },
      judges: [{ judge_id: 'J9', judge_name: 'Øystein Æsir', person_id: 'oystein-9' }],
    });
    francis = await bout('Francis Ngannou', 'Øystein Strauß', {
      event: 'Night Two',
      date: '2026-05-01',
      sport: 'boxing',
      simulated: true,
      scheduled_rounds: 12,
      round_length_s: 180,
    });
    await makeOfficial(jan);
    await ring(jan);
  });

  it.each([
    ['blachowicz', 'jan'],
    ['BŁACHOWICZ', 'jan'],
    ['Prochazka jan', 'jan'],
    ['procházka', 'jan'],
    ['шавкат', 'shavkat'],
    ['ШАВКАТ рахм', 'shavkat'],
    ['rakhmonov', 'shavkat'],
    ['omalley', 'shavkat'],
    ["o'malley", 'shavkat'],
    ['sean malley', 'shavkat'],
    ['ngan', 'francis'],
    ['oystein strauss', 'francis'],
    ['boxing', 'francis'],
    ['night one', 'jan'],
    ['2026-04-01', 'shavkat'],
    // The result as it is announced, and as its code.
    ['knockout', 'jan'],
    ['KO', 'jan'],
  ])('for %s finds %s', async (q, name) => {
    const boutId = { jan, shavkat, francis }[name]?.boutId;
    expect(await found({ ...HERE, q })).toEqual([boutId]);
  });

  it('finds by every field, and by several at once', async () => {
    const by = async (query: Readonly<Record<string, string>>) => (await found({ ...HERE, ...query })).toSorted();
    const [a, b, c] = [jan.boutId, shavkat.boutId, francis.boutId];
    const cases: readonly (readonly [Readonly<Record<string, string>>, readonly string[]])[] = [
      [{}, [a, b, c]],
      [{ fighter: 'rakhmonov' }, [b]],
      [{ fighter: 'prochazka' }, [a]],
      // Two fighters do not make one name.
      [{ fighter: 'jan prochazka' }, []],
      [{ event: 'night two' }, [b, c]],
      [{ bout_id: b }, [b]],
      [{ bout_number: '2' }, [b]],
      [{ bout_number: '1' }, [a]],
      [{ judge: 'J9' }, [b]],
      [{ judge: 'oystein-9' }, [b]],
      [{ from: '2026-03-02' }, [b, c]],
      [{ to: '2026-04-01' }, [a, b]],
      [{ from: '2026-03-02', to: '2026-04-30' }, [b]],
      [{ sport: 'boxing' }, [c]],
      [{ result: 'KO' }, [a]],
      [{ result: 'none' }, [b, c]],
      [{ result: 'UD' }, []],
      [{ status: 'FINAL' }, [a]],
      [{ simulated: 'true' }, [c]],
      [{ simulated: 'false', event: 'night two' }, [b]],
      [{ sealed: 'true' }, []],
      [{ q: 'night jan', status: 'NOT_STARTED' }, []],
    ];
    for (const [query, expected] of cases) {
      expect([query, await by(query)]).toEqual([query, expected.toSorted()]);
    }
  });

  it('tells what the bout is, and how far the index may be behind', async () => {
    const answer = searchSchema.parse((await find({ bout_id: jan.boutId })).json);
    expect(answer).toMatchObject({ total: 1, total_is_capped: false, next_cursor: null });
    expect(answer.pending).toEqual(expect.any(Number));
    expect(answer.hits[0]).toMatchObject({
      bout_number: 1,
      fighter1: { id: 'fighter1', name: 'Jan Błachowicz' },
      result: { winner: 'Jan Błachowicz', winner_corner: 'red', method: 'KO', round_id: 1 },
      status: 'FINAL',
      sealed: false,
      archived: false,
      source: 'object',
      entries: 3,
    });
  });

  it('finds the name of a judge for the commission alone', async () => {
    for (const query of [{ judge: 'aesir' }, { q: 'aesir' }]) {
      expect(await found({ ...HERE, ...query }, analyst)).toEqual([shavkat.boutId]);
      expect(await found({ ...HERE, ...query })).toEqual([]);
      const { token } = await mint({ role: 'broadcaster' });
      expect(await found({ ...HERE, ...query }, token)).toEqual([]);
    }
  });

  it('puts the fighter of that name first', async () => {
    const named = await bout('Someone Else', 'Other', { event: 'The Ngannou Invitational', date: '2026-12-01' });
    const whole = await bout('Ngannounou', 'Other', { date: '2026-01-01' });
    expect(await found({ ...HERE, q: 'ngannou' })).toEqual([francis.boutId, whole.boutId, named.boutId]);
    expect(await found({ ...HERE, q: 'ngannou', sort: 'date', order: 'asc' })).toEqual([
      whole.boutId,
      francis.boutId,
      named.boutId,
    ]);
  });

  it('shows a bout to those alone to whom it is released, and to a token what it reaches', async () => {
    const closed = await bout('Hidden Person', 'Other', { release_policy: { statistics: 'commission' } });
    const q = { ...HERE, q: 'hidden' };
    expect(await found(q)).toEqual([]);
    for (const [role, sees] of [
      ['viewer', false],
      ['broadcaster', false],
      ['camera', false],
      ['operator', true],
      ['judge', true],
      ['analyst', true],
      ['supervisor', true],
      ['admin', true],
    ] as const) {
      const { token } = await mint({ role });
      expect([role, await found(q, token)]).toEqual([role, sees ? [closed.boutId] : []]);
    }
    const { token } = await mint({ role: 'analyst', bout_id: jan.boutId });
    expect(await found(HERE, token)).toEqual([jan.boutId]);
    // A release that is taken back is not taken back late.
    const body = { release_policy: { ...RELEASED, statistics: 'none' }, reason: 'r' };
    await call('PATCH', `/api/bouts/${closed.boutId}`, { token: closed.supervisor, body });
    await ring(closed);
    expect(await found(q, analyst)).toEqual([closed.boutId]);
    expect(await found(q)).toEqual([]);
  });

  it('does not find what the release delay holds back', async () => {
    const late = await bout('Delayed Person', 'Other', { delay_ms: 600_000 });
    await makeOfficial(late);
    await ring(late);
    for (const token of [undefined, analyst]) {
      expect(await found({ ...HERE, q: 'delayed', result: 'KO' }, token)).toEqual([]);
      const { hits } = searchSchema.parse((await find({ ...HERE, q: 'delayed' }, token)).json);
      expect(hits).toMatchObject([{ status: 'NOT_STARTED', result: null, entries: 1 }]);
      // Nor when something happened.
      expect(hits[0]?.updated_ms).toBe(hits[0]?.created_ms);
    }
  });

  it('forgets a name that was taken out when the bout is next indexed', async () => {
    const erased = await bout('Forgotten Person', 'Other', { fighter1: { id: 'f-17', name: 'Forgotten Person' } });
    expect(await found({ ...HERE, q: 'forgotten' })).toEqual([erased.boutId]);
    await runInDurableObject(boutStub(erased.boutId), (_instance, state) => {
      state.storage.sql.exec("DELETE FROM person WHERE id = 'fighter:red'");
    });
    await change(erased, 'clock', { action: 'start_round', round_id: 1 });
    await ring(erased);
    expect(await found({ ...HERE, q: 'forgotten' })).toEqual([]);
    expect(await found({ ...HERE, fighter: 'f-17' })).toEqual([erased.boutId]);
    const left = await env.INDEX.prepare(
      "SELECT count(*) AS n FROM bout_text_content WHERE c0 LIKE '%forgotten%'",
    ).first();
    expect(left).toEqual({ n: 0 });
  });
});

describe('pages', () => {
  it('are each other’s continuation in every order, also while bouts come', async () => {
    const card_id = freshId('pages').slice(0, 40);
    let made = 0;
    const insert = async (count: number): Promise<void> => {
      const numbers = JSON.stringify(Array.from({ length: count }, (_, i) => made + i));
      await env.INDEX.batch([
        env.INDEX.prepare(
          `INSERT INTO bout (bout_id, card_id, promotion, event, promotion_key, date, fighter1, fighter2, status,
             round_id, scheduled_rounds, simulated, released_to, created_ms, updated_ms)
           SELECT ?2 || ':' || value, ?2, 'P', 'E', 'p' || value % 3,
             CASE value % 4 WHEN 0 THEN NULL ELSE '2026-01-0' || (value % 4) END, 'A', 'B', 'FINAL', 1, 3, 0, 'public',
             value / 5, value FROM json_each(?1)`,
        ).bind(numbers, card_id),
        env.INDEX.prepare(
          `INSERT INTO bout_text (rowid, fighter1) SELECT id, CASE updated_ms % 2 WHEN 0 THEN 'zeta' ELSE 'zetas' END
           FROM bout WHERE card_id = ?2 AND updated_ms IN (SELECT value FROM json_each(?1))`,
        ).bind(numbers, card_id),
      ]);
      made += count;
    };
    await insert(60);
    const orders: readonly Readonly<Record<string, string>>[] = [
      { sort: 'date' },
      { sort: 'date', order: 'asc' },
      { sort: 'promotion' },
      { sort: 'created', order: 'asc' },
      { sort: 'relevance', q: 'zeta' },
    ];
    for (const order of orders) {
      const there = await pagesOf({ card_id, limit: '100', ...order }, async () => await Promise.resolve());
      expect(there).toHaveLength(made);
      const seen = await pagesOf({ card_id, limit: '7', ...order }, async () => await insert(1));
      // Each that was there once and in the same order; what came meanwhile at most once.
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => there.includes(id))).toEqual(there);
    }
  });

  it('are counted up to a limit', async () => {
    const card_id = freshId('many').slice(0, 40);
    await env.INDEX.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001)
       INSERT INTO bout (bout_id, card_id, promotion, event, fighter1, fighter2, status, round_id, scheduled_rounds,
         simulated, released_to, created_ms, updated_ms)
       SELECT ?1 || ':' || i, ?1, 'P', 'E', 'A', 'B', 'FINAL', 1, 3, 0, 'public', i, i FROM n`,
    )
      .bind(card_id)
      .run();
    expect((await find({ card_id })).json).toMatchObject({ total: 1000, total_is_capped: true });
    expect((await find({ card_id, bout_id: `${card_id}:7` })).json).toMatchObject({ total: 1, total_is_capped: false });
  });

  it('refuse a cursor of another order', async () => {
    const { json } = await find({ limit: '1', sort: 'created' });
    const cursor = String(json['next_cursor']);
    expect((await find({ limit: '1', sort: 'created', cursor })).status).toBe(200);
    for (const query of [{ sort: 'event', cursor }, { sort: 'created', order: 'asc', cursor }, { cursor: 'x' }]) {
      expect(await find(query)).toMatchObject({ status: 400, json: { errors: [{ field: 'cursor' }] } });
    }
    expect(await find({ sort: 'relevance' })).toMatchObject({ status: 400, json: { errors: [{ field: 'sort' }] } });
  });
});

describe('whatever is asked', () => {
  it('is data: an answer or a problem that names the field', async () => {
    const pieces = [
      '"',
      '*',
      '^',
      ':',
      '(',
      ')',
      '-',
      '+',
      '{fighter1}',
      ' OR ',
      ' AND ',
      ' NOT ',
      'NEAR(a b)',
      "'",
      ';--',
      '%',
      '\\',
      '\u0000',
      'a',
      'ß',
    ];
    const text = fc.oneof(
      fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
    );
    const field = fc.constantFrom('q', 'fighter', 'promotion', 'event', 'judge');
    await fc.assert(
      fc.asyncProperty(field, text, async (name, value) => {
        const answer = await find({ [name]: value });
        expect([200, 400]).toContain(answer.status);
        if (answer.status === 400) expect(new Set(faults(answer))).toEqual(new Set([name]));
      }),
      { numRuns: 60 },
    );
  });
});

async function pagesOf(
  query: Readonly<Record<string, string>>,
  between: () => Promise<void>,
): Promise<readonly string[]> {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const answer = await find({ ...query, ...(cursor === null ? {} : { cursor }) });
    const page = searchSchema.parse(answer.json);
    seen.push(...page.hits.map((hit) => hit.bout_id));
    cursor = page.next_cursor;
    await between();
  } while (cursor !== null);
  return seen;
}
