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
    [{ method: 'KO', winner: 'draw' }, 400, 'winner'],
    [{ method: 'SUB', winner: 'no_contest' }, 400, 'winner'],
    [{ method: 'NC', winner: 'red' }, 400, 'winner'],
    // The scorecards have a winner: whatever the reason, no draw is made of that.
    [{ method: 'DRAW' }, 409, 'method'],
    [{ method: 'DRAW', winner: 'draw', reason: 'both deserve it' }, 409, 'method'],
    [{ winner: 'blue', reason: 'blue deserves it' }, 409, 'winner'],
    [{ method: 'DEC', winner: 'blue', reason: 'blue deserves it' }, 409, 'winner'],
    [{ method: 'KO', winner: 'red', round_id: 20 }, 400, 'round_id'],
    [{ method: 'KO', winner: 'red', round_id: 1, time_ms: 300_001 }, 400, 'time_ms'],
  ])('that cannot be, %j, is refused and leaves nothing behind', async (proposal, status, field) => {
    const bout = await newBout();
    await scored(bout);
    const before = await length(bout);
    const answer = await change(bout, 'finalize', proposal);
    expect([answer.status, faults(answer)]).toEqual([status, [field]]);
    const after = await view(bout);
    expect([await length(bout), listOf(after, 'rounds').length, after['result']]).toEqual([before, 1, null]);
  });

  it('by the cards is not confirmed once the cards say something else', async () => {
    const bout = await newBout();
    const second = await bout.token({ role: 'supervisor', subject: 'second' });
    await scored(bout);
    const unsigned = { reason: 'nobody has signed' };
    expect((await change(bout, 'finalize', unsigned)).status).toBe(200);
    for (const seat of ['J1', 'J2']) {
      await change(bout, 'scorecards/reopen', { judge_id: seat, round_id: 1, reason: 'misheard' });
    }
    expect(await change(bout, 'finalize', { confirm: true }, second)).toMatchObject({ status: 409 });
    for (const seat of ['J1', 'J2']) await score(bout, seat, { red: 9, blue: 10 });
    const answer = await change(bout, 'finalize', { confirm: true }, second);
    expect([answer.status, faults(answer)]).toEqual([409, ['confirm']]);
    expect(await view(bout)).toMatchObject({ result: { status: 'pending' } });
    const anew = await change(bout, 'finalize', unsigned);
    const read = { confirm: true, proposal_index: anew.json['sequence_index'] };
    expect((await change(bout, 'finalize', read, second)).status).toBe(200);
    expect(await view(bout)).toMatchObject({ result: { status: 'official', winner_corner: 'blue', decision: 'SD' } });
  });
});
