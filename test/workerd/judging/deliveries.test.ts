import { beforeAll, describe, expect, it } from 'vitest';
import { change, length, log, numberOf } from '../bout/support.ts';
import { freshId, type Json } from '../support.ts';
import { accepted, evict, fought, idOf, judge, type Night, openNight, ruled, scored } from './support.ts';

/** Every way of judging is delivered over networks that lose answers: the same again is told so, and written once. */

type Case = {
  readonly route: string;
  readonly body: Json;
  /** What makes it another one. */
  readonly other: Json;
  readonly token?: (night: Night) => string;
};

let night: Night;
let foul = '';
let waiting = 0;

beforeAll(async () => {
  const judges = ['J1', 'J2', 'J3', 'J4'].map((id) => ({ judge_id: id, judge_name: `Judge ${id}` }));
  night = await openNight({ judges });
  for (const round of [1, 2, 3]) {
    await fought(night, round);
    await scored(night, round, { J1: '10-9', J2: '10-9', J3: '10-9' });
  }
  foul = await ruled(night, { kind: 'foul', round_id: 1, fighter_id: 'fighter1', foul: 'groin' });
  const absent = { change: 'absent', judge_id: 'J3', reason: 'left' };
  waiting = numberOf(accepted(await change(night, 'panel', absent)), 'sequence_index');
});

const byJ1 = (of: Night): string => judge(of, 'J1');

const CASES: readonly (() => Case)[] = [
  () => ({ route: 'rulings', body: { kind: 'warning', round_id: 1, fighter_id: 'fighter1' }, other: { round_id: 2 } }),
  () => ({
    route: 'rulings/acknowledge',
    body: { judge_id: 'J1', target_event_id: foul },
    other: { target_event_id: 'none' },
    token: byJ1,
  }),
  () => ({ route: 'scorecards/sign', body: { judge_id: 'J1', red: 30, blue: 27 }, other: { blue: 28 }, token: byJ1 }),
  () => ({
    route: 'scorecards/reopen',
    body: { judge_id: 'J2', round_id: 1, reason: 'the corners' },
    other: { reason: 'another' },
  }),
  () => ({
    route: 'scorecards/paper',
    body: { judge_id: 'J2', round_id: 1, red: 9, blue: 10, reason: 'the tablet' },
    other: { blue: 9, red: 10 },
  }),
  () => ({
    route: 'panel',
    body: { change: 'substitute', judge_id: 'J4', person_id: 'nadia', person_name: 'Judge Nadia', reason: 'unwell' },
    other: { person_name: 'Judge Omar' },
  }),
  () => ({
    route: 'confirm',
    body: { proposal_index: waiting, accept: true },
    other: { accept: false },
    token: (of) => of.second,
  }),
  () => ({ route: 'lock-round', body: { round_id: 1 }, other: { override_reason: 'r' } }),
  () => ({
    route: 'scorecards',
    body: { judge_id: 'J2', round_id: 1, red: 10, blue: 8 },
    other: { blue: 9 },
    token: (of) => judge(of, 'J2'),
  }),
  () => ({
    route: 'finalize',
    body: { method: 'KO', winner: 'red', round_id: 1, reason: 'r' },
    other: { winner: 'blue' },
  }),
];

describe('the same delivery again', () => {
  it.each(CASES.map((make, i) => [`${make().route} (${i})`, make] as const))(
    'of %s is told as one, and other content under its id refused',
    async (_name, make) => {
      const { route, body, other, token = (of: Night) => of.supervisor } = make();
      const event_id = freshId('e').slice(0, 60);
      const sent = { ...body, event_id };
      const before = await length(night);
      const first = accepted(await change(night, route, sent, token(night)));
      expect(first).toMatchObject({ success: true, is_duplicate: false, client_event_id: event_id });
      await evict(night);
      const answers = await Promise.all([1, 2, 3].map(async () => await change(night, route, sent, token(night))));
      for (const { status, json } of answers) {
        expect(status).toBe(409);
        expect(json).toMatchObject({ success: true, is_duplicate: true, event_id: idOf(first) });
        expect([json['sequence_index'], json['chain_hash']]).toEqual([first['sequence_index'], first['chain_hash']]);
      }
      const conflict = await change(night, route, { ...sent, ...other }, token(night));
      expect(conflict).toMatchObject({ status: 409, json: { success: false, errors: [{ field: 'event_id' }] } });
      expect((await log(night, { event_id })).json['success']).toBe(false);
      expect(await length(night)).toBe(before + 1);
    },
  );

  it('by another person is no repeat, and says nothing of the first', async () => {
    const event_id = freshId('e').slice(0, 60);
    const body = { kind: 'warning', round_id: 1, fighter_id: 'fighter2', event_id };
    accepted(await change(night, 'rulings', body));
    expect(await change(night, 'rulings', body, night.referee)).toMatchObject({
      status: 409,
      json: { success: false, errors: [{ field: 'event_id' }] },
    });
  });
});
