import { nowMs } from '../../shared/live/clock.ts';
import { deskWords, healthWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Desk } from './desk.ts';
import { byTrouble, type Health } from './health.ts';
import type { Night } from './model.ts';
import { namesOf } from './names.ts';
import { StatusMark } from './status-mark.tsx';
import type { Reports } from './reports.ts';

type Props = { readonly desk: Desk; readonly night: Night; readonly boutId: string | null; readonly reports: Reports };

/** How the devices of the current bout are, those in trouble first. */
export function HealthPanel({ desk, night, boutId, reports }: Props) {
  const failed = reports.failed.value;
  // Ages are told in seconds, so the table is drawn once a second.
  const second = Math.floor(nowMs.value / 1_000) * 1_000;
  const devices = byTrouble(reports.devices.value, second + (desk.live.value.offsetMs.value ?? 0));
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
        <small class="hint health-device">{device.device_id}</small>
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
