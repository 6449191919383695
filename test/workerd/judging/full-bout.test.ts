import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { change, listOf, numberOf, objectOf, verify } from '../bout/support.ts';
import { call, type Json } from '../support.ts';
import { openCardNight } from './card-night.ts';
import {
  accepted,
  BUSY,
  clock,
  entered,
  evict,
  final,
  firstBell,
  judge,
  lastBell,
  type Night,
  points,
  read,
  refusal,
  rule,
  ruled,
  seat,
  sign,
  submit,
  withoutATrace,
} from './support.ts';

/** A bout from its first bell to its official result, through nothing but the public API. Each step starts cold. */

const OFFICIAL = {
  method: 'DEC',
  decision: 'SD',
  round_id: null,
  time_ms: null,
  deductions: [{ round_id: 2, red: 1, blue: 0 }],
};

let night: Night;
let otto: string;

async function asked(path: string, token?: string): Promise<Json> {
  return accepted(await call('GET', path, token === undefined ? {} : { token }));
}

beforeAll(async () => {
  ({ night, blueOperator: otto } = await openCardNight());
});

beforeEach(async () => await evict(night));

/** Red's operator and blue's each log their own corner; gives back the ids of red's. */
async function bothLog(round: number, red: readonly Json[], blue: readonly Json[]): Promise<readonly string[]> {
  const ids = await entered(
    night,
    round,
    red.map((one) => ({ fighter_id: 'ftr_doe', ...one })),
  );
  const his = { judge_id: 'otto', device_id: 'd-otto', fighter_id: 'ftr_smith' };
  await entered(
    { ...night, operator: otto },
    round,
    blue.map((one) => ({ ...one, ...his })),
  );
  return ids;
}

const hits = (seconds: readonly number[]): readonly Json[] =>
  seconds.map((second) => ({ clock_ms: second * 1_000, event_type: 'Cross', metadata: { significant: true } }));

async function cards(scores: Readonly<Record<string, string>>, round: number): Promise<void> {
  for (const [id, score] of Object.entries(scores)) accepted(await submit(night, id, round, score));
}

describe('the first round', () => {
  it('is fought: two knockdowns are pending until the referee has ruled on them', async () => {
    expect(await asked(`/api/live/${night.boutId}`)).toMatchObject({ round_status: 'NOT_STARTED' });
    await firstBell(night, 1);
    const knockdown = { event_type: 'KD', metadata: { tier: 'Hard' } };
    const ids = await bothLog(
      1,
      [...hits([2, 6]), { ...knockdown, clock_ms: 10_000 }, { ...knockdown, clock_ms: 12_000 }, ...hits([22, 24])],
      hits([4, 20]),
    );
    await evict(night);
    const live = await asked(`/api/live/${night.boutId}`);
    expect(live).toMatchObject({
      round_status: 'IN_PROGRESS',
      redline_moments: [{ event_type: 'KD', pending: true }, { pending: true }],
    });
    await ruled(night, { kind: 'knockdown', round_id: 1, target_event_id: ids[2] });
    await ruled(night, { kind: 'slip', round_id: 1, target_event_id: ids[3] });
    expect(await asked(`/api/live/${night.boutId}`)).toMatchObject({ redline_moments: [{ pending: false }] });
  });

  it('is over, and nothing of what the others gave shows to a judge who has not scored it', async () => {
    await lastBell(night, 1);
    accepted(await submit(night, 'J1', 1, '10-8'));
    expect(await asked(`/api/final/${night.boutId}`, judge(night, 'J2'))).toMatchObject({ final_scores: [] });
    await cards({ J2: '10-9', J3: '9-10' }, 1);
    expect(await asked(`/api/final/${night.boutId}`)).toMatchObject({ final_scores: [], winner: null });
  });

  it('is locked once the validator has nothing critical to say', async () => {
    expect(await read(night, '/findings/1')).toMatchObject({ round_id: 1, locked: false, findings: [] });
    accepted(await change(night, 'lock-round', { round_id: 1 }));
    expect(await read(night, '/findings/1')).toMatchObject({ locked: true });
    expect(refusal(await clock(night, 1, 'resume'))).toEqual([409, ['round_id']]);
  });

  it('is advised on: red, by the knockdown that stands and the strikes', async () => {
    const advice = await read(night, '/recommendations');
    const [round] = listOf(advice, 'rounds');
    expect(round).toMatchObject({ round_id: 1, complete: true, fitted: true });
    expect(numberOf(round ?? {}, 'p_red')).toBeGreaterThan(0.7);
    expect(await asked(`/api/replay/${night.boutId}/1`, night.supervisor)).toMatchObject({
      round_summary: { winner_recommendation: round?.['scorecard'] },
    });
    expect((await call('GET', `/api/bouts/${night.boutId}/recommendations`)).status).toBe(401);
  });

  it('has a scorecard that was put into the wrong corner: reopened, scored anew, both values readable', async () => {
    const reopen = { judge_id: 'J3', round_id: 1, reason: 'the corners were mixed up' };
    accepted(await change(night, 'scorecards/reopen', reopen));
    expect(await seat(night, 'J3')).toMatchObject({ rounds: [{ submitted: false, red: null, earlier: [{ red: 9 }] }] });
    accepted(await submit(night, 'J3', 1, '10-9'));
    const [round] = listOf(await seat(night, 'J3'), 'rounds');
    expect(round).toMatchObject({ submitted: true, red: 10, blue: 9, earlier: [{ red: 9, blue: 10 }] });
    const [earlier] = listOf(round ?? {}, 'earlier');
    expect(numberOf(earlier ?? {}, 'sequence_index')).toBeLessThan(numberOf(earlier ?? {}, 'reopened_at'));
    expect(numberOf(earlier ?? {}, 'reopened_at')).toBeLessThan(numberOf(round ?? {}, 'sequence_index'));
  });
});

