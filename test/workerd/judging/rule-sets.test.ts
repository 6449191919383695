import { describe, expect, it } from 'vitest';
import { RULE_SET_IDS } from '../../../domain/rules/index.ts';
import { boutBody, boutStub, change, listOf, objectOf } from '../bout/support.ts';
import { type Answer, call, freshId, type Json, mint } from '../support.ts';
import {
  accepted,
  agreed,
  entered,
  evict,
  clockAt,
  finalized,
  firstBell,
  fought,
  lastBell,
  type Night,
  openNight,
  read,
  refusal,
  rule,
  ruled,
  scored,
  signed,
  submit,
  withoutATrace,
} from './support.ts';

async function create(over: Json): Promise<Answer> {
  const { token } = await mint({ role: 'supervisor', subject: 'sue' });
  const boutId = freshId('bout').slice(0, 40);
  const answer = await call('POST', '/api/bouts', { token, body: { ...boutBody(boutId), ...over } });
  // What is refused is not there: not even an empty ledger.
  if (answer.status !== 200) expect((await boutStub(boutId).view(null)).ok).toBe(false);
  return answer;
}

async function rulesOf(night: Night): Promise<Json> {
  return objectOf(await read(night, '/scorecards'), 'rules');
}

describe('setting a bout up', () => {
  it.each([
    [{}, 'mma-unified-2017'],
    [{ ruleset: 'mma' }, 'mma-unified-2017'],
    [{ ruleset: 'mma-unified-2025' }, 'mma-unified-2025'],
    [{ sport: 'boxing' }, 'boxing'],
    [{ sport: 'kickboxing' }, 'kickboxing'],
    [{ sport: 'muay-thai' }, 'muay-thai'],
    [{ sport: 'bare-knuckle' }, 'bare-knuckle'],
    [{ sport: 'karate-combat' }, 'karate-combat'],
  ])('with %j freezes the rules of %s, which outlive the object’s memory', async (over, id) => {
    const night = await openNight(over);
    const before = await rulesOf(night);
    expect(before).toMatchObject({ id });
    await evict(night);
    expect(await rulesOf(night)).toEqual(before);
  });

  it.each<[Json, string]>([
    [{ ruleset: 'queensberry' }, 'ruleset'],
    [{ ruleset: '__proto__' }, 'ruleset'],
    [{ ruleset: 'boxing' }, 'ruleset'],
    [{ sport: 'boxing', ruleset: 'mma-unified' }, 'ruleset'],
    [{ rules: { jurisdiction: 'atlantis' } }, 'rules.jurisdiction'],
    // GLORY has rules for kickboxing only.
    [{ rules: { jurisdiction: 'glory' } }, 'rules.jurisdiction'],
    [{ rules: { lowest_score: 7.5 } }, 'rules.lowest_score'],
    [{ rules: { even_rounds: false, extension: { rounds: 1, even_allowed: true } } }, 'rules.extension.even_allowed'],
    [{ rules: { standing_count: true } }, 'rules.standing_count'],
    [{ rules: { deduction_points: [2, 1] } }, 'rules.deduction_points'],
    [{ rules: { accidental_foul: { from: 'rounds_completed' } } }, 'rules.accidental_foul.rounds'],
    [{ rules: { rounds: 3 } }, 'rules.rounds'],
  ])('with %j is refused by the field %s, and there is no bout', async (over, field) => {
    expect(refusal(await create(over))).toEqual([400, [field]]);
  });

  it('takes a jurisdiction’s choices, and the bout’s own on top', async () => {
    const night = await openNight({
      sport: 'kickboxing',
      rules: { jurisdiction: 'glory', rest_s: 90, extension: { rounds: 2 } },
    });
    expect(await rulesOf(night)).toMatchObject({
      jurisdiction: 'glory',
      rest_s: 90,
      extension: { rounds: 2, decides: 'alone' },
    });
  });

  it('is possible with each set that the API lists', async () => {
    const listed = listOf(accepted(await call('GET', '/api/rules')), 'rule_sets');
    expect(listed.map(({ id }) => id)).toEqual([...RULE_SET_IDS]);
    for (const { id, sport } of listed) expect([id, (await create({ sport, ruleset: id })).status]).toEqual([id, 200]);
  });
});

