import { describe, expect, it } from 'vitest';
import { change, length, listOf, log, newBout, SEATS, type TestBout, view } from '../bout/support.ts';
import { faults, type Json } from '../support.ts';

async function scored(bout: TestBout): Promise<void> {
  await log(bout);
  for (const seat of SEATS) await score(bout, seat, { red: 10, blue: 9 });
}

async function score(bout: TestBout, seat: string, card: Json): Promise<void> {
  const token = await bout.token({ role: 'judge', subject: `person-${seat}`, judge_id: seat });
  const answer = await change(bout, 'scorecards', { judge_id: seat, round_id: 1, ...card }, token);
  expect(answer.status).toBe(200);
}

describe('a proposed result', () => {
  it.each([
    [{ method: 'KO', winner: 'draw' }, 'winner'],
    [{ method: 'SUB', winner: 'no_contest' }, 'winner'],
    [{ method: 'NC', winner: 'red' }, 'winner'],
    [{ method: 'DRAW' }, 'winner'],
    [{ method: 'KO', winner: 'red', round_id: 20 }, 'round_id'],
    [{ method: 'KO', winner: 'red', round_id: 1, time_ms: 300_001 }, 'time_ms'],
  ])('that cannot be, %j, is refused and leaves nothing behind', async (proposal, field) => {
    const bout = await newBout();
    await scored(bout);
    const before = await length(bout);
    const answer = await change(bout, 'finalize', proposal);
    expect([answer.status, faults(answer)]).toEqual([400, [field]]);
    const after = await view(bout);
    expect([await length(bout), listOf(after, 'rounds').length, after['result']]).toEqual([before, 1, null]);
  });

  it('by the cards is not confirmed once the cards say something else', async () => {
    const bout = await newBout();
    const second = await bout.token({ role: 'supervisor', subject: 'second' });
    await scored(bout);
    expect((await change(bout, 'finalize', {})).status).toBe(200);
    for (const seat of ['J1', 'J2']) {
      await change(bout, 'scorecards/reopen', { judge_id: seat, round_id: 1, reason: 'misheard' });
    }
    expect(await change(bout, 'finalize', { confirm: true }, second)).toMatchObject({ status: 409 });
    for (const seat of ['J1', 'J2']) await score(bout, seat, { red: 9, blue: 10 });
    const answer = await change(bout, 'finalize', { confirm: true }, second);
    expect([answer.status, faults(answer)]).toEqual([409, ['confirm']]);
    expect(await view(bout)).toMatchObject({ result: { status: 'pending' } });
    const anew = await change(bout, 'finalize', {});
    const read = { confirm: true, proposal_index: anew.json['sequence_index'] };
    expect((await change(bout, 'finalize', read, second)).status).toBe(200);
    expect(await view(bout)).toMatchObject({ result: { status: 'official', winner_corner: 'blue', decision: 'SD' } });
  });
});