describe('the second round', () => {
  it('has a foul, a warning, another foul, a deduction, and judges who have been told', async () => {
    await firstBell(night, 2);
    const foul = { kind: 'foul', round_id: 2, fighter_id: 'ftr_doe', foul: 'hold_fence', intent: 'intentional' };
    const first = await ruled(night, foul);
    await ruled(night, { kind: 'warning', round_id: 2, fighter_id: 'ftr_doe', target_event_id: first });
    const second = await ruled(night, foul);
    const deduction = { kind: 'deduction', round_id: 2, fighter_id: 'ftr_doe', target_event_id: second, points: 1 };
    const other = { ...deduction, fighter_id: 'ftr_smith' };
    expect(refusal(await rule(night, other))).toEqual([400, ['fighter_id']]);
    const target_event_id = await ruled(night, deduction);
    for (const id of ['J1', 'J2']) {
      const told = { judge_id: id, target_event_id };
      accepted(await change(night, 'rulings/acknowledge', told, judge(night, id)));
      expect(refusal(await change(night, 'rulings/acknowledge', told, judge(night, id)))).toEqual([
        409,
        ['target_event_id'],
      ]);
    }
    expect(await read(night, '/scorecards')).toMatchObject({ told: [{ judges: ['J1', 'J2'] }] });
    expect(listOf(await read(night, ''), 'rounds')[1]).toMatchObject({ deductions: { red: 1, blue: 0 } });
  });

  it('is scored raw: the point that was taken stands beside it', async () => {
    await bothLog(2, hits([4]), hits([8]));
    await lastBell(night, 2);
    await cards({ J1: '10-9', J2: '10-9', J3: '9-10' }, 2);
    expect(listOf(await seat(night, 'J1'), 'rounds')[1]).toMatchObject({
      red: 10,
      blue: 9,
      deductions: { red: 1, blue: 0 },
    });
    expect(await seat(night, 'J1')).toMatchObject({ total: { red: 19, blue: 17 } });
  });

  it('is not complete: the lock is blocked with each finding named, until a supervisor says why', async () => {
    const { findings } = await read(night, '/findings/2');
    expect(findings).toMatchObject([{ code: 'too_few_actions', severity: 'critical', facts: { count: 2, least: 5 } }]);
    const blocked = await change(night, 'lock-round', { round_id: 2 });
    expect(blocked).toMatchObject({
      status: 409,
      json: { errors: [{ field: 'round_id', detail: expect.stringContaining('too_few_actions') }] },
    });
    accepted(await change(night, 'lock-round', { round_id: 2, override_reason: 'a slow round, both stood off' }));
    expect(listOf(await read(night, ''), 'rounds')[1]).toMatchObject({ status: 'LOCKED' });
  });

  it('has an action brought late, which moves no scorecard', async () => {
    const before = await read(night, '/scorecards');
    await entered(night, 2, hits([26]));
    expect(await read(night, '/scorecards')).toEqual(before);
    const events = await asked(`/api/events/v2/${night.boutId}/2`, night.supervisor);
    expect(listOf(events, 'events').at(-1)).toMatchObject({ flags: ['late'] });
  });
});

