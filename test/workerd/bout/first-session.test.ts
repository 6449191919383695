import { describe, expect, it } from 'vitest';
import { call, type Json } from '../support.ts';
import { action, listOf, log, newBout } from './support.ts';

describe('a judge who tapped on one device before the seat’s first session is opened on another', () => {
  it('loses none of those taps: a batch brings what was timed before, marked', async () => {
    const bout = await newBout();
    const phone = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1', device_id: 'phone' });
    const tablet = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1', device_id: 'tablet' });
    const mine = { judge_id: 'J1', device_id: 'phone' };
    expect(await log(bout, mine, phone)).toMatchObject({ status: 200 });
    const unsent = action(bout.boutId, { ...mine, event_id: 'unsent', timestamp_ms: Date.now() - 5_000 });
    const session: Json = { judge_session_id: 's-1', judge_id: 'J1', bout_id: bout.boutId, round_id: 1 };
    await call('POST', '/api/judge-session/create', { token: tablet, body: session });

    expect(await log(bout, mine, phone)).toMatchObject({ status: 403, json: { code: 'fenced' } });
    const later = action(bout.boutId, { ...mine, event_id: 'later', timestamp_ms: Date.now() + 60_000 });
    const batch = { bout_id: bout.boutId, events: [unsent, later] };
    const { json } = await call('POST', '/api/events/v2/batch', { token: phone, body: batch });
    expect(listOf(json, 'results')).toMatchObject([
      { status: 200, client_event_id: 'unsent' },
      { status: 403, code: 'fenced', errors: [{ field: 'events[1].device_id' }] },
    ]);
  });
});

describe('a result that is confirmed while the clock runs', () => {
  it('stops the clock where it stood', async () => {
    const bout = await newBout();
    const act = async (path: string, body: Json, token = bout.supervisor) =>
      await call('POST', `/api/bouts/${bout.boutId}/${path}`, { token, body });
    await act('clock', { action: 'start_round', round_id: 1 });
    await act('finalize', { method: 'KO', winner: 'red', round_id: 1, reason: 'he did not rise' });
    const second = await bout.token({ role: 'supervisor', subject: 'second' });
    expect(await act('finalize', { confirm: true }, second)).toMatchObject({ status: 200 });
    const { json } = await call('GET', `/api/bouts/${bout.boutId}`);
    expect(json).toMatchObject({ round_status: 'FINAL', clock: { running_since_ms: null } });
    const again = await call('GET', `/api/bouts/${bout.boutId}`);
    expect(again.json['clock']).toEqual(json['clock']);
  });
});
