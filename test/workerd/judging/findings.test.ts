import { describe, expect, it } from 'vitest';
import { change, length, listOf, log, numberOf, view } from '../bout/support.ts';
import { call, type Json } from '../support.ts';
import {
  accepted,
  BUSY,
  entered,
  evict,
  firstBell,
  fought,
  judge,
  lastBell,
  type Night,
  openNight,
  read,
  refusal,
  storedLeaf,
  submit,
} from './support.ts';

async function codes(night: Night, round = 1): Promise<readonly unknown[]> {
  return listOf(await read(night, `/findings/${round}`), 'findings').map(({ code, severity }) => [code, severity]);
}

async function lock(night: Night, more: Json = {}) {
  return await change(night, 'lock-round', { round_id: 1, ...more });
}

/** Jabs at these seconds, by the operator. */
function jabs(seconds: readonly number[]): readonly Json[] {
  return seconds.map((second) => ({ clock_ms: second * 1_000 }));
}

describe('the validator’s findings', () => {
  it('are none for a whole round, which is locked without a word', async () => {
    const night = await openNight();
    await fought(night, 1);
    expect(await codes(night)).toEqual([]);
    accepted(await lock(night));
    expect(await read(night, '/findings/1')).toMatchObject({ locked: true, findings: [] });
  });

  it('name what is missing of a round that was cut short, each in words and in figures', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    await entered(night, 1, jabs([1]));
    expect(await codes(night)).toContainEqual(['not_over', 'critical']);
    accepted(await change(night, 'clock', { action: 'end_round', round_id: 1 }, night.timekeeper));
    expect(await codes(night)).toEqual([
      ['round_length', 'critical'],
      ['too_few_actions', 'critical'],
      ['too_few_human', 'critical'],
    ]);
    expect(await read(night, '/findings/1')).toMatchObject({
      findings: [
        { detail: expect.stringContaining('0:30'), facts: { length_ms: 30_000 } },
        { detail: expect.stringContaining('at least 5'), facts: { count: 1, least: 5 } },
        { detail: expect.stringContaining('at least 2'), facts: { count: 1, least: 2 } },
      ],
    });
  });

  it('name a minute in which nobody logged, unless somebody was held', async () => {
    const night = await openNight({ round_length_s: 120 });
    await firstBell(night, 1);
    await entered(night, 1, jabs([5, 10, 15, 20, 95, 110]));
    await lastBell(night, 1, 120_000);
    expect(await codes(night)).toEqual([['human_gap', 'critical']]);
    expect(await read(night, '/findings/1')).toMatchObject({
      findings: [{ facts: { gaps: [{ from_ms: 20_000, to_ms: 95_000 }] } }],
    });
    const held = { event_type: 'Control Start', metadata: { control: 'top' }, clock_ms: 20_000 };
    await entered(night, 1, [held, { ...held, event_type: 'Control Stop', clock_ms: 95_000 }]);
    expect(await codes(night)).toEqual([['human_gap', 'warning']]);
    accepted(await lock(night));
  });

  it('warn of knockdowns that nobody ruled on and of control that nobody closed, and lock all the same', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const [, ...more] = BUSY;
    await entered(night, 1, [
      ...more,
      { event_type: 'KD', metadata: { tier: 'Hard' }, clock_ms: 5_000 },
      { event_type: 'Control Start', metadata: { control: 'top' }, clock_ms: 20_000 },
    ]);
    await lastBell(night, 1);
    expect(await codes(night)).toEqual([
      ['open_control', 'warning'],
      ['pending_knockdown', 'warning'],
    ]);
    accepted(await lock(night));
  });

  it('name a device that keeps something back, by its own word or by its own numbers', async () => {
    const night = await openNight();
    await fought(night, 1);
    const body = {
      judge_session_id: `s-${night.boutId}`,
      judge_id: 'J1',
      bout_id: night.boutId,
      round_id: 1,
      last_event_sequence: 0,
      session_state: 'OPEN',
      unsent_event_queue: [{ event_type: 'Jab' }],
      device_id: 'tablet',
    };
    const report = async (queue: readonly Json[]) =>
      accepted(
        await call('POST', '/api/judge-session/create', {
          token: judge(night, 'J1'),
          body: { ...body, unsent_event_queue: queue },
        }),
      );
    await report([{ event_type: 'Jab' }]);
    expect(await codes(night)).toEqual([['unsent_device', 'critical']]);
    await report([]);
    expect(await codes(night)).toEqual([]);
    for (const device_seq of [1, 4])
      await entered(night, 1, [{ clock_ms: 20_000 + device_seq, device_seq, device_epoch: 0 }]);
    expect(await read(night, '/findings/1')).toMatchObject({
      findings: [{ code: 'unsent_device', facts: { device: 'd-olga', count: 2, why: 'sequence_gap' } }],
    });
  });

  it('count what stands: not what was taken back', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const ids = await entered(night, 1, jabs([2, 6, 10, 14, 18]));
    await lastBell(night, 1);
    expect(await codes(night)).toEqual([]);
    const undo = { bout_id: night.boutId, target_event_id: ids[0] };
    accepted(await call('POST', '/api/events/v2/void', { token: night.operator, body: undo }));
    expect(await codes(night)).toEqual([['too_few_actions', 'critical']]);
  });

  it('go by what the bout was set up with', async () => {
    const lenient = await openNight({ validator: { min_actions: 1, min_human: 0 } });
    const strict = await openNight({ validator: { min_actions: 8, max_human_gap_ms: 5_000 } });
    for (const night of [lenient, strict]) {
      await firstBell(night, 1);
      await entered(night, 1, night === lenient ? jabs([10]) : BUSY);
      await lastBell(night, 1);
      await evict(night);
    }
    expect(await codes(lenient)).toEqual([]);
    accepted(await lock(lenient));
    expect(await codes(strict)).toEqual([['too_few_actions', 'critical']]);
    expect((await lock(strict)).status).toBe(409);
  });

  it('are a supervisor’s to read; reading writes nothing, and there are none of a round that there is not', async () => {
    const night = await openNight();
    const before = await length(night);
    const path = `/api/bouts/${night.boutId}/findings`;
    for (const token of [judge(night, 'J1'), night.operator, night.referee, night.timekeeper]) {
      expect((await call('GET', `${path}/1`, { token })).status).toBe(403);
    }
    expect((await call('GET', `${path}/1`)).status).toBe(401);
    expect(refusal(await call('GET', `${path}/4`, { token: night.supervisor }))).toEqual([404, ['round_id']]);
    expect(refusal(await call('GET', `${path}/0`, { token: night.supervisor }))).toEqual([400, ['round_id']]);
    await read(night, '/findings/1');
    expect(await length(night)).toBe(before);
  });
});