describe('the third round', () => {
  it('is fought, scored and locked; a moment of it is looked at again in the footage', async () => {
    await firstBell(night, 3);
    const ids = await bothLog(
      3,
      BUSY.filter((_, i) => i < 3),
      hits([16, 20, 24]),
    );
    await lastBell(night, 3);
    await cards({ J1: '9-10', J2: '9-10', J3: '9-10' }, 3);
    const review = { kind: 'replay_review', round_id: 3, target_event_id: ids[0], footage_ms: 754_000 };
    expect(refusal(await rule(night, review))).toEqual([400, ['outcome']]);
    expect(refusal(await rule(night, { ...review, outcome: 'upheld', footage_ms: undefined }))).toEqual([
      400,
      ['footage_ms'],
    ]);
    await ruled(night, { ...review, outcome: 'upheld', note: 'the strike landed' });
    accepted(await change(night, 'lock-round', { round_id: 3 }));
    expect(listOf(await read(night, '/scorecards'), 'rulings').at(-1)).toMatchObject({
      kind: 'replay_review',
      round_id: 3,
    });
  });
});

describe('the result', () => {
  it('is signed for: wrong totals are refused by the field that is wrong', async () => {
    await withoutATrace(night, async () => {
      expect(refusal(await sign(night, 'J1', '29-27'))).toEqual([409, ['red']]);
      expect(refusal(await sign(night, 'J1', '28-28'))).toEqual([409, ['blue']]);
      const foreign = { judge_id: 'J2', ...points('28-27') };
      expect(refusal(await change(night, 'scorecards/sign', foreign, judge(night, 'J1')))).toEqual([403, ['judge_id']]);
    });
    accepted(await sign(night, 'J1', '28-27'));
    expect(await read(night, '/scorecards')).toMatchObject({ unsigned: ['J2', 'J3'] });
    // Without every signature it needs a reason.
    expect(refusal(await change(night, 'finalize', {}))).toEqual([409, ['reason']]);
    accepted(await sign(night, 'J2', '28-28'));
    accepted(await sign(night, 'J3', '27-29'));
    expect(await read(night, '/scorecards')).toMatchObject({
      missing: [],
      unsigned: [],
      // One for red, one even, one for blue.
      computed: { winner: 'draw', method: 'DRAW', decision: 'D-S' },
    });
  });

  it('changes with a scorecard that is reopened, whose signature falls', async () => {
    accepted(await change(night, 'scorecards/reopen', { judge_id: 'J2', round_id: 1, reason: 'misheard the round' }));
    expect(await read(night, '/scorecards')).toMatchObject({
      missing: [{ judge_id: 'J2', round_id: 1 }],
      computed: null,
      not_computed: expect.stringContaining('J2 round 1'),
    });
    expect(refusal(await change(night, 'finalize', {}))).toEqual([409, ['method']]);
    accepted(await submit(night, 'J2', 1, '10-8'));
    expect(await seat(night, 'J2')).toMatchObject({ signed: false });
    accepted(await sign(night, 'J2', '28-27'));
  });

  it('is proposed by one, not confirmed by the same, and shown to nobody until a second person has', async () => {
    const index = numberOf(accepted(await change(night, 'finalize', {})), 'sequence_index');
    expect(await read(night, '')).toMatchObject({
      result: { status: 'pending', winner: 'John Doe', method: 'DEC', decision: 'SD', proposal_index: index },
    });
    expect(refusal(await change(night, 'finalize', { confirm: true }))).toEqual([403, ['confirm']]);
    expect(await final(night)).toMatchObject({ winner: null });
    expect(await asked(`/api/bouts/${night.boutId}`)).toMatchObject({ result: null });
    for (const id of ['J1', 'J3']) {
      expect((await change(night, 'finalize', { confirm: true }, judge(night, id))).status).toBe(403);
    }
    await evict(night);
    expect(await final(night)).toMatchObject({ winner: null });
    accepted(await change(night, 'finalize', { confirm: true }, night.second));
  });

  it('is official, for everybody, with the scorecards to whom they are released', async () => {
    expect(await asked(`/api/final/${night.boutId}`)).toEqual({
      bout_id: night.boutId,
      fighter1: 'John Doe',
      fighter2: 'Jane Smith',
      final_scores: [],
      winner: 'John Doe',
      full_event_log_hash_chain_valid: true,
      total_rounds: 3,
      // How it came about, without a scorecard that is not shown.
      result: { ...OFFICIAL, totals: [] },
    });
    expect(await final(night)).toMatchObject({
      winner: 'John Doe',
      result: {
        ...OFFICIAL,
        // The point that was taken is in them, and not in the raw scores.
        totals: [
          { judge_id: 'J1', red: 28, blue: 27 },
          { judge_id: 'J2', red: 28, blue: 27 },
          { judge_id: 'J3', red: 27, blue: 29 },
        ],
      },
      final_scores: [
        { judge_id: 'J1', scorecard: { round_1: '10-8', round_2: '10-9', round_3: '9-10' } },
        { judge_id: 'J2', scorecard: { round_1: '10-8', round_2: '10-9', round_3: '9-10' } },
        { judge_id: 'J3', scorecard: { round_1: '10-9', round_2: '9-10', round_3: '9-10' } },
      ],
    });
    expect(await asked(`/api/live/${night.boutId}`)).toMatchObject({ round_status: 'FINAL' });
    expect(objectOf(await asked(`/api/bouts/${night.boutId}`), 'result')).toMatchObject({
      status: 'official',
      winner_corner: 'red',
      method: 'DEC',
      decision: 'SD',
    });
  });

  it('closes the bout', async () => {
    await withoutATrace(night, async () => {
      const refused = [
        await submit(night, 'J1', 1, '10-9'),
        await sign(night, 'J1', '28-27'),
        await rule(night, { kind: 'warning', round_id: 3, fighter_id: 'ftr_doe' }),
        await change(night, 'scorecards/reopen', { judge_id: 'J1', round_id: 1, reason: 'too late' }),
        await change(night, 'panel', { change: 'absent', judge_id: 'J1', reason: 'went home' }),
        await change(night, 'lock-round', { round_id: 3, include_late: true, override_reason: 'late' }),
        await change(night, 'finalize', { method: 'NC' }),
        await clock(night, 3, 'resume'),
      ];
      expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 409));
    });
  });

  it('stands on a chain that is intact from the first entry to the last', async () => {
    for (const round of [1, 2, 3]) expect(await verify(night, round)).toMatchObject({ chain_valid: true, fault: null });
    const head = numberOf(await read(night, ''), 'cursor');
    // The result itself is of no round; the verdict on the whole covers it.
    expect(numberOf(await verify(night, 3), 'verified_entries')).toBeLessThan(head);
    expect(await asked(`/api/final/${night.boutId}`)).toMatchObject({ full_event_log_hash_chain_valid: true });
  });
});
