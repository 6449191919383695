import { OFFLINE_MS } from '../../domain/monitor/index.ts';
import { ok, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import { type BoutContext, type DeviceOffset, openForReading } from './context.ts';
import { post } from './sockets/fan-out.ts';

/** One report of a device about itself. Null: the device cannot tell. Percentages are 0 to 100. */
export type TelemetryInput = {
  readonly deviceId: string;
  readonly judgeId: string;
  readonly batteryPercent: number | null;
  readonly networkStrengthPercent: number | null;
  readonly latencyMs: number | null;
  readonly fps: number | null;
  readonly droppedEventCount: number;
  readonly eventRatePerSecond: number | null;
  /** Server time less device time, as the device measured it. */
  readonly clockOffsetMs: number | null;
};

export type Alert = { readonly type: string; readonly value: number };

/** Alerts by the thresholds of the API document. A battery at 0 % is a reading, not a missing one. */
export function alertsOf(input: TelemetryInput, storedEvents: number): readonly Alert[] {
  const alerts: Alert[] = [];
  const { batteryPercent, latencyMs, networkStrengthPercent, droppedEventCount } = input;
  if (batteryPercent !== null && batteryPercent < 20) alerts.push({ type: 'battery_low', value: batteryPercent });
  if (latencyMs !== null && latencyMs > 350) alerts.push({ type: 'latency_high', value: latencyMs });
  if (networkStrengthPercent !== null && networkStrengthPercent < 30) {
    alerts.push({ type: 'network_weak', value: networkStrengthPercent });
  }
  const sent = storedEvents + droppedEventCount;
  const dropped = sent === 0 ? 0 : (droppedEventCount * 100) / sent;
  if (dropped > 1) alerts.push({ type: 'dropped_events', value: Math.round(dropped * 100) / 100 });
  return alerts;
}

/** Keeps the device's last report and tells the operators when what is wrong with it changes. */
export function reportTelemetry(context: BoutContext, caller: Caller, input: TelemetryInput) {
  const open = openForReading(context, caller);
  if (!open.ok) return open;
  if (caller.role === 'judge' && caller.seat !== input.judgeId) {
    return refuse('forbidden', `This token holds seat '${caller.seat ?? ''}', not '${input.judgeId}'.`, 'judge_id');
  }
  if (caller.device !== null && caller.device !== input.deviceId) {
    return refuse('forbidden', `This token belongs to device '${caller.device}'.`, 'device_id');
  }
  const { ledger, state } = open.value;
  const { sql } = ledger.storage;
  const nowMs = Date.now();
  const [before] = sql.exec<{ received_ms: number; report: string; alerts: string }>(
    'SELECT received_ms, report, alerts FROM telemetry WHERE device_id = ?',
    input.deviceId,
  );
  if (before !== undefined && isAnothers(parseReport(before.report), before.received_ms, caller, nowMs)) {
    return refuse('forbidden', `Device '${input.deviceId}' is reported by somebody else.`, 'device_id');
  }
  const alerts = alertsOf(input, state.devices.find(({ device }) => device === input.deviceId)?.entries ?? 0);
  if (before === undefined) makeRoom(context, sql);
  const report: Report = { ...input, by: caller.subject, bound: caller.device !== null };
  sql.exec(
    'INSERT OR REPLACE INTO telemetry (device_id, received_ms, report, alerts) VALUES (?, ?, ?, ?)',
    input.deviceId,
    nowMs,
    JSON.stringify(report),
    JSON.stringify(alerts),
  );
  if (input.clockOffsetMs !== null) {
    context.offsets.set(input.deviceId, { ms: input.clockOffsetMs, bound: caller.device !== null });
  }
  if (kindsOf(parseAlerts(before?.alerts ?? '[]')) !== kindsOf(alerts)) pushAlerts(context, input, alerts);
  return ok({ alerts });
}

/** A report as it is kept: with who made it, and whether with the device's own token. */
type Report = TelemetryInput & { readonly by?: string; readonly bound?: boolean };

function parseReport(text: string): Report {
  const report: Report = JSON.parse(text);
  return report;
}

/** A device's clock offset moves what it logs in time, so nobody reports for a device that somebody else holds. */
function isAnothers(before: Report, receivedMs: number, caller: Caller, nowMs: number): boolean {
  if (caller.device !== null || before.by === caller.subject) return false;
  return before.bound === true || nowMs - receivedMs <= OFFLINE_MS;
}

/** More than any bout has, fewer than would be felt; beyond it the device that was silent longest is forgotten. */
const MAX_DEVICES = 256;

function makeRoom(context: BoutContext, sql: SqlStorage): void {
  const { count } = sql.exec<{ count: number }>('SELECT count(*) AS count FROM telemetry').one();
  if (count < MAX_DEVICES) return;
  const stale = sql.exec<{ device_id: string }>(
    `DELETE FROM telemetry WHERE device_id IN
       (SELECT device_id FROM telemetry ORDER BY received_ms LIMIT ?) RETURNING device_id`,
    count - MAX_DEVICES + 1,
  );
  for (const row of stale) context.offsets.delete(row.device_id);
}

/** Server time less the time of a device, for what this caller sends; null where it is not known. */
export function offsetOf(context: BoutContext, caller: Caller, device: string): number | null {
  const offset = context.offsets.get(device);
  // What a stranger said of a device does not hold for who comes with the device's own token.
  return offset === undefined || (caller.device !== null && !offset.bound) ? null : offset.ms;
}

function kindsOf(alerts: readonly Alert[]): string {
  return alerts.map((alert) => alert.type).join(' ');
}

function parseAlerts(text: string): readonly Alert[] {
  const alerts: readonly Alert[] = JSON.parse(text);
  return alerts;
}

const TOLD = ['operator', 'supervisor', 'admin'];

/** To whoever can do something about it; an empty list says that all is well again. */
function pushAlerts(context: BoutContext, input: TelemetryInput, alerts: readonly Alert[]): void {
  const message = JSON.stringify({ type: 'alert', device_id: input.deviceId, judge_id: input.judgeId, alerts });
  for (const key of TOLD) {
    for (const [socket, { caller }] of context.fanOut.groups.get(key)?.sockets ?? []) {
      if (caller !== null && caller.expiresMs > Date.now()) post(context, socket, message);
    }
  }
}

export function readTelemetry(context: BoutContext, caller: Caller) {
  const open = openForReading(context, caller);
  if (!open.ok) return open;
  const nowMs = Date.now();
  const devices = listTelemetry(open.value.ledger.storage.sql).map(({ receivedMs, report, alerts }) => ({
    device_id: report.deviceId,
    judge_id: report.judgeId,
    bout_id: context.boutId,
    battery_percent: report.batteryPercent,
    network_strength_percent: report.networkStrengthPercent,
    latency_ms: report.latencyMs,
    fps: report.fps,
    dropped_event_count: report.droppedEventCount,
    event_rate_per_second: report.eventRatePerSecond,
    clock_offset_ms: report.clockOffsetMs,
    last_report: new Date(receivedMs).toISOString(),
    status: nowMs - receivedMs > OFFLINE_MS ? 'offline' : alerts.length > 0 ? 'warning' : 'ok',
    alerts,
  }));
  return ok({ bout_id: context.boutId, devices, total_devices: devices.length });
}

/** The last report of each device, by device id. */
export function listTelemetry(sql: SqlStorage) {
  return sql
    .exec<{ received_ms: number; report: string; alerts: string }>(
      'SELECT received_ms, report, alerts FROM telemetry ORDER BY device_id',
    )
    .toArray()
    .map((row) => ({
      receivedMs: row.received_ms,
      report: parseReport(row.report),
      alerts: parseAlerts(row.alerts),
    }));
}

/** Offsets survive a restart with the reports that brought them. */
export function readOffsets(sql: SqlStorage): Map<string, DeviceOffset> {
  const offsets = new Map<string, DeviceOffset>();
  for (const row of sql.exec<{ device_id: string; report: string }>('SELECT device_id, report FROM telemetry')) {
    const { clockOffsetMs: ms, bound = false } = parseReport(row.report);
    if (ms !== null) offsets.set(row.device_id, { ms, bound });
  }
  return offsets;
}
