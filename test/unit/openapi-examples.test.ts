import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ACTION_TYPES, typeFacts, wireName } from '../../domain/actions/index.ts';
import { curlOf } from '../../workers/openapi/curl.ts';
import type { JsonSchema } from '../../workers/openapi/schemas.ts';
import { exampleOf } from '../../workers/openapi/example.ts';
import { buildDocument, type Operation, renderPage } from '../../workers/openapi/index.ts';
import { STEPS } from '../../workers/openapi/page-introduction.ts';
import type { Route } from '../../workers/route.ts';

// The objects extend a class of the runtime, which is not there in Node; no object is made here.
vi.mock('cloudflare:workers', () => ({ DurableObject: Object, waitUntil: () => {} }));

const { routes } = await import('../../workers/routes/index.ts');

const document = buildDocument(routes);
const page = await renderPage(document);
const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
writeFileSync(join(folder, '.dev.vars'), 'ADMIN_SECRET=secret\n');

afterAll(() => rmSync(folder, { recursive: true }));

function operationOf({ method, path }: Pick<Route, 'method' | 'path'>): Operation {
  const operation = document.paths[path]?.[method];
  if (operation === undefined) throw new Error(`${method} ${path} is not in the document.`);
  return operation;
}

function routeOf(method: string, path: string): Route {
  const found = routes.find((route) => route.method === method && route.path === path);
  if (found === undefined) throw new Error(`${method} ${path} is no route.`);
  return found;
}

function answerSchema(operation: Operation, status: string): JsonSchema | undefined {
  const response = operation.responses[status];
  return response !== undefined && 'content' in response ? response.content?.['application/json']?.schema : undefined;
}

type Sent = { readonly method: string; readonly path: string; readonly token: string; readonly body: unknown };

/** Runs commands in a shell whose `curl` only writes down what it was given, and reads the last request. */
function sentBy(commands: string): Sent {
  const script = `curl() { printf '%s\\0' "$@" >&2; printf '\\0' >&2; echo '{"token":"minted"}'; }\n${commands}`;
  const { status, stderr } = spawnSync('sh', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], SERVER: 'http://localhost', TOKEN: 'token', ADMIN_SECRET: 'secret' },
  });
  expect(status).toBe(0);
  const words = (stderr.split('\0\0').at(-2) ?? '').split('\0');
  const after = (flag: string): string | undefined => (words.includes(flag) ? words[words.indexOf(flag) + 1] : '');
  const address = words.find((word) => word.startsWith('http'));
  // curl itself would read these as patterns.
  expect(address).not.toMatch(/[{}[\]$]/);
  return {
    method: (after('-X') || 'GET').toLowerCase(),
    path: new URL(address ?? '').pathname,
    token: after('-H') ?? '',
    body: JSON.parse(after('-d') || 'null'),
  };
}

const withBody = routes.filter((route) => operationOf(route).requestBody !== undefined && route.media === undefined);

