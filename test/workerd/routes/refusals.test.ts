import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../workers/routes/index.ts';
import { brief, change, length, log, newBout, type TestBout } from '../bout/support.ts';
import { call, freshId, mint } from '../support.ts';
import { fields, isProblem, send } from './raw.ts';
import { BODY_ROUTES, bodyOf, isForJudges, nameOf, pathOf, payloadOf, type Place, takesBody } from './requests.ts';

let bout: TestBout;
let place: Place;
let admin: string;
let judge: string;

beforeAll(async () => {
  bout = await newBout();
  place = { boutId: bout.boutId, cardId: freshId('card').slice(0, 40) };
  admin = (await mint({ role: 'admin' })).token;
  judge = (await mint({ role: 'judge' })).token;
});

describe.each(routes.map((route) => [nameOf(route), route] as const))('%s', (_name, route) => {
  it('refuses a token that has expired, was forged or is none, also where no token is needed', async () => {
    const { token: expired } = await brief(bout.boutId, -1);
    const [head = '', claims = '', signature = ''] = admin.split('.');
    const raised = btoa(atob(claims.replaceAll('-', '+').replaceAll('_', '/')).replace('"admin"', '"judge"'))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
    const none = btoa('{"alg":"none"}').replaceAll('=', '');
    const before = await length(bout);
    for (const [what, token] of [
      ['expired', expired],
      ['other claims', `${head}.${raised}.${signature}`],
      ['other signature', `${head}.${claims}.${'A'.repeat(signature.length)}`],
      ['no signature', `${head}.${claims}.`],
      ['no algorithm', `${none}.${claims}.`],
      ['no token', 'nonsense'],
    ] as const) {
      const body = takesBody(route) ? JSON.stringify(bodyOf(route, place)) : null;
      const answer = await send(route.method.toUpperCase(), pathOf(route, place), token, body);
      expect([what, answer.status, isProblem(answer), fields(answer)]).toEqual([what, 401, true, ['Authorization']]);
    }
    expect(await length(bout)).toBe(before);
  });
});

const BOUT_IN_BODY = [
  'POST /api/events/v2/log',
  'POST /api/events/v2/batch',
  'POST /api/events/v2/void',
  'POST /api/judge-session/create',
  'POST /api/telemetry/report',
  'POST /api/log-event',
  'POST /api/legacy/import',
];

/** The routes that are about a bout which must exist. */
const ABOUT_A_BOUT = routes.filter((route) => route.path.includes('{bout_id}') || BOUT_IN_BODY.includes(nameOf(route)));

describe('a bout that there is not', () => {
  it.each(ABOUT_A_BOUT.map((route) => [nameOf(route), route] as const))('is 404 for %s', async (_name, route) => {
    const nowhere = { ...place, boutId: freshId('nobody').slice(0, 40) };
    const token = isForJudges(route) ? judge : admin;
    const { body, type } = payloadOf(route, nowhere);
    const answer = await send(route.method.toUpperCase(), pathOf(route, nowhere), token, body, type);
    expect([answer.status, isProblem(answer), fields(answer)]).toEqual([404, true, ['bout_id']]);
  });

  it.each(ABOUT_A_BOUT.map((route) => [nameOf(route), route] as const))(
    'is out of reach for a token of another bout: %s',
    async (_name, route) => {
      const nowhere = { ...place, boutId: freshId('nobody').slice(0, 40) };
      const role = isForJudges(route) ? 'judge' : 'supervisor';
      const token = await bout.token({ role });
      const { body, type } = payloadOf(route, nowhere);
      const answer = await send(route.method.toUpperCase(), pathOf(route, nowhere), token, body, type);
      expect([answer.status, isProblem(answer), fields(answer)]).toEqual([403, true, ['bout_id']]);
    },
  );
});

