import { describe, expect, it } from 'vitest';
import { change, view } from '../bout/support.ts';
import {
  accepted,
  agreed,
  clock,
  clockAt,
  firstBell,
  fought,
  lastBell,
  type Night,
  openNight,
  read,
  refusal,
  rule,
  ruled,
  sign,
  signed,
  submit,
} from './support.ts';

/** A result holds to the record that it was read from. */

const STOPPED = { kind: 'stoppage', round_id: 1, fighter_id: 'fighter1', method: 'TKO', time_ms: 1_000 } as const;

async function confirm(night: Night) {
  return await change(night, 'finalize', { confirm: true }, night.second);
}

/** The result stays what it was: proposed. */
async function isRefused(night: Night): Promise<void> {
  expect(refusal(await confirm(night))).toEqual([409, ['confirm']]);
  expect(await view(night)).toMatchObject({ result: { status: 'pending' } });
}

/** A bout of one round, scored 10-9 and signed for. */
async function wonOnPoints(): Promise<Night> {
  const night = await openNight({ scheduled_rounds: 1 });
  await fought(night, 1);
  await agreed(night, 1, '10-9');
  await signed(night, { J1: '10-9', J2: '10-9', J3: '10-9' });
  return night;
}

describe('a proposed result is not confirmed', () => {
  it('once its stoppage was rescinded and another was ruled', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const knockout = await ruled(night, STOPPED);
    accepted(await change(night, 'finalize', {}));
    await ruled(night, { kind: 'rescind', round_id: 1, target_event_id: knockout, note: 'it was a foul' });
    await isRefused(night);
    await ruled(night, { ...STOPPED, method: 'DQ' });
    await isRefused(night);
    const anew = accepted(await change(night, 'finalize', {}));
    const read = { confirm: true, proposal_index: anew['sequence_index'] };
    accepted(await change(night, 'finalize', read, night.second));
    expect(await view(night)).toMatchObject({ result: { status: 'official', winner_corner: 'red', method: 'DQ' } });
  });

  it('that departed from the record with a reason, once that record is another', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const knockout = await ruled(night, STOPPED);
    accepted(await change(night, 'finalize', { method: 'SUB', reason: 'he tapped as he fell' }));
    await ruled(night, { kind: 'rescind', round_id: 1, target_event_id: knockout, note: 'the other corner' });
    await ruled(night, { ...STOPPED, method: 'KO', fighter_id: 'fighter2' });
    await isRefused(night);
  });

  it('once the same stoppage has another time', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const knockout = await ruled(night, STOPPED);
    accepted(await change(night, 'finalize', {}));
    await ruled(night, { kind: 'rescind', round_id: 1, target_event_id: knockout, note: 'misread' });
    await ruled(night, { ...STOPPED, time_ms: 900 });
    await isRefused(night);
  });

  it('once a deduction has undone the signatures, though the winner is the same', async () => {
    const night = await openNight({ scheduled_rounds: 1 });
    await fought(night, 1);
    await agreed(night, 1, '10-8');
    await signed(night, { J1: '10-8', J2: '10-8', J3: '10-8' });
    accepted(await change(night, 'finalize', {}));
    await ruled(night, { kind: 'deduction', round_id: 1, fighter_id: 'fighter1', points: 1 });
    expect(await read(night, '/scorecards')).toMatchObject({ computed: { winner: 'red', decision: 'UD' } });
    await isRefused(night);
  });

  it('by word alone, once the scorecards say anything', async () => {
    const night = await openNight({ scheduled_rounds: 1 });
    await fought(night, 1);
    const word = { method: 'TKO', winner: 'red', round_id: 1, reason: 'the corner threw the towel' };
    accepted(await change(night, 'finalize', word));
    await agreed(night, 1, '9-10');
    await isRefused(night);
  });

  it('as a draw without the extension round that is due, once a scorecard or that round makes it another', async () => {
    const night = await openNight({ sport: 'kickboxing', rules: { jurisdiction: 'glory' } });
    for (const round of [1, 2, 3]) {
      await fought(night, round);
      await agreed(night, round, '10-10');
    }
    const declined = { method: 'DRAW', reason: 'both corners declined to go on' };
    accepted(await change(night, 'finalize', declined));
    accepted(await change(night, 'scorecards/reopen', { judge_id: 'J1', round_id: 3, reason: 'the corners' }));
    await isRefused(night);
    accepted(await submit(night, 'J1', 3, '10-9'));
    // Level still, but no longer by every judge.
    expect(await read(night, '/scorecards')).toMatchObject({ extension_due: true });
    await isRefused(night);
    accepted(await change(night, 'scorecards/reopen', { judge_id: 'J1', round_id: 3, reason: 'the corners' }));
    accepted(await submit(night, 'J1', 3, '10-10'));
    await firstBell(night, 4);
    await isRefused(night);
  });

  it('and is once the record is what it was', async () => {
    const night = await wonOnPoints();
    accepted(await change(night, 'finalize', {}));
    const warned = { kind: 'warning', round_id: 1, fighter_id: 'fighter1' };
    await ruled(night, warned);
    const taken = await ruled(night, { ...warned, kind: 'deduction', points: 1 });
    await isRefused(night);
    await ruled(night, { kind: 'rescind', round_id: 1, target_event_id: taken, note: 'no foul' });
    await signed(night, { J1: '10-9', J2: '10-9', J3: '10-9' });
    accepted(await confirm(night));
  });
});

