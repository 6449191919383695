import { describe, expect, it } from 'vitest';
import { change, listOf } from '../bout/support.ts';
import type { Json } from '../support.ts';
import {
  accepted,
  agreed,
  clock,
  clockAt,
  entered,
  finalized,
  firstBell,
  fought,
  judge,
  lastBell,
  type Night,
  openNight,
  read,
  refusal,
  rule,
  ruled,
  signed,
  withoutATrace,
} from './support.ts';

const KNOCKOUT = { kind: 'stoppage', method: 'KO', fighter_id: 'fighter1' } as const;

describe('a ruling', () => {
  it('is of a round that has begun', async () => {
    const night = await openNight();
    await fought(night, 1);
    await withoutATrace(night, async () => {
      for (const kind of ['knockdown', 'foul', 'warning', 'deduction', 'stoppage']) {
        const body = { kind, round_id: 2, fighter_id: 'fighter1', points: 1, method: 'KO' };
        const { points: _points, ...pointless } = body;
        const { method: _method, ...given } = kind === 'deduction' ? body : pointless;
        const sent = kind === 'stoppage' ? { ...given, method: 'KO' } : given;
        expect([kind, ...refusal(await rule(night, sent))]).toEqual([kind, 409, ['round_id']]);
      }
    });
    await ruled(night, { kind: 'deduction', round_id: 1, fighter_id: 'fighter1', points: 1 });
  });

  it('stops the bout in the round that it is in, at a time that the clock has reached', async () => {
    const night = await openNight();
    await fought(night, 1);
    await firstBell(night, 2);
    await clockAt(night, 2, 10_000);
    await withoutATrace(night, async () => {
      for (const [over, field] of [
        [{ round_id: 1 }, 'round_id'],
        [{ round_id: 3 }, 'round_id'],
        [{ round_id: 2, time_ms: 25_000 }, 'time_ms'],
      ] as const) {
        expect([over, refusal(await rule(night, { ...KNOCKOUT, ...over }))]).toEqual([over, [409, [field]]]);
      }
      expect(refusal(await rule(night, { ...KNOCKOUT, round_id: 2, time_ms: 30_001 }))).toEqual([400, ['time_ms']]);
    });
    const late = { ...KNOCKOUT, round_id: 2, time_ms: 25_000, note: 'the clock was started late' };
    await ruled(night, late);
    // Nor does the clock go on, or to another time, after that.
    for (const [action, more] of [
      ['resume', {}],
      ['adjust', { elapsed_ms: 10, reason: 'r' }],
    ] as const) {
      expect([action, (await clock(night, 2, action, more)).status]).toEqual([action, 409]);
    }
    expect(await finalized(night)).toMatchObject({ result: { method: 'KO', round_id: 2, time_ms: 25_000 } });
  });

  it('on a knockdown of a locked round needs a note', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const [id] = await entered(night, 1, [{ event_type: 'KD', metadata: { tier: 'Hard' }, clock_ms: 5_000 }]);
    await lastBell(night, 1);
    accepted(await change(night, 'lock-round', { round_id: 1, override_reason: 'known' }));
    const slip = { kind: 'slip', round_id: 1, target_event_id: id };
    await withoutATrace(night, async () => {
      expect(refusal(await rule(night, slip))).toEqual([409, ['note']]);
      const knockdown = { kind: 'knockdown', round_id: 1, fighter_id: 'fighter1' };
      expect(refusal(await rule(night, knockdown))).toEqual([409, ['note']]);
    });
    await ruled(night, { ...slip, note: 'the footage shows it' });
  });

  it('does not count one knockdown twice, as a tap and by itself, without a note', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const untapped = { kind: 'knockdown', round_id: 1, fighter_id: 'fighter1' };
    const [id] = await entered(night, 1, [{ event_type: 'KD', metadata: { tier: 'Hard' }, clock_ms: 5_000 }]);
    expect(refusal(await rule(night, untapped))).toEqual([409, ['note']]);
    // The other corner's is another.
    await ruled(night, { ...untapped, fighter_id: 'fighter2' });
    await ruled(night, { ...untapped, note: 'a second one' });
    const tapped = { kind: 'knockdown', round_id: 1, target_event_id: id };
    expect(refusal(await rule(night, tapped))).toEqual([409, ['note']]);
    await ruled(night, { ...tapped, note: 'the first one' });
  });

  it('takes points for a foul once', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const body = { round_id: 1, fighter_id: 'fighter1' };
    const foul = await ruled(night, { kind: 'foul', ...body, foul: 'groin', intent: 'accidental' });
    const deduction = { kind: 'deduction', ...body, target_event_id: foul, points: 1 };
    const first = await ruled(night, deduction);
    expect(refusal(await rule(night, deduction))).toEqual([409, ['target_event_id']]);
    await ruled(night, { kind: 'rescind', round_id: 1, target_event_id: first, note: 'two points' });
    await ruled(night, { ...deduction, points: 2 });
    expect(listOf(await read(night, ''), 'rounds')[0]).toMatchObject({ deductions: { red: 2, blue: 0 } });
  });
});

