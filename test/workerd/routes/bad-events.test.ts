import { beforeAll, describe, expect, it } from 'vitest';
import { length, newBout, type TestBout } from '../bout/support.ts';
import { call, freshId, type Json, mint } from '../support.ts';
import { fields, isProblem, send } from './raw.ts';
import { BODY_ROUTES, bodyOf, nameOf, pathOf, type Place } from './requests.ts';

let bout: TestBout;
let place: Place;
let admin: string;

beforeAll(async () => {
  bout = await newBout();
  place = { boutId: bout.boutId, cardId: freshId('card').slice(0, 40) };
  admin = (await mint({ role: 'admin' })).token;
});

async function post(route: (typeof BODY_ROUTES)[number], body: string) {
  return await send(route.method.toUpperCase(), pathOf(route, place), admin, body);
}

/** Whatever is tried here, not one entry more. */
async function withoutATrace(run: () => Promise<void>): Promise<void> {
  const before = await length(bout);
  await run();
  expect(await length(bout)).toBe(before);
}

describe('free metadata', () => {
  const deep = `${'['.repeat(9_000)}${']'.repeat(9_000)}`;
  const deepObject = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;

  it.each([
    ['POST /api/events/v2/log', 'metadata'],
    ['POST /api/log-event', 'metadata'],
    ['POST /api/events/v2/void', 'replacement'],
  ])('of %s is refused where it is too deep or has strange names', async (name, member) => {
    const route = BODY_ROUTES.find((one) => nameOf(one) === name);
    if (route === undefined) throw new Error(`there is no ${name}`);
    await withoutATrace(async () => {
      const values = [
        `{"a":${deep}}`,
        `{"a":${deepObject}}`,
        '{"a b":1}',
        `{"${'k'.repeat(65)}":1}`,
        '{"a":"\\ud800"}',
        `{"a":"${'x'.repeat(600)}"}`,
        JSON.stringify(Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`k${i}`, i]))),
        '[]',
        '7',
      ];
      for (const value of values) {
        const whole = JSON.stringify({ ...bodyOf(route, place), [member]: 'HERE' });
        const text = member === 'replacement' ? `{"metadata":${value}}` : value;
        const answer = await post(route, whole.replace('"HERE"', text));
        // Only an action that exists can be replaced, and it is looked for first.
        const statuses = member === 'replacement' ? [400, 404] : [400];
        expect([value.slice(0, 40), statuses.includes(answer.status), isProblem(answer)]).toEqual([
          value.slice(0, 40),
          true,
          true,
        ]);
        expect(fields(answer)).not.toEqual([]);
      }
    });
  });

  it('that names __proto__ changes no prototype', async () => {
    for (const route of BODY_ROUTES) {
      if (!Object.hasOwn(bodyOf(route, place), 'metadata')) continue;
      const whole = JSON.stringify({ ...bodyOf(route, place), metadata: 'HERE' });
      const answer = await post(route, whole.replace('"HERE"', '{"__proto__":{"polluted":true}}'));
      expect([200, 400]).toContain(answer.status);
    }
    const events = await call('GET', `/api/events/v2/${bout.boutId}/1`, { token: admin });
    expect(events.text).not.toContain('polluted');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('of a session’s queue is taken or refused, however deep, and never an error of ours', async () => {
    const route = BODY_ROUTES.find((one) => nameOf(one) === 'POST /api/judge-session/create');
    if (route === undefined) throw new Error('there is no such route');
    const whole = JSON.stringify({ ...bodyOf(route, place), unsent_event_queue: 'HERE' });
    for (const value of [deep, `[${deepObject}]`]) {
      const answer = await post(route, whole.replace('"HERE"', value));
      expect([answer.status, isProblem(answer)]).toEqual([400, true]);
      expect(fields(answer)).not.toEqual([]);
    }
  });
});

describe('a batch', () => {
  async function batch(events: readonly unknown[]): Promise<Json & { status: number }> {
    const answer = await call('POST', '/api/events/v2/batch', { token: admin, body: { bout_id: bout.boutId, events } });
    return { ...answer.json, status: answer.status };
  }

  function good(over: Json = {}): Json {
    const route = BODY_ROUTES.find((one) => nameOf(one) === 'POST /api/events/v2/log');
    if (route === undefined) throw new Error('there is no such route');
    return { ...bodyOf(route, place), ...over };
  }

  it('of more than 500 or of none is refused as a whole', async () => {
    await withoutATrace(async () => {
      for (const count of [0, 501]) {
        const answer = await batch(Array.from({ length: count }, () => ({})));
        expect(answer).toMatchObject({ status: 400, success: false, errors: [{ field: 'events' }] });
      }
    });
  });

  it('with an event that makes no sense takes the others, and names the field with its place', async () => {
    // The administrator's joining stands before the first action.
    expect(await batch([good()])).toMatchObject({ status: 200, results: [{ status: 200 }] });
    const before = await length(bout);
    const bad: readonly (readonly [unknown, string])[] = [
      [null, 'events[1]'],
      [[], 'events[1]'],
      ['x', 'events[1]'],
      [{}, 'events[1].round_id'],
      [good({ timestamp_ms: -1 }), 'events[1].timestamp_ms'],
      [good({ timestamp_ms: 1.5 }), 'events[1].timestamp_ms'],
      [good({ timestamp_ms: 8_640_000_000_000_001 }), 'events[1].timestamp_ms'],
      [good({ timestamp_ms: '1' }), 'events[1].timestamp_ms'],
      [good({ bout_id: 'another' }), 'events[1].bout_id'],
      [good({ evnt_id: 'x' }), 'events[1].evnt_id'],
      [good({ fighter_id: 'nobody' }), 'events[1].fighter_id'],
      [good({ round_id: 4 }), 'events[1].round_id'],
      [good({ metadata: { 'a b': 1 } }), 'events[1].metadata'],
    ];
    for (const [event, field] of bad) {
      const { status, results } = await batch([good(), event, good()]);
      expect(status).toBe(200);
      expect(results).toMatchObject([
        { status: 200, success: true },
        {
          status: 400,
          success: false,
          code: 'bad_request',
          errors: expect.arrayContaining([expect.objectContaining({ field })]),
        },
        { status: 200, success: true },
      ]);
    }
    expect(await length(bout)).toBe(before + 2 * bad.length);
  });
});
