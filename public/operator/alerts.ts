import { list, number, object, otherwise, text } from '../shared/wire/decode.ts';
import type { OtherFrame } from '../shared/wire/frames.ts';

export type Alert = { readonly type: string; readonly value: number };

/** What is wrong with one device of the bout; nothing is left out, so an empty list is a device that is well. */
export type DeviceAlerts = { readonly deviceId: string; readonly by: string; readonly alerts: readonly Alert[] };

const decodeAlerts = object({
  device_id: text,
  judge_id: otherwise(text, ''),
  alerts: list(object({ type: text, value: number })),
});

/** Of `GET /api/telemetry/{bout}`: what was wrong before this page was opened. */
export const decodeDevices = object({ devices: list(decodeAlerts) });

/** By device; the device's last word counts. */
export function withAlerts(known: readonly DeviceAlerts[], told: DeviceAlerts): readonly DeviceAlerts[] {
  const others = known.filter(({ deviceId }) => deviceId !== told.deviceId);
  return told.alerts.length === 0 ? others : [...others, told];
}

/** Null for other frames. */
export function alertsIn(frame: OtherFrame): DeviceAlerts | null {
  if (frame.name !== 'alert') return null;
  const read = decodeAlerts(frame.body);
  return read === undefined ? null : { deviceId: read.device_id, by: read.judge_id, alerts: read.alerts };
}
