import * as z from 'zod';
import { platformOf } from '../auth/platform.ts';
import { defineRoute, NO_BODY, NO_PARAMS } from '../route.ts';
import { dateSchema, idSchema } from '../schemas/common.ts';

const PAGE = 50;

export const listCards = defineRoute({
  method: 'get',
  path: '/api/cards',
  tag: 'Cards',
  summary: 'The newest cards that the caller’s token reaches',
  description: `At most ${PAGE}, newest first; the created_index of the last one, as before, gives the next. A token for one bout reaches no card.`,
  permission: 'card.read',
  params: NO_PARAMS,
  query: z.object({
    before: z
      .string()
      .regex(/^[0-9]{1,15}$/, 'must be a created_index')
      .transform(Number)
      .optional(),
  }),
  body: NO_BODY,
  responses: {
    200: {
      description: 'The cards.',
      schema: z.object({
        cards: z.array(
          z.object({
            card_id: idSchema,
            promotion: z.string(),
            event: z.string(),
            date: dateSchema.nullable(),
            created_index: z.int().describe('Of the entry of the deployment’s ledger that records it.'),
          }),
        ),
      }),
    },
  },
  handle: async ({ env, caller, query }) => {
    const reachesNone = caller !== null && caller.boutId !== null;
    const listed = reachesNone
      ? []
      : await platformOf(env).cards({
          limit: PAGE,
          beforeIndex: query.before ?? null,
          cardId: caller?.cardId ?? null,
        });
    const cards = listed.map(({ cardId, promotion, event, date, recordedIndex }) => ({
      card_id: cardId,
      promotion,
      event,
      date,
      created_index: recordedIndex,
    }));
    return Response.json({ cards }, { headers: { 'cache-control': 'no-store' } });
  },
});
