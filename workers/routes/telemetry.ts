import * as z from 'zod';
import { answer, boutOf, callerFor, json, timed } from '../bouts.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import { boutParams } from '../schemas/bout.ts';
import { idSchema, instantSchema } from '../schemas/common.ts';

const percent = z.number().min(0).max(100).nullish();

const alertSchema = z.object({ type: z.string(), value: z.number() });

const report = defineRoute({
  method: 'post',
  path: '/api/telemetry/report',
  tag: 'Telemetry',
  summary: 'Report the health of a device, every 3 to 5 seconds',
  description: 'What a device cannot measure it leaves out or sends as null. Alerts are pushed to the operators.',
  permission: 'telemetry.report',
  params: NO_PARAMS,
  query: NO_QUERY,
  // Devices report more than is asked for; none of it matters to anybody else.
  body: z.object({
    device_id: idSchema,
    judge_id: idSchema,
    bout_id: idSchema,
    battery_percent: percent,
    network_strength_percent: percent,
    latency_ms: z.number().min(0).max(600_000).nullish(),
    fps: z.number().min(0).max(1_000).nullish(),
    dropped_event_count: z.int().min(0).default(0),
    event_rate_per_second: z.number().min(0).max(10_000).nullish(),
    clock_offset_ms: z.int().min(-86_400_000).max(86_400_000).nullish().describe('Server time less device time.'),
  }),
  responses: {
    200: {
      description: 'What is wrong with the device, by the documented thresholds.',
      schema: z.object({ success: z.literal(true), alerts: z.array(alertSchema), performance_ms: z.number() }),
    },
    404: { description: 'There is no such bout.' },
  },
  handle: async ({ env, caller, body }) => {
    const member = callerFor(caller, body.bout_id);
    if (!member.ok) return member;
    const outcome = await timed(
      async () =>
        await boutOf(env, body.bout_id).reportTelemetry(member.value, {
          deviceId: body.device_id,
          judgeId: body.judge_id,
          batteryPercent: body.battery_percent ?? null,
          networkStrengthPercent: body.network_strength_percent ?? null,
          latencyMs: body.latency_ms ?? null,
          fps: body.fps ?? null,
          droppedEventCount: body.dropped_event_count,
          eventRatePerSecond: body.event_rate_per_second ?? null,
          clockOffsetMs: body.clock_offset_ms ?? null,
        }),
    );
    return outcome.ok
      ? json({ success: true, ...outcome.value.value, performance_ms: outcome.value.performance_ms })
      : outcome;
  },
});

const read = defineRoute({
  method: 'get',
  path: '/api/telemetry/{bout_id}',
  tag: 'Telemetry',
  summary: 'The last report of every device of a bout',
  permission: 'telemetry.read',
  params: boutParams,
  query: NO_QUERY,
  body: NO_BODY,
  responses: {
    200: {
      description: 'A device that has not reported for 15 seconds is offline.',
      schema: z.object({
        bout_id: idSchema,
        devices: z.array(
          z.object({
            device_id: idSchema,
            judge_id: idSchema,
            bout_id: idSchema,
            battery_percent: z.number().nullable(),
            network_strength_percent: z.number().nullable(),
            latency_ms: z.number().nullable(),
            fps: z.number().nullable(),
            dropped_event_count: z.int(),
            event_rate_per_second: z.number().nullable(),
            clock_offset_ms: z.int().nullable(),
            last_report: instantSchema,
            status: z.enum(['ok', 'warning', 'offline']),
            alerts: z.array(alertSchema),
          }),
        ),
        total_devices: z.int(),
      }),
    },
    404: { description: 'There is no such bout.' },
  },
  handle: async ({ env, caller, params }) => {
    const member = callerFor(caller, params.bout_id);
    return member.ok ? answer(await boutOf(env, params.bout_id).telemetry(member.value)) : member;
  },
});

export const telemetryRoutes: readonly Route[] = [report, read];