describe('a scorecard', () => {
  it('has half points only where the rule set has them', async () => {
    const whole = await openNight();
    expect(refusal(await submit(whole, 'J1', 1, '10-9.5'))).toEqual([400, ['blue']]);
    const half = await openNight({ rules: { half_points: true }, scheduled_rounds: 1 });
    await fought(half, 1);
    await agreed(half, 1, '10-9.5');
    await evict(half);
    expect(await read(half, '/scorecards')).toMatchObject({
      seats: [{ rounds: [{ red: 10, blue: 9.5 }], total: { red: 10, blue: 9.5 } }, {}, {}],
    });
    expect(
      refusal(await change(half, 'scorecards/sign', { judge_id: 'J1', red: 10, blue: 9 }, half.judges['J1'])),
    ).toEqual([409, ['blue']]);
    await signed(half, { J1: '10-9.5', J2: '10-9.5', J3: '10-9.5' });
    expect(await finalized(half)).toMatchObject({ result: { winner_corner: 'red', decision: 'UD' } });
  });

  it.each<[Json, readonly (readonly [string, string])[]]>([
    [
      {},
      [
        ['10-6', 'blue'],
        ['9-9', 'red'],
        ['6-10', 'red'],
        ['9-8', 'red'],
      ],
    ],
    [{ sport: 'boxing' }, [['10-5', 'blue']]],
    [{ rules: { even_rounds: false } }, [['10-10', 'blue']]],
  ])('under %j is refused by the field that is wrong', async (over, cases) => {
    const night = await openNight(over);
    await withoutATrace(night, async () => {
      for (const [score, field] of cases) {
        expect([score, ...refusal(await submit(night, 'J1', 1, score))]).toEqual([score, 400, [field]]);
      }
    });
  });

  it('may be what the rule set has and another has not', async () => {
    accepted(await submit(await openNight({ sport: 'boxing' }), 'J1', 1, '10-6'));
    accepted(await submit(await openNight({ rules: { must_have_ten: false } }), 'J1', 1, '9-8'));
    accepted(await submit(await openNight(), 'J1', 1, '10-7'));
  });
});

describe('a boxing bout', () => {
  /** A clash of heads in a round after so many whole ones. */
  async function clash(whole: number, rounds: number, rules: Json = {}): Promise<Night> {
    const night = await openNight({ sport: 'boxing', scheduled_rounds: rounds, rules });
    for (let round = 1; round <= whole; round += 1) {
      await fought(night, round);
      await scored(night, round, { J1: '10-9', J2: '10-9', J3: '9-10' });
    }
    await firstBell(night, whole + 1);
    await clockAt(night, whole + 1, 9_000);
    const foul = { kind: 'foul', round_id: whole + 1, fighter_id: 'fighter1', foul: 'butt', intent: 'accidental' };
    const target_event_id = await ruled(night, foul);
    await ruled(night, { kind: 'stoppage', round_id: whole + 1, target_event_id, time_ms: 9_000 });
    return night;
  }

  it('that a clash of heads ends after four whole rounds is a technical decision', async () => {
    const night = await clash(4, 6);
    await scored(night, 5, { J1: '9-10', J2: '10-9', J3: '9-10' });
    await signed(night, { J1: '49-46', J2: '50-45', J3: '45-50' });
    expect(await finalized(night)).toMatchObject({
      result: { winner_corner: 'red', method: 'TD', decision: 'SD', round_id: 5, time_ms: 9_000 },
    });
  });

  it('that one ends before is none', async () => {
    expect(await finalized(await clash(3, 6))).toMatchObject({ result: { winner: 'No Contest', method: 'NC' } });
  });

  it('in California goes to the scorecards from its fourth round on, and before is a draw', async () => {
    const rules = { jurisdiction: 'california' };
    const early = await clash(2, 6, rules);
    expect(await finalized(early)).toMatchObject({ result: { winner: 'Draw', method: 'DRAW', round_id: 3 } });
    const late = await clash(3, 6, rules);
    await scored(late, 4, { J1: '9-10', J2: '9-10', J3: '9-10' });
    await signed(late, { J1: '39-37', J2: '39-37', J3: '36-40' });
    expect(await finalized(late)).toMatchObject({ result: { winner_corner: 'red', method: 'TD', round_id: 4 } });
  });
});

