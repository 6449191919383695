import { describe, expect, it } from 'vitest';
import { recommendationsSchema } from '../../../workers/schemas/judging.ts';
import { change, listOf, log, numberOf, RELEASED_TO_ALL } from '../bout/support.ts';
import { call, type Json } from '../support.ts';
import {
  accepted,
  BUSY,
  entered,
  evict,
  firstBell,
  fought,
  judge,
  lastBell,
  type Night,
  openNight,
  read,
  submit,
} from './support.ts';

async function advice(night: Night, token = night.supervisor): Promise<readonly Json[]> {
  return listOf(await read(night, '/recommendations', token), 'rounds');
}

async function first(night: Night): Promise<Json> {
  const [round] = await advice(night);
  if (round === undefined) throw new Error('there is no recommendation');
  return round;
}

const pRed = async (night: Night): Promise<number> => numberOf(await first(night), 'p_red');

/** The same actions by the other corner. */
function mirrored(actions: readonly Json[]): readonly Json[] {
  return actions.map((one) => ({ ...one, fighter_id: one['fighter_id'] === 'fighter2' ? 'fighter1' : 'fighter2' }));
}

describe('a recommendation', () => {
  it('says what its schema says, by round, and leaves out rounds of which nothing is known', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    await lastBell(night, 1);
    await fought(night, 2);
    await evict(night);
    const answer = await read(night, '/recommendations');
    expect(recommendationsSchema.parse(answer)).toEqual(answer);
    expect(answer['rounds']).toMatchObject([{ round_id: 2, complete: true, fitted: true, status: 'ENDED' }]);
    const [round] = listOf(answer, 'rounds');
    expect(listOf(round ?? {}, 'reasons').length).toBeLessThanOrEqual(3);
    for (const reason of listOf(round ?? {}, 'reasons')) expect(reason['words']).toEqual(expect.stringMatching(/\w/));
  });

  it('speaks of the round so far while it is on, and says so', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    await entered(night, 1, BUSY);
    expect(await first(night)).toMatchObject({ complete: false, status: 'IN_PROGRESS' });
  });

  it('says which inputs nobody has logged', async () => {
    const night = await openNight();
    await fought(
      night,
      1,
      BUSY.map((one) => ({ ...one, metadata: { significant: true } })),
    );
    const lacked = (await first(night))['lacked'];
    expect(lacked).toEqual(expect.arrayContaining(['attempts', 'targets', 'positions', 'control']));
    const told = await openNight();
    await fought(told, 1);
    expect((await first(told))['lacked']).not.toEqual(expect.arrayContaining(['targets']));
  });

  it('is mirrored when the corners are', async () => {
    const [one, other] = [await openNight(), await openNight()];
    await fought(one, 1);
    await fought(other, 1, mirrored(BUSY));
    expect((await pRed(one)) + (await pRed(other))).toBeCloseTo(1, 3);
    const score = (await first(one))['scorecard'];
    expect((await first(other))['scorecard']).toBe(String(score).split('-').toReversed().join('-'));
  });

  it('does not depend on the order or the batches in which the same actions came', async () => {
    const [one, other] = [await openNight(), await openNight()];
    await fought(one, 1);
    await firstBell(other, 1);
    for (const action of BUSY.toReversed()) await entered(other, 1, [action]);
    await lastBell(other, 1);
    expect(await pRed(other)).toBe(await pRed(one));
  });

  it('is never worse for who does more', async () => {
    const night = await openNight();
    await fought(night, 1);
    let before = await pRed(night);
    for (const event_type of ['Cross', 'KD', 'Takedown Landed', 'Submission Attempt']) {
      await entered(night, 1, [{ event_type, clock_ms: 20_000, metadata: { significant: true } }]);
      const after = await pRed(night);
      expect([event_type, after >= before]).toEqual([event_type, true]);
      before = after;
    }
  });

  it('never calls a round of one strike 10-8', async () => {
    const night = await openNight();
    await fought(night, 1, [{ event_type: 'KD', metadata: { tier: 'Near-Finish' }, clock_ms: 1_000 }]);
    expect((await first(night))['scorecard']).toBe('10-9');
  });

  it('loses a knockdown that was a slip', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    await entered(night, 1, BUSY);
    const without = await pRed(night);
    const [id] = await entered(night, 1, [{ event_type: 'KD', metadata: { tier: 'Hard' }, clock_ms: 5_000 }]);
    expect(await pRed(night)).toBeGreaterThan(without);
    accepted(await change(night, 'rulings', { kind: 'slip', round_id: 1, target_event_id: id }, night.referee));
    expect(await pRed(night)).toBe(without);
  });

  it('is not moved by what came after the lock, until that is let in with a reason', async () => {
    const night = await openNight();
    await fought(night, 1);
    accepted(await change(night, 'lock-round', { round_id: 1 }));
    const locked = await first(night);
    await entered(night, 1, mirrored(BUSY));
    expect(await first(night)).toEqual(locked);
    const admission = { round_id: 1, include_late: true, override_reason: 'the laptop came late' };
    accepted(await change(night, 'lock-round', admission));
    expect(await pRed(night)).toBeLessThan(numberOf(locked, 'p_red'));
  });

  it.each(['boxing', 'kickboxing', 'muay-thai'])('of %s is marked as not fitted on real scores', async (sport) => {
    const night = await openNight({ sport });
    await fought(night, 1);
    const round = await first(night);
    expect(round).toMatchObject({ fitted: false });
    expect(round['notes']).not.toEqual([]);
    expect(numberOf(round, 'p_red')).toBeGreaterThan(0.5);
  });
});

