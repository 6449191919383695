import type { Alert, DeviceReport } from './wire.ts';

/** The server calls a device offline that has said nothing for so long. */
export const OFFLINE_MS = 15_000;

export type Health = DeviceReport & { readonly ageMs: number | null };

/**
 * The devices with what is wrong first: silent ones, then those with the most alerts. A report that has grown old since
 * it was fetched is offline too, also while the server cannot be asked.
 * @param serverMs the server's time now
 */
export function byTrouble(reports: readonly DeviceReport[], serverMs: number): readonly Health[] {
  return reports
    .map((report) => {
      const at = Date.parse(report.last_report);
      const ageMs = Number.isNaN(at) ? null : Math.max(0, serverMs - at);
      const silent = ageMs === null ? report.status === 'offline' : ageMs > OFFLINE_MS;
      const status = silent ? ('offline' as const) : report.alerts.length > 0 ? ('warning' as const) : ('ok' as const);
      return { ...report, ageMs, status };
    })
    .toSorted((a, b) => rank(b) - rank(a) || a.judge_id.localeCompare(b.judge_id));
}

function rank({ status, alerts }: Health): number {
  return status === 'offline' ? 1_000 : alerts.length;
}

/** A pushed alert replaces what the last report said was wrong; an empty one says that all is well. */
export function withAlerts(
  reports: readonly DeviceReport[],
  deviceId: string,
  alerts: readonly Alert[],
): readonly DeviceReport[] {
  return reports.map((report) => (report.device_id === deviceId ? { ...report, alerts } : report));
}

/**
 * Seats from which somebody reports now who came by a link.
 * @param paired the devices of the card, former ones too: one that was shut out a moment ago came by no link
 */
export function reportingSeats(
  reports: readonly DeviceReport[],
  paired: readonly string[],
  serverMs: number,
): readonly string[] {
  const others = reports.filter(({ device_id }) => !paired.includes(device_id));
  const alive = byTrouble(others, serverMs).filter(({ status }) => status !== 'offline');
  return [...new Set(alive.map(({ judge_id }) => judge_id))].toSorted();
}