describe('an example', () => {
  it.each(withBody.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'of %s is sent by its command as the schema has it',
    (_, route) => {
      const operation = operationOf(route);
      const { example } = operation.requestBody?.content['application/json'] ?? {};
      const sent = sentBy(curlOf(route.method, route.path, operation));
      expect(sent.method).toBe(route.method);
      expect(sent.path).toMatch(new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, String.raw`[\w.:-]+`)}$`));
      expect(sent.body).toEqual(example);
      expect(route.body.safeParse(sent.body).error).toBeUndefined();
      if (operation.security.length === 1) {
        const secret = route.permission === 'token.mint' ? 'secret' : 'token';
        expect(sent.token).toBe(`Authorization: Bearer ${secret}`);
      }
    },
  );

  it('of a picture is sent as a file with its type', () => {
    const bytes = routes.filter((route) => route.media !== undefined);
    expect(bytes.map(({ path }) => path)).toEqual(['/api/bouts/{bout_id}/fighters/{corner}/photo']);
    for (const route of bytes) {
      const command = curlOf(route.method, route.path, operationOf(route));
      expect(command).toContain("-H 'Content-Type: image/jpeg' \\\n  --data-binary @file");
      expect(sentBy(command)).toMatchObject({ method: 'put', path: '/api/bouts/bout_123/fighters/red/photo' });
      expect(page).toMatch(/Bytes of <code>image\/jpeg<\/code> <code>image\/png<\/code>/);
    }
  });

  it('passes an apostrophe through the shell', () => {
    const operation: Operation = {
      ...operationOf(routeOf('post', '/api/bouts')),
      requestBody: { required: true, content: { 'application/json': { schema: {}, example: { name: "O'Malley" } } } },
    };
    expect(sentBy(curlOf('post', '/api/bouts', operation)).body).toEqual({ name: "O'Malley" });
  });

  it('says what is sensible', () => {
    const bodyOf = (path: string): unknown =>
      operationOf({ method: 'post', path }).requestBody?.content['application/json']?.example;
    expect(bodyOf('/api/log-event')).toMatchObject({ fighter: 'red' });
    expect(bodyOf('/api/legacy/import')).toMatchObject({ events: [{ fighter: 'red', round_num: 1 }] });
    expect(bodyOf('/api/auth/tokens')).toEqual({ role: 'operator', subject: 'operator_1' });
    expect(bodyOf('/api/bouts/{bout_id}/finalize')).toEqual({ method: 'DEC' });
    expect(exampleOf({ type: 'object', required: ['voided'], properties: { voided: { type: 'boolean' } } })).toEqual({
      voided: false,
    });
  });
});

describe('the introduction', () => {
  it('sends only what its routes take, in the order of a first bout', () => {
    const expected = [
      ['post', '/api/auth/tokens', '/api/auth/tokens'],
      ['post', '/api/bouts', '/api/bouts'],
      ['post', '/api/bouts/{bout_id}/clock', '/api/bouts/bout_123/clock'],
      ['post', '/api/events/v2/log', '/api/events/v2/log'],
      ['get', '/api/live/{bout_id}', '/api/live/bout_123'],
    ] as const;
    expect(STEPS).toHaveLength(expected.length);
    for (const [i, [method, path, address]] of expected.entries()) {
      const commands = STEPS.slice(0, i + 1).map(({ code }) => code);
      const sent = sentBy(commands.join('\n'));
      expect(sent).toMatchObject({ method, path: address });
      expect(sent.token).toBe(`Authorization: Bearer ${i === 0 ? 'secret' : 'minted'}`);
      expect(routeOf(method, path).body.safeParse(sent.body ?? undefined).error).toBeUndefined();
    }
    expect(page).toContain('id="first-bout"');
  });
});

describe('the answers of a mutation', () => {
  const mutations = routes.filter(
    (route) => answerSchema(operationOf(route), '200')?.properties?.['is_duplicate'] !== undefined,
  );

  it('tell a first delivery, a duplicate and another conflict apart', () => {
    expect(mutations.length).toBeGreaterThan(10);
    for (const route of mutations) {
      const { responses } = operationOf(route);
      const conflict = responses['409'];
      const again = answerSchema(operationOf(route), '409');
      if (again === undefined) throw new Error(`${route.method} ${route.path} has no duplicate.`);
      expect(conflict).toMatchObject({ content: { 'application/json': {}, 'application/problem+json': {} } });
      const { is_duplicate: mark } = answerSchema(operationOf(route), '200')?.properties ?? {};
      expect(mark).toEqual({ type: 'boolean', const: false });
      const first = exampleOf(answerSchema(operationOf(route), '200') ?? {});
      expect(first).toMatchObject({ success: true, is_duplicate: false });
      expect(exampleOf(again)).toEqual({ ...Object(first), is_duplicate: true });
    }
  });

  it('are named on the page by both content types', () => {
    const [, start = ''] = page.split('id="post_events_v2_log"');
    const [card = ''] = start.split('</article>');
    const [, conflict = ''] = card.split('<code>409</code>');
    expect(conflict).toContain('<code>application/json</code>');
    expect(conflict).toContain('&quot;is_duplicate&quot;: true');
    expect(conflict).toContain('<code>application/problem+json</code>');
  });
});

describe('the page', () => {
  it('names every action type with its aspect, tiers and aliases, and leads there from event_type', () => {
    const [, section = ''] = page.split('id="action-types"');
    for (const type of ACTION_TYPES) {
      const { aliases } = typeFacts(type);
      for (const name of [wireName(type), ...aliases]) expect(section).toContain(`<code>${name}</code>`);
    }
    expect(section).toMatch(/<code>KD<\/code><\/th>\s*<td>damage<\/td>\s*<td>.*Flash.*Hard.*Near-Finish/);
    for (const word of ['head', 'ground', 'Cage']) expect(section).toContain(`<code>${word}</code>`);
    expect(page).toMatch(/<code>event_type<\/code>[^]*?href="#action-types"/);
  });

  it('shows no name of a definition, and says where anything may stand', () => {
    expect(page).not.toContain('__schema');
    expect(JSON.stringify(document)).not.toContain('__schema');
    expect(page).toContain('list of anything (JSON)');
    expect(page).toContain('events[].fighter</code>');
  });

  it('calls only the undo of an action of a locked round a conflict', () => {
    const [, problem = ''] = page.split('id="problem-conflict"');
    expect(problem.split('</article>')[0]).toMatch(
      /undo or correction of an action whose round is locked.*flag <code>late/,
    );
  });
});