describe('who is told', () => {
  it('a judge once the own scorecard is in and the round is over, where it is released that far', async () => {
    const night = await openNight({ release_policy: RELEASED_TO_ALL });
    await firstBell(night, 1);
    await entered(night, 1, BUSY);
    const token = judge(night, 'J1');
    expect(await advice(night, token)).toEqual([]);
    accepted(await submit(night, 'J1', 1, '10-9'));
    expect(await advice(night, token)).toEqual([]);
    await lastBell(night, 1);
    expect(await advice(night, token)).toMatchObject([{ round_id: 1, complete: true }]);
    expect(await advice(night, judge(night, 'J2'))).toEqual([]);
    await fought(night, 2);
    expect(await advice(night, token)).toMatchObject([{ round_id: 1 }]);
    accepted(await change(night, 'scorecards/reopen', { judge_id: 'J1', round_id: 1, reason: 'the corners' }));
    expect(await advice(night, token)).toEqual([]);
  });

  it('nobody but the commission where nothing else is said; a judge is given an empty list', async () => {
    const night = await openNight();
    await fought(night, 1);
    accepted(await submit(night, 'J1', 1, '10-9'));
    expect(await advice(night, judge(night, 'J1'))).toEqual([]);
    const path = `/api/bouts/${night.boutId}/recommendations`;
    expect((await call('GET', path)).status).toBe(401);
    for (const role of ['viewer', 'broadcaster', 'operator', 'timekeeper', 'referee', 'camera']) {
      const token = await night.token({ role, subject: `s-${role}` });
      expect([role, (await call('GET', path, { token })).status]).toEqual([role, role === 'viewer' ? 401 : 403]);
    }
    expect(await advice(night, await night.token({ role: 'analyst', subject: 'ann' }))).toHaveLength(1);
  });

  it('the same in the replay and here', async () => {
    const night = await openNight();
    await fought(night, 1);
    const replay = await call('GET', `/api/replay/${night.boutId}/1`, { token: night.supervisor });
    expect(replay.json['round_summary']).toMatchObject({ winner_recommendation: (await first(night))['scorecard'] });
  });

  it('nobody by a scorecard: it never becomes one, and who has not scored has none', async () => {
    const night = await openNight();
    await fought(night, 1);
    accepted(await change(night, 'lock-round', { round_id: 1 }));
    await log(night);
    expect(await read(night, '/scorecards')).toMatchObject({
      seats: [{ rounds: [] }, { rounds: [] }, { rounds: [] }],
      missing: [{ judge_id: 'J1' }, { judge_id: 'J2' }, { judge_id: 'J3' }],
    });
  });
});
