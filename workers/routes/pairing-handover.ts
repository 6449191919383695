import * as z from 'zod';
import { refuse } from '../../domain/refusal.ts';
import { keyRing } from '../auth/keys.ts';
import { pairingCode } from '../auth/pairing-code.ts';
import { cardScopeRefusal } from '../auth/scope.ts';
import { defineRoute, NO_PARAMS, NO_QUERY } from '../route.ts';
import { eventIdSchema, idSchema } from '../schemas/common.ts';
import { codeAnswer, codeSchema } from './pairing-answer.ts';

export const handOver = defineRoute({
  method: 'post',
  path: '/api/pairings/handover',
  tag: 'Pairings',
  summary: 'Make a code for one’s own place, for another device to take it',
  description:
    'Whoever holds a place on a card shows the code to the device that is to have it: same role, subject, seat, corners and aspects. It is good once, for three minutes, until the device makes another, and only while the device has the place.',
  permission: 'pairing.handover',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: z.strictObject({
    card_id: idSchema.optional().describe('The token’s own, where it is named.'),
    event_id: eventIdSchema.optional(),
  }),
  responses: {
    200: { description: 'The code and its link.', schema: codeSchema },
    403: { description: 'The token is for no card, or the device has the place no more (`fenced`).' },
    404: { description: 'There is no such card.' },
    409: { description: 'The same delivery again: the first code.' },
  },
  handle: async ({ env, caller, body, request }) => {
    if (caller === null) return refuse('unauthorized', 'This needs a token.', 'Authorization');
    const { cardId } = caller;
    if (cardId === null || caller.boutId !== null) {
      const reach = caller.boutId === null ? 'no card' : 'one bout alone';
      return refuse('forbidden', `This token is for ${reach}: only a place on a card is handed over.`, 'card_id');
    }
    const outside = cardScopeRefusal(caller, body.card_id ?? cardId);
    if (outside !== null) return outside;
    const ring = await keyRing(env);
    if (!ring.ok) return ring;
    const code = pairingCode(ring.value, cardId, body.event_id);
    const made = await env.CARD.getByName(cardId).handOver({
      code,
      badge: {
        role: caller.role,
        subject: caller.subject,
        seat: caller.seat,
        corners: caller.corners,
        aspects: caller.aspects,
      },
      device: caller.device,
      eventId: body.event_id ?? null,
    });
    return made.ok ? codeAnswer(request, made.value, code, { cardId, eventId: body.event_id }) : made;
  },
});
