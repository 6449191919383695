import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, call, faults, freshId, type Json, mint } from './support.ts';

let supervisor: string;

beforeAll(async () => {
  supervisor = (await mint({ role: 'supervisor', subject: 'sue' })).token;
});

async function newCard(event: string, over: Json = {}): Promise<string> {
  const cardId = freshId('card');
  const body = { card_id: cardId, promotion: 'Alliance', event, ...over };
  expect((await call('POST', '/api/cards', { token: supervisor, body })).status).toBe(200);
  return cardId;
}

async function list(token: string, query = ''): Promise<Answer> {
  const answer = await call('GET', `/api/cards${query}`, { token });
  expect(answer.status).toBe(200);
  return answer;
}

function cards(answer: Answer): readonly Json[] {
  const { cards: listed } = answer.json;
  if (!Array.isArray(listed)) throw new Error(`no list: ${answer.text}`);
  return listed;
}

function ids(answer: Answer): readonly unknown[] {
  return cards(answer).map((card) => card['card_id']);
}

describe('the list of cards', () => {
  it('has the newest first, with what their maker said of them', async () => {
    const one = await newCard('Night "1"', { date: '2026-11-21', venue: 'Arena' });
    const two = await newCard('Nuit 2 é');
    expect(cards(await list(supervisor)).slice(0, 2)).toEqual([
      { card_id: two, promotion: 'Alliance', event: 'Nuit 2 é', date: null, created_index: expect.any(Number) },
      {
        card_id: one,
        promotion: 'Alliance',
        event: 'Night "1"',
        date: '2026-11-21',
        created_index: expect.any(Number),
      },
    ]);
  });

  it('goes on before the last one that was shown, fifty at a time', async () => {
    const made: string[] = [];
    for (let i = 0; i < 52; i += 1) made.unshift(await newCard(`Night ${i}`));
    const first = await list(supervisor);
    expect(ids(first)).toEqual(made.slice(0, 50));
    const next = await list(supervisor, `?before=${String(cards(first).at(-1)?.['created_index'])}`);
    expect(ids(next).slice(0, 2)).toEqual(made.slice(50));
    expect(ids(await list(supervisor, '?before=0'))).toEqual([]);
  });

  it.each(['x', '-1', '1.5', '', '1'.repeat(16)])('refuses to go on before "%s"', async (before) => {
    const answer = await call('GET', `/api/cards?before=${before}`, { token: supervisor });
    expect([answer.status, faults(answer)]).toEqual([400, ['before']]);
  });

  it('shows a token its own card, and one for a bout none', async () => {
    const [own, other] = [await newCard('Mine'), await newCard('Yours')];
    const judge = await mint({ role: 'judge', subject: 'jane', card_id: own });
    expect(ids(await list(judge.token))).toEqual([own]);
    const foreign = await mint({ role: 'broadcaster', subject: 'bob', card_id: 'card-none' });
    expect(ids(await list(foreign.token))).toEqual([]);
    const bout = await mint({ role: 'operator', subject: 'olga', bout_id: 'some-bout' });
    expect(ids(await list(bout.token))).toEqual([]);
    const both = await mint({ role: 'operator', subject: 'olga', bout_id: 'some-bout', card_id: own });
    expect(ids(await list(both.token))).toEqual([]);
    expect(ids(await list(supervisor))).toEqual(expect.arrayContaining([own, other]));
  });
});
