import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { type Badge, badgeOf, type BadgeRow, grantFor, holderOf } from './badge.ts';
import { type PublicKey, renewalText, signatureHolds } from './keys.ts';
import { readNight } from './night.ts';
import type { Claimed } from './pairings.ts';
import { renewableUntilMs } from './validity.ts';

/** How far a device's clock may be off, and so how long a signature that never arrived stays good. */
const RENEWAL_WINDOW_MS = 5 * 60_000;

export type Renewal = { readonly deviceId: string; readonly atMs: number; readonly signature: string };

export type ListedDevice = Badge & {
  readonly deviceId: string;
  readonly deviceEpoch: number;
  readonly pairedMs: number;
  /** What the device's own clock said at its last renewal. */
  readonly renewedAtMs: number | null;
  readonly revokedMs: number | null;
  /** Whether it is the newest device of its seat (of its subject where there is no seat) and not revoked. */
  readonly current: boolean;
};

/**
 * A judge's place at the table and who was last given it. `deviceId` is null until a device takes the place, and when
 * the last one was revoked; `deviceEpoch` counts the devices that the place has had.
 */
export type Seat = {
  readonly seat: string;
  readonly subject: string;
  readonly deviceId: string | null;
  readonly deviceEpoch: number;
};

/** `tokens` are those of the device that have not expired; they are for the deployment to revoke. */
export type RevokedDevice = {
  readonly deviceId: string;
  readonly isDuplicate: boolean;
  readonly tokens: readonly { readonly tokenId: string; readonly expiresS: number }[];
};

type DeviceRow = BadgeRow & {
  device_id: string;
  public_key: string;
  epoch: number;
  paired_ms: number;
  renewed_at_ms: number | null;
  revoked_ms: number | null;
};

/**
 * Renews a device's token by its signature. The signature is checked between two looks at the device, as that alone
 * cannot be done inside the transaction: the second look is what counts, so two renewals with one signature, or a
 * revocation that comes in between, find each other.
 */
export async function renew(storage: DurableObjectStorage, renewal: Renewal): Promise<Outcome<Claimed>> {
  const { sql } = storage;
  const before = renewable(sql, renewal, Date.now());
  if (!before.ok) return before;
  const { device, cardId } = before.value;
  const key: PublicKey = JSON.parse(device.public_key);
  const text = renewalText(cardId, renewal.deviceId, renewal.atMs);
  if (!(await signatureHolds(key, text, renewal.signature))) {
    return refuse('unauthorized', 'The signature does not belong to this device and time.', 'signature');
  }
  return storage.transactionSync(() => {
    const nowMs = Date.now();
    const now = renewable(sql, renewal, nowMs);
    if (!now.ok) return now;
    sql.exec('UPDATE device SET renewed_at_ms = ? WHERE device_id = ?', renewal.atMs, renewal.deviceId);
    const badge = badgeOf(now.value.device);
    const grant = grantFor(sql, { badge, cardId, deviceId: renewal.deviceId, nowMs });
    return ok({ grant, deviceEpoch: now.value.device.epoch, cardId, boutId: now.value.boutId });
  });
}

export function notPaired(deviceId: string): Outcome<never> {
  return refuse('unauthorized', `Device ${deviceId} is not paired with this card.`, 'device_id');
}

export function noDevice(deviceId: string): Outcome<never> {
  return refuse('not_found', `There is no device ${deviceId} on this card.`, 'device_id');
}

function renewable(
  sql: SqlStorage,
  { deviceId, atMs }: Renewal,
  nowMs: number,
): Outcome<{ device: DeviceRow; cardId: string; boutId: string | null }> {
  const night = readNight(sql);
  const device = deviceRow(sql, deviceId);
  if (night === null || device === null) return notPaired(deviceId);
  if (device.revoked_ms !== null) return refuse('forbidden', `Device ${deviceId} was revoked.`, 'device_id');
  const untilMs = renewableUntilMs(night);
  if (nowMs >= untilMs) {
    return refuse('forbidden', `The card is over: its devices could renew until ${new Date(untilMs).toISOString()}.`);
  }
  if (Math.abs(nowMs - atMs) > RENEWAL_WINDOW_MS) {
    return refuse('bad_request', `at_ms is more than five minutes off; the time here is ${nowMs}.`, 'at_ms');
  }
  if (device.renewed_at_ms !== null && atMs <= device.renewed_at_ms) {
    return refuse('conflict', 'at_ms must be later than at the last renewal; this signature is used up.', 'at_ms');
  }
  return ok({ device, cardId: night.cardId, boutId: night.currentBoutId });
}