describe('a lock that the findings block', () => {
  it('names each critical one and writes nothing; the override keeps them and its reason in the ledger', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    await entered(night, 1, jabs([10]));
    await lastBell(night, 1);
    const before = await length(night);
    const blocked = await lock(night);
    expect(blocked).toMatchObject({
      status: 409,
      json: {
        errors: [
          { field: 'round_id', detail: expect.stringMatching(/^too_few_actions: /) },
          { field: 'round_id', detail: expect.stringMatching(/^too_few_human: /) },
        ],
      },
    });
    expect(await length(night)).toBe(before);
    expect(refusal(await lock(night, { override_reason: ' ' }))).toEqual([400, ['override_reason']]);
    const locked = accepted(await lock(night, { override_reason: 'nothing happened, both stood off' }));
    await evict(night);
    const leaf = await storedLeaf(night, numberOf(locked, 'sequence_index'));
    expect(JSON.parse(leaf)).toMatchObject({
      payload: {
        type: 'lock_round',
        override_reason: 'nothing happened, both stood off',
        findings: [
          { code: 'too_few_actions', severity: 'critical' },
          { code: 'too_few_human', severity: 'critical' },
        ],
      },
    });
    expect(await view(night)).toMatchObject({ rounds: [{ status: 'LOCKED' }] });
  });

  it('holds up no scorecard and no signature', async () => {
    const night = await openNight({ scheduled_rounds: 1 });
    await firstBell(night, 1);
    await lastBell(night, 1);
    expect((await lock(night)).status).toBe(409);
    accepted(await submit(night, 'J1', 1, '10-9'));
    accepted(await change(night, 'scorecards/sign', { judge_id: 'J1', red: 10, blue: 9 }, judge(night, 'J1')));
  });

  it('is not asked again when late entries are let in', async () => {
    const night = await openNight();
    await log(night);
    accepted(await lock(night, { override_reason: 'a short log' }));
    await log(night);
    accepted(await lock(night, { include_late: true, override_reason: 'the laptop came late' }));
    expect(refusal(await lock(night, { override_reason: 'again' }))).toEqual([409, ['round_id']]);
  });
});
