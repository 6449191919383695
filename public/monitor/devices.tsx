import { monitorWords as words } from '../shared/strings/monitor.ts';
import { Marked } from './bouts.tsx';
import { type Column, GridTable } from './grid-table.tsx';
import type { DeviceLine, Look } from './wire.ts';

export function Devices({ look, isLost }: { readonly look: Look; readonly isLost: boolean }) {
  return (
    <section class="panel devices" aria-labelledby="devices-title">
      <h2 id="devices-title">
        {words.devices} <small>{words.devicesHint}</small>
      </h2>
      {look.devices.length === 0 ? (
        <p class="hint">{words.noDevices}</p>
      ) : (
        <GridTable
          label={words.devices}
          columns={columnsOf(isLost)}
          rows={look.devices}
          keyOf={({ device_id, bout_id }) => `${device_id} ${bout_id}`}
        />
      )}
    </section>
  );
}

function columnsOf(isLost: boolean): readonly Column<DeviceLine>[] {
  return [
    { name: words.device, cell: (device) => <Name device={device} /> },
    {
      name: words.state,
      cell: ({ status, detail }) => <Marked status={isLost ? 'unknown' : status} detail={isLost ? '' : detail} />,
    },
    { name: words.battery, cell: ({ battery_percent }) => words.percent(battery_percent), figure: true },
    {
      name: words.network,
      cell: ({ network_strength_percent }) => words.percent(network_strength_percent),
      figure: true,
    },
    { name: words.deviceLatency, cell: ({ latency_ms }) => words.ms(latency_ms), figure: true },
    { name: words.fps, cell: ({ fps }) => words.plain(fps), figure: true },
    { name: words.dropped, cell: ({ dropped_event_count }) => words.plain(dropped_event_count), figure: true },
    { name: words.report, cell: ({ silent_ms }) => words.ago(silent_ms), figure: true },
  ];
}

function Name({ device: { device_id, judge_id } }: { readonly device: DeviceLine }) {
  return (
    <>
      <span class="row-name">{judge_id}</span>
      <small class="row-id">{device_id}</small>
    </>
  );
}
