import * as z from 'zod';
import { ok, type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import type { Caller } from '../domain/roles/index.ts';
import type { Permission } from './auth/permissions.ts';
import { readBytes, readJson } from './body.ts';
import type { Env } from './env.ts';
import { problemResponse } from './problem.ts';
import { check } from './validate.ts';

/** What a handler gets: everything in it has been checked against the route's schemas. */
export type Call<P, Q, B> = {
  readonly env: Env;
  readonly request: Request;
  /** null where the permission admits callers without a token and none was sent. */
  readonly caller: Caller | null;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly waitUntil: (work: Promise<unknown>) => void;
};

export type RouteResponse = {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Media types of an answer that is bytes; it has no schema. */
  readonly media?: readonly string[];
};

type RouteFacts = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI form: `/api/bouts/{bout_id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly permission: Permission;
  /** Bytes; `BODY_LIMIT` where a route does not need more. */
  readonly bodyLimit?: number;
  /** Media types of a body that is taken as bytes instead of JSON. */
  readonly media?: readonly string[];
  /** Keyed by status. The problems that any route may answer are added by the document. */
  readonly responses: Readonly<Record<number, RouteResponse>>;
};

type Handling<P, Q, B> = RouteFacts & {
  readonly params: z.ZodType<P>;
  readonly query: z.ZodType<Q>;
  readonly handle: (call: Call<P, Q, B>) => Promise<Response | Refusal> | Response | Refusal;
};

export type RouteSpec<P, Q, B> = Handling<P, Q, B> & {
  /** `NO_BODY` where the route takes none. */
  readonly body: z.ZodType<B>;
};

/** A hot route takes nothing but a body, and reads it by hand; the schema then only documents it. */
export type HotRouteSpec<B> = Omit<Handling<unknown, unknown, B>, 'params' | 'query'> & {
  readonly body: z.ZodType;
  readonly readBody: (value: unknown) => Outcome<B>;
};

/** A body of one of the route's media types, as its sender names it. */
export type Bytes = { readonly type: string; readonly bytes: ArrayBuffer };

/** A route that takes bytes: its body has no schema, and `media` says what its Content-Type may be. */
export type BytesRouteSpec<P, Q> = Handling<P, Q, Bytes> & { readonly media: readonly string[] };

/** What the app hands to a route after it has read the token and checked the permission. */
export type RawCall = {
  readonly env: Env;
  readonly request: Request;
  readonly caller: Caller | null;
  /** Read when asked for: a route that takes none does not pay for them. */
  readonly params: () => Readonly<Record<string, string>>;
  readonly query: () => Readonly<Record<string, string>>;
  readonly waitUntil: (work: Promise<unknown>) => void;
};

/**
 * One route: what it is for, who may call it, what it takes and gives, and the code that serves it.
 * The server, the permission test and the OpenAPI document are all made from this one value.
 */
export type Route = RouteFacts & {
  /** `GET /api/live/{bout_id}`: what it is counted under. */
  readonly name: string;
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  readonly serve: (raw: RawCall) => Promise<Response>;
};

/** 64 KiB: far above any single event, far below what could hurt. */
export const BODY_LIMIT = 65_536;

export const NO_BODY = z.undefined();
export const NO_PARAMS = z.object({});
export const NO_QUERY = z.object({});

/** Binds the checks of a route to its handler, so that the handler only ever sees checked values. */
export function defineRoute<P, Q, B>(spec: RouteSpec<P, Q, B>): Route {
  const limit = spec.bodyLimit ?? BODY_LIMIT;
  const bodySchema: z.ZodType = spec.body;
  return {
    ...factsOf(spec),
    params: spec.params,
    query: spec.query,
    body: spec.body,
    serve: async ({ env, request, caller, waitUntil, ...raw }) => {
      const params = check(spec.params, raw.params(), '');
      if (!params.ok) return problemResponse(params);
      const query = check(spec.query, raw.query(), '');
      if (!query.ok) return problemResponse(query);
      const json = bodySchema === NO_BODY ? ok(undefined) : await readJson(request, limit);
      if (!json.ok) return problemResponse(json);
      const body = check(spec.body, json.value, '');
      if (!body.ok) return problemResponse(body);
      const checked = { params: params.value, query: query.value, body: body.value };
      return responseOf(await spec.handle({ env, request, caller, waitUntil, ...checked }));
    },
  };
}

export function defineHotRoute<B>(spec: HotRouteSpec<B>): Route {
  const limit = spec.bodyLimit ?? BODY_LIMIT;
  return {
    ...factsOf(spec),
    params: NO_PARAMS,
    query: NO_QUERY,
    body: spec.body,
    serve: async ({ env, request, caller, waitUntil }) => {
      const json = await readJson(request, limit);
      if (!json.ok) return problemResponse(json);
      const body = spec.readBody(json.value);
      if (!body.ok) return problemResponse(body);
      return responseOf(
        await spec.handle({ env, request, caller, waitUntil, params: null, query: null, body: body.value }),
      );
    },
  };
}

export function defineBytesRoute<P, Q>(spec: BytesRouteSpec<P, Q>): Route {
  const limit = spec.bodyLimit ?? BODY_LIMIT;
  return {
    ...factsOf(spec),
    params: spec.params,
    query: spec.query,
    body: NO_BODY,
    serve: async ({ env, request, caller, waitUntil, ...raw }) => {
      const params = check(spec.params, raw.params(), '');
      if (!params.ok) return problemResponse(params);
      const query = check(spec.query, raw.query(), '');
      if (!query.ok) return problemResponse(query);
      const type = mediaTypeOf(request);
      if (!spec.media.includes(type)) {
        const detail = `The body is one of ${spec.media.join(', ')}; the Content-Type must say which.`;
        return problemResponse(refuse('bad_request', detail, 'Content-Type'));
      }
      const bytes = await readBytes(request, limit);
      if (!bytes.ok) return problemResponse(bytes);
      const body = { type, bytes: bytes.value };
      const checked = { params: params.value, query: query.value, body };
      return responseOf(await spec.handle({ env, request, caller, waitUntil, ...checked }));
    },
  };
}

/** Without its parameters; empty where the request names none. */
function mediaTypeOf(request: Request): string {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  return type.trim().toLowerCase();
}

function factsOf(spec: RouteFacts): RouteFacts & Pick<Route, 'name'> {
  const { method, path, tag, summary, description, permission, bodyLimit, media, responses } = spec;
  return {
    name: `${method.toUpperCase()} ${path}`,
    method,
    path,
    tag,
    summary,
    ...(description === undefined ? {} : { description }),
    permission,
    bodyLimit: bodyLimit ?? BODY_LIMIT,
    ...(media === undefined ? {} : { media }),
    responses,
  };
}

function responseOf(reply: Response | Refusal): Response {
  return reply instanceof Response ? reply : problemResponse(reply);
}
