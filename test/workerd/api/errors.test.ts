import { beforeEach, describe, expect, it } from 'vitest';
import { call, freshId } from '../support.ts';
import {
  API,
  clientFetch,
  entriesIn,
  evict,
  jab,
  type Json,
  log,
  logged,
  recordOf,
  setTable,
  type Table,
} from './support.ts';

/** The error codes of the API document, over all of its endpoints. */

let table: Table;

beforeEach(async () => {
  table = await setTable();
});

/** Every read of the document, of a bout and a round. */
const READS = (bout: string, round: string | number) => [
  `/api/events/v2/verify/${bout}/${round}`,
  `/api/events/v2/${bout}/${round}`,
  `/api/replay/${bout}/${round}`,
];

const OF_A_BOUT = (bout: string) => [`/api/live/${bout}`, `/api/final/${bout}`, `/api/telemetry/${bout}`];

/** Every write of the document, with a body that is right but for what `over` says. */
const WRITES = (bout: string): [string, Json][] => [
  ['/api/events/v2/log', { ...jab(table), bout_id: bout }],
  ['/api/log-event', { bout_id: bout, round_num: 1, fighter: 'red', event_type: 'Jab', timestamp: 1 }],
  ['/api/judge-session/create', { judge_session_id: freshId('s'), judge_id: 'JUDGE001', bout_id: bout, round_id: 1 }],
  ['/api/telemetry/report', { bout_id: bout, device_id: 'd', judge_id: 'JUDGE001' }],
];

describe('"200 Success"', () => {
  it('every endpoint of the document answers it', async () => {
    for (const [path, body] of WRITES(table.boutId)) {
      expect(await call('POST', path, { token: table.judge, body })).toMatchObject({
        status: 200,
        json: { success: true },
      });
    }
    for (const path of [...READS(table.boutId, 1), ...OF_A_BOUT(table.boutId)]) {
      expect((await call('GET', path, { token: table.operator })).status).toBe(200);
    }
  });
});

describe('"400 Bad Request (invalid data)"', () => {
  const wrong: [string, unknown][] = [
    ['bout_id', undefined],
    ['bout_id', 'a|b'],
    ['round_id', 0],
    ['round_id', 4],
    ['round_id', '1'],
    ['round_id', 1.5],
    ['judge_id', ''],
    ['fighter_id', 'fighter3'],
    ['fighter_id', null],
    ['event_type', 'Jump'],
    ['event_type', 'Jab|Cross'],
    ['timestamp_ms', -1],
    ['timestamp_ms', 1.5],
    ['timestamp_ms', '1234567890000'],
    ['timestamp_ms', Number.MAX_SAFE_INTEGER],
    ['device_id', 'x'.repeat(65)],
    ['metadata', []],
    ['metadata.tier', { tier: 'Hard' }],
    ['event_id', 'not an id'],
    ['clock_ms', -1],
    ['evnt_id', 'misspelt'],
  ];

  it.each(wrong)('names %s where it is %j, and writes nothing', async (field, value) => {
    const before = await entriesIn(table);
    const answer = await log(table, { [field.replace(/\..*/, '')]: value });
    expect(answer).toMatchObject({
      status: 400,
      json: {
        success: false,
        status: 400,
        title: 'Bad Request',
        detail: expect.stringMatching(/.{5}/),
        errors: [{ field }],
      },
    });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await entriesIn(table)).toBe(before);
  });

  it.each(['', '{', 'null', '[]', '"text"', '1', '\u0000'])(
    'of a body that reads %j, at every endpoint that takes one',
    async (body) => {
      const fetch = clientFetch(table.judge);
      const before = await entriesIn(table);
      for (const [path] of WRITES(table.boutId)) {
        const response = await fetch(`${API}${path.slice(4)}`, { method: 'POST', body });
        expect(recordOf(await response.json())).toMatchObject({
          success: false,
          status: 400,
          errors: [expect.anything()],
        });
      }
      expect(await entriesIn(table)).toBe(before);
    },
  );

  it.each(['0', '-1', 'one', '1.5', '100'])('of a round that reads %s in a path', async (round) => {
    for (const path of READS(table.boutId, round)) {
      expect(await call('GET', path)).toMatchObject({ status: 400, json: { errors: [{ field: 'round_id' }] } });
    }
  });

  it('of a bout that is no id in a path', async () => {
    for (const path of [...READS('a%20b', 1), ...OF_A_BOUT('a%7Cb')]) {
      expect(await call('GET', path, { token: table.operator })).toMatchObject({
        status: 400,
        json: { errors: [{ field: 'bout_id' }] },
      });
    }
  });
});

