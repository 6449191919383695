import * as z from 'zod';
import type { Delivered } from '../../objects/card/index.ts';
import { deliverySchema, idSchema, instantSchema } from '../schemas/common.ts';
import { delivered } from './cards.ts';

export const codeSchema = deliverySchema.extend({
  card_id: idSchema,
  code: z.string(),
  url: z.string(),
  expires_at: instantSchema,
});

/** A new code as it is shown to whoever asked for it. */
export function codeAnswer(
  request: Request,
  made: Delivered<{ readonly expiresMs: number }>,
  code: string,
  { cardId, eventId }: { readonly cardId: string; readonly eventId: string | undefined },
): Response {
  return delivered(made, eventId, {
    card_id: cardId,
    code,
    url: `${new URL(request.url).origin}/pair#${code}`,
    expires_at: new Date(made.answer.expiresMs).toISOString(),
  });
}
