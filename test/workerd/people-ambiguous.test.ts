import { beforeAll, describe, expect, it } from 'vitest';
import { boutBody, newBout, type TestBout } from './bout/support.ts';
import { stored } from './people-support.ts';
import { call, faults, freshId, type Json, mint } from './support.ts';

let admin: string;

beforeAll(async () => {
  admin = (await mint({ role: 'admin', subject: 'ada' })).token;
});

const JUDGES = [
  { judge_id: 'J1', judge_name: 'Jana Ferris' },
  { judge_id: 'J2', judge_name: 'Second Judge' },
];

async function erase(bout: TestBout, id: string, body: Json = {}) {
  const asked = { reason: 'asked for it', dry_run: false, bout_id: bout.boutId, ...body };
  return await call('POST', `/api/people/${id}/erase`, { token: admin, body: asked });
}

describe('an id that means two people of one bout', () => {
  it('erases neither, names both, and the key that it names erases the one', async () => {
    const bout = await newBout({
      fighter1: { name: 'Rosa Red' },
      fighter2: { name: 'Bea Blue' },
      judges: [
        { judge_id: 'fighter1', judge_name: 'Jana Ferris' },
        { judge_id: 'J2', judge_name: 'Second Judge', person_id: 'fighter2' },
      ],
    });
    for (const [id, keys] of [
      ['fighter1', 'fighter:red or judge:fighter1'],
      ['fighter2', 'fighter:blue or judge:J2'],
    ] as const) {
      const answer = await erase(bout, id);
      expect([answer.status, faults(answer)]).toEqual([409, ['person_id']]);
      expect(answer.text).toContain(keys);
    }
    const before = await stored(bout);
    for (const name of ['Rosa Red', 'Bea Blue', 'Jana Ferris', 'Second Judge']) expect(before).toContain(name);
    expect((await erase(bout, 'judge:fighter1')).status).toBe(200);
    const after = await stored(bout);
    expect(after).not.toContain('Jana Ferris');
    for (const name of ['Rosa Red', 'Bea Blue', 'Second Judge']) expect(after).toContain(name);
  });

  it('is refused also where it is the key of one and the own id or the seat of another', async () => {
    const bout = await newBout({
      fighter1: { id: 'judge:J1', name: 'Rosa Red' },
      fighter2: { id: 'fighter:red', name: 'Bea Blue' },
      judges: [...JUDGES, { judge_id: 'judge:J2', judge_name: 'Third Judge' }],
    });
    for (const id of ['judge:J1', 'fighter:red', 'judge:J2']) {
      const answer = await erase(bout, id, { dry_run: true });
      expect([id, answer.status, faults(answer)]).toEqual([id, 409, ['person_id']]);
    }
  });
});

describe('a fighter’s own id', () => {
  it.each(['FIGHTER2', 'Fighter2'])('is not the word for the other corner, in whatever case: %s', async (id) => {
    const { token } = await mint({ role: 'supervisor', subject: 'sue' });
    const body = { ...boutBody(freshId('bout').slice(0, 40)), fighter1: { id, name: 'Rosa Red' } };
    const answer = await call('POST', '/api/bouts', { token, body });
    expect([answer.status, faults(answer)]).toEqual([400, ['fighter1.id']]);
  });
});
