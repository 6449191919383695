import * as z from 'zod';
import { METHODS, RULING_KINDS } from '../../domain/bout/index.ts';
import type { LeafObject } from '../../domain/ledger/index.ts';
import type { Route } from '../route.ts';
import { roundSchema } from '../schemas/bout.ts';
import { elapsedMsSchema, eventIdSchema, idSchema, textSchema, timestampMsSchema } from '../schemas/common.ts';
import { mutationRoute } from './mutation.ts';

/** A judge's acknowledgement has a route of its own. */
const KINDS = RULING_KINDS.filter((kind) => kind !== 'told');

const rulingSchema = z
  .strictObject({
    kind: z.enum(KINDS),
    round_id: roundSchema,
    fighter_id: idSchema
      .optional()
      .describe('Who scored the knockdown; who fouled, is warned or loses points; who won by the stoppage.'),
    target_event_id: idSchema
      .optional()
      .describe(
        'The knockdown that is confirmed or was a slip; the foul that a warning, a deduction or a stoppage follows; what is rescinded or was reviewed.',
      ),
    points: z.int().min(1).max(5).optional().describe('For a deduction: what the rule set allows, commonly 1 or 2.'),
    foul: textSchema(80).optional(),
    intent: z.enum(['accidental', 'intentional']).optional(),
    injury: z.boolean().optional().describe('For a deduction: the foul injured. Some commissions mandate two points.'),
    method: z.enum(METHODS).optional().describe('For a stoppage; none where a foul caused it: the rules then say how.'),
    aggravated: z
      .boolean()
      .optional()
      .describe('For a stoppage after a foul: fair blows have made the injury worse since.'),
    time_ms: elapsedMsSchema.optional().describe('For a stoppage: its official time, elapsed in the round.'),
    footage_ms: z.int().min(0).max(86_400_000).optional().describe('For a replay review: where in the footage.'),
    outcome: z.enum(['upheld', 'overturned', 'inconclusive']).optional().describe('For a replay review.'),
    note: textSchema(500)
      .optional()
      .describe(
        'Needed to rescind, to rule on a knockdown of a locked round, and for a time that the clock has not shown.',
      ),
    timestamp_ms: timestampMsSchema.optional(),
    event_id: eventIdSchema.optional(),
  })
  .refine(({ kind, footage_ms }) => kind !== 'replay_review' || footage_ms !== undefined, {
    path: ['footage_ms'],
    message: 'a replay review says where in the footage',
  })
  .refine(({ kind, outcome }) => kind !== 'replay_review' || outcome !== undefined, {
    path: ['outcome'],
    message: 'a replay review says what it came to',
  })
  .refine(({ kind, note }) => kind !== 'rescind' || note !== undefined, {
    path: ['note'],
    message: 'to rescind a ruling needs a reason',
  })
  .refine(({ kind, target_event_id }) => kind !== 'rescind' || target_event_id !== undefined, {
    path: ['target_event_id'],
    message: 'say which ruling is rescinded',
  });

function detailsOf(body: z.infer<typeof rulingSchema>): LeafObject {
  return {
    foul: body.foul ?? null,
    intent: body.intent ?? null,
    injury: body.injury ?? null,
    method: body.method ?? null,
    aggravated: body.aggravated ?? null,
    footage_ms: body.footage_ms ?? null,
    outcome: body.outcome ?? null,
    note: body.note ?? null,
  };
}

const ruling = mutationRoute({
  path: '/rulings',
  tag: 'Rulings',
  summary: 'Record what the referee ruled',
  description:
    'A knockdown is pending until it is confirmed or called a slip. A foul comes first; a warning or a deduction names it and counts in its round. A stoppage ends the clock. A ruling is rescinded by another, and stays in the record.',
  permission: 'ruling',
  body: rulingSchema,
  notFound: 'There is no such target.',
  act: async (bout, member, body) =>
    await bout.rule(member, {
      kind: body.kind,
      roundId: body.round_id,
      fighterId: body.fighter_id ?? null,
      targetEventId: body.target_event_id ?? null,
      pointsX10: body.points === undefined ? null : body.points * 10,
      details: detailsOf(body),
      timeMs: body.time_ms ?? null,
      timestampMs: body.timestamp_ms ?? null,
      eventId: body.event_id ?? null,
    }),
});

const acknowledge = mutationRoute({
  path: '/rulings/acknowledge',
  tag: 'Rulings',
  summary: 'Say, as a judge, that a ruling has reached one’s seat',
  description: 'A deduction counts whether or not it is acknowledged; the supervisor sees who has been told.',
  permission: 'ruling.acknowledge',
  body: z.strictObject({ judge_id: idSchema, target_event_id: idSchema, event_id: eventIdSchema.optional() }),
  notFound: 'There is no such ruling.',
  act: async (bout, member, body) =>
    await bout.acknowledgeRuling(member, {
      judgeId: body.judge_id,
      targetEventId: body.target_event_id,
      eventId: body.event_id ?? null,
    }),
});

export const rulingRoutes: readonly Route[] = [ruling, acknowledge];
