import { canonicalJson, sha256 } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { type Delivered, once } from '../once.ts';
import type { TokenGrant } from '../platform/index.ts';
import { type Badge, badgeOf, type BadgeRow, grantFor, holderOf, listText } from './badge.ts';
import type { PublicKey } from './keys.ts';
import { noCard, readNight } from './night.ts';
import { holdsPlace } from './place.ts';

/** `code` is the one-time secret; only its hash is kept. */
export type CreatePairing = {
  readonly code: string;
  readonly badge: Badge;
  readonly ttlS: number;
  readonly eventId: string | null;
};

export type Claim = { readonly code: string; readonly deviceId: string; readonly publicKey: PublicKey };

/** What a device gets for its code; `boutId` is the night's current bout at that moment, or null. */
export type Claimed = {
  readonly grant: TokenGrant;
  readonly deviceEpoch: number;
  readonly cardId: string;
  readonly boutId: string | null;
};

export type ListedPairing = Badge & {
  readonly createdMs: number;
  readonly expiresMs: number;
  readonly deviceId: string | null;
};

type PairingRow = BadgeRow & {
  created_ms: number;
  expires_ms: number;
  device_id: string | null;
  thumbprint: string | null;
  answer: string | null;
  from_device: string | null;
};

export function createPairing(
  sql: SqlStorage,
  input: CreatePairing,
  nowMs: number,
): Outcome<Delivered<{ readonly expiresMs: number }>> {
  if (readNight(sql) === null) return noCard();
  const { badge, ttlS } = input;
  const codeHash = sha256(input.code);
  const delivered = once(sql, input.eventId, `pairing|${canonicalJson({ ...badge, ttl_s: ttlS })}`, () => {
    const expiresMs = nowMs + ttlS * 1000;
    insertPairing(sql, { codeHash, badge, fromDevice: null, nowMs, expiresMs });
    return ok({ answer: { expiresMs } });
  });
  return codeIsKept(sql, codeHash, delivered);
}

