import { createActor, type Link } from '../simulator/index.ts';

/** A simulated device and what it says of itself; one is in trouble, so that pages have an alert to show. */
type Device = {
  readonly role: 'judge' | 'operator';
  readonly place: string;
  readonly device: string;
  readonly battery: number;
  readonly network: number;
  readonly latency: number;
};

const DEVICES: readonly Device[] = [
  { role: 'judge', place: 'JUDGE1', device: 'simulated-tablet-JUDGE1', battery: 87, network: 92, latency: 21 },
  { role: 'judge', place: 'JUDGE2', device: 'simulated-tablet-JUDGE2', battery: 14, network: 88, latency: 24 },
  { role: 'judge', place: 'JUDGE3', device: 'simulated-tablet-JUDGE3', battery: 64, network: 71, latency: 38 },
  {
    role: 'operator',
    place: 'simulated-operator-red',
    device: 'simulated-laptop-red',
    battery: 100,
    network: 96,
    latency: 12,
  },
  {
    role: 'operator',
    place: 'simulated-operator-blue',
    device: 'simulated-laptop-blue',
    battery: 96,
    network: 95,
    latency: 13,
  },
];

const REPORT_EVERY_MS = 5_000;

/** Reports for all of them until stopped: a device that has been silent for a while counts as offline. */
export async function keepReporting(link: Link, adminSecret: string, boutId: string): Promise<() => void> {
  const reports = DEVICES.map(({ role, place, device, battery, network, latency }) => {
    const actor = createActor(link, adminSecret, {
      role,
      subject: role === 'judge' ? `simulated-judge-${place}` : place,
      device_id: device,
      bout_id: boutId,
      ...(role === 'judge' ? { judge_id: place } : {}),
    });
    const body = JSON.stringify({
      device_id: device,
      judge_id: place,
      bout_id: boutId,
      battery_percent: battery,
      network_strength_percent: network,
      latency_ms: latency,
      fps: 60,
      dropped_event_count: 0,
      event_rate_per_second: role === 'judge' ? 0 : 0.4,
    });
    return async () => await actor.sendOnce('POST', '/api/telemetry/report', body);
  });
  const reportAll = async (): Promise<void> => {
    await Promise.all(reports.map(async (report) => await report()));
  };
  await reportAll();
  // A report that is lost is followed by the next; the end of the link ends them all.
  const timer = setInterval(() => void reportAll().catch(() => undefined), REPORT_EVERY_MS);
  return () => clearInterval(timer);
}
