import { type Status, STATUSES } from '../../domain/monitor/index.ts';
import { type Decoded, list, literal, nullable, number, object, otherwise, text } from '../shared/wire/decode.ts';
import { type Decode, isBag } from '../shared/wire/decode.ts';

const status = literal<Status>(...STATUSES);
const ms = nullable(number);

const times = { count: number, p50_ms: ms, p95_ms: ms, p99_ms: ms };
const figures = { ...times, refused: number, errors: number };

const decodeTimes = object(times);
const decodeFigures = object(figures);
const decodeMinute = object({ ...figures, minute_ms: number });
const decodeRoute = object({ ...figures, route: text });

/** By role. */
const counts: Decode<Readonly<Record<string, number>>> = (value) => {
  if (!isBag(value)) return undefined;
  const read: Record<string, number> = {};
  for (const [name, count] of Object.entries(value)) if (typeof count === 'number') read[name] = count;
  return read;
};

const decodeBout = object({
  bout_id: text,
  event: nullable(text),
  fighter1: nullable(text),
  fighter2: nullable(text),
  status,
  detail: text,
  answered_ms: ms,
  round_status: nullable(text),
  clock: nullable(object({ round_id: number, length_ms: number, elapsed_ms: number, running_since_ms: ms })),
  entries: ms,
  last_entry_ms: ms,
  sockets: nullable(counts),
  jobs: nullable(object({ waiting: number, planned: number, failing: list(object({ job: text })), oldest_ms: ms })),
  database_bytes: ms,
  awake_since_ms: ms,
  socket_taps: nullable(decodeTimes),
});

const decodeDevice = object({
  device_id: text,
  judge_id: text,
  bout_id: text,
  status,
  detail: text,
  battery_percent: ms,
  network_strength_percent: ms,
  latency_ms: ms,
  fps: ms,
  dropped_event_count: number,
  silent_ms: number,
});

const part = { id: text, kind: text, name: text, status, detail: text };
const decodePart = object({ ...part, since_ms: ms });
const decodeChange = object({ ...part, at_ms: number, before: nullable(status) });

export const decodeMonitor = object({
  server_ms: number,
  build: text,
  edge: object({ since_ms: number }),
  scheduled_ms: ms,
  traffic: nullable(
    object({
      window_ms: number,
      overall: decodeFigures,
      taps: decodeFigures,
      socket_taps: decodeTimes,
      routes: list(decodeRoute),
      minutes: list(decodeMinute),
    }),
  ),
  bouts: list(decodeBout),
  devices: list(decodeDevice),
  components: list(decodePart),
  history: otherwise(nullable(list(decodeChange)), null),
});

export type Look = Decoded<typeof decodeMonitor>;
export type Traffic = NonNullable<Look['traffic']>;
export type Minute = Decoded<typeof decodeMinute>;
export type Figures = Decoded<typeof decodeFigures>;
export type Times = Decoded<typeof decodeTimes>;
export type BoutLine = Decoded<typeof decodeBout>;
export type DeviceLine = Decoded<typeof decodeDevice>;
export type Part = Decoded<typeof decodePart>;
export type Change = Decoded<typeof decodeChange>;
