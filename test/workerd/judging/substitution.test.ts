import { beforeEach, describe, expect, it } from 'vitest';
import { openSocket, upgrade } from '../bout/socket-client.ts';
import { change, listOf, log, numberOf, objectOf } from '../bout/support.ts';
import { call, type Json } from '../support.ts';
import {
  accepted,
  agreed,
  evict,
  final,
  finalized,
  firstBell,
  fought,
  judge,
  lastBell,
  type Night,
  openNight,
  passed,
  read,
  refusal,
  scored,
  seat,
  sign,
  signed,
  withoutATrace,
} from './support.ts';

const SUBSTITUTE: Json = {
  change: 'substitute',
  judge_id: 'J2',
  person_id: 'nadia',
  person_name: 'Judge Nadia',
  from_round: 2,
  reason: 'Judge J2 is unwell',
};

let night: Night;

async function tokenOf(subject: string, more: Json = {}): Promise<string> {
  return await night.token({ role: 'judge', subject, judge_id: 'J2', ...more });
}

async function substituted(over: Json = {}): Promise<void> {
  await passed(night, 'panel', { ...SUBSTITUTE, ...over });
}

async function submitAs(token: string, round: number, more: Json = {}) {
  return await change(night, 'scorecards', { judge_id: 'J2', round_id: round, red: 10, blue: 9, ...more }, token);
}

beforeEach(async () => {
  night = await openNight();
  await fought(night, 1);
});

describe('a substitute judge', () => {
  it('is named by id to those who give out places, and to nobody else', async () => {
    const personOf = async (token: string | null): Promise<unknown> => {
      const { json } = await call('GET', `/api/bouts/${night.boutId}`, token === null ? {} : { token });
      return listOf(objectOf(json, 'bout'), 'judges')[1]?.['person_id'];
    };
    // Nobody said at set-up who sits there, and nothing is made up.
    expect(await personOf(night.supervisor)).toBeNull();
    await substituted();
    expect(await personOf(night.supervisor)).toBe('nadia');
    for (const token of [null, night.operator, night.timekeeper, night.referee, judge(night, 'J1')]) {
      expect(await personOf(token)).toBeUndefined();
    }
  });

  it('takes the seat from a second person’s confirmation on, and what was scored stands', async () => {
    await agreed(night, 1, '9-10');
    // What the former judge has scored is not scored again.
    expect(refusal(await change(night, 'panel', { ...SUBSTITUTE, from_round: 1 }))).toEqual([409, ['from_round']]);
    const index = numberOf(accepted(await change(night, 'panel', SUBSTITUTE)), 'sequence_index');
    expect(await read(night, '/scorecards')).toMatchObject({
      seats: [{}, { judge_name: 'Judge J2' }, {}],
      proposals: [{ proposal_index: index, kind: 'substitute', judge_id: 'J2', person_id: 'nadia', from_round: 2 }],
    });
    const confirmation = { proposal_index: index, accept: true };
    expect(refusal(await change(night, 'confirm', confirmation))).toEqual([403, ['proposal_index']]);
    // Until then the judge judges.
    expect((await call('GET', `/api/bouts/${night.boutId}`, { token: judge(night, 'J2') })).status).toBe(200);
    accepted(await change(night, 'confirm', confirmation, night.second));
    await fought(night, 2);
    const nadia = await tokenOf('nadia');
    accepted(await submitAs(nadia, 2));
    await evict(night);
    expect(await seat(night, 'J2', nadia)).toMatchObject({
      judge_name: 'Judge Nadia',
      rounds: [
        { round_id: 1, red: 9, blue: 10 },
        { round_id: 2, red: 10, blue: 9 },
      ],
    });
    expect(objectOf(await read(night, ''), 'bout')).toMatchObject({
      judges: [{ judge_name: 'Judge J1' }, { judge_id: 'J2', judge_name: 'Judge Nadia' }, { judge_name: 'Judge J3' }],
    });
    expect(listOf(await final(night), 'final_scores')[1]).toMatchObject({
      judge_name: 'Judge J2, Judge Nadia',
      scorecard: { round_1: '9-10', round_2: '10-9' },
    });
  });

  it('signs for the seat and its result counts', async () => {
    await agreed(night, 1, '9-10');
    await substituted();
    const nadia = await tokenOf('nadia');
    for (const round of [2, 3]) {
      await fought(night, round);
      await scored(night, round, { J1: '10-9', J3: '9-10' });
      accepted(await submitAs(nadia, round));
    }
    expect((await sign(night, 'J2', '29-28')).status).toBe(403);
    accepted(await change(night, 'scorecards/sign', { judge_id: 'J2', red: 29, blue: 28 }, nadia));
    await signed(night, { J1: '29-28', J3: '27-30' });
    expect(await finalized(night)).toMatchObject({ result: { winner_corner: 'red', decision: 'SD' } });
  });

  it('leaves no name in the ledger', async () => {
    await substituted();
    const socket = await openSocket(night.boutId, night.supervisor, '?cursor=0');
    const hello = await socket.nextOf('hello');
    expect(JSON.stringify(listOf(hello, 'entries'))).not.toContain('Judge Nadia');
    expect(JSON.stringify(hello['snapshot'])).toContain('Judge Nadia');
    socket.close();
  });

  it('is rejected, or follows another, or gives the seat back', async () => {
    const index = numberOf(accepted(await change(night, 'panel', SUBSTITUTE)), 'sequence_index');
    accepted(
      await change(night, 'confirm', { proposal_index: index, accept: false, reason: 'he is well' }, night.second),
    );
    expect(await seat(night, 'J2')).toMatchObject({ judge_name: 'Judge J2' });
    await substituted();
    await substituted({ person_id: 'omar', person_name: 'Judge Omar' });
    expect(refusal(await submitAs(await tokenOf('nadia'), 1))).toEqual([403, ['judge_id']]);
    accepted(await submitAs(await tokenOf('omar'), 1));
    await substituted({ person_id: 'person-J2', person_name: 'Judge J2, recovered' });
    accepted(await submitAs(judge(night, 'J2'), 2));
    expect(await seat(night, 'J2')).toMatchObject({ judge_name: 'Judge J2, recovered' });
  });
});

