import { describe, expect, it } from 'vitest';
import { listOf } from '../bout/support.ts';
import type { Json } from '../support.ts';
import {
  accepted,
  BUSY,
  entered,
  firstBell,
  lastBell,
  type Night,
  openNight,
  read,
  refusal,
  rule,
  submit,
} from './support.ts';

async function adviceOf(night: Night): Promise<Json> {
  const [round] = listOf(await read(night, '/recommendations'), 'rounds');
  if (round === undefined) throw new Error('there is no recommendation');
  return round;
}

/** So many knockdowns by red, each confirmed by the referee, beside what `actions` say. */
async function round(over: Json, knockdowns: number, actions: readonly Json[] = BUSY): Promise<Night> {
  const night = await openNight(over);
  await firstBell(night, 1);
  await entered(night, 1, actions);
  for (let i = 0; i < knockdowns; i += 1) {
    const tap = { event_type: 'KD', metadata: { tier: 'Hard' }, clock_ms: 3_000 + i * 4_000 };
    const [target_event_id] = await entered(night, 1, [tap]);
    accepted(await rule(night, { kind: 'knockdown', round_id: 1, target_event_id }));
  }
  await lastBell(night, 1);
  return night;
}

describe('a recommended scorecard', () => {
  it.each<[string, Json, number]>([
    ['three knockdowns in Muay Thai', { sport: 'muay-thai' }, 3],
    ['six knockdowns in Muay Thai', { sport: 'muay-thai' }, 6],
    ['five knockdowns in boxing', { sport: 'boxing' }, 5],
    ['five knockdowns in kickboxing', { sport: 'kickboxing' }, 5],
    ['four knockdowns in MMA', {}, 4],
    ['four knockdowns where a round goes to 10-9 at most', { rules: { lowest_score: 9 } }, 4],
  ])('of %s is one that a judge may hand in', async (_name, over, knockdowns) => {
    const night = await round(over, knockdowns);
    const score = String((await adviceOf(night))['scorecard']);
    expect(score).toMatch(/^10-\d/);
    accepted(await submit(night, 'J1', 1, score));
  });

  it('says of three knockdowns in Muay Thai as much as a scorecard can', async () => {
    const night = await round({ sport: 'muay-thai' }, 3);
    const score = String((await adviceOf(night))['scorecard']);
    const wider = `10-${Number(score.split('-')[1]) - 1}`;
    expect([score, wider, ...refusal(await submit(night, 'J1', 1, wider))]).toEqual([score, wider, 400, ['blue']]);
  });

  it('of an even round is none where no round may be even, and says why', async () => {
    const even = [
      { clock_ms: 1_000, fighter_id: 'fighter1', event_type: 'Jab' },
      { clock_ms: 2_000, fighter_id: 'fighter2', event_type: 'Jab' },
    ];
    const either = await adviceOf(await round({ sport: 'boxing' }, 0, even));
    const strict = await adviceOf(await round({ sport: 'boxing', rules: { even_rounds: false } }, 0, even));
    expect([either['p_red'], either['scorecard']]).toEqual([0.5, '10-10']);
    expect(strict).toMatchObject({ p_red: 0.5, scorecard: null });
    expect(strict['notes']).toContainEqual(expect.stringContaining('even'));
  });
});
