import { describe, expect, it } from 'vitest';
import { openSocket } from '../bout/socket-client.ts';
import { change, length, objectOf, RELEASED_TO_ALL, view } from '../bout/support.ts';
import {
  accepted,
  BUSY,
  entered,
  firstBell,
  fought,
  judge,
  lastBell,
  type Night,
  read,
  submit,
} from '../judging/support.ts';
import { call, type Json, mint } from '../support.ts';
import {
  advising,
  doors,
  leaks,
  openSealable,
  recommendationIn,
  scorecardIn,
  type Sealed,
  sealed,
  sessionOfA,
  showing,
} from './sealed.ts';

/**
 * Judge B (seat J2) wants to know what judge A (seat J1) gave round 1, or what the statistical judge makes of it,
 * before B's own scorecard is in and the round is over.
 */

type Circle = 'none' | 'commission' | 'broadcast' | 'corners' | 'public';

/** Who stands in which circle, besides the judges; each circle includes those before it. */
const CIRCLES: readonly (readonly [Circle, readonly (string | null)[]])[] = [
  ['none', ['admin']],
  ['commission', ['supervisor', 'analyst']],
  ['broadcast', ['broadcaster']],
  ['corners', ['operator', 'timekeeper', 'referee', 'camera']],
  ['public', ['viewer', null]],
];

async function tokenOf(night: Night, role: string | null): Promise<string | null> {
  if (role === null) return null;
  // An administrator's token is minted without a scope.
  return role === 'admin'
    ? (await mint({ role, subject: 'ada' })).token
    : await night.token({ role, subject: `s-${role}` });
}

/** Every door as one role finds it. */
async function seenBy(night: Night, role: string | null, session: string) {
  return await doors(night, await tokenOf(night, role), session);
}