describe('a path', () => {
  it('with something that is no id is refused, and what is no path is 404', async () => {
    const bad = ['a%7Cb', 'a%20b', '%00', 'x'.repeat(65), '%F0%9F%A5%8A', 'a%2Fb', '%', '%ZZ', '%C3', '%ED%A0%80'];
    for (const route of routes.filter((one) => one.path.includes('{'))) {
      for (const id of bad) {
        const path = route.path.replace(/\{[a-z_]+\}/, id).replaceAll(/\{[a-z_]+\}/g, '1');
        const token = isForJudges(route) ? judge : admin;
        const body = takesBody(route) ? JSON.stringify(bodyOf(route, place)) : null;
        const answer = await send(route.method.toUpperCase(), path, token, body);
        expect([path, [400, 404].includes(answer.status), isProblem(answer)]).toEqual([path, true, true]);
      }
    }
  });

  it('with something that is no round is refused', async () => {
    for (const round of ['0', '-1', '1.5', 'x', '100', '01', '%31%00', '1e1']) {
      for (const path of ['events/v2/ID', 'events/v2/verify/ID', 'replay/ID', 'bouts/ID/findings']) {
        const answer = await send('GET', `/api/${path.replace('ID', bout.boutId)}/${round}`, admin);
        expect([path, round, answer.status, fields(answer)]).toEqual([path, round, 400, ['round_id']]);
      }
    }
    for (const path of ['events/v2/ID/4', 'events/v2/verify/ID/4', 'replay/ID/99', 'bouts/ID/findings/4']) {
      const answer = await send('GET', `/api/${path.replace('ID', bout.boutId)}`, admin);
      expect([path, answer.status, fields(answer)]).toEqual([path, 404, ['round_id']]);
    }
  });

  it('with a round length that is none is refused', async () => {
    for (const length of ['0', '-1', '3601', '1.5', 'x', '', '1e2', '99999999999999999999']) {
      const answer = await send('GET', `/api/replay/${bout.boutId}/1?round_length=${length}`, admin);
      expect([length, answer.status, fields(answer)]).toEqual([length, 400, ['round_length']]);
    }
  });

  it('that leads nowhere is a problem, too', async () => {
    for (const [method, path] of [
      ['GET', '/api'],
      ['GET', '/api/'],
      ['GET', '/api/nothing'],
      ['POST', '/api/health'],
      ['PUT', '/api/events/v2/log'],
      ['DELETE', `/api/bouts/${bout.boutId}`],
      ['GET', '/api/bouts/a/b/c'],
    ] as const) {
      const answer = await send(method, path, null);
      expect([path, answer.status, isProblem(answer)]).toEqual([path, 404, true]);
    }
  });
});

describe('a judge who writes for another seat', () => {
  it('is refused on every way, and nothing is written', async () => {
    const token = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1' });
    const before = await length(bout);
    const foreign = { judge_id: 'J2' };
    expect(await log(bout, foreign, token)).toMatchObject({ status: 403, json: { errors: [{ field: 'judge_id' }] } });
    const batch = await call('POST', '/api/events/v2/batch', {
      token,
      body: { bout_id: bout.boutId, events: [{ ...bodyNamed('POST /api/events/v2/log'), ...foreign }] },
    });
    expect(batch).toMatchObject({
      status: 200,
      json: { results: [{ status: 403, errors: [{ field: 'events[0].judge_id' }] }] },
    });
    const card = { ...foreign, round_id: 1, red: 10, blue: 9 };
    expect(await change(bout, 'scorecards', card, token)).toMatchObject({ status: 403 });
    const totals = { ...foreign, red: 30, blue: 27 };
    expect(await change(bout, 'scorecards/sign', totals, token)).toMatchObject({ status: 403 });
    const told = { ...foreign, target_event_id: 'none' };
    expect(await change(bout, 'rulings/acknowledge', told, token)).toMatchObject({ status: 403 });
    for (const name of ['POST /api/judge-session/create', 'POST /api/telemetry/report']) {
      const answer = await call('POST', name.slice(5), { token, body: { ...bodyNamed(name), ...foreign } });
      expect([name, answer.status, answer.json]).toMatchObject([name, 403, { errors: [{ field: 'judge_id' }] }]);
    }
    expect(await length(bout)).toBe(before);
  });

  it('or from another device than the token’s is refused', async () => {
    const token = await bout.token({ role: 'judge', subject: 'jane', judge_id: 'J1', device_id: 'own' });
    const answer = await log(bout, { judge_id: 'J1', device_id: 'other' }, token);
    expect(answer).toMatchObject({ status: 403, json: { errors: [{ field: 'device_id' }] } });
  });

  it('who has no seat in this bout is refused', async () => {
    const token = await bout.token({ role: 'judge', subject: 'guest', judge_id: 'J9' });
    expect(await log(bout, { judge_id: 'J9' }, token)).toMatchObject({
      status: 403,
      json: { errors: [{ field: 'judge_id' }] },
    });
  });
});

function bodyNamed(name: string) {
  const route = BODY_ROUTES.find((one) => nameOf(one) === name);
  if (route === undefined) throw new Error(`there is no ${name}`);
  return bodyOf(route, place);
}