export function insertPairing(
  sql: SqlStorage,
  pairing: {
    readonly codeHash: string;
    readonly badge: Badge;
    /** The device that hands its place over with it. */
    readonly fromDevice: string | null;
    readonly nowMs: number;
    readonly expiresMs: number;
  },
): void {
  const { codeHash, badge, fromDevice, nowMs, expiresMs } = pairing;
  sql.exec(
    `INSERT INTO pairing (code_hash, role, subject, seat, corners, aspects, created_ms, expires_ms, from_device)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    codeHash,
    badge.role,
    badge.subject,
    badge.seat,
    listText(badge.corners),
    listText(badge.aspects),
    nowMs,
    expiresMs,
    fromDevice,
  );
}

/** The delivery, if the code that the caller has is the one that it made. */
export function codeIsKept<T>(
  sql: SqlStorage,
  codeHash: string,
  delivered: Outcome<Delivered<T>>,
): Outcome<Delivered<T>> {
  if (delivered.ok && pairingRow(sql, codeHash) === null) {
    // The caller derives the code of a repeated request from its event id; after a change of keys it cannot.
    return refuse('conflict', 'This pairing was made, but its code cannot be shown again; make another.', 'event_id');
  }
  return delivered;
}

/**
 * Gives a device its place for a code, once. The device that took the code may ask again (its answer may have been
 * lost on the way) and gets the same grant, never a new one; any other device is refused.
 */
export function claim(
  sql: SqlStorage,
  input: Claim & { readonly thumbprint: string },
  nowMs: number,
): Outcome<Claimed> {
  const night = readNight(sql);
  const codeHash = sha256(input.code);
  const pairing = pairingRow(sql, codeHash);
  if (night === null || pairing === null) return refuse('unauthorized', 'There is no such pairing code.', 'code');
  const { deviceId } = input;
  const [device] = sql.exec<{ thumbprint: string; revoked_ms: number | null }>(
    'SELECT thumbprint, revoked_ms FROM device WHERE device_id = ?',
    deviceId,
  );
  if (pairing.answer !== null) {
    if (pairing.device_id !== deviceId || pairing.thumbprint !== input.thumbprint) {
      return refuse('conflict', 'This pairing code was already used by another device.', 'code');
    }
    if (device === undefined || device.revoked_ms !== null) {
      return refuse('forbidden', `Device ${deviceId} was revoked.`, 'device_id');
    }
    const first: Claimed = JSON.parse(pairing.answer);
    return ok(first);
  }
  if (nowMs >= pairing.expires_ms) return refuse('unauthorized', 'This pairing code has expired.', 'code');
  if (device !== undefined && device.thumbprint !== input.thumbprint) {
    // A device id is no secret: a code for one place must not take the place of somebody else's device.
    return refuse(
      'conflict',
      `Device ${deviceId} is on this card with another key; choose a new device_id.`,
      'device_id',
    );
  }
  const badge = badgeOf(pairing);
  if (pairing.from_device !== null && !holdsPlace(sql, pairing.from_device, badge)) {
    return refuse('fenced', 'The device that showed this code holds the place no more.', 'code');
  }
  const deviceEpoch = admit(sql, { badge, deviceId, publicKey: input.publicKey, thumbprint: input.thumbprint, nowMs });
  const grant = grantFor(sql, { badge, cardId: night.cardId, deviceId, nowMs });
  const claimed = { grant, deviceEpoch, cardId: night.cardId, boutId: night.currentBoutId };
  sql.exec(
    'UPDATE pairing SET device_id = ?, thumbprint = ?, answer = ? WHERE code_hash = ?',
    deviceId,
    input.thumbprint,
    JSON.stringify(claimed),
    codeHash,
  );
  return ok(claimed);
}

export function listPairings(sql: SqlStorage): readonly ListedPairing[] {
  return sql
    .exec<PairingRow>('SELECT * FROM pairing ORDER BY created_ms, subject')
    .toArray()
    .map((row) => ({
      ...badgeOf(row),
      createdMs: row.created_ms,
      expiresMs: row.expires_ms,
      deviceId: row.device_id,
    }));
}

/** Puts the device in its place. Another device than the last one there begins the place's next epoch. */
function admit(
  sql: SqlStorage,
  device: {
    readonly badge: Badge;
    readonly deviceId: string;
    readonly publicKey: PublicKey;
    readonly thumbprint: string;
    readonly nowMs: number;
  },
): number {
  const { badge, deviceId } = device;
  const holder = holderOf(badge);
  const [last] = sql.exec<{ epoch: number; device_id: string }>(
    'SELECT epoch, device_id FROM holder WHERE holder = ?',
    holder,
  );
  const epoch = last === undefined ? 1 : last.device_id === deviceId ? last.epoch : last.epoch + 1;
  sql.exec(
    `INSERT INTO holder (holder, epoch, device_id) VALUES (?, ?, ?)
     ON CONFLICT (holder) DO UPDATE SET epoch = excluded.epoch, device_id = excluded.device_id`,
    holder,
    epoch,
    deviceId,
  );
  // renewed_at_ms stays: a signature that was used once is never good again, whatever the device has become.
  sql.exec(
    `INSERT INTO device (device_id, role, subject, seat, corners, aspects, public_key, thumbprint, epoch, paired_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (device_id) DO UPDATE SET role = excluded.role, subject = excluded.subject, seat = excluded.seat,
       corners = excluded.corners, aspects = excluded.aspects, epoch = excluded.epoch,
       paired_ms = excluded.paired_ms, revoked_ms = NULL`,
    deviceId,
    badge.role,
    badge.subject,
    badge.seat,
    listText(badge.corners),
    listText(badge.aspects),
    JSON.stringify(device.publicKey),
    device.thumbprint,
    epoch,
    device.nowMs,
  );
  return epoch;
}

function pairingRow(sql: SqlStorage, codeHash: string): PairingRow | null {
  const [row] = sql.exec<PairingRow>('SELECT * FROM pairing WHERE code_hash = ?', codeHash);
  return row ?? null;
}
