import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { nowMs } from '../../shared/live/clock.ts';
import { failureWords, getJson } from '../../shared/wire/api.ts';
import { deskWords, healthWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Desk } from './desk.ts';
import { byTrouble, type Health, withAlerts } from './health.ts';
import type { Night } from './model.ts';
import { namesOf } from './names.ts';
import { StatusMark } from './status-mark.tsx';
import { type Card, decodeAlertFrame, decodeTelemetry, type DeviceReport } from './wire.ts';

type Props = { readonly desk: Desk; readonly night: Night; readonly card: Card };

const EVERY_MS = 5_000;

/** How the devices of the current bout are, those in trouble first. */
export function HealthPanel({ desk, night, card }: Props) {
  const boutId = card.current_bout_id ?? desk.live.value.boutId.value;
  const { reports, failed } = useReports(desk, boutId);
  // Ages are told in seconds, so the table is drawn once a second.
  const second = Math.floor(nowMs.value / 1_000) * 1_000;
  const devices = byTrouble(reports, second + (desk.live.value.offsetMs.value ?? 0));
  const troubles = devices.filter((device) => device.status !== 'ok').length;
  return (
    <section class="panel health" aria-labelledby="health-title">
      <h2 id="health-title">{words.title}</h2>
      {boutId !== null && <p class="hint">{words.of(namesOf(night, boutId))}</p>}
      {failed !== null && <p class="bad-text">{deskWords.old(failed)}</p>}
      {devices.length === 0 ? (
        <p class="hint">{words.none}</p>
      ) : (
        <>
          <p role="status" class={troubles === 0 ? 'good-text' : 'warn-text'}>
            {words.troubles(troubles)}
          </p>
          <div class="health-scroll" tabIndex={0} role="group" aria-label={words.table}>
            <table class="health-table">
              <thead>
                <tr>
                  {[
                    words.status,
                    words.device,
                    words.battery,
                    words.network,
                    words.latency,
                    words.fps,
                    words.drops,
                  ].map((head) => (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ))}
                  <th scope="col">{words.last}</th>
                </tr>
              </thead>
              <tbody>
                {devices.map((device) => (
                  <Row key={device.device_id} device={device} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

function Row({ device }: { readonly device: Health }) {
  const wrong = (type: string): string => (device.alerts.some((alert) => alert.type === type) ? 'warn-text' : '');
  return (
    <tr data-device={device.device_id} data-status={device.status}>
      <td>
        <StatusMark status={device.status} word={words.word[device.status]} />
      </td>
      <th scope="row">
        <strong>{device.judge_id}</strong>
        <small class="hint" title={device.device_id}>
          {device.device_id.slice(0, 14)}
        </small>
        {device.alerts.length > 0 && (
          <small class="warn-text">
            {device.alerts.map((alert) => words.alert[alert.type] ?? alert.type).join(', ')}
          </small>
        )}
      </th>
      <td data-label={words.battery} class={wrong('battery_low')}>
        {device.battery_percent === null ? words.unknown : words.percent(device.battery_percent)}
      </td>
      <td data-label={words.network} class={wrong('network_weak')}>
        {device.network_strength_percent === null ? words.unknown : words.percent(device.network_strength_percent)}
      </td>
      <td data-label={words.latency} class={wrong('latency_high')}>
        {device.latency_ms === null ? words.unknown : words.ms(device.latency_ms)}
      </td>
      <td data-label={words.fps}>{device.fps === null ? words.unknown : Math.round(device.fps)}</td>
      <td data-label={words.drops} class={wrong('dropped_events')}>
        {device.dropped_event_count}
      </td>
      <td data-label={words.last}>
        {device.ageMs === null ? words.unknown : words.ago(Math.floor(device.ageMs / 1_000))}
      </td>
    </tr>
  );
}

/** The last report of every device, asked for now and then; what is pushed in between is shown at once. */
function useReports(desk: Desk, boutId: string | null) {
  const reports = useSignal<readonly DeviceReport[]>([]);
  const failed = useSignal<string | null>(null);
  const live = desk.live.value;
  useEffect(() => {
    reports.value = [];
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
      if (answer.ok) reports.value = answer.value.devices;
      failed.value = answer.ok ? null : failureWords(answer.failure);
      timer = setTimeout(() => void read(), EVERY_MS);
    };
    void read();
    const deaf = live.onFrame((frame) => {
      const alert = frame.name === 'alert' ? decodeAlertFrame(frame.body) : undefined;
      if (alert === undefined || live.boutId.peek() !== boutId) return;
      const isNew = !reports.peek().some((report) => report.device_id === alert.device_id);
      reports.value = withAlerts(reports.peek(), alert.device_id, alert.alerts);
      // A device that is new to this list has all its figures in the next answer.
      if (isNew) void read();
    });
    return () => {
      stopped.abort();
      clearTimeout(timer);
      deaf();
    };
  }, [boutId, live]);
  return { reports: reports.value, failed: failed.value };
}