describe('the rulings of a round', () => {
  it('are two hundred at most, and can be taken back beyond that', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const warning = { kind: 'warning', round_id: 1, fighter_id: 'fighter1' };
    let last = '';
    for (let i = 0; i < 200; i += 1) last = await ruled(night, warning);
    expect(refusal(await rule(night, warning))).toEqual([409, ['round_id']]);
    await ruled(night, { kind: 'rescind', round_id: 1, target_event_id: last, note: 'one too many' });
    await lastBell(night, 1);
    await firstBell(night, 2);
    await ruled(night, { ...warning, round_id: 2 });
  });

  it('are acknowledged by their own ids: another entry’s says no more than an unknown one', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const [tap = ''] = await entered(night, 1, [{ clock_ms: 5_000 }]);
    const about = async (id: string): Promise<readonly [number, string]> => {
      const body = { judge_id: 'J1', target_event_id: id };
      const { status, text } = await change(night, 'rulings/acknowledge', body, judge(night, 'J1'));
      return [status, text.replaceAll(id, 'this')];
    };
    expect((await about('unknown'))[0]).toBe(404);
    expect(await about(tap)).toEqual(await about('unknown'));
  });
});

describe('an intentional foul whose injury fair blows made worse in the same round', () => {
  /** Red fouls in the second round and cannot be let win by it. */
  async function injured(more: Json, score: string): Promise<Night> {
    const night = await openNight({ rules: { jurisdiction: 'new-york' } });
    await fought(night, 1);
    await firstBell(night, 2);
    const foul = { kind: 'foul', round_id: 2, fighter_id: 'fighter1', foul: 'eye_gouge', intent: 'intentional' };
    const target_event_id = await ruled(night, foul);
    await clockAt(night, 2, 9_000);
    await ruled(night, { kind: 'stoppage', round_id: 2, target_event_id, time_ms: 9_000, ...more });
    for (const round of [1, 2]) await agreed(night, round, score);
    return night;
  }

  it('is a disqualification without that word', async () => {
    expect(await finalized(await injured({}, '9-10'))).toMatchObject({
      result: { winner_corner: 'blue', method: 'DQ', round_id: 2, time_ms: 9_000 },
    });
  });

  it('goes to the scorecards with it: the injured wins on them', async () => {
    const night = await injured({ aggravated: true }, '9-10');
    await signed(night, { J1: '18-20', J2: '18-20', J3: '18-20' });
    expect(await finalized(night)).toMatchObject({
      result: { winner_corner: 'blue', method: 'TD', decision: 'UD', round_id: 2, time_ms: 9_000 },
    });
  });

  it('is a draw where who fouled is ahead on them', async () => {
    const night = await injured({ aggravated: true }, '10-9');
    await signed(night, { J1: '20-18', J2: '20-18', J3: '20-18' });
    expect(await finalized(night)).toMatchObject({ result: { winner: 'Draw', method: 'DRAW', decision: null } });
  });
});
