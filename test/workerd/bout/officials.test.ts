import { describe, expect, it } from 'vitest';
import { type Answer, call, freshId, type Json, textOf } from '../support.ts';
import { change, length, log, newBout, numberOf, objectOf, type TestBout, view } from './support.ts';

async function clock(bout: TestBout, action: string, round = 1, over: Json = {}): Promise<Answer> {
  return await change(bout, 'clock', { action, round_id: round, ...over });
}

async function status(bout: TestBout): Promise<unknown> {
  return (await view(bout))['round_status'];
}

async function elapsed(bout: TestBout): Promise<number> {
  return numberOf(objectOf(await view(bout), 'clock'), 'elapsed_ms');
}

async function damage(bout: TestBout): Promise<unknown> {
  return objectOf(await view(bout), 'red_totals')['damage'];
}

describe('the clock of a round', () => {
  it('starts, stands, goes on and ends', async () => {
    const bout = await newBout();
    const steps = [
      ['start_round', 'IN_PROGRESS'],
      ['pause', 'PAUSED'],
      ['resume', 'IN_PROGRESS'],
      ['end_round', 'ENDED'],
    ] as const;
    for (const [action, after] of steps) {
      expect(await clock(bout, action)).toMatchObject({ status: 200, json: { message: 'Recorded' } });
      expect(await status(bout)).toBe(after);
    }
  });

  it('refuses what makes no sense now, and writes nothing', async () => {
    const bout = await newBout();
    for (const action of ['pause', 'resume', 'end_round'])
      expect(await clock(bout, action)).toMatchObject({ status: 409 });
    expect(await clock(bout, 'start_round', 2)).toMatchObject({ status: 409 });
    expect(await clock(bout, 'start_round', 4)).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'round_id' }] },
    });
    await clock(bout, 'start_round');
    const end = await length(bout);
    expect(await clock(bout, 'start_round')).toMatchObject({ status: 409 });
    expect(await clock(bout, 'start_round', 2)).toMatchObject({ status: 409 });
    expect(await clock(bout, 'resume')).toMatchObject({ status: 409 });
    expect(await clock(bout, 'adjust', 1, { elapsed_ms: 5 })).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'reason' }] },
    });
    expect(await clock(bout, 'adjust', 1, { reason: 'r' })).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'elapsed_ms' }] },
    });
    expect(await clock(bout, 'adjust', 1, { reason: 'r', elapsed_ms: 300_001 })).toMatchObject({ status: 400 });
    expect(await length(bout)).toBe(end);
  });

  it('is moved with a reason, and stands where it was moved to', async () => {
    const bout = await newBout();
    await clock(bout, 'start_round');
    await clock(bout, 'pause');
    expect(await clock(bout, 'adjust', 1, { elapsed_ms: 120_000, reason: 'read from the tape' })).toMatchObject({
      status: 200,
    });
    expect(await elapsed(bout)).toBe(120_000);
    await clock(bout, 'end_round');
    expect(await clock(bout, 'adjust', 1, { elapsed_ms: 299_000, reason: 'ended too early' })).toMatchObject({
      status: 200,
    });
    expect([await status(bout), await elapsed(bout)]).toEqual(['PAUSED', 299_000]);
    expect(await clock(bout, 'resume')).toMatchObject({ status: 200 });
  });

  it('believes a timekeeper’s own instant within a minute, and never the future', async () => {
    const bout = await newBout();
    await clock(bout, 'start_round', 1, { timestamp_ms: Date.now() - 10_000 });
    await clock(bout, 'pause', 1, { timestamp_ms: Date.now() - 4_000 });
    expect(await elapsed(bout)).toBeGreaterThanOrEqual(5_900);
    expect(await elapsed(bout)).toBeLessThan(7_000);
    await clock(bout, 'resume', 1, { timestamp_ms: Date.now() + 3_600_000 });
    await clock(bout, 'pause', 1, { timestamp_ms: Date.now() - 3_600_000 });
    expect(await elapsed(bout)).toBeLessThan(12_000);
  });

  it('takes the same delivery once', async () => {
    const bout = await newBout();
    const event_id = freshId('e');
    const answers = await Promise.all([1, 2, 3, 4].map(() => clock(bout, 'start_round', 1, { event_id })));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409, 409]);
    expect(new Set(answers.map((answer) => answer.json['chain_hash'])).size).toBe(1);
    for (const answer of answers) expect(answer.json['success']).toBe(true);
    expect(await clock(bout, 'pause', 1, { event_id })).toMatchObject({ status: 409, json: { success: false } });
    expect(await length(bout)).toBe(2);
  });
});

