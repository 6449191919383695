import { describe, expect, it } from 'vitest';
import { change } from '../bout/support.ts';
import {
  accepted,
  agreed,
  clock,
  clockAt,
  final,
  finalized,
  firstBell,
  fought,
  type Night,
  openNight,
  read,
  refusal,
  rule,
  ruled,
  scored,
  sign,
  signed,
  submit,
  withoutATrace,
} from './support.ts';

/** An accidental foul by blue, after which red cannot go on. */
async function stoppedByFoul(night: Night, round: number, intent = 'accidental'): Promise<void> {
  const body = { kind: 'foul', round_id: round, fighter_id: 'fighter2', foul: 'eye_gouge', intent };
  const target_event_id = await ruled(night, body);
  await clockAt(night, round, 12_000);
  await ruled(night, { kind: 'stoppage', round_id: round, target_event_id, time_ms: 12_000 });
}

async function result(night: Night): Promise<unknown> {
  return (await read(night, ''))['result'];
}

describe('a bout that an accidental foul ends', () => {
  it('in a late round goes to the scorecards, the round that was stopped included: technical decision', async () => {
    const night = await openNight();
    await fought(night, 1);
    await fought(night, 2);
    await scored(night, 1, { J1: '10-9', J2: '10-9', J3: '9-10' });
    await scored(night, 2, { J1: '9-10', J2: '9-10', J3: '9-10' });
    await firstBell(night, 3);
    await stoppedByFoul(night, 3);
    // The partial round is scored like any other.
    expect(refusal(await change(night, 'finalize', {}))).toEqual([409, ['method']]);
    await scored(night, 3, { J1: '10-9', J2: '10-9', J3: '10-9' });
    await signed(night, { J1: '29-28', J2: '29-28', J3: '28-29' });
    for (const departure of [
      { time_ms: 12_001 },
      { round_id: 2 },
      { method: 'DRAW' },
      { method: 'KO', winner: 'red' },
    ]) {
      const field = departure.method === 'DRAW' ? 'method' : 'reason';
      expect([departure, refusal(await change(night, 'finalize', departure))]).toEqual([departure, [409, [field]]]);
    }
    expect(await finalized(night)).toMatchObject({
      result: { status: 'official', winner_corner: 'red', method: 'TD', decision: 'SD', round_id: 3, time_ms: 12_000 },
    });
    expect(await final(night)).toMatchObject({ winner: 'Red Fighter' });
  });

  it('leaves the round that was stopped out where the jurisdiction does: level, a technical draw', async () => {
    const night = await openNight({ rules: { accidental_foul: { score_partial_round: false } } });
    await fought(night, 1);
    await fought(night, 2);
    await agreed(night, 1, '10-9');
    await agreed(night, 2, '9-10');
    await firstBell(night, 3);
    await stoppedByFoul(night, 3);
    await signed(night, { J1: '19-19', J2: '19-19', J3: '19-19' });
    expect(await finalized(night)).toMatchObject({
      result: { winner: 'Draw', method: 'DRAW', decision: 'D-U', round_id: 3, time_ms: 12_000 },
    });
  });

  it('in an early round is a no contest, whatever the scorecards say', async () => {
    const night = await openNight();
    await fought(night, 1);
    await agreed(night, 1, '10-8');
    await firstBell(night, 2);
    await stoppedByFoul(night, 2);
    expect(await finalized(night)).toMatchObject({
      result: { winner: 'No Contest', winner_corner: null, method: 'NC', decision: null, round_id: 2 },
    });
    expect(await final(night)).toMatchObject({ winner: 'No Contest' });
  });

  it('by intent is lost by who fouled', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    await stoppedByFoul(night, 1, 'intentional');
    expect(await finalized(night)).toMatchObject({
      result: { winner_corner: 'red', method: 'DQ', round_id: 1, time_ms: 12_000 },
    });
  });

  it('waits until it is ruled whether the foul was intended', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const target_event_id = await ruled(night, { kind: 'foul', round_id: 1, fighter_id: 'fighter2' });
    await ruled(night, { kind: 'stoppage', round_id: 1, target_event_id, time_ms: 1_000 });
    expect(refusal(await change(night, 'finalize', {}))).toEqual([409, ['intent']]);
  });
});