describe.each(CIRCLES.map(([circle]) => circle))('while scorecards and recommendation are released to %s', (circle) => {
  const released = { statistics: 'public', scorecards: circle, recommendation: circle };
  const reach = CIRCLES.findIndex(([name]) => name === circle);
  // Every role where everything is released; elsewhere one of each circle, which the others are in too.
  const tried = CIRCLES.map(([, roles]) => (circle === 'public' ? roles : roles.slice(0, 1)));

  it('B finds nothing on any door: during the round, after the bell, and with an own scorecard before the bell', async () => {
    const night = await openSealable({ release_policy: released });
    const session = await sessionOfA(night);
    await firstBell(night, 1);
    await entered(night, 1, BUSY);
    const secret = await sealed(night);
    const b = judge(night, 'J2');
    const paired = await night.token({ role: 'judge', subject: 'person-J2', judge_id: 'J2', device_id: 'tablet-2' });
    for (const token of [b, paired]) expect(leaks(await doors(night, token, session), secret)).toEqual([]);
    await lastBell(night, 1);
    expect(leaks(await doors(night, b, session), secret)).toEqual([]);

    const eager = await openSealable({ release_policy: released });
    const other = await sessionOfA(eager);
    await firstBell(eager, 1);
    await entered(eager, 1, BUSY);
    const theirs = await sealed(eager);
    accepted(await submit(eager, 'J2', 1, '9-10'));
    expect(leaks(await doors(eager, judge(eager, 'J2'), other), theirs)).toEqual([]);
  });

  it('everybody else sees what that releases: the commission at once, others with the last scorecard', async () => {
    const night = await openSealable({ release_policy: released });
    const session = await sessionOfA(night);
    await firstBell(night, 1);
    await entered(night, 1, BUSY);
    const secret = await sealed(night);
    for (const [i, roles] of tried.entries()) {
      for (const role of i > 1 ? roles : []) {
        expect([role, leaks(await seenBy(night, role, session), secret)]).toEqual([role, []]);
      }
    }
    expect(showing(await seenBy(night, 'admin', session), secret)).toContain('GET /api/bouts/…/scorecards');
    await othersSubmit(night);
    // Everybody was quick, and the round is still on.
    for (const role of tried.slice(2).flatMap((roles) => roles.slice(0, 2))) {
      expect([role, leaks(await seenBy(night, role, session), secret)]).toEqual([role, []]);
    }
    await lastBell(night, 1);
    for (const [i, roles] of tried.entries()) {
      for (const role of roles) {
        const seen = await seenBy(night, role, session);
        if (i > reach) expect([role, leaks(seen, secret)]).toEqual([role, []]);
        else {
          const shown = showing(seen, secret).filter((name) => !name.includes('judge_id=J1'));
          const advised = advising(seen).filter((name) => !name.includes('judge_id=J1'));
          expect([role, shown, advised]).toEqual([
            role,
            expect.arrayContaining(['GET /api/final/…', 'GET /api/bouts/…/scorecards', 'socket?cursor=0']),
            ['GET /api/replay/…/1', 'GET /api/bouts/…/recommendations'],
          ]);
        }
      }
    }
  });

  it('afterwards B sees what that releases to judges of the recommendation, and no scorecard of A’s', async () => {
    const night = await openSealable({ release_policy: released });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    await othersSubmit(night);
    const seen = await doors(night, judge(night, 'J2'), session);
    if (reach < 3) expect(leaks(seen, secret)).toEqual([]);
    else {
      expect(showing(seen, secret)).toEqual([]);
      expect(advising(seen)).toEqual(
        expect.arrayContaining(['GET /api/replay/…/1', 'GET /api/bouts/…/recommendations']),
      );
      // Of the next round again nothing.
      const next = await nextRound(night);
      expect(leaks(await doorsOf(night, 2), next)).toEqual([]);
    }
  });

  it('once the result is official, and not while it is proposed, B sees exactly the scorecards that it releases', async () => {
    const night = await openSealable({ release_policy: released });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    await othersSubmit(night);
    const ending = { method: 'KO', winner: 'red', round_id: 1, reason: 'he did not rise' };
    accepted(await change(night, 'finalize', ending));
    expect(showing(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
    accepted(await change(night, 'finalize', { confirm: true }, night.second));
    const shown = showing(await doors(night, judge(night, 'J2'), session), secret);
    const expected = ['GET /api/final/…', 'GET /api/bouts/…/scorecards', 'socket?cursor=0'];
    expect(shown).toEqual(reach < 3 ? [] : expect.arrayContaining(expected));
  });
});

async function othersSubmit(night: Night): Promise<void> {
  for (const seat of ['J2', 'J3']) accepted(await submit(night, seat, 1, '9-10'));
}

async function nextRound(night: Night): Promise<Sealed> {
  await fought(night, 2);
  return await sealed(night, 2);
}

/** What B is told of one round; of round 1 everything is open by then. */
async function doorsOf(night: Night, round: number) {
  const token = judge(night, 'J2');
  const { boutId } = night;
  const read = async (path: string) => await call('GET', path, { token });
  const [replay, events, final, cards, advice] = await Promise.all([
    read(`/api/replay/${boutId}/${round}`),
    read(`/api/events/v2/${boutId}/${round}`),
    read(`/api/final/${boutId}`),
    read(`/api/bouts/${boutId}/scorecards`),
    read(`/api/bouts/${boutId}/recommendations`),
  ]);
  const finalScores = JSON.stringify(final.json).replaceAll('"round_1":"10-7.5"', '');
  const seats = (cards.json['seats'] as readonly Json[]).map((seat) => ({
    ...seat,
    rounds: (seat['rounds'] as readonly Json[]).filter((one) => one['round_id'] === round),
  }));
  const rounds = (advice.json['rounds'] as readonly Json[]).filter((one) => one['round_id'] === round);
  return [
    { name: 'replay', status: replay.status, text: replay.text, headers: '' },
    { name: 'events', status: events.status, text: events.text, headers: '' },
    { name: 'final', status: final.status, text: finalScores, headers: '' },
    { name: 'scorecards', status: cards.status, text: JSON.stringify({ seats }), headers: '' },
    { name: 'recommendations', status: advice.status, text: JSON.stringify({ rounds }), headers: '' },
  ];
}

describe('with a delay', () => {
  it('B is told no sooner and the audience nothing of what is not released yet', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL, delay_ms: 600_000 });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    for (const role of ['broadcaster', 'camera', 'viewer', null]) {
      const token = await tokenOf(night, role);
      for (const path of ['final/ID', 'replay/ID/1', 'bouts/ID/scorecards', 'bouts/ID/recommendations', 'live/ID']) {
        const way = `/api/${path.replace('ID', night.boutId)}`;
        const answer = await call('GET', way, token === null ? {} : { token });
        expect([role, path, scorecardIn(answer.text, secret), recommendationIn(answer.text)]).toEqual([
          role,
          path,
          [],
          [],
        ]);
      }
    }
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
    await othersSubmit(night);
    // A judge works at the table: there is no delay for what a judge may see.
    const seen = await doors(night, judge(night, 'J2'), session);
    expect([showing(seen, secret), advising(seen)]).toEqual([[], expect.arrayContaining(['GET /api/replay/…/1'])]);
  });
});

describe('B’s own socket, opened before anything happened', () => {
  it('hears nothing of A’s scorecard in any delta, nor afterwards what it was not told', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const socket = await openSocket(night.boutId, judge(night, 'J2'));
    await socket.nextOf('hello');
    await firstBell(night, 1);
    await entered(night, 1, BUSY);
    const secret = await sealed(night);
    const last = (await length(night)) - 1;
    const heard: Json[] = [];
    do heard.push(await socket.nextOf('delta'));
    while (Number(heard.at(-1)?.['to']) <= last);
    expect(leaks([{ name: 'deltas', status: 101, text: JSON.stringify(heard), headers: '' }], secret)).toEqual([]);
    accepted(await submit(night, 'J2', 1, '9-10'));
    const own = await socket.nextOf('delta');
    expect(own['entries']).toMatchObject([{ kind: 'scorecard', payload: { judge_id: 'J2' } }]);
    expect(scorecardIn(JSON.stringify(own), secret)).toEqual([]);
    socket.close();
  });
});

it('a judge who learns nothing still sees their own scorecard', async () => {
  const night = await openSealable();
  await firstBell(night, 1);
  accepted(await submit(night, 'J2', 1, '9-10'));
  const own = await read(night, '/scorecards', judge(night, 'J2'));
  expect(own['seats']).toMatchObject([
    { judge_id: 'J1', rounds: [] },
    { judge_id: 'J2', rounds: [{ red: 9, blue: 10 }], total: { red: 9, blue: 10 } },
    { judge_id: 'J3', rounds: [] },
  ]);
  expect(objectOf(await view(night, judge(night, 'J2')), 'bout')['judges']).toHaveLength(3);
});
