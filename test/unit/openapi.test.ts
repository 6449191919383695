import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { permits, PERMISSIONS } from '../../workers/auth/permissions.ts';
import { buildDocument, type Operation, PROBLEMS, renderPage } from '../../workers/openapi/index.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../../workers/route.ts';
import { openApiFaults } from './openapi-check.ts';

// The objects extend a class of the runtime, which is not there in Node; no object is made here.
vi.mock('cloudflare:workers', () => ({ DurableObject: Object, waitUntil: () => {} }));

const { routes } = await import('../../workers/routes/index.ts');

const document = buildDocument(routes);

function operationOf(route: Route, of = document): Operation {
  const operation = of.paths[route.path]?.[route.method];
  if (operation === undefined) throw new Error(`${route.method} ${route.path} is not in the document.`);
  return operation;
}

const tree: z.ZodType = z.object({
  label: z.string().meta({ examples: ['<b>bold</b>'] }),
  get children() {
    return z.array(tree);
  },
});

const sample = defineRoute({
  method: 'post',
  path: '/api/sample/{bout_id}',
  tag: 'Sample',
  summary: 'A sample',
  description: 'With `code` and <script>alert(1)</script>.',
  permission: 'lock_round',
  params: z.object({ bout_id: z.string().max(9) }),
  query: z.object({ round_length: z.coerce.number().int().min(1).default(300).describe('Seconds.') }),
  body: z.strictObject({ kind: z.enum(['a', 'b']), note: z.string().min(1).max(5).optional(), tree }),
  responses: {
    200: { description: 'Done.', schema: z.object({ success: z.literal(true), tree }) },
    409: { description: 'Again.', schema: z.object({ success: z.boolean() }) },
  },
  handle: () => new Response(),
});

const bare = defineRoute({
  method: 'get',
  path: '/api/sample',
  tag: 'Sample',
  summary: 'Another',
  permission: 'public',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: NO_BODY,
  responses: { 200: { description: 'Done.' } },
  handle: () => new Response(),
});

const sampled = buildDocument([sample, bare]);

describe('the document of the whole table', () => {
  it('keeps to the structure of OpenAPI 3.1', () => {
    expect(openApiFaults(document)).toEqual([]);
    expect(openApiFaults(JSON.parse(JSON.stringify(document)))).toEqual([]);
  });

  it('holds every route with the roles that its permission admits, and no route besides the socket', () => {
    for (const route of routes) {
      const operation = operationOf(route);
      expect(operation.summary).toBe(route.summary);
      expect(operation['x-roles']).toEqual(PERMISSIONS[route.permission].roles);
      expect(operation.security.some((way) => Object.keys(way).length === 0)).toBe(permits(route.permission, null));
      for (const role of permits(route.permission, null) ? [] : operation['x-roles']) {
        expect(operation.description).toContain(role);
      }
      for (const status of Object.keys(route.responses)) expect(operation.responses).toHaveProperty(status);
    }
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations).toHaveLength(routes.length + 1);
  });

  it('names the problem document for whatever a route may refuse', () => {
    for (const route of routes) {
      const { responses, requestBody, parameters } = operationOf(route);
      const expected = ['400', '401', '403', '429', '503'];
      if (requestBody !== undefined) expected.push('409', '413');
      if (parameters?.some((one) => one.in === 'path')) expected.push('404');
      for (const status of expected) {
        const written = JSON.stringify(responses[status] ?? null);
        expect(written, `${route.method} ${route.path} ${status}`).toMatch(/problem_\d{3}|problem\+json/);
      }
    }
  });
});

describe('the document of a route', () => {
  it('writes parameters, body and answers from the schemas', () => {
    expect(openApiFaults(sampled)).toEqual([]);
    const operation = operationOf(sample, sampled);
    expect(operation.parameters).toEqual([
      { name: 'bout_id', in: 'path', required: true, schema: { type: 'string', maxLength: 9 } },
      {
        name: 'round_length',
        in: 'query',
        required: false,
        description: 'Seconds.',
        schema: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, default: 300 },
      },
    ]);
    expect(operation.requestBody?.content['application/json']?.schema).toMatchObject({
      type: 'object',
      required: ['kind', 'tree'],
      additionalProperties: false,
      properties: { kind: { enum: ['a', 'b'] }, note: { minLength: 1, maxLength: 5 } },
    });
    expect(operation.responses[409]).toMatchObject({
      content: { 'application/json': {}, 'application/problem+json': {} },
    });
    expect(operationOf(bare, sampled)).not.toHaveProperty('requestBody');
    expect(operationOf(bare, sampled).security).toEqual([{}, { bearer: [] }]);
    expect(operation.security).toEqual([{ bearer: [] }]);
  });

  it('promises no closed answers', () => {
    expect(JSON.stringify(operationOf(sample, sampled).responses)).not.toContain('additionalProperties');
  });
});

describe('the check itself', () => {
  it('finds what is wrong', () => {
    const operation = operationOf(sample, sampled);
    const broken = (change: object): unknown => ({
      ...sampled,
      paths: { '/api/sample/{bout_id}': { post: { ...operation, ...change } } },
    });
    expect(openApiFaults(broken({}))).toEqual([]);
    expect(openApiFaults(broken({ parameters: [] }))).not.toEqual([]);
    expect(openApiFaults(broken({ responses: {} }))).not.toEqual([]);
    expect(openApiFaults(broken({ responses: { 200: { $ref: '#/components/responses/none' } } }))).not.toEqual([]);
    expect(openApiFaults(broken({ tags: ['Unknown'] }))).not.toEqual([]);
    expect(openApiFaults(broken({ security: [{ unknown: [] }] }))).not.toEqual([]);
    const schema = { type: 'text' };
    expect(openApiFaults(broken({ requestBody: { content: { 'application/json': { schema } } } }))).not.toEqual([]);
    expect(openApiFaults({ ...sampled, openapi: '3.0.3' })).not.toEqual([]);
  });
});

describe('the page', () => {
  it('has every operation, every field and an anchor for every problem, and links that lead somewhere', async () => {
    const page = await renderPage(document);
    for (const route of routes) expect(page).toContain(`id="${operationOf(route).operationId}"`);
    for (const { code } of PROBLEMS) expect(page).toContain(`id="problem-${code}"`);
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    expect(ids.size).toBe([...page.matchAll(/ id="/g)].length);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('loads nothing, runs nothing and escapes what it shows', async () => {
    const page = await renderPage(sampled);
    expect(page).not.toMatch(/<script|<link|<img|<iframe| on\w+=|https?:\/\/(?!json-schema|127\.0\.0\.1)/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('<code>code</code>');
  });

  it('shows type, constraints and an example', async () => {
    const page = await renderPage(sampled);
    expect(page).toContain('string, 1 to 5 characters');
    expect(page).toContain('&quot;a&quot;, &quot;b&quot;');
    expect(page).toContain('integer, at least 1; 300 where left out');
    expect(page).toContain('curl -X POST');
  });
});
