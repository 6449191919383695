import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { failureWords, getJson } from '../../shared/wire/api.ts';
import type { Desk } from './desk.ts';
import { withAlerts } from './health.ts';
import { decodeAlertFrame, decodeTelemetry, type DeviceReport } from './wire.ts';

const EVERY_MS = 5_000;

/** What the devices of a bout last said of themselves. */
export type Reports = {
  readonly devices: ReadonlySignal<readonly DeviceReport[]>;
  /** Why they may be old, in words. */
  readonly failed: ReadonlySignal<string | null>;
};

/** The last report of every device, asked for now and then; what is pushed in between is shown at once. */
export function useReports(desk: Desk, boutId: string | null): Reports {
  const devices = useSignal<readonly DeviceReport[]>([]);
  const failed = useSignal<string | null>(null);
  const live = desk.live.value;
  useEffect(() => {
    devices.value = [];
    failed.value = null;
    if (boutId === null) return undefined;
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asked = 0;
    const read = async (): Promise<void> => {
      clearTimeout(timer);
      asked += 1;
      const mine = asked;
      const path = `/api/telemetry/${encodeURIComponent(boutId)}`;
      const answer = await getJson(path, decodeTelemetry, desk.credential, stopped.signal);
      // Only the newest question goes on asking.
      if (stopped.signal.aborted || mine !== asked) return;
      if (answer.ok) devices.value = answer.value.devices;
      failed.value = answer.ok ? null : failureWords(answer.failure);
      timer = setTimeout(() => void read(), EVERY_MS);
    };
    void read();
    const deaf = live.onFrame((frame) => {
      const alert = frame.name === 'alert' ? decodeAlertFrame(frame.body) : undefined;
      if (alert === undefined || live.boutId.peek() !== boutId) return;
      const isNew = !devices.peek().some((report) => report.device_id === alert.device_id);
      devices.value = withAlerts(devices.peek(), alert.device_id, alert.alerts);
      // A device that is new to this list has all its figures in the next answer.
      if (isNew) void read();
    });
    return () => {
      stopped.abort();
      clearTimeout(timer);
      deaf();
    };
  }, [boutId, live]);
  return { devices, failed };
}
