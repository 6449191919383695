import { describe, expect, it } from 'vitest';
import { call, type Json } from '../support.ts';
import { change, listOf, log, newBout, view } from './support.ts';

describe('a late action that a supervisor has let in', () => {
  it('still counts after it has been replaced', async () => {
    const bout = await newBout();
    await log(bout, { event_type: 'Jab', metadata: {} });
    const lock = { round_id: 1, override_reason: 'nothing more was logged' };
    expect(await change(bout, 'lock-round', lock)).toMatchObject({ status: 200 });
    const late = await log(bout, { event_type: 'Hook', metadata: {} });
    const damage = async (): Promise<unknown> => {
      const [round] = listOf(await view(bout), 'rounds');
      return round?.['red_totals'];
    };
    expect(await damage()).toMatchObject({ damage: 0.05 });
    const admission: Json = { round_id: 1, include_late: true, override_reason: 'A laptop came late.' };
    expect(await change(bout, 'lock-round', admission)).toMatchObject({ status: 200 });
    expect(await damage()).toMatchObject({ damage: 0.12 });
    const body = {
      bout_id: bout.boutId,
      target_event_id: late.json['event_id'],
      replacement: { event_type: 'Knee' },
      reason: 'It was a knee.',
    };
    expect(await call('POST', '/api/events/v2/void', { token: bout.supervisor, body })).toMatchObject({ status: 200 });
    expect(await damage()).toMatchObject({ damage: 0.1 });
  });
});