describe('a stoppage', () => {
  it('ends the clock, needs no scorecards and gives the result with its official time', async () => {
    const night = await openNight();
    await fought(night, 1);
    await agreed(night, 1, '9-10');
    await firstBell(night, 2);
    await clockAt(night, 2, 21_000);
    await ruled(night, { kind: 'stoppage', round_id: 2, method: 'KO', fighter_id: 'fighter1', time_ms: 21_000 });
    expect(await read(night, '')).toMatchObject({ round_id: 2, round_status: 'ENDED' });
    expect(refusal(await clock(night, 3, 'start_round'))).toEqual([409, ['round_id']]);
    // The stopped round of a knockout is not signed for: it need not be scored.
    accepted(await sign(night, 'J1', '9-10'));
    expect(await finalized(night)).toMatchObject({
      result: { winner_corner: 'red', method: 'KO', decision: null, round_id: 2, time_ms: 21_000 },
    });
  });

  it('is departed from with a reason only', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    await clockAt(night, 1, 21_000);
    await ruled(night, { kind: 'stoppage', round_id: 1, method: 'TKO', fighter_id: 'fighter1', time_ms: 21_000 });
    const departures = [
      { method: 'KO' },
      { method: 'TKO', winner: 'blue' },
      { method: 'TKO', time_ms: 20_999 },
      { method: 'TKO', round_id: 2 },
      { method: 'NC', winner: 'no_contest' },
    ];
    await withoutATrace(night, async () => {
      for (const departure of departures) {
        const body = { winner: 'red', ...departure };
        expect([departure, refusal(await change(night, 'finalize', body))]).toEqual([departure, [409, ['reason']]]);
      }
      // By the scorecards there is nothing to decide, whatever the reason.
      const decision = { method: 'DEC', reason: 'the crowd' };
      expect(refusal(await change(night, 'finalize', decision))).toEqual([409, ['method']]);
    });
    accepted(await change(night, 'finalize', { method: 'KO', winner: 'red', reason: 'he was out' }));
    expect(await result(night)).toMatchObject({ method: 'KO', round_id: 1, proposed_by: 'sue' });
  });

  it('says how, who won and when, or the foul that caused it', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const foul = await ruled(night, { kind: 'foul', round_id: 1, fighter_id: 'fighter2', intent: 'accidental' });
    const stoppage = { kind: 'stoppage', round_id: 1, method: 'SUB', fighter_id: 'fighter2', time_ms: 5_000 };
    await clockAt(night, 1, 29_500);
    await withoutATrace(night, async () => {
      for (const [over, field] of [
        [{ method: undefined }, 'method'],
        [{ method: 'DEC' }, 'method'],
        [{ method: 'FORFEIT' }, 'method'],
        [{ fighter_id: undefined }, 'fighter_id'],
        [{ fighter_id: 'nobody' }, 'fighter_id'],
        [{ method: 'NC' }, 'fighter_id'],
        [{ time_ms: 30_001 }, 'time_ms'],
        [{ target_event_id: foul }, 'method'],
        [{ round_id: 4 }, 'round_id'],
      ] as const) {
        expect([over, refusal(await rule(night, { ...stoppage, ...over }))]).toEqual([over, [400, [field]]]);
      }
    });
    accepted(await rule(night, stoppage));
    expect(refusal(await rule(night, { ...stoppage, method: 'KO' }))).toEqual([409, ['kind']]);
  });

  it('that is rescinded lets the bout go on', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const stoppage = await ruled(night, { kind: 'stoppage', round_id: 1, method: 'KO', fighter_id: 'fighter2' });
    const rescind = { kind: 'rescind', round_id: 1, target_event_id: stoppage };
    expect(refusal(await rule(night, rescind))).toEqual([400, ['note']]);
    await ruled(night, { ...rescind, note: 'it was after the bell' });
    await firstBell(night, 2);
    expect(await read(night, '/scorecards')).toMatchObject({
      rulings: [{ kind: 'stoppage', method: 'KO', corner: 'blue', rescinded: true }],
      computed: null,
    });
  });
});

describe('a result by the scorecards', () => {
  it('of cards that are level is a majority draw where two of three judges have it even', async () => {
    const night = await openNight({ scheduled_rounds: 1 });
    await fought(night, 1);
    await scored(night, 1, { J1: '10-10', J2: '10-10', J3: '10-9' });
    await signed(night, { J1: '10-10', J2: '10-10', J3: '10-9' });
    expect(await finalized(night)).toMatchObject({ result: { winner: 'Draw', method: 'DRAW', decision: 'D-M' } });
  });

  it('has a point that was taken off every scorecard: 10-9 becomes 9-9', async () => {
    const night = await openNight({ scheduled_rounds: 1 });
    await fought(night, 1);
    await scored(night, 1, { J1: '10-9', J2: '10-9', J3: '9-10' });
    const foul = await ruled(night, { kind: 'foul', round_id: 1, fighter_id: 'fighter1', foul: 'groin' });
    await ruled(night, { kind: 'deduction', round_id: 1, fighter_id: 'fighter1', target_event_id: foul, points: 1 });
    expect(refusal(await sign(night, 'J1', '10-9'))).toEqual([409, ['red']]);
    await signed(night, { J1: '9-9', J2: '9-9', J3: '8-10' });
    expect(await finalized(night)).toMatchObject({ result: { winner: 'Draw', decision: 'D-M' } });
  });

  it('is called another by a reason only', async () => {
    const night = await openNight({ scheduled_rounds: 1 });
    await fought(night, 1);
    await agreed(night, 1, '10-9');
    await signed(night, { J1: '10-9', J2: '10-9', J3: '10-9' });
    expect(refusal(await change(night, 'finalize', { method: 'TD' }))).toEqual([409, ['reason']]);
    expect(refusal(await change(night, 'finalize', { method: 'DRAW' }))).toEqual([409, ['method']]);
    const knockout = { method: 'KO', winner: 'red' };
    expect(refusal(await change(night, 'finalize', knockout))).toEqual([400, ['round_id']]);
    expect(refusal(await change(night, 'finalize', { ...knockout, round_id: 1 }))).toEqual([409, ['reason']]);
    expect(await finalized(night)).toMatchObject({ result: { winner_corner: 'red', method: 'DEC', decision: 'UD' } });
  });

  it('is not changed by a round that nobody fought', async () => {
    const night = await openNight();
    await fought(night, 1);
    await agreed(night, 1, '10-9');
    // Two rounds are missing: nobody signs for a bout that has not been fought to its end.
    expect(refusal(await sign(night, 'J1', '10-9'))).toEqual([409, ['judge_id']]);
    expect(refusal(await submit(night, 'J1', 4, '10-9'))).toEqual([400, ['round_id']]);
  });
});
