import { describe, expect, it } from 'vitest';
import { type Answer, call, freshId, type Json, textOf } from '../support.ts';
import { change, length, listOf, log, newBout, objectOf, type TestBout, verify } from './support.ts';

async function correct(bout: TestBout, body: Json, token = bout.supervisor): Promise<Answer> {
  return await call('POST', '/api/events/v2/void', { token, body: { bout_id: bout.boutId, ...body } });
}

async function damage(bout: TestBout, corner: 'red' | 'blue' = 'red', token = bout.supervisor): Promise<unknown> {
  const live = await call('GET', `/api/live/${bout.boutId}`, { token });
  return objectOf(live.json, `${corner}_totals`)['damage'];
}

async function logged(bout: TestBout, over: Json = {}, token = bout.supervisor): Promise<string> {
  const answer = await log(bout, over, token);
  expect(answer.status).toBe(200);
  return textOf(answer.json, 'event_id');
}

describe('an undo', () => {
  it('takes the action out of the totals and leaves it in the ledger, marked', async () => {
    const bout = await newBout();
    const first = await logged(bout, { event_type: 'Cross' });
    await logged(bout);
    expect(await damage(bout)).toBe(0.12);
    const answer = await correct(bout, { target_event_id: first, reason: 'the wrong fighter' });
    expect(answer).toMatchObject({ status: 200, json: { success: true, is_duplicate: false, event_hash: null } });
    expect(await damage(bout)).toBe(0.05);
    const events = await call('GET', `/api/events/v2/${bout.boutId}/1`, { token: bout.supervisor });
    expect(events.json).toMatchObject({
      total_events: 2,
      events: [{ event_id: first, voided: true }, { voided: false }],
    });
    expect(await verify(bout)).toMatchObject({ chain_valid: true });
  });

  it('under one event_id happens once; of what is taken back already it is a conflict', async () => {
    const bout = await newBout();
    const target = await logged(bout);
    const body = { target_event_id: target, event_id: freshId('e') };
    const answers = await Promise.all([correct(bout, body), correct(bout, body), correct(bout, body)]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409]);
    for (const answer of answers) expect(answer.json).toMatchObject({ success: true, event_id: body.event_id });
    expect(await correct(bout, { ...body, reason: 'other' })).toMatchObject({
      status: 409,
      json: { success: false, code: 'conflict', errors: [{ field: 'event_id' }] },
    });
    expect(await correct(bout, { target_event_id: target })).toMatchObject({
      status: 409,
      json: { success: false, errors: [{ field: 'target_event_id' }] },
    });
    expect(await length(bout)).toBe(4);
  });

  it('is for who logged it or a supervisor', async () => {
    const bout = await newBout();
    const jane = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
    const john = await bout.token({ role: 'judge', subject: 'john', judge_id: 'J2' });
    const olga = await bout.token({ role: 'operator', subject: 'olga' });
    const otto = await bout.token({ role: 'operator', subject: 'otto' });
    const janes = await logged(bout, { judge_id: 'J1', device_id: 'd1' }, jane);
    const olgas = await logged(bout, { judge_id: 'olga', device_id: 'd2' }, olga);
    for (const token of [john, olga, otto]) {
      expect(await correct(bout, { target_event_id: janes }, token)).toMatchObject({ status: 403 });
    }
    for (const token of [jane, otto])
      expect(await correct(bout, { target_event_id: olgas }, token)).toMatchObject({ status: 403 });
    expect(await correct(bout, { target_event_id: janes }, jane)).toMatchObject({ status: 200 });
    expect(await correct(bout, { target_event_id: olgas })).toMatchObject({ status: 200 });
  });

  it('has an action for its target, and nothing else', async () => {
    const bout = await newBout();
    const start = await change(bout, 'clock', { action: 'start_round', round_id: 1 });
    const target = await logged(bout);
    const undo = await correct(bout, { target_event_id: target });
    for (const id of ['nothing', textOf(start.json, 'event_id'), textOf(undo.json, 'event_id')]) {
      expect(await correct(bout, { target_event_id: id })).toMatchObject({
        status: 404,
        json: { errors: [{ field: 'target_event_id' }] },
      });
    }
  });

  it('in a locked round needs a supervisor and a reason', async () => {
    const bout = await newBout();
    const jane = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
    const target = await logged(bout, { judge_id: 'J1', device_id: 'd1' }, jane);
    const lock = { round_id: 1, override_reason: 'nothing more was logged' };
    expect(await change(bout, 'lock-round', lock)).toMatchObject({ status: 200 });
    expect(await correct(bout, { target_event_id: target, reason: 'r' }, jane)).toMatchObject({ status: 409 });
    expect(await correct(bout, { target_event_id: target })).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'reason' }] },
    });
    expect(await correct(bout, { target_event_id: target, reason: 'r' })).toMatchObject({ status: 200 });
  });
});

