import * as z from 'zod';
import { STATUSES } from '../../domain/monitor/index.ts';
import { roundStatusSchema } from '../schemas/bout.ts';
import { idSchema } from '../schemas/common.ts';
import { KINDS } from './status.ts';

const statusSchema = z.enum(STATUSES);
const ms = z.number().nullable();

const timesSchema = z.object({ count: z.int(), p50_ms: ms, p95_ms: ms, p99_ms: ms });

const figuresSchema = timesSchema.extend({
  refused: z.int().describe('Answered with 4xx.'),
  errors: z.int().describe('Answered with 5xx.'),
});

const boutSchema = z.object({
  bout_id: idSchema,
  card_id: idSchema.nullable(),
  event: z.string().nullable(),
  fighter1: z.string().nullable(),
  fighter2: z.string().nullable(),
  status: statusSchema,
  detail: z.string(),
  answered_ms: ms,
  round_status: roundStatusSchema.nullable(),
  clock: z
    .object({
      round_id: z.int(),
      length_ms: z.number(),
      elapsed_ms: z.number(),
      running_since_ms: ms,
    })
    .nullable(),
  entries: z.int().nullable(),
  last_entry_ms: z.int().nullable(),
  sockets: z.record(z.string(), z.int()).nullable().describe('By role; `public` came without a token.'),
  jobs: z
    .object({
      waiting: z.int().describe('Due and not done.'),
      planned: z.int().describe('Due later.'),
      failing: z.array(z.object({ job: z.string(), attempts: z.int() })),
      oldest_ms: ms.describe('How long the oldest of them has been due.'),
    })
    .nullable(),
  ledger_fault: z.object({ index: z.int(), detail: z.string() }).nullable(),
  database_bytes: z.int().nullable(),
  awake_since_ms: z.int().nullable(),
  socket_taps: timesSchema.nullable().describe('From receipt until the acknowledgement could leave, since it woke.'),
});

const deviceSchema = z.object({
  device_id: idSchema,
  judge_id: idSchema,
  bout_id: idSchema,
  status: statusSchema,
  detail: z.string(),
  battery_percent: ms,
  network_strength_percent: ms,
  latency_ms: ms,
  fps: ms,
  dropped_event_count: z.int(),
  last_report_ms: z.int(),
  silent_ms: z.int(),
  alerts: z.array(z.object({ type: z.string(), value: z.number() })),
});

const partSchema = z.object({
  id: z.string(),
  kind: z.enum(KINDS),
  name: z.string(),
  status: statusSchema,
  detail: z.string(),
});

export const monitorSchema = z.object({
  server_ms: z.int(),
  build: z.string(),
  edge: z.object({ since_ms: z.int() }).describe('The isolate that answered, and since when it runs.'),
  scheduled_ms: z.int().nullable().describe('When the look of every minute was taken last.'),
  traffic: z
    .object({
      window_ms: z.int().describe('What the figures are of, but for `minutes`: at most five minutes.'),
      overall: figuresSchema,
      taps: figuresSchema,
      socket_taps: timesSchema,
      routes: z.array(figuresSchema.extend({ route: z.string() })),
      minutes: z.array(figuresSchema.extend({ minute_ms: z.int() })),
    })
    .nullable()
    .describe('null while the platform object does not answer.'),
  bouts: z.array(boutSchema),
  devices: z.array(deviceSchema),
  components: z.array(partSchema.extend({ since_ms: z.int().nullable() })),
  history: z
    .array(partSchema.extend({ at_ms: z.int(), before: statusSchema.nullable() }))
    .nullable()
    .describe('Changes of status, newest first, at most 200; null while the platform object does not answer.'),
});