describe('"404 Resource Not Found"', () => {
  it('for a bout that does not exist, at every endpoint, and asking creates nothing', async () => {
    const nowhere = freshId('bout');
    for (const path of [...READS(nowhere, 1), ...OF_A_BOUT(nowhere)]) {
      expect(await call('GET', path, { token: table.operator })).toMatchObject({
        status: 404,
        json: { success: false, code: 'not_found' },
      });
    }
    for (const [path, body] of WRITES(nowhere)) {
      expect(await call('POST', path, { token: table.supervisor, body })).toMatchObject({
        status: 404,
        json: { success: false },
      });
    }
    expect((await call('GET', `/api/live/${nowhere}`)).status).toBe(404);
  });

  it('for a round that the bout does not have', async () => {
    for (const path of READS(table.boutId, 4)) expect((await call('GET', path)).status).toBe(404);
  });

  it('for a session that does not exist', async () => {
    expect((await call('GET', '/api/judge-session/none', { token: table.judge })).status).toBe(404);
  });

  it('for a path that does not exist', async () => {
    for (const [method, path] of [
      ['GET', '/api/nothing'],
      ['POST', '/api/live/x'],
      ['DELETE', '/api/events/v2/log'],
    ] as const) {
      expect(await call(method, path, { token: table.judge })).toMatchObject({ status: 404, json: { success: false } });
    }
  });
});

describe('"409 Duplicate Detected (idempotent)"', () => {
  it('has the first answer’s body, with success and is_duplicate true', async () => {
    const sent = { event_id: freshId('evt') };
    const first = await logged(table, sent);
    await evict(table);
    expect(await log(table, sent)).toMatchObject({
      status: 409,
      json: { ...first, is_duplicate: true, message: expect.stringContaining('Duplicate') },
    });
  });
});

describe('"500 Internal Server Error"', () => {
  /** Values that have brought down parsers, formatters and tables before. */
  const NASTY: unknown[] = [
    null,
    true,
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER + 2,
    '',
    ' ',
    '__proto__',
    'constructor',
    '\ud800',
    '\u0000',
    '%',
    '../x',
    'x'.repeat(5_000),
    [],
    {},
    [[]],
    { __proto__: null },
    { toString: 1 },
    { constructor: { prototype: {} } },
  ];

  it('is never the answer: not to any value in any field of any body', async () => {
    const statuses = new Set<number>();
    for (const [path, body] of WRITES(table.boutId)) {
      for (const field of [...Object.keys(body), 'metadata', 'event_id', 'unsent_event_queue', '__proto__']) {
        const answers = NASTY.map((value) =>
          call('POST', path, { token: table.judge, body: { ...body, [field]: value } }),
        );
        for (const { status, json } of await Promise.all(answers)) {
          statuses.add(status);
          expect(json['success']).toBe(status === 200 || (status === 409 && json['is_duplicate'] === true));
        }
      }
    }
    expect([...statuses].filter((status) => ![200, 400, 403, 404, 409].includes(status))).toEqual([]);
  });

  it('is never the answer: not to any value in a path or a query', async () => {
    for (const value of [
      '%00',
      '%F0%9F%A5%8A',
      '__proto__',
      'constructor',
      '%2e%2e',
      '%',
      '9'.repeat(400),
      'null',
      '-0',
      '1e2',
    ]) {
      const paths = [
        ...READS(value, 1),
        ...READS(table.boutId, value),
        ...OF_A_BOUT(value),
        `/api/judge-session/${value}?bout_id=${value}`,
      ];
      paths.push(`/api/replay/${table.boutId}/1?round_length=${value}`);
      for (const path of paths) {
        expect([400, 403, 404], path).toContain((await call('GET', path, { token: table.supervisor })).status);
      }
    }
  });

  it('is never the answer: not to words that are names of an object’s own members', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const over = {
        judge_id: name,
        device_id: name,
        event_id: name,
        metadata: { [name === '__proto__' ? 'x' : name]: name },
      };
      expect((await log(table, over, table.supervisor)).status).toBe(200);
    }
    await evict(table);
    expect((await call('GET', `/api/live/${table.boutId}`)).json['red_totals']).toMatchObject({ damage: 0.2 });
  });

  it('is never the answer: not to a body too large', async () => {
    const body = { ...jab(table), metadata: { note: 'x'.repeat(70_000) } };
    expect(await call('POST', '/api/events/v2/log', { token: table.judge, body })).toMatchObject({
      status: 413,
      json: { success: false },
    });
  });
});
