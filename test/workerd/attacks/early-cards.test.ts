import { describe, expect, it } from 'vitest';
import { openSocket } from '../bout/socket-client.ts';
import { change, length, log, newBout, objectOf, RELEASED_TO_ALL, view } from '../bout/support.ts';
import {
  accepted,
  BUSY,
  entered,
  firstBell,
  fought,
  judge,
  lastBell,
  type Night,
  points,
  read,
  refusal,
  sign,
  submit,
} from '../judging/support.ts';
import { call, freshId, type Json, mint } from '../support.ts';
import {
  advising,
  doors,
  leaks,
  openSealable,
  recommendationIn,
  scorecardIn,
  type Sealed,
  sealed,
  showing,
} from './sealed.ts';

/**
 * Judge B (seat J2) wants to know what judge A (seat J1) gave round 1, or what the statistical judge makes of it,
 * before B's own scorecard is in and the round is over.
 */

/** A's session, so that its id can be tried by others. */
async function sessionOfA(night: Night): Promise<string> {
  const sessionId = freshId('session').slice(0, 60);
  const body = {
    judge_session_id: sessionId,
    judge_id: 'J1',
    bout_id: night.boutId,
    round_id: 1,
    last_event_sequence: 0,
    session_state: 'OPEN',
    unsent_event_queue: [],
  };
  accepted(await call('POST', '/api/judge-session/create', { token: judge(night, 'J1'), body }));
  return sessionId;
}

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

  it('everybody else sees exactly what that releases, and nobody outside that circle anything', async () => {
    const night = await openSealable({ release_policy: released });
    const session = await sessionOfA(night);
    await firstBell(night, 1);
    await entered(night, 1, BUSY);
    const secret = await sealed(night);
    for (const [i, [, roles]] of CIRCLES.entries()) {
      for (const role of roles) {
        const seen = await seenBy(night, role, session);
        if (i > reach) expect([role, leaks(seen, secret)]).toEqual([role, []]);
        else {
          const { boutId } = night;
          const shown = showing(seen, secret).filter((name) => !name.includes('judge_id=J1'));
          const advised = advising(seen).filter((name) => !name.includes('judge_id=J1'));
          expect([role, shown, advised]).toEqual([
            role,
            expect.arrayContaining(['GET /api/final/…', 'GET /api/bouts/…/scorecards', 'socket?cursor=0']),
            ['GET /api/replay/…/1', 'GET /api/bouts/…/recommendations'],
          ]);
          expect(boutId).not.toBe('');
        }
      }
    }
  });

  it('afterwards B sees exactly what that releases to judges', async () => {
    const night = await openSealable({ release_policy: released });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    accepted(await submit(night, 'J2', 1, '9-10'));
    const seen = await doors(night, judge(night, 'J2'), session);
    if (reach < 3) expect(leaks(seen, secret)).toEqual([]);
    else {
      expect(showing(seen, secret)).toEqual(
        expect.arrayContaining(['GET /api/final/…', 'GET /api/bouts/…/scorecards', 'socket?cursor=0']),
      );
      expect(advising(seen)).toEqual(
        expect.arrayContaining(['GET /api/replay/…/1', 'GET /api/bouts/…/recommendations']),
      );
      // Of the next round again nothing.
      const next = await nextRound(night);
      expect(leaks(await doorsOf(night, 2), next)).toEqual([]);
    }
  });
});

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
    accepted(await submit(night, 'J2', 1, '9-10'));
    // A judge works at the table: no delay, once both conditions hold.
    const seen = await doors(night, judge(night, 'J2'), session);
    expect(showing(seen, secret)).toContain('GET /api/bouts/…/scorecards');
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