describe('a replacement', () => {
  it('stands where the action stood, with what it does not say left as it was', async () => {
    const bout = await newBout();
    const target = await logged(bout, { event_type: 'Cross', metadata: { significant: true }, clock_ms: 61_000 });
    expect(await damage(bout)).toBe(0.14);
    const answer = await correct(bout, { target_event_id: target, replacement: { fighter_id: 'fighter2' } });
    expect(answer.status).toBe(200);
    expect([await damage(bout), await damage(bout, 'blue')]).toEqual([0, 0.14]);
    const events = await call('GET', `/api/events/v2/${bout.boutId}/1`, { token: bout.supervisor });
    expect(listOf(events.json, 'events')).toMatchObject([
      { event_id: target, voided: true },
      { event_type: 'Cross', fighter_id: 'fighter2', clock_ms: 61_000, metadata: { significant: true }, voided: false },
    ]);
    expect(await verify(bout)).toMatchObject({ chain_valid: true });
  });

  it('counts for who saw the action, whoever mends it', async () => {
    const bout = await newBout();
    const jane = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
    const target = await logged(bout, { judge_id: 'J1', device_id: 'd1' }, jane);
    await logged(bout, { judge_id: 'J1', device_id: 'd1' }, jane);
    expect(await correct(bout, { target_event_id: target, replacement: { event_type: 'Hook' } })).toMatchObject({
      status: 200,
    });
    // Were it the supervisor's own, the supervisor would be the observer that counts, and the jab would not.
    expect(await damage(bout)).toBe(0.12);
  });

  it('can be taken back and replaced in its turn', async () => {
    const bout = await newBout();
    const target = await logged(bout);
    const second = await correct(bout, { target_event_id: target, replacement: { event_type: 'Hook' } });
    const third = await correct(bout, {
      target_event_id: textOf(second.json, 'event_id'),
      replacement: { event_type: 'KD', metadata: { tier: 'Hard' } },
    });
    expect(await damage(bout)).toBe(0.7);
    expect(await correct(bout, { target_event_id: textOf(third.json, 'event_id') })).toMatchObject({ status: 200 });
    expect(await damage(bout)).toBe(0);
    expect(await correct(bout, { target_event_id: target })).toMatchObject({ status: 409 });
  });

  it('with something that makes no sense is refused and takes nothing back', async () => {
    const bout = await newBout();
    const target = await logged(bout);
    const end = await length(bout);
    for (const [replacement, field] of [
      [{ event_type: 'Tickle' }, 'event_type'],
      [{ fighter_id: 'nobody' }, 'fighter_id'],
      [{ event_type: 'KD', metadata: { tier: 'Enormous' } }, 'metadata.tier'],
    ] as const) {
      const answer = await correct(bout, { target_event_id: target, replacement });
      expect(answer).toMatchObject({ status: 400, json: { code: 'bad_request' } });
      expect(JSON.stringify(answer.json['errors'])).toContain(field);
    }
    expect(await length(bout)).toBe(end);
    expect(await damage(bout)).toBe(0.05);
  });

  it('keeps to the corners and aspects of who mends', async () => {
    const bout = await newBout();
    const token = await bout.token({ role: 'operator', subject: 'olga', corners: ['red'], aspects: ['damage'] });
    const target = await logged(bout, { judge_id: 'olga', device_id: 'd2' }, token);
    const blue = await correct(bout, { target_event_id: target, replacement: { fighter_id: 'fighter2' } }, token);
    expect(blue).toMatchObject({ status: 403, json: { errors: [{ field: 'replacement.fighter_id' }] } });
    const hold = await correct(
      bout,
      { target_event_id: target, replacement: { event_type: 'Takedown Landed' } },
      token,
    );
    expect(hold).toMatchObject({ status: 403, json: { errors: [{ field: 'replacement.event_type' }] } });
  });
});
