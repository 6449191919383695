import type * as z from 'zod';
import { type Permission, PERMISSIONS, type Rule } from '../auth/permissions.ts';
import type { Route } from '../route.ts';
import { EXAMPLE_BODIES } from './example-bodies.ts';
import { exampleOf } from './example.ts';
import { PROBLEM_SCHEMA, PROBLEMS } from './problems.ts';
import { type JsonSchema, type SchemaWriter, schemaWriter, type Side } from './schemas.ts';
import { SOCKET_PATH, socketOperation } from './socket.ts';

export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
};

export type MediaTypes = Readonly<Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>>;

export type ResponseObject = { readonly description: string; readonly content?: MediaTypes };

export type Operation = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: MediaTypes };
  readonly responses: Readonly<Record<string, ResponseObject | { readonly $ref: string }>>;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-permission': string;
  readonly 'x-roles': readonly string[];
};

export type OpenApiDocument = {
  readonly openapi: '3.1.1';
  readonly jsonSchemaDialect: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, ResponseObject>>;
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
};

const ABOUT = `Every bout is one append-only ledger. Each mutation takes an optional \`event_id\`: the first delivery answers 200, the same delivery again 409 as \`application/json\` with the first answer's fields, \`success: true\` and \`is_duplicate: true\`, and the same \`event_id\` with other content 409 as a problem document, with nothing written. Instants are UTC epoch milliseconds. Errors are RFC 9457 problem documents.`;

/** The OpenAPI 3.1 document of a table of routes. */
export function buildDocument(routes: readonly Route[]): OpenApiDocument {
  const writer = schemaWriter();
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, writer) };
  }
  paths[SOCKET_PATH] = { ...paths[SOCKET_PATH], get: socketOperation() };
  const tags = [
    ...new Set(Object.values(paths).flatMap((path) => Object.values(path).flatMap(({ tags: own }) => own))),
  ];
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'FightJudge', version: '1.0', description: ABOUT },
    servers: [{ url: '/' }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: PROBLEM_SCHEMA, ...writer.definitions },
      responses: Object.fromEntries(PROBLEM_RESPONSES.map(({ name, response }) => [name, response])),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

const PROBLEM_REF: JsonSchema = { $ref: '#/components/schemas/Problem' };

/** One per status: two codes may share it (403 is `forbidden` or `fenced`). */
const PROBLEM_RESPONSES = [...new Set(PROBLEMS.map(({ status }) => status))].map((status) => {
  const codes = PROBLEMS.filter((problem) => problem.status === status);
  return {
    status,
    name: `problem_${status}`,
    response: {
      description: codes.map(({ code, title }) => `${title} (\`${code}\`)`).join(' or '),
      content: { 'application/problem+json': { schema: PROBLEM_REF } },
    } satisfies ResponseObject,
  };
});

function operationOf(route: Route, writer: SchemaWriter): Operation {
  const id = operationId(route);
  const rule: Rule = PERMISSIONS[route.permission];
  const parameters = [
    ...parametersOf(writer.write(route.params, 'input', `${id}_path`), 'path'),
    ...parametersOf(writer.write(route.query, 'input', `${id}_query`), 'query'),
  ];
  const body = takesBody(route) ? bodyContent(route, `${id}_body`, writer) : null;
  return {
    operationId: id,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, rolesInWords(route.permission)].filter((part) => part !== undefined).join('\n\n'),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === null ? {} : { requestBody: { required: true, content: body } }),
    responses: responsesOf(route, id, writer),
    security: securityOf(rule),
    'x-permission': route.permission satisfies Permission,
    'x-roles': rule.roles,
  };
}