describe('a judge whose seat was given to another', () => {
  it('reads nothing of the bout any more, on whatever path', async () => {
    const old = judge(night, 'J2');
    const session = { ...SESSION, bout_id: night.boutId, judge_session_id: `s-${night.boutId}` };
    accepted(await call('POST', '/api/judge-session/create', { token: old, body: session }));
    await substituted();
    const { boutId } = night;
    for (const path of [
      `bouts/${boutId}`,
      `bouts/${boutId}/scorecards`,
      `bouts/${boutId}/recommendations`,
      `live/${boutId}`,
      `final/${boutId}`,
      `replay/${boutId}/1`,
      `events/v2/${boutId}/1`,
      `events/v2/verify/${boutId}/1`,
      `judge-session/s-${boutId}`,
    ]) {
      const answer = await call('GET', `/api/${path}`, { token: old });
      expect([path, ...refusal(answer)]).toEqual([path, 403, ['judge_id']]);
    }
    expect((await upgrade(boutId, old)).status).toBe(403);
  });

  it('writes nothing any more, from whatever device and with whatever token of the seat', async () => {
    const [old, newer] = await Promise.all([tokenOf('person-J2', { device_id: 'd2' }), tokenOf('person-J2')]);
    await substituted();
    const { boutId } = night;
    await withoutATrace(night, async () => {
      for (const token of [judge(night, 'J2'), old, newer]) {
        const own = { judge_id: 'J2', device_id: 'd2' };
        expect(refusal(await submitAs(token, 1))).toEqual([403, ['judge_id']]);
        expect(refusal(await log(night, own, token))).toEqual([403, ['judge_id']]);
        const session = { ...SESSION, bout_id: boutId, take_over: true };
        const opened = await call('POST', '/api/judge-session/create', { token, body: session });
        expect(refusal(opened)).toEqual([403, ['judge_id']]);
        const told = { judge_id: 'J2', target_event_id: 'none' };
        expect(refusal(await change(night, 'rulings/acknowledge', told, token))).toEqual([403, ['judge_id']]);
        const totals = { judge_id: 'J2', red: 10, blue: 9 };
        expect(refusal(await change(night, 'scorecards/sign', totals, token))).toEqual([403, ['judge_id']]);
      }
    });
  });

  it('loses the open socket at once, and nobody else does', async () => {
    const old = await openSocket(night.boutId, judge(night, 'J2'));
    const other = await openSocket(night.boutId, judge(night, 'J1'));
    await Promise.all([old.nextOf('hello'), other.nextOf('hello')]);
    await substituted();
    expect(await old.closed).toMatchObject({ code: 4403 });
    const nadia = await openSocket(night.boutId, await tokenOf('nadia'));
    await nadia.nextOf('hello');
    accepted(await submitAs(await tokenOf('nadia'), 1));
    expect(listOf(await nadia.nextOf('delta'), 'entries')).toMatchObject([{ kind: 'scorecard' }]);
    other.send({ type: 'time', t0: 1 });
    expect(await other.nextOf('time')).toMatchObject({ t0: 1 });
    nadia.close();
    other.close();
  });

  it('does not hold the seat’s device against the new judge', async () => {
    const phone = await tokenOf('person-J2', { device_id: 'phone' });
    const body = { ...SESSION, bout_id: night.boutId };
    accepted(await call('POST', '/api/judge-session/create', { token: phone, body }));
    await substituted();
    const tablet = await tokenOf('nadia', { device_id: 'tablet' });
    accepted(await submitAs(tablet, 1));
    accepted(await call('POST', '/api/judge-session/create', { token: tablet, body }));
    // The phone is fenced, even in the new judge's hand, until they say so.
    const again = await call('POST', '/api/judge-session/create', {
      token: await tokenOf('nadia', { device_id: 'phone' }),
      body,
    });
    expect(again).toMatchObject({ status: 403, json: { code: 'fenced' } });
  });
});