describe('a stoppage that nobody ruled', () => {
  it('takes a winner, a round and a reason', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const said = { winner: 'blue', round_id: 1, time_ms: 500, reason: 'the referee lost the tablet' };
    for (const method of ['KO', 'TKO', 'SUB']) {
      for (const [without, status] of [
        ['winner', 400],
        ['round_id', 400],
        ['reason', 409],
      ] as const) {
        const answer = await change(night, 'finalize', { method, ...said, [without]: undefined });
        expect([method, without, ...refusal(answer)]).toEqual([method, without, status, [without]]);
      }
    }
    for (const body of [
      { method: 'DQ', winner: 'red' },
      { method: 'FORFEIT', winner: 'red' },
      { method: 'NC', winner: 'no_contest' },
    ]) {
      expect([body, refusal(await change(night, 'finalize', body))]).toEqual([body, [409, ['reason']]]);
    }
    accepted(await change(night, 'finalize', { method: 'KO', ...said }));
    accepted(await confirm(night));
    expect(await view(night)).toMatchObject({ result: { status: 'official', winner_corner: 'blue', method: 'KO' } });
  });

  it('gives a decision after the distance no round and no time of its own without a reason', async () => {
    const night = await wonOnPoints();
    for (const when of [{ round_id: 1 }, { time_ms: 5_000 }]) {
      expect([when, refusal(await change(night, 'finalize', when))]).toEqual([when, [409, ['reason']]]);
    }
  });
});

describe('while a round is on', () => {
  it('no scorecards are signed and none decide, however many are in', async () => {
    const night = await openNight({ scheduled_rounds: 2 });
    await fought(night, 1);
    await firstBell(night, 2);
    await agreed(night, 1, '10-9');
    await agreed(night, 2, '10-9');
    const waits = async (): Promise<void> => {
      expect(refusal(await change(night, 'finalize', { reason: 'early' }))).toEqual([409, ['round_id']]);
      expect(refusal(await sign(night, 'J1', '20-18'))).toEqual([409, ['judge_id']]);
    };
    await waits();
    accepted(await clock(night, 2, 'pause'));
    await waits();
    accepted(await clock(night, 2, 'resume'));
    await lastBell(night, 2);
    await signed(night, { J1: '20-18', J2: '20-18', J3: '20-18' });
    accepted(await change(night, 'finalize', {}));
  });

  it('nor with scorecards of rounds that have not begun', async () => {
    const night = await openNight();
    await fought(night, 1);
    for (const round of [1, 2, 3]) await agreed(night, round, '10-9');
    expect(refusal(await sign(night, 'J1', '30-27'))).toEqual([409, ['judge_id']]);
    expect(refusal(await sign(night, 'J1', '10-9'))).toEqual([409, ['judge_id']]);
    expect(refusal(await change(night, 'finalize', {}))).toEqual([409, ['reason']]);
    // Two persons may end it with a reason: by the round that was fought and by no other.
    accepted(await change(night, 'finalize', { reason: 'the lights failed' }));
    expect(await read(night, '/scorecards')).toMatchObject({ seats: [{ total: { red: 10, blue: 9 } }, {}, {}] });
  });
});

describe('what a seat signs for', () => {
  async function stoppedInThird(scorePartialRound: boolean): Promise<Night> {
    const night = await openNight({ rules: { accidental_foul: { score_partial_round: scorePartialRound } } });
    for (const round of [1, 2]) {
      await fought(night, round);
      await agreed(night, round, '10-9');
    }
    await firstBell(night, 3);
    const foul = { kind: 'foul', round_id: 3, fighter_id: 'fighter1', foul: 'groin', intent: 'accidental' };
    const target_event_id = await ruled(night, foul);
    await clockAt(night, 3, 12_000);
    await agreed(night, 3, '7-10');
    accepted(await rule(night, { kind: 'stoppage', round_id: 3, target_event_id, time_ms: 12_000 }));
    return night;
  }

  it('is without a stopped round that the rules do not score, as the decision is', async () => {
    const night = await stoppedInThird(false);
    expect(await read(night, '/scorecards')).toMatchObject({
      computed: { winner: 'red', method: 'TD' },
      seats: [{ total: { red: 20, blue: 18 } }, {}, {}],
    });
    expect(refusal(await sign(night, 'J1', '27-28'))).toEqual([409, ['red']]);
    accepted(await sign(night, 'J1', '20-18'));
  });

  it('is with it where the rules score it', async () => {
    const night = await stoppedInThird(true);
    expect(await read(night, '/scorecards')).toMatchObject({
      computed: { winner: 'blue', method: 'TD' },
      seats: [{ total: { red: 27, blue: 28 } }, {}, {}],
    });
    accepted(await sign(night, 'J1', '27-28'));
  });
});

describe('a result by word alone is not confirmed either, once the record has', () => {
  it.each<[string, (night: Night) => Promise<unknown>]>([
    ['a foul', async (night) => await ruled(night, foul)],
    ['a scorecard', async (night) => accepted(await submit(night, 'J1', 1, '10-9'))],
  ])('%s more', async (_, happens) => {
    const night = await openNight();
    await fought(night, 1);
    const said = { method: 'DQ', winner: 'blue', round_id: 1, reason: 'repeated fouls' };
    accepted(await change(night, 'finalize', said));
    await happens(night);
    await isRefused(night);
  });
});

const foul = { kind: 'foul', round_id: 1, fighter_id: 'fighter2', intent: 'intentional' };