describe('B, guessing', () => {
  it('learns nothing from A’s event_id, on whatever route it is sent', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    await fought(night, 1);
    const secret = await sealed(night);
    const event_id = secret.eventId;
    const b = judge(night, 'J2');
    const before = await length(night);
    const own = { judge_id: 'J2', round_id: 1, event_id };
    const tries = [
      ...['10-7.5', '10-8', '10-9', '7.5-10'].map((score) => ['scorecards', { ...own, ...points(score) }] as const),
      ...['10-7.5', '10-9'].map((score) => ['scorecards', { ...own, judge_id: 'J1', ...points(score) }] as const),
      ['scorecards/sign', { judge_id: 'J2', red: 10, blue: 7.5, event_id }],
      ['scorecards/sign', { judge_id: 'J1', red: 10, blue: 7.5, event_id }],
      ['rulings/acknowledge', { judge_id: 'J2', target_event_id: event_id }],
      ['rulings/acknowledge', { judge_id: 'J2', target_event_id: event_id, event_id }],
    ] as const;
    const texts: string[] = [];
    for (const [route, body] of tries) {
      const answer = await change(night, route, body, b);
      expect([route, body, answer.json['success']]).toEqual([route, body, false]);
      // What B sent comes back; nothing else of A's does.
      expect(scorecardIn(answer.text.replaceAll(event_id, ''), secret)).toEqual([]);
      if (route === 'scorecards') texts.push(answer.text);
    }
    // A right guess is answered as a wrong one.
    expect(new Set(texts).size).toBe(1);
    for (const path of ['events/v2/log', 'events/v2/void']) {
      const body =
        path === 'events/v2/void'
          ? { bout_id: night.boutId, target_event_id: event_id, reason: 'r' }
          : { ...ACTION, bout_id: night.boutId, event_id };
      const answer = await call('POST', `/api/${path}`, { token: b, body });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(scorecardIn(answer.text.replaceAll(event_id, ''), secret)).toEqual([]);
    }
    expect(await length(night)).toBe(before);
  });

  it('neither takes nor reads A’s session', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    const b = judge(night, 'J2');
    for (const query of ['', `?bout_id=${night.boutId}`, `?bout_id=${night.boutId}&take_over=true`]) {
      const answer = await call('GET', `/api/judge-session/${session}${query}`, { token: b });
      expect([query, answer.status >= 400, scorecardIn(answer.text, secret)]).toEqual([query, true, []]);
    }
    const body = { ...SESSION, bout_id: night.boutId, judge_session_id: session };
    for (const judge_id of ['J1', 'J2']) {
      const answer = await call('POST', '/api/judge-session/create', { token: b, body: { ...body, judge_id } });
      expect([judge_id, answer.status >= 400, scorecardIn(answer.text, secret)]).toEqual([judge_id, true, []]);
    }
  });

  it('has no use for a token of another bout, of another seat that there is not, or of none', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    const other = await newBout();
    const foreign = await other.token({ role: 'judge', subject: 'person-J2', judge_id: 'J2' });
    for (const path of ['final/ID', 'replay/ID/1', 'bouts/ID/scorecards', 'bouts/ID/recommendations', 'bouts/ID']) {
      const answer = await call('GET', `/api/${path.replace('ID', night.boutId)}`, { token: foreign });
      expect([path, ...refusal(answer)]).toEqual([path, 403, ['bout_id']]);
    }
    const guest = await night.token({ role: 'judge', subject: 'guest', judge_id: 'J9' });
    expect(
      refusal(await change(night, 'scorecards', { judge_id: 'J9', round_id: 1, red: 10, blue: 9 }, guest)),
    ).toEqual([400, ['judge_id']]);
    expect(leaks(await doors(night, guest, session), secret)).toEqual([]);
  });

  it('is told by no answer to an own write what others gave: log, clock, signature, acknowledgement', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL, scheduled_rounds: 1 });
    await fought(night, 1);
    const secret = await sealed(night);
    const answers = [
      await log(night, { judge_id: 'J2', device_id: 'd2' }, judge(night, 'J2')),
      await sign(night, 'J2', '10-7.5'),
      await sign(night, 'J1', '10-7.5'),
      await change(night, 'finalize', {}, judge(night, 'J2')),
      await change(night, 'confirm', { proposal_index: 1, accept: true }, judge(night, 'J2')),
    ];
    for (const answer of answers.filter((_, i) => i !== 2)) expect(scorecardIn(answer.text, secret)).toEqual([]);
    // A has signed: the totals are as sealed as the rounds that they are the sum of.
    expect(answers[2]?.status).toBe(200);
    expect(leaks(await doors(night, judge(night, 'J2'), 's-none'), secret)).toEqual([]);
    const events = await call('GET', `/api/events/v2/${night.boutId}/1`, { token: judge(night, 'J2') });
    expect(events.json).toMatchObject({ total_events: 1 });
    const verdict = await call('GET', `/api/events/v2/verify/${night.boutId}/1`, { token: judge(night, 'J2') });
    expect(verdict.json).toMatchObject({ total_events: 1, chain_valid: true });
  });
});

