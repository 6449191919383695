import type * as z from 'zod';
import type { Outcome } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { Delivery } from '../../objects/bout/index.ts';
import type { Permission } from '../auth/permissions.ts';
import { type boutOf, mutateBout } from '../bouts.ts';
import { defineRoute, NO_QUERY, type Route } from '../route.ts';
import { boutParams, loggedSchema } from '../schemas/bout.ts';

type Mutation<B> = {
  /** After `/api/bouts/{bout_id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly permission: Permission;
  readonly body: z.ZodType<B>;
  /** What 404 means, where there is something to be not found besides the bout. */
  readonly notFound?: string;
  readonly act: (bout: ReturnType<typeof boutOf>, member: Caller, body: B) => Promise<Outcome<Delivery>>;
};

/** A route that writes one entry to a bout's ledger, answered as every mutation is. */
export function mutationRoute<B>({ path, notFound, act, ...spec }: Mutation<B>): Route {
  return defineRoute({
    ...spec,
    method: 'post',
    path: `/api/bouts/{bout_id}${path}`,
    params: boutParams,
    query: NO_QUERY,
    responses: {
      200: { description: 'Recorded.', schema: loggedSchema },
      409: { description: 'The bout’s rules forbid it now, or the same request again (is_duplicate).' },
      ...(notFound === undefined ? {} : { 404: { description: notFound } }),
    },
    handle: async ({ env, caller, params, body }) =>
      await mutateBout(env, caller, params.bout_id, async (bout, member) => await act(bout, member, body)),
  });
}
