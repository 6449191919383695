import { type Badge, badgeOf, type BadgeRow, holderOf } from './badge.ts';

/**
 * Whether a device still has the place that its token speaks of: not one that was revoked, was given another place, or
 * whose place another device has taken. Against a device that never came with a code the card knows nothing but that
 * another holds the place.
 */
export function holdsPlace(sql: SqlStorage, deviceId: string, badge: Badge): boolean {
  const [holder] = sql.exec<{ device_id: string }>('SELECT device_id FROM holder WHERE holder = ?', holderOf(badge));
  if (holder !== undefined && holder.device_id !== deviceId) return false;
  const [device] = sql.exec<BadgeRow & { revoked_ms: number | null }>(
    'SELECT role, subject, seat, corners, aspects, revoked_ms FROM device WHERE device_id = ?',
    deviceId,
  );
  return device === undefined || (device.revoked_ms === null && textOf(badgeOf(device)) === textOf(badge));
}

function textOf({ role, subject, seat, corners, aspects }: Badge): string {
  return JSON.stringify([role, subject, seat, corners?.toSorted() ?? null, aspects?.toSorted() ?? null]);
}