describe('a Muay Thai bout', () => {
  it('over five rounds with a panel of five goes its distance', async () => {
    const judges = ['J1', 'J2', 'J3', 'J4', 'J5'].map((id) => ({ judge_id: id, judge_name: `Judge ${id}` }));
    const night = await openNight({ sport: 'muay-thai', scheduled_rounds: 5, judges });
    for (const round of [1, 2, 3, 4, 5]) {
      await fought(night, round);
      await scored(night, round, { J1: '10-9', J2: '10-9', J3: '9-10', J4: '10-10', J5: '10-9' });
    }
    await signed(night, { J1: '50-45', J2: '50-45', J3: '45-50', J4: '50-50', J5: '50-45' });
    expect(await finalized(night)).toMatchObject({ result: { winner_corner: 'red', method: 'DEC', decision: 'SD' } });
  });

  it('takes one point for a foul and no more', async () => {
    const night = await openNight({ sport: 'muay-thai' });
    await firstBell(night, 1);
    const deduction = { kind: 'deduction', round_id: 1, fighter_id: 'fighter1' };
    expect(refusal(await rule(night, { ...deduction, points: 2 }))).toEqual([400, ['points']]);
    accepted(await rule(night, { ...deduction, points: 1 }));
  });

  it('says when a scorecard gives less for a knockdown than is usual, and leaves it as it is', async () => {
    const night = await openNight({ sport: 'muay-thai' });
    await firstBell(night, 1);
    const [id] = await entered(night, 1, [{ event_type: 'KD', metadata: { tier: 'Hard' }, clock_ms: 2_000 }]);
    accepted(await rule(night, { kind: 'knockdown', round_id: 1, target_event_id: id }));
    await lastBell(night, 1);
    await scored(night, 1, { J1: '10-9', J2: '10-8', J3: '9-10' });
    const hints = listOf(await read(night, '/scorecards'), 'hints');
    expect(hints.map(({ judge_id, round_id }) => [judge_id, round_id])).toEqual([
      ['J1', 1],
      ['J3', 1],
    ]);
    expect(await read(night, '/scorecards', night.judges['J1'] ?? '')).not.toHaveProperty('hints');
  });
});

describe('an MMA bout', () => {
  it('of an intentional foul that injures takes two points', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const foul = await ruled(night, { kind: 'foul', round_id: 1, fighter_id: 'fighter1', intent: 'intentional' });
    const deduction = { kind: 'deduction', round_id: 1, fighter_id: 'fighter1', target_event_id: foul, injury: true };
    expect(refusal(await rule(night, { ...deduction, points: 1 }))).toEqual([400, ['points']]);
    accepted(await rule(night, { ...deduction, points: 2 }));
  });

  it('takes points in the round of the foul, and none for a foul that was rescinded', async () => {
    const night = await openNight();
    await fought(night, 1);
    await firstBell(night, 2);
    const foul = await ruled(night, { kind: 'foul', round_id: 1, fighter_id: 'fighter1', foul: 'groin' });
    const deduction = { kind: 'deduction', round_id: 1, fighter_id: 'fighter1', target_event_id: foul, points: 1 };
    expect(refusal(await rule(night, { ...deduction, round_id: 2 }))).toEqual([400, ['round_id']]);
    const taken = await ruled(night, deduction);
    const rescind = { kind: 'rescind', round_id: 1, note: 'seen in the footage' };
    expect(refusal(await rule(night, { ...rescind, target_event_id: foul }))).toEqual([409, ['target_event_id']]);
    await ruled(night, { ...rescind, target_event_id: taken });
    await ruled(night, { ...rescind, target_event_id: foul });
    expect(refusal(await rule(night, deduction))).toEqual([409, ['target_event_id']]);
    expect(listOf(await read(night, ''), 'rounds')[0]).toMatchObject({ deductions: { red: 0, blue: 0 } });
  });
});