/** `post /api/bouts/{bout_id}/clock` → `post_bouts_by_bout_id_clock` */
function operationId(route: Route): string {
  const words = route.path.replace(/^\/api\//, '').replaceAll(/\{(\w+)\}/g, 'by_$1');
  return `${route.method}_${words.replaceAll(/\W+/g, '_')}`;
}

/** What the answer holds, or whether there is one, is up to the bout. */
const BY_RELEASE: readonly Permission[] = [
  'read.bout',
  'read.events',
  'archive.read',
  'statistics.read',
  'export.read',
];

export function rolesInWords(permission: Permission): string {
  const rule: Rule = PERMISSIONS[permission];
  if (rule.anonymous) {
    return BY_RELEASE.includes(permission)
      ? 'Open with or without a token, as far as the bout’s release policy goes; beyond it 401 or 403.'
      : 'Open to everybody, with or without a token.';
  }
  return `Needs a token of one of these roles: ${rule.roles.join(', ')}.`;
}

function securityOf(rule: Rule): Operation['security'] {
  return rule.anonymous ? [{}, { bearer: [] }] : [{ bearer: [] }];
}

function parametersOf(schema: JsonSchema, place: 'path' | 'query'): Parameter[] {
  return Object.entries(schema.properties ?? {}).map(([name, written]) => {
    const { description, ...rest } = typeof written === 'boolean' ? {} : written;
    return {
      name,
      in: place,
      // OpenAPI knows no optional part of a path.
      required: place === 'path' || (schema.required?.includes(name) ?? false),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}

function isNothing(schema: z.ZodType): boolean {
  return schema.type === 'undefined';
}

function content(schema: z.ZodType, side: Side, prefix: string, writer: SchemaWriter): MediaTypes {
  return { 'application/json': { schema: writer.write(schema, side, prefix) } };
}

function takesBody(route: Route): boolean {
  return route.media !== undefined || !isNothing(route.body);
}

/** Bytes of any of these types: an empty schema says nothing of them. */
function bytesContent(media: readonly string[]): MediaTypes {
  return Object.fromEntries(media.map((type) => [type, { schema: {} }]));
}

function bodyContent(route: Route, prefix: string, writer: SchemaWriter): MediaTypes {
  if (route.media !== undefined) return bytesContent(route.media);
  const schema = writer.write(route.body, 'input', prefix);
  const example = EXAMPLE_BODIES[`${route.method} ${route.path}`] ?? exampleOf(schema);
  return { 'application/json': { schema, example } };
}

function responsesOf(route: Route, id: string, writer: SchemaWriter): Operation['responses'] {
  const responses: Record<string, ResponseObject | { readonly $ref: string }> = {};
  for (const [status, { description, schema, media: bytes = [] }] of Object.entries(route.responses)) {
    const isProblem = Number(status) >= 400;
    const own = schema === undefined ? bytesContent(bytes) : content(schema, 'output', `${id}_${status}`, writer);
    const media = isProblem ? { ...own, 'application/problem+json': { schema: PROBLEM_REF } } : own;
    responses[status] = Object.keys(media).length > 0 ? { description, content: media } : { description };
  }
  Object.assign(responses, deliveries(route, id, writer));
  for (const { status, name } of PROBLEM_RESPONSES) {
    if (responses[status] === undefined && mayAnswer(route, status)) {
      responses[status] = { $ref: `#/components/responses/${name}` };
    }
  }
  return responses;
}

const DUPLICATE = "the same delivery again: the first answer's fields, with `success: true` and `is_duplicate: true`.";

/** A mutation's two answers by delivery: the first is 200, any later one 409, which other conflicts share. */
function deliveries(route: Route, id: string, writer: SchemaWriter): Readonly<Record<string, ResponseObject>> {
  const { 200: first, 409: again } = route.responses;
  if (first?.schema === undefined || again?.schema !== undefined) return {};
  const schema = writer.write(first.schema, 'output', `${id}_200`);
  if (schema.properties?.['is_duplicate'] === undefined) return {};
  const conflict = `\`application/json\` is ${DUPLICATE} Any other conflict is \`application/problem+json\`.`;
  const duplicate = { ...withDuplicate(schema, true), description: DUPLICATE };
  return {
    200: { description: first.description, content: { 'application/json': { schema: withDuplicate(schema, false) } } },
    409: {
      description: again === undefined ? conflict : `${again.description} ${conflict}`,
      content: { 'application/json': { schema: duplicate }, 'application/problem+json': { schema: PROBLEM_REF } },
    },
  };
}

function withDuplicate(schema: JsonSchema, isDuplicate: boolean): JsonSchema {
  return { ...schema, properties: { ...schema.properties, is_duplicate: { type: 'boolean', const: isDuplicate } } };
}

function mayAnswer(route: Route, status: number): boolean {
  if (status === 404) return route.path.includes('{');
  if (status === 409 || status === 413) return takesBody(route);
  return true;
}