/** For rounds of which hardly anything was logged: without a reason the validator blocks the lock. */
const LOCK = { round_id: 1, override_reason: 'nothing more was logged' };

describe('locking a round', () => {
  it('waits for its end', async () => {
    const bout = await newBout();
    await clock(bout, 'start_round');
    // No reason in the world locks a round that is on.
    expect(await change(bout, 'lock-round', LOCK)).toMatchObject({ status: 409 });
    await clock(bout, 'end_round');
    expect(await change(bout, 'lock-round', LOCK)).toMatchObject({ status: 200 });
    expect(await status(bout)).toBe('LOCKED');
    expect(await change(bout, 'lock-round', LOCK)).toMatchObject({ status: 409 });
    expect(await clock(bout, 'resume')).toMatchObject({ status: 409 });
  });

  it('keeps what comes later as late, and lets it in with a reason', async () => {
    const bout = await newBout();
    await log(bout);
    expect(await change(bout, 'lock-round', LOCK)).toMatchObject({ status: 200 });
    expect(await log(bout, { event_type: 'Cross' })).toMatchObject({ status: 200 });
    const events = await call('GET', `/api/events/v2/${bout.boutId}/1`, { token: bout.supervisor });
    expect(events.json).toMatchObject({ total_events: 2, events: [{ flags: [] }, { flags: ['late'] }] });
    expect(await damage(bout)).toBe(0.05);
    expect(await change(bout, 'lock-round', { round_id: 1, include_late: true })).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'override_reason' }] },
    });
    const override = { round_id: 1, include_late: true, override_reason: 'the tablet was offline' };
    expect(await change(bout, 'lock-round', override)).toMatchObject({ status: 200 });
    expect(await damage(bout)).toBe(0.12);
    await log(bout, { event_type: 'Hook' });
    expect(await damage(bout)).toBe(0.12);
  });

  it('of a round that there is not is refused', async () => {
    const bout = await newBout();
    for (const round_id of [4, 20]) {
      expect(await change(bout, 'lock-round', { round_id })).toMatchObject({ status: 400 });
    }
    expect(await change(bout, 'lock-round', { round_id: 0 })).toMatchObject({ status: 400 });
  });

  it('asks nothing of the scorecards', async () => {
    const bout = await newBout();
    await log(bout);
    expect(await change(bout, 'lock-round', LOCK)).toMatchObject({ status: 200 });
    const token = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
    expect(await change(bout, 'scorecards', { judge_id: 'J1', round_id: 1, red: 10, blue: 9 }, token)).toMatchObject({
      status: 200,
    });
  });
});

