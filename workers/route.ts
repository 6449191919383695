import * as z from 'zod';
import { ok, type Outcome, type Refusal } from '../domain/refusal.ts';
import type { Caller } from '../domain/roles/index.ts';
import type { Permission } from './auth/permissions.ts';
import { readJson } from './body.ts';
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

export type RouteResponse = { readonly description: string; readonly schema?: z.ZodType };

type RouteFacts = {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** OpenAPI form: `/api/bouts/{bout_id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly permission: Permission;
  /** Bytes; `BODY_LIMIT` where a route does not need more. */
  readonly bodyLimit?: number;
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

/** A hot route reads its body by hand; the schema then only documents it. */
export type HotRouteSpec<P, Q, B> = Handling<P, Q, B> & {
  readonly body: z.ZodType;
  readonly readBody: (value: unknown) => Outcome<B>;
};

/** What the app hands to a route after it has read the token and checked the permission. */
export type RawCall = {
  readonly env: Env;
  readonly request: Request;
  readonly caller: Caller | null;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly waitUntil: (work: Promise<unknown>) => void;
};

/**
 * One route: what it is for, who may call it, what it takes and gives, and the code that serves it.
 * The server, the permission test and the OpenAPI document are all made from this one value.
 */
export type Route = RouteFacts & {
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
  return bind(spec, spec.body, (value) => check(spec.body, value, ''));
}

export function defineHotRoute<P, Q, B>(spec: HotRouteSpec<P, Q, B>): Route {
  return bind(spec, spec.body, spec.readBody);
}

function bind<P, Q, B>(spec: Handling<P, Q, B>, body: z.ZodType, readBody: (value: unknown) => Outcome<B>): Route {
  const { method, path, tag, summary, description, permission, bodyLimit, responses, handle } = spec;
  return {
    method,
    path,
    tag,
    summary,
    ...(description === undefined ? {} : { description }),
    permission,
    bodyLimit: bodyLimit ?? BODY_LIMIT,
    responses,
    params: spec.params,
    query: spec.query,
    body,
    serve: async (raw) => {
      const params = check(spec.params, raw.params, '');
      if (!params.ok) return problemResponse(params);
      const query = check(spec.query, raw.query, '');
      if (!query.ok) return problemResponse(query);
      const json = body === NO_BODY ? ok(undefined) : await readJson(raw.request, bodyLimit ?? BODY_LIMIT);
      if (!json.ok) return problemResponse(json);
      const read = readBody(json.value);
      if (!read.ok) return problemResponse(read);
      const reply = await handle({
        env: raw.env,
        request: raw.request,
        caller: raw.caller,
        params: params.value,
        query: query.value,
        body: read.value,
        waitUntil: raw.waitUntil,
      });
      return reply instanceof Response ? reply : problemResponse(reply);
    },
  };
}
