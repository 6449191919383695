import { describe, expect, it } from 'vitest';
import { openSocket } from '../bout/socket-client.ts';
import { change, listOf, length, RELEASED_TO_ALL } from '../bout/support.ts';
import { call, type Json } from '../support.ts';
import { accepted, agreed, fought, judge, type Night, openNight, passed, scored } from '../judging/support.ts';

/**
 * What anybody may see, a judge may see on another screen: of a round whose scorecards are released to everybody, nobody
 * outside the commission sees one, nor the recommendation, before the last seat has scored it.
 */

async function get(path: string, token?: string): Promise<Json> {
  return accepted(await call('GET', path, token === undefined ? {} : { token }));
}

/** How many scorecards of each seat, of how many seats in the final results, and how many recommendations. */
async function counts(night: Night, token?: string): Promise<Json> {
  const scorecards = await get(`/api/bouts/${night.boutId}/scorecards`, token);
  const final = await get(`/api/final/${night.boutId}`, token);
  return {
    seats: listOf(scorecards, 'seats').map((seat) => listOf(seat, 'rounds').length),
    final: listOf(final, 'final_scores').length,
    advised: listOf(await get(`/api/bouts/${night.boutId}/recommendations`, token), 'rounds').length,
  };
}

async function seen(night: Night, token?: string): Promise<Json> {
  const { round_summary: summary } = await get(`/api/replay/${night.boutId}/1`, token);
  return { ...(await counts(night, token)), summary };
}

const HIDDEN = { seats: [0, 0, 0], final: 0, advised: 0 };

const NOTHING = { ...HIDDEN, summary: { winner_recommendation: null } };

async function outsiders(night: Night): Promise<readonly (string | undefined)[]> {
  const roles = ['viewer', 'broadcaster'].map(async (role) => await night.token({ role, subject: `s-${role}` }));
  return [undefined, ...(await Promise.all(roles))];
}

describe('scorecards that are released to everybody', () => {
  it('are shown to nobody outside the commission until the last seat has scored the round', async () => {
    const night = await openNight({ release_policy: RELEASED_TO_ALL });
    await fought(night, 1);
    await scored(night, 1, { J1: '10-9', J2: '9-10' });
    const others = await outsiders(night);
    for (const token of others) expect(await seen(night, token)).toMatchObject(NOTHING);
    // Nor to the judge who has not scored, who gets no replay either; who has, sees what the statistics say.
    const replay = await call('GET', `/api/replay/${night.boutId}/1`, { token: judge(night, 'J3') });
    expect([replay.status, await counts(night, judge(night, 'J3'))]).toEqual([403, HIDDEN]);
    expect(await seen(night, judge(night, 'J1'))).toMatchObject({ seats: [1, 0, 0], advised: 1 });
    expect(await seen(night, night.supervisor)).toMatchObject({ seats: [1, 1, 0], advised: 1 });
    await scored(night, 1, { J3: '10-8' });
    for (const token of others) {
      expect(await seen(night, token)).toMatchObject({
        seats: [1, 1, 1],
        final: 3,
        advised: 1,
        summary: { winner_recommendation: expect.stringMatching(/^10-/) },
      });
    }
  });

  it('are hidden again while one of them is open, of that round alone', async () => {
    const night = await openNight({ release_policy: RELEASED_TO_ALL });
    for (const round of [1, 2]) {
      await fought(night, round);
      await agreed(night, round, '10-9');
    }
    accepted(await change(night, 'scorecards/reopen', { judge_id: 'J3', round_id: 1, reason: 'the corners' }));
    expect(await seen(night)).toMatchObject({ seats: [1, 1, 1], advised: 1, summary: { winner_recommendation: null } });
  });

  it('do not wait for a seat that is recorded as empty', async () => {
    const night = await openNight({ release_policy: RELEASED_TO_ALL });
    await fought(night, 1);
    await scored(night, 1, { J1: '10-9', J2: '9-10' });
    await passed(night, 'panel', { change: 'absent', judge_id: 'J3', reason: 'taken ill' });
    expect(await seen(night)).toMatchObject({ seats: [1, 1, 0], final: 2, advised: 1 });
  });

  it('leave by no socket of the public before', async () => {
    const night = await openNight({ release_policy: RELEASED_TO_ALL });
    const socket = await openSocket(night.boutId);
    await socket.nextOf('hello');
    await fought(night, 1);
    await scored(night, 1, { J1: '10-7', J2: '10-7' });
    const late = await openSocket(night.boutId, undefined, '?cursor=0');
    const messages: Json[] = [await late.nextOf('hello')];
    const end = await length(night);
    for (let cursor = -1; cursor < end;) {
      const delta = await socket.nextOf('delta');
      messages.push(delta);
      cursor = Number(delta['cursor']);
    }
    const kinds = messages.flatMap((message) => listOf(message, 'entries')).map(({ kind }) => kind);
    expect(kinds).toContain('clock');
    expect(kinds).not.toContain('scorecard');
    expect(JSON.stringify(messages)).not.toMatch(/"blue_x10":70|"blue":7[,}]/);
    socket.close();
    late.close();
  });
});
