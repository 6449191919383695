import { describe, expect, it } from 'vitest';
import { action, newBout } from '../bout/support.ts';
import { adminSecret, call, freshId, type Json, mint } from '../support.ts';

const SOCKET = 'get /api/bouts/{bout_id}/socket';

const bout = freshId('bout').slice(0, 40);
const card = freshId('card').slice(0, 40);
const legacy = { round_num: 1, fighter: 'red', event_type: 'Jab', timestamp: 1 };

/** A refusal that a client meets, and the operation whose document has to say so. */
const REFUSALS: readonly (readonly [operation: string, path: string, status: number, body: Json | undefined])[] = [
  ['post /api/events/v2/log', '/api/events/v2/log', 404, action(bout)],
  ['post /api/events/v2/batch', '/api/events/v2/batch', 404, { bout_id: bout, events: [action(bout)] }],
  ['post /api/log-event', '/api/log-event', 404, { bout_id: bout, ...legacy }],
  ['post /api/legacy/import', '/api/legacy/import', 404, { bout_id: bout, events: [legacy] }],
  ['post /api/pairings', '/api/pairings', 404, { card_id: card, role: 'operator', subject: 's' }],
  ['get /api/pairings', `/api/pairings?card_id=${card}`, 404, undefined],
  ['delete /api/auth/tokens/{token_id}', '/api/auth/tokens/none', 413, { reason: 'x'.repeat(70_000) }],
  [SOCKET, `/api/bouts/${bout}/socket`, 400, undefined],
];

type Documented = { readonly description: string; readonly responses: Json; readonly requestBody?: unknown };

async function documented(operation: string): Promise<Documented | undefined> {
  const [method = '', path = ''] = operation.split(' ');
  const { json } = await call('GET', '/api/openapi.json');
  const document = json as { paths: Record<string, Record<string, Documented>> };
  return document.paths[path]?.[method];
}

describe('a refusal stands in the document of its operation', () => {
  it.each(REFUSALS)('%s (%s): %i', async (operation, path, status, body) => {
    const { token } = await mint({ role: 'supervisor', subject: 'sue' });
    const method = operation.split(' ')[0]?.toUpperCase() ?? '';
    const answer = await call(method, path, { token: method === 'DELETE' ? adminSecret() : token, body });
    expect([answer.status, answer.json['success']]).toEqual([status, false]);
    expect(Object.keys((await documented(operation))?.responses ?? {})).toContain(String(status));
  });

  it('also that a socket is opened too often', async () => {
    expect(Object.keys((await documented(SOCKET))?.responses ?? {})).toContain('429');
  });
});

it('every message of a socket stands in its document, also the one about a seat that has moved', async () => {
  const { description = '' } = (await documented(SOCKET)) ?? {};
  const fromServer = description.split('\n').find((line) => line.startsWith('From the server:')) ?? '';
  for (const type of ['hello', 'delta', 'ack', 'time', 'alert', 'fenced', 'error']) {
    expect(fromServer).toContain(`\`${type}\``);
  }
});

it('an event of a batch may have null for its bout, as the document says', async () => {
  const { boutId, supervisor } = await newBout();
  const events = [{ ...action(boutId), bout_id: null }];
  const answer = await call('POST', '/api/events/v2/batch', { token: supervisor, body: { bout_id: boutId, events } });
  expect(answer.json['results']).toMatchObject([{ success: true }]);
  const body = (await documented('post /api/events/v2/batch'))?.requestBody;
  expect(body).toMatchObject({
    content: {
      'application/json': {
        schema: {
          properties: {
            events: {
              items: { properties: { bout_id: { anyOf: expect.arrayContaining([{ type: 'null' }]) } } },
            },
          },
        },
      },
    },
  });
});
