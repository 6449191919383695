import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Route } from '../../../workers/route.ts';
import { length, newBout, type TestBout } from '../bout/support.ts';
import { call, freshId, mint } from '../support.ts';
import { fields, isProblem, send } from './raw.ts';
import { BODY_ROUTES, bodyOf, isForJudges, nameOf, pathOf, type Place } from './requests.ts';

let bout: TestBout;
let place: Place;
let admin: string;
let judge: string;

beforeAll(async () => {
  bout = await newBout();
  const cardId = freshId('card').slice(0, 40);
  const card = { card_id: cardId, promotion: 'P', event: 'E' };
  expect(await call('POST', '/api/cards', { token: bout.supervisor, body: card })).toMatchObject({ status: 200 });
  place = { boutId: bout.boutId, cardId };
  admin = (await mint({ role: 'admin' })).token;
  judge = (await mint({ role: 'judge' })).token;
});

function tokenFor(route: Route): string {
  return isForJudges(route) ? judge : admin;
}

async function post(route: Route, body: string | Uint8Array | ReadableStream) {
  return await send(route.method.toUpperCase(), pathOf(route, place), tokenFor(route), body);
}

/** Whatever is tried here, not one entry more. */
async function withoutATrace(run: () => Promise<void>): Promise<void> {
  const before = await length(bout);
  await run();
  expect(await length(bout)).toBe(before);
}

const NO_JSON: readonly (readonly [string, string | Uint8Array])[] = [
  ['nothing', ''],
  ['blanks', ' \n\t '],
  ['an open brace', '{'],
  ['a word', 'bout_id'],
  ['half a document', '{"bout_id": "b", '],
  ['two documents', '{}{}'],
  ['NaN', '{"a":NaN}'],
  ['a comment', '{} // done'],
  ['a byte that is not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ['half a character', new Uint8Array([0x22, 0xe2, 0x82, 0x22])],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ['a null byte', '\u0000'],
];

const NO_OBJECT: readonly (readonly [string, string])[] = [
  ['an array', '[]'],
  ['an array of objects', '[{}]'],
  ['null', 'null'],
  ['a number', '7'],
  ['a text', '"{}"'],
  ['true', 'true'],
  ['an empty object', '{}'],
  ['an array 60,000 deep', '['.repeat(30_000) + ']'.repeat(30_000)],
  ['an object 10,000 deep', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
];

/** What no field takes, or few do. Each route's own schema says which of them are wrong for which field. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  501,
  -0.1,
  1e21,
  8_640_000_000_000_001,
  '',
  ' ',
  '1',
  'a|b',
  'two words',
  'ünï',
  '\ud800',
  'x'.repeat(2_000),
  '2026-02-30',
  [],
  [null],
  ['x'],
  {},
  { a: 1 },
];

describe.each(BODY_ROUTES.map((route) => [nameOf(route), route] as const))('%s refuses', (_name, route) => {
  it('what is no JSON, or no UTF-8', async () => {
    await withoutATrace(async () => {
      for (const [what, body] of NO_JSON) {
        const answer = await post(route, body);
        expect([what, answer.status, isProblem(answer), fields(answer)]).toEqual([what, 400, true, ['body']]);
      }
    });
  });

  it('what is no object, or an empty one, or a deep one', async () => {
    await withoutATrace(async () => {
      for (const [what, body] of NO_OBJECT) {
        if (what === 'an empty object' && route.body.safeParse({}).success) continue;
        const answer = await post(route, body);
        expect([what, answer.status, isProblem(answer)]).toEqual([what, 400, true]);
        expect(fields(answer)).not.toEqual([]);
      }
    });
  });

  it('what is larger than it may be, with and without a length', async () => {
    await withoutATrace(async () => {
      const limit = route.bodyLimit ?? 0;
      expect(limit).toBeGreaterThan(0);
      const padded = JSON.stringify(bodyOf(route, place)).padEnd(limit + 1, ' ');
      const declared = await post(route, padded);
      expect([declared.status, isProblem(declared)]).toEqual([413, true]);
      const streamed = await post(route, streamOf(padded));
      expect([streamed.status, isProblem(streamed)]).toEqual([413, true]);
    });
  });

  it('each field that its schema refuses, by name', async () => {
    const names = Object.keys(bodyOf(route, place));
    const schema = inputOf(route);
    // The lawful body has every field there is: a new one has to be written into it.
    expect(Object.keys(schema.properties ?? {}).toSorted()).toEqual(names.toSorted());
    await withoutATrace(async () => {
      const tried = names.flatMap((name) => STRANGE.map((value) => [name, value] as const));
      await Promise.all(
        tried.map(async ([name, value]) => {
          const body = JSON.stringify({ ...bodyOf(route, place), [name]: value });
          if (route.body.safeParse(JSON.parse(body)).success || isForItsItems(route, name, value)) return;
          const answer = await post(route, body);
          const what = `${name}: ${JSON.stringify(value).slice(0, 40)}`;
          expect([what, answer.status, isProblem(answer)]).toEqual([what, 400, true]);
          expect([what, fields(answer).some((field) => field.startsWith(name) || isAbout(name, field))]).toEqual([
            what,
            true,
          ]);
        }),
      );
      // Each alone made the schema refuse: without this, a schema that takes anything would pass.
      expect(
        tried.some(([name, value]) => !route.body.safeParse({ ...bodyOf(route, place), [name]: value }).success),
      ).toBe(true);
    });
  });

  it('to be without what it needs, by name', async () => {
    const schema = inputOf(route);
    await withoutATrace(async () => {
      for (const name of schema.required ?? []) {
        const { [name]: _missing, ...rest } = bodyOf(route, place);
        const answer = await post(route, JSON.stringify(rest));
        expect([name, answer.status, isProblem(answer), fields(answer)]).toEqual([name, 400, true, [name]]);
      }
    });
  });

  it('a field that it does not know, where it is strict', async () => {
    const schema = inputOf(route);
    if (schema.additionalProperties !== false) {
      expect(OPEN).toContain(nameOf(route));
      return;
    }
    await withoutATrace(async () => {
      for (const name of ['evnt_id', 'constructor', 'toString', '__proto__']) {
        const body = JSON.stringify(bodyOf(route, place)).replace(/^\{/, `{${JSON.stringify(name)}:{"polluted":true},`);
        const answer = await post(route, body);
        expect([name, answer.status, isProblem(answer), fields(answer)]).toEqual([name, 400, true, [name]]);
      }
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    });
  });
});

/** The route's body as its own schema describes it. */
function inputOf(route: Route) {
  return z.toJSONSchema(route.body, { io: 'input', unrepresentable: 'any' });
}

/** Clients send these more than is asked for; none of it is read. */
const OPEN = ['POST /api/telemetry/report', 'POST /api/log-event'];

/** A batch and an import answer for each of their events: one that makes no sense is not the whole request's fault. */
function isForItsItems(route: Route, name: string, value: unknown): boolean {
  return name === 'events' && /\/(batch|import)$/.test(route.path) && Array.isArray(value) && value.length > 0;
}

/** A rule between two fields names one of them. */
function isAbout(name: string, field: string): boolean {
  return (name === 'fighter1' || name === 'fighter2') && field.startsWith('fighter');
}

function streamOf(text: string): ReadableStream {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += 16_384)));
    },
  });
}