/**
 * From here on the device gets no token. The tokens it still has are returned every time, so that whoever crashes
 * before they are revoked can simply ask again.
 */
export function revokeDevice(sql: SqlStorage, deviceId: string, nowMs: number): Outcome<RevokedDevice> {
  const device = deviceRow(sql, deviceId);
  if (device === null) return noDevice(deviceId);
  if (device.revoked_ms === null) sql.exec('UPDATE device SET revoked_ms = ? WHERE device_id = ?', nowMs, deviceId);
  const tokens = sql
    .exec<{ token_id: string; expires_s: number }>(
      'SELECT token_id, expires_s FROM granted WHERE device_id = ? AND expires_s > ?',
      deviceId,
      Math.floor(nowMs / 1000),
    )
    .toArray()
    .map((row) => ({ tokenId: row.token_id, expiresS: row.expires_s }));
  return ok({ deviceId, isDuplicate: device.revoked_ms !== null, tokens });
}

export function listDevices(sql: SqlStorage): readonly ListedDevice[] {
  const newest = new Set(
    sql
      .exec<{ device_id: string; holder: string }>('SELECT device_id, holder FROM holder')
      .toArray()
      .map((row) => `${row.device_id}|${row.holder}`),
  );
  return sql
    .exec<DeviceRow>('SELECT * FROM device ORDER BY paired_ms, device_id')
    .toArray()
    .map((row) => {
      const badge = badgeOf(row);
      return {
        ...badge,
        deviceId: row.device_id,
        deviceEpoch: row.epoch,
        pairedMs: row.paired_ms,
        renewedAtMs: row.renewed_at_ms,
        revokedMs: row.revoked_ms,
        current: row.revoked_ms === null && newest.has(`${row.device_id}|${holderOf(badge)}`),
      };
    });
}

/** The public keys of all devices that were ever paired here, the revoked ones too: what they signed before stands. */
export function listKeys(sql: SqlStorage): readonly { readonly deviceId: string; readonly key: PublicKey }[] {
  return sql
    .exec<{ device_id: string; public_key: string }>('SELECT device_id, public_key FROM device ORDER BY device_id')
    .toArray()
    .map((row): { deviceId: string; key: PublicKey } => ({ deviceId: row.device_id, key: JSON.parse(row.public_key) }));
}

/** The judges' places in the order in which they were first given out. */
export function listSeats(sql: SqlStorage): readonly Seat[] {
  const given = sql
    .exec<{ seat: string; subject: string }>(
      'SELECT seat, subject FROM pairing WHERE seat IS NOT NULL ORDER BY created_ms, seat',
    )
    .toArray();
  const subjects = new Map(given.map((row) => [row.seat, row.subject]));
  return [...subjects].map(([seat, subject]) => {
    const [holder] = sql.exec<{ epoch: number; device_id: string; revoked_ms: number | null }>(
      `SELECT holder.epoch, holder.device_id, device.revoked_ms FROM holder JOIN device USING (device_id)
       WHERE holder = ?`,
      `seat:${seat}`,
    );
    const deviceId = holder === undefined || holder.revoked_ms !== null ? null : holder.device_id;
    return { seat, subject, deviceId, deviceEpoch: holder?.epoch ?? 0 };
  });
}

function deviceRow(sql: SqlStorage, deviceId: string): DeviceRow | null {
  const [row] = sql.exec<DeviceRow>('SELECT * FROM device WHERE device_id = ?', deviceId);
  return row ?? null;
}