describe('a proposal of a substitute', () => {
  it('names a seat, a person, a round and a reason, by a supervisor', async () => {
    await withoutATrace(night, async () => {
      for (const [over, field] of [
        [{ judge_id: 'J9' }, 'judge_id'],
        [{ person_id: undefined }, 'person_id'],
        [{ person_id: 'two words' }, 'person_id'],
        [{ person_name: undefined }, 'person_name'],
        [{ from_round: 4 }, 'from_round'],
        [{ from_round: 0 }, 'from_round'],
        [{ reason: undefined }, 'reason'],
        [{ change: 'swap' }, 'change'],
      ] as const) {
        expect([over, refusal(await change(night, 'panel', { ...SUBSTITUTE, ...over }))]).toEqual([
          over,
          [400, [field]],
        ]);
      }
      for (const token of [judge(night, 'J2'), night.operator, night.referee, night.timekeeper]) {
        expect((await change(night, 'panel', SUBSTITUTE, token)).status).toBe(403);
      }
    });
    await substituted();
    expect(refusal(await change(night, 'panel', SUBSTITUTE))).toEqual([409, ['person_id']]);
  });

  it('is not confirmed once the result is official', async () => {
    const index = numberOf(accepted(await change(night, 'panel', SUBSTITUTE)), 'sequence_index');
    await finalized(night, { method: 'KO', winner: 'red', round_id: 1, reason: 'he did not rise' });
    const confirmation = { proposal_index: index, accept: true };
    expect((await change(night, 'confirm', confirmation, night.second)).status).toBe(404);
    expect((await change(night, 'panel', SUBSTITUTE)).status).toBe(409);
  });

  it('during a round holds from the round that is on, where it names none', async () => {
    await firstBell(night, 2);
    const { from_round: _, ...now } = SUBSTITUTE;
    accepted(await change(night, 'panel', now));
    expect(await read(night, '/scorecards')).toMatchObject({ proposals: [{ from_round: 2 }] });
    await lastBell(night, 2);
  });
});

const SESSION = {
  judge_session_id: 's-none',
  judge_id: 'J2',
  round_id: 1,
  last_event_sequence: 0,
  session_state: 'OPEN',
  unsent_event_queue: [],
};