describe('the referee', () => {
  it('takes points, which stand in the round', async () => {
    const bout = await newBout();
    const token = await bout.token({ role: 'referee', subject: 'rita' });
    await log(bout);
    const deduction = { kind: 'deduction', round_id: 1, fighter_id: 'fighter2', points: 1, foul: 'holding the fence' };
    expect(await change(bout, 'rulings', deduction, token)).toMatchObject({ status: 200 });
    expect((await view(bout))['rounds']).toMatchObject([{ deductions: { red: 0, blue: 1 } }]);
    for (const [missing, field] of [
      [{ points: undefined }, 'points'],
      [{ fighter_id: undefined }, 'fighter_id'],
      [{ fighter_id: 'nobody' }, 'fighter_id'],
      [{ points: 4 }, 'points'],
      [{ points: 0.5 }, 'points'],
    ] as const) {
      expect(await change(bout, 'rulings', { ...deduction, ...missing }, token)).toMatchObject({
        status: 400,
        json: { errors: [{ field }] },
      });
    }
  });

  it('confirms a knockdown, or finds that it was a slip', async () => {
    const bout = await newBout();
    const token = await bout.token({ role: 'referee', subject: 'rita' });
    const ids: string[] = [];
    for (let i = 0; i < 2; i += 1) {
      ids.push(textOf((await log(bout, { event_type: 'KD', metadata: { tier: 'Hard' } })).json, 'event_id'));
    }
    const [first, second] = ids;
    expect((await view(bout))['redline_moments']).toMatchObject([{ pending: true }, { pending: true }]);
    const ruling = { round_id: 1, fighter_id: 'fighter1' };
    const other = { ...ruling, fighter_id: 'fighter2', target_event_id: first };
    for (const kind of ['knockdown', 'slip']) {
      expect(await change(bout, 'rulings', { ...other, kind }, token)).toMatchObject({
        status: 400,
        json: { errors: [{ field: 'fighter_id' }] },
      });
    }
    // Who scored one that nobody logged has to be said.
    expect(await change(bout, 'rulings', { kind: 'knockdown', round_id: 1 }, token)).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'fighter_id' }] },
    });
    expect(
      await change(bout, 'rulings', { ...ruling, kind: 'knockdown', target_event_id: first }, token),
    ).toMatchObject({
      status: 200,
    });
    expect(await change(bout, 'rulings', { ...ruling, kind: 'slip', target_event_id: second }, token)).toMatchObject({
      status: 200,
    });
    expect((await view(bout))['redline_moments']).toMatchObject([{ pending: false }]);
    expect(await damage(bout)).toBe(0.7);
    expect(await change(bout, 'rulings', { ...ruling, kind: 'slip', target_event_id: second }, token)).toMatchObject({
      status: 409,
    });
    expect(await change(bout, 'rulings', { ...ruling, kind: 'slip' }, token)).toMatchObject({ status: 400 });
    expect(await change(bout, 'rulings', { ...ruling, kind: 'slip', target_event_id: 'none' }, token)).toMatchObject({
      status: 404,
    });
    const jab = textOf((await log(bout)).json, 'event_id');
    expect(await change(bout, 'rulings', { ...ruling, kind: 'slip', target_event_id: jab }, token)).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'target_event_id' }] },
    });
  });
});

describe('changing who sees what', () => {
  it('holds from its entry on and says what there is to change', async () => {
    const bout = await newBout();
    const url = `/api/bouts/${bout.boutId}`;
    const patch = async (body: Json) => await call('PATCH', url, { token: bout.supervisor, body });
    expect(await patch({})).toMatchObject({ status: 400 });
    expect(await patch({ reason: 'only that' })).toMatchObject({ status: 400 });
    expect(await patch({ delay_ms: -1 })).toMatchObject({ status: 400, json: { errors: [{ field: 'delay_ms' }] } });
    expect(await patch({ release_policy: { statistics: 'public' } })).toMatchObject({ status: 400 });
    const event_id = freshId('e');
    expect(await patch({ delay_ms: 7_000, event_id })).toMatchObject({ status: 200 });
    expect(await patch({ delay_ms: 7_000, event_id })).toMatchObject({ status: 409, json: { success: true } });
    expect(objectOf(await view(bout), 'bout')).toMatchObject({
      delay_ms: 7_000,
      release_policy: { statistics: 'public' },
    });
    expect(await length(bout)).toBe(2);
  });
});
