import { addWithin, figuresOf, noneWithin, totalOf, type Within } from '../../domain/monitor/index.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { StatusChange } from '../../objects/platform/index.ts';
import { callerMayUse } from '../auth/scope.ts';
import { BUILD } from '../build.ts';
import type { AskedBout } from './bouts.ts';
import { type Look, MINUTE_MS, RECENT_MINUTES, SERIES_MINUTES } from './look.ts';
import { byRoute, type Device, judgeBout } from './parts.ts';

const TAP_ROUTES = ['POST /api/events/v2/log', 'POST /api/events/v2/batch'];
const TOP_ROUTES = 15;

const NONE = { count: 0, refused: 0, errors: 0, within: [] };

/** A look as it goes out, cut to what the caller's token reaches. */
export function wireLook(found: Look, caller: Caller | null) {
  return {
    server_ms: found.nowMs,
    build: BUILD,
    edge: { since_ms: found.sinceMs },
    scheduled_ms: found.scheduledMs,
    traffic: trafficOf(found),
    bouts: found.bouts.map(boutLine),
    devices: found.devices.map((device) => deviceLine(device, found.nowMs)),
    components: found.parts.map(({ id, kind, name, status, detail }, index) => ({
      id,
      kind,
      name,
      status,
      detail,
      since_ms: found.noted?.sinceMs[index] ?? null,
    })),
    history: historyOf(found, caller),
  };
}

function trafficOf({ nowMs, traffic, bouts }: Look) {
  if (traffic === null) return null;
  const recent = traffic.recent;
  const totals = new Map(traffic.minutes.map(({ minute, total }) => [minute, total]));
  const last = Math.floor(nowMs / MINUTE_MS);
  return {
    window_ms: nowMs - (last - RECENT_MINUTES + 1) * MINUTE_MS,
    overall: figuresOf(totalOf(recent)),
    taps: figuresOf(totalOf(recent, (route) => TAP_ROUTES.includes(route))),
    socket_taps: timesOf(
      bouts.reduce<Within>(
        (sum, { health }) => (health.ok && health.value !== null ? addWithin(sum, health.value.socketTaps) : sum),
        noneWithin(),
      ),
    ),
    routes: byRoute(recent).slice(0, TOP_ROUTES),
    minutes: Array.from({ length: SERIES_MINUTES }, (_none, index) => {
      const minute = last - SERIES_MINUTES + 1 + index;
      return { minute_ms: minute * MINUTE_MS, ...figuresOf(totals.get(minute) ?? NONE) };
    }),
  };
}

function timesOf(within: Within) {
  const count = within.reduce((sum, one) => sum + one, 0);
  const { p50_ms, p95_ms, p99_ms } = figuresOf({ count, refused: 0, errors: 0, within });
  return { count, p50_ms, p95_ms, p99_ms };
}

function boutLine(bout: AskedBout) {
  const { listed, health } = bout;
  const value = health.ok ? health.value : null;
  return {
    bout_id: listed.boutId,
    card_id: listed.cardId,
    event: listed.event,
    fighter1: listed.fighter1,
    fighter2: listed.fighter2,
    ...judgeBout(bout),
    answered_ms: health.ok ? health.ms : null,
    round_status: value?.status ?? null,
    clock: value?.clock ?? null,
    entries: value?.entries ?? null,
    last_entry_ms: value?.lastEntryMs ?? null,
    sockets: value?.sockets ?? null,
    jobs:
      value === null
        ? null
        : {
            waiting: value.jobs.waiting,
            planned: value.jobs.planned,
            failing: value.jobs.failing,
            oldest_ms: value.jobs.oldestMs,
          },
    ledger_fault: value?.fault ?? null,
    database_bytes: value?.databaseBytes ?? null,
    awake_since_ms: value?.awakeSinceMs ?? null,
    socket_taps: value === null ? null : timesOf(value.socketTaps),
  };
}

function deviceLine({ boutId, judged, reported: { report, receivedMs, alerts } }: Device, nowMs: number) {
  return {
    device_id: report.deviceId,
    judge_id: report.judgeId,
    bout_id: boutId,
    ...judged,
    battery_percent: report.batteryPercent,
    network_strength_percent: report.networkStrengthPercent,
    latency_ms: report.latencyMs,
    fps: report.fps,
    dropped_event_count: report.droppedEventCount,
    last_report_ms: receivedMs,
    silent_ms: Math.max(0, nowMs - receivedMs),
    alerts,
  };
}

/** A part that is still there is called by the name that it has now. */
function historyOf({ noted, parts }: Look, caller: Caller | null) {
  const names = new Map(parts.map(({ id, name }) => [id, name]));
  const known = noted?.history.filter((change) => mayKnow(caller, change));
  return (
    known?.map(({ atMs, id, kind, name, before, status, detail }) => {
      return { at_ms: atMs, id, kind, name: names.get(id) ?? name, before, status, detail };
    }) ?? null
  );
}

/** What is of no bout and no card is the deployment's, which everybody on duty may know. */
function mayKnow(caller: Caller | null, { boutId, cardId }: StatusChange): boolean {
  if (boutId !== null) return callerMayUse(caller, boutId, cardId);
  if (cardId === null || caller === null) return true;
  return caller.boutId === null && (caller.cardId === null || caller.cardId === cardId);
}
