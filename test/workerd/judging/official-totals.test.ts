import { describe, expect, it } from 'vitest';
import { listOf, numberOf, objectOf } from '../bout/support.ts';
import { call, type Json } from '../support.ts';
import {
  agreed,
  clockAt,
  final,
  finalized,
  firstBell,
  fought,
  type Night,
  openNight,
  passed,
  ruled,
  scored,
  seat,
  signed,
} from './support.ts';

/** The final results explain themselves: the totals are those that the decision was made of. */

/** Who has more on how many seats, by the totals that are shown. */
function ahead(result: Json): { readonly red: number; readonly blue: number } {
  const leads = listOf(result, 'totals').map((total) => numberOf(total, 'red') - numberOf(total, 'blue'));
  return { red: leads.filter((lead) => lead > 0).length, blue: leads.filter((lead) => lead < 0).length };
}

async function result(night: Night): Promise<Json> {
  return objectOf(await final(night), 'result');
}

describe('the final result', () => {
  it('is not there before it is official', async () => {
    const night = await openNight();
    await fought(night, 1);
    await agreed(night, 1, '10-9');
    expect(await final(night)).not.toHaveProperty('result');
  });

  it('has the points that were taken, and totals that agree with who won', async () => {
    const night = await openNight({ scheduled_rounds: 2 });
    await fought(night, 1);
    await scored(night, 1, { J1: '10-9', J2: '10-9', J3: '9-10' });
    await ruled(night, { kind: 'deduction', round_id: 1, fighter_id: 'fighter1', points: 2 });
    await fought(night, 2);
    await scored(night, 2, { J1: '10-9', J2: '10-9', J3: '10-8' });
    await signed(night, { J1: '18-18', J2: '18-18', J3: '17-18' });
    await finalized(night);
    // By the raw scores red would have won with every judge.
    const said = await result(night);
    expect(said).toEqual({
      method: 'DRAW',
      decision: 'D-M',
      round_id: null,
      time_ms: null,
      deductions: [{ round_id: 1, red: 2, blue: 0 }],
      totals: [
        { judge_id: 'J1', red: 18, blue: 18 },
        { judge_id: 'J2', red: 18, blue: 18 },
        { judge_id: 'J3', red: 17, blue: 18 },
      ],
    });
    expect(ahead(said)).toEqual({ red: 0, blue: 1 });
  });

  it('turned by a deduction has the winner of the totals, not of the raw scores', async () => {
    const night = await openNight({ scheduled_rounds: 1 });
    await fought(night, 1);
    await agreed(night, 1, '10-9');
    await ruled(night, { kind: 'deduction', round_id: 1, fighter_id: 'fighter1', points: 2 });
    await signed(night, { J1: '8-9', J2: '8-9', J3: '8-9' });
    await finalized(night);
    expect(await final(night)).toMatchObject({
      winner: 'Blue Fighter',
      final_scores: [{ scorecard: { round_1: '10-9' } }, {}, {}],
    });
    expect(ahead(await result(night))).toEqual({ red: 0, blue: 3 });
  });

  it('leaves a stopped round out of the totals where the rules do', async () => {
    const night = await openNight({ rules: { accidental_foul: { score_partial_round: false } } });
    for (const round of [1, 2]) {
      await fought(night, round);
      await agreed(night, round, '10-9');
    }
    await firstBell(night, 3);
    const foul = { kind: 'foul', round_id: 3, fighter_id: 'fighter1', foul: 'groin', intent: 'accidental' };
    const target_event_id = await ruled(night, foul);
    await clockAt(night, 3, 12_000);
    await agreed(night, 3, '7-10');
    await ruled(night, { kind: 'stoppage', round_id: 3, target_event_id, time_ms: 12_000 });
    await signed(night, { J1: '20-18', J2: '20-18', J3: '20-18' });
    await finalized(night);
    const said = await result(night);
    expect(said).toMatchObject({ method: 'TD', decision: 'UD', round_id: 3, time_ms: 12_000 });
    expect(listOf(said, 'totals')).toEqual(['J1', 'J2', 'J3'].map((id) => ({ judge_id: id, red: 20, blue: 18 })));
    expect(ahead(said)).toEqual({ red: 3, blue: 0 });
  });

  it('has of a stoppage the rounds before it, and no total for who sees no scorecard', async () => {
    const night = await openNight();
    await fought(night, 1);
    await agreed(night, 1, '9-10');
    await firstBell(night, 2);
    await ruled(night, { kind: 'stoppage', round_id: 2, method: 'KO', fighter_id: 'fighter1', time_ms: 100 });
    await finalized(night);
    expect(await result(night)).toMatchObject({
      method: 'KO',
      decision: null,
      round_id: 2,
      time_ms: 100,
      deductions: [],
      totals: [{ red: 9, blue: 10 }, {}, {}],
    });
    const shown = await call('GET', `/api/final/${night.boutId}`);
    expect(shown.json).toMatchObject({ winner: 'Red Fighter', final_scores: [], result: { method: 'KO', totals: [] } });
  });

  it.each([
    ['remaining', []],
    ['average', [{ judge_id: 'J3', red: 19, blue: 18 }]],
  ])('has of an empty seat the total that votes, or none (%s)', async (missing_judge, third) => {
    const night = await openNight({ scheduled_rounds: 2, rules: { missing_judge } });
    await fought(night, 1);
    await agreed(night, 1, '9-10');
    await passed(night, 'panel', { change: 'absent', judge_id: 'J3', reason: 'taken ill' });
    await fought(night, 2);
    await scored(night, 2, { J1: '10-8', J2: '10-8' });
    await signed(night, { J1: '19-18', J2: '19-18' });
    await finalized(night);
    expect(listOf(await result(night), 'totals')).toEqual([
      { judge_id: 'J1', red: 19, blue: 18 },
      { judge_id: 'J2', red: 19, blue: 18 },
      ...third,
    ]);
    expect('total' in (await seat(night, 'J3'))).toBe(third.length > 0);
    // What was scored from it stays to be seen.
    expect(listOf(await final(night), 'final_scores')[2]).toMatchObject({ scorecard: { round_1: '9-10' } });
  });
});
