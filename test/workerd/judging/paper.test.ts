import { describe, expect, it } from 'vitest';
import { change, listOf, numberOf } from '../bout/support.ts';
import type { Answer } from '../support.ts';
import {
  accepted,
  agreed,
  evict,
  final,
  finalized,
  fought,
  judge,
  type Night,
  openNight,
  points,
  read,
  refusal,
  scored,
  seat,
  signed,
  submit,
  withoutATrace,
} from './support.ts';

async function enter(night: Night, round: number, score: string, token = night.supervisor): Promise<Answer> {
  const body = { judge_id: 'J2', round_id: round, ...points(score), reason: 'the tablet went dark' };
  return await change(night, 'scorecards/paper', body, token);
}

async function proposed(night: Night, round: number, score: string): Promise<number> {
  return numberOf(accepted(await enter(night, round, score)), 'sequence_index');
}

async function confirm(night: Night, index: number, token = night.second, accept = true): Promise<Answer> {
  return await change(night, 'confirm', { proposal_index: index, accept }, token);
}

describe('a paper scorecard', () => {
  it('counts once a second person has confirmed it, and is marked as paper', async () => {
    const night = await openNight();
    await fought(night, 1);
    const index = await proposed(night, 1, '10-8');
    expect(await read(night, '/scorecards')).toMatchObject({
      seats: [{}, { judge_id: 'J2', rounds: [] }, {}],
      proposals: [{ proposal_index: index, proposed_by: 'sue', kind: 'paper', judge_id: 'J2', red: 10, blue: 8 }],
    });
    expect(listOf(await final(night), 'final_scores')).toEqual([]);
    expect(refusal(await confirm(night, index, night.supervisor))).toEqual([403, ['proposal_index']]);
    await evict(night);
    accepted(await confirm(night, index));
    expect(await seat(night, 'J2')).toMatchObject({
      rounds: [{ round_id: 1, submitted: true, red: 10, blue: 8, paper: true, earlier: [] }],
    });
    expect(await read(night, '/scorecards')).toMatchObject({ proposals: [] });
    // It is locked as any other.
    expect(refusal(await submit(night, 'J2', 1, '10-9'))).toEqual([409, ['round_id']]);
    expect(refusal(await confirm(night, index))).toEqual([404, ['proposal_index']]);
  });

  it('is signed by the judge and decides like any other', async () => {
    const night = await openNight({ scheduled_rounds: 1 });
    await fought(night, 1);
    await scored(night, 1, { J1: '9-10', J3: '10-9' });
    accepted(await confirm(night, await proposed(night, 1, '9-10')));
    await signed(night, { J1: '9-10', J2: '9-10', J3: '10-9' });
    expect(await finalized(night)).toMatchObject({ result: { winner_corner: 'blue', decision: 'SD' } });
  });

  it('is rejected by a second person, or taken back by who entered it', async () => {
    const night = await openNight();
    for (const token of [night.second, night.supervisor]) {
      const index = await proposed(night, 1, '10-8');
      accepted(await confirm(night, index, token, false));
      expect(refusal(await confirm(night, index))).toEqual([404, ['proposal_index']]);
    }
    expect(await seat(night, 'J2')).toMatchObject({ rounds: [] });
    accepted(await submit(night, 'J2', 1, '10-9'));
  });

  it('gives way to the judge’s own that came in meanwhile', async () => {
    const night = await openNight();
    const index = await proposed(night, 1, '10-8');
    accepted(await submit(night, 'J2', 1, '10-9'));
    expect(refusal(await confirm(night, index))).toEqual([409, ['proposal_index']]);
    expect(await seat(night, 'J2')).toMatchObject({ rounds: [{ red: 10, blue: 9, paper: false }] });
    expect(refusal(await enter(night, 1, '10-8'))).toEqual([409, ['round_id']]);
  });

  it('replaces a scorecard that was reopened, and what stood there stays readable', async () => {
    const night = await openNight();
    accepted(await submit(night, 'J2', 1, '9-10'));
    accepted(await change(night, 'scorecards/reopen', { judge_id: 'J2', round_id: 1, reason: 'the corners' }));
    accepted(await confirm(night, await proposed(night, 1, '10-9')));
    expect(await seat(night, 'J2')).toMatchObject({
      rounds: [{ red: 10, blue: 9, paper: true, earlier: [{ red: 9, blue: 10 }] }],
    });
  });

  it('must be one that the rule set allows, of a seat and a round that there are, by a supervisor', async () => {
    const night = await openNight();
    const body = { judge_id: 'J2', round_id: 1, red: 10, blue: 9, reason: 'the tablet went dark' };
    await withoutATrace(night, async () => {
      for (const [over, field] of [
        [{ blue: 9.5 }, 'blue'],
        [{ blue: 6 }, 'blue'],
        [{ red: 9 }, 'red'],
        [{ blue: 9.25 }, 'blue'],
        [{ judge_id: 'J9' }, 'judge_id'],
        [{ round_id: 4 }, 'round_id'],
        [{ reason: undefined }, 'reason'],
        [{ reason: ' ' }, 'reason'],
      ] as const) {
        const answer = await change(night, 'scorecards/paper', { ...body, ...over });
        expect([over, refusal(answer)]).toEqual([over, [400, [field]]]);
      }
      for (const token of [judge(night, 'J2'), night.operator, night.referee, night.timekeeper]) {
        expect((await enter(night, 1, '10-9', token)).status).toBe(403);
      }
      expect(refusal(await confirm(night, 0))).toEqual([404, ['proposal_index']]);
    });
  });

  it('has no effect once the result is official', async () => {
    const night = await openNight({ scheduled_rounds: 1 });
    await fought(night, 1);
    await agreed(night, 1, '10-9');
    accepted(await change(night, 'scorecards/reopen', { judge_id: 'J2', round_id: 1, reason: 'the corners' }));
    const index = await proposed(night, 1, '9-10');
    await finalized(night, { method: 'KO', winner: 'red', round_id: 1, reason: 'he did not rise' });
    expect((await confirm(night, index)).status).toBe(404);
    expect((await enter(night, 1, '9-10')).status).toBe(409);
  });
});