describe('what supervisors do', () => {
  it('with A’s scorecard on paper stays theirs until B’s own is in', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const paper = { judge_id: 'J1', round_id: 1, red: 10, blue: 7.5, reason: 'the tablet went dark' };
    const socket = await openSocket(night.boutId, judge(night, 'J2'));
    await socket.nextOf('hello');
    const proposal = accepted(await change(night, 'scorecards/paper', paper));
    const secret = {
      eventId: 'none-such',
      chainHash: String(proposal['chain_hash']),
      index: proposal['sequence_index'],
    };
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
    const confirmation = { proposal_index: proposal['sequence_index'], accept: true };
    accepted(await change(night, 'confirm', confirmation, night.second));
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
    const heard = [await socket.nextOf('delta'), ...socket.waiting()];
    expect(scorecardIn(JSON.stringify(heard), secret)).toEqual([]);
    socket.close();
    accepted(await submit(night, 'J2', 1, '9-10'));
    expect(showing(await doors(night, judge(night, 'J2'), session), secret)).toContain('GET /api/bouts/…/scorecards');
  });

  it('with B’s scorecard, reopening it, seals A’s and the recommendation again', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    accepted(await submit(night, 'J2', 1, '9-10'));
    accepted(await change(night, 'scorecards/reopen', { judge_id: 'J2', round_id: 1, reason: 'the corners' }));
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
    accepted(await submit(night, 'J2', 1, '10-9'));
    expect(showing(await doors(night, judge(night, 'J2'), session), secret)).toContain('GET /api/final/…');
  });

  it('with A’s scorecard, reopening it, shows neither value to B', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    accepted(await change(night, 'scorecards/reopen', { judge_id: 'J1', round_id: 1, reason: 'the corners' }));
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
  });

  it('with the round, locking it, opens neither a scorecard nor the recommendation', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    accepted(await change(night, 'lock-round', { round_id: 1 }));
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
    expect(await read(night, '/recommendations', judge(night, 'J2'))).toMatchObject({ rounds: [] });
  });

  it('with the result, proposing it, says nothing to B; official, it ends the secret', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    accepted(await change(night, 'finalize', { method: 'KO', winner: 'red' }));
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
    expect(await view(night, judge(night, 'J2'))).toMatchObject({ result: null });
    accepted(await change(night, 'finalize', { confirm: true }, night.second));
    expect(showing(await doors(night, judge(night, 'J2'), session), secret)).toContain('GET /api/final/…');
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

const ACTION = {
  round_id: 1,
  judge_id: 'J2',
  fighter_id: 'fighter1',
  event_type: 'Jab',
  timestamp_ms: 1_700_000_000_000,
  device_id: 'd2',
};

const SESSION = {
  round_id: 1,
  last_event_sequence: 0,
  session_state: 'OPEN',
  unsent_event_queue: [],
};
