import { inAudience, type Caller } from '../../../domain/roles/index.ts';
import type { Corner } from '../../../domain/corner.ts';
import { sha256 } from '../../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import { type Delivered, once } from '../../once.ts';
import { type BoutContext, type OpenBout, openForReading } from '../context.ts';
import { readNames } from './names.ts';
import { fighterName } from '../reads/view.ts';
import { requireStatistics, viewpointOf } from '../release/visibility.ts';

/**
 * What graphics show of a fighter besides the name. It judges nothing and is about a person: it stands beside the
 * ledger, in the words of the wire, and what is replaced is gone.
 */
export type Particulars = {
  readonly nickname: string | null;
  readonly country: string | null;
  readonly record: string | null;
  readonly age: number | null;
  readonly height_cm: number | null;
  readonly reach_cm: number | null;
  readonly weight_kg: number | null;
  readonly stance: string | null;
  readonly team: string | null;
};

export type ParticularsInput = {
  readonly corner: Corner;
  readonly particulars: Particulars;
  readonly eventId: string | null;
};

/** `hash` is the SHA-256 of the bytes, in hex. */
export type PhotoInput = {
  readonly corner: Corner;
  readonly type: string;
  readonly hash: string;
  readonly bytes: ArrayBuffer;
};

/** `bytes` is null where the caller has that photograph already; `isPublic` says that nobody needs a token for it. */
export type Photo = {
  readonly type: string;
  readonly hash: string;
  readonly bytes: ArrayBuffer | null;
  readonly isPublic: boolean;
};

const UNKNOWN: Particulars = {
  nickname: null,
  country: null,
  record: null,
  age: null,
  height_cm: null,
  reach_cm: null,
  weight_kg: null,
  stance: null,
  team: null,
};

/** Replaces all that is known of a fighter. */
export function setParticulars(
  context: BoutContext,
  caller: Caller,
  input: ParticularsInput,
): Outcome<Delivered<{ readonly corner: Corner }>> {
  const open = openForReading(context, caller);
  if (!open.ok) return open;
  const { storage } = context.ctx;
  const { corner } = input;
  const particulars = JSON.stringify(input.particulars);
  // Of the content only a hash is kept, so that nothing outlives its replacement.
  const content = sha256(`particulars|${caller.subject}|${corner}|${particulars}`);
  return storage.transactionSync(() =>
    once(storage.sql, input.eventId, content, () => {
      storage.sql.exec('INSERT OR REPLACE INTO fighter (corner, particulars) VALUES (?, ?)', corner, particulars);
      return ok({ answer: { corner } });
    }),
  );
}

/** Both fighters, for whoever may see the bout. */
export function readFighters(context: BoutContext, caller: Caller | null) {
  const open = openToGraphics(context, caller);
  if (!open.ok) return open;
  const { state } = open.value;
  const { sql } = context.ctx.storage;
  const names = readNames(sql);
  const fighter = (corner: Corner) => ({
    fighter_id: state.config.fighters[corner].id,
    name: fighterName(state, names, corner),
    photo_url: photoUrl(context.boutId, corner, photoHash(sql, corner)),
    ...particularsOf(sql, corner),
  });
  return ok({ bout_id: context.boutId, red: fighter('red'), blue: fighter('blue') });
}

/** Puts a photograph in place of the one before, and gives its address. */
export function setPhoto(context: BoutContext, caller: Caller, input: PhotoInput): Outcome<string> {
  const open = openForReading(context, caller);
  if (!open.ok) return open;
  const { corner, type, hash, bytes } = input;
  context.ctx.storage.sql.exec(
    'INSERT OR REPLACE INTO photo (corner, type, hash, bytes) VALUES (?, ?, ?, ?)',
    corner,
    type,
    hash,
    bytes,
  );
  return ok(photoUrl(context.boutId, corner, hash) ?? '');
}

/** Whether there was one or not: there is none from here on. */
export function removePhoto(context: BoutContext, caller: Caller, corner: Corner): Outcome<true> {
  const open = openForReading(context, caller);
  if (!open.ok) return open;
  context.ctx.storage.sql.exec('DELETE FROM photo WHERE corner = ?', corner);
  return ok(true);
}

/** @param has the hashes of what the caller has already; null stands for any */
export function readPhoto(
  context: BoutContext,
  caller: Caller | null,
  corner: Corner,
  has: readonly string[] | null,
): Outcome<Photo> {
  const open = openToGraphics(context, caller);
  if (!open.ok) return open;
  const { sql } = context.ctx.storage;
  const [row] = sql.exec<{ type: string; hash: string }>('SELECT type, hash FROM photo WHERE corner = ?', corner);
  if (row === undefined) return refuse('not_found', `There is no photograph of the ${corner} fighter.`, 'corner');
  const isPublic = inAudience(null, open.value.state.config.release.statistics);
  const bytes =
    has === null || has.includes(row.hash)
      ? null
      : sql.exec<{ bytes: ArrayBuffer }>('SELECT bytes FROM photo WHERE corner = ?', corner).one().bytes;
  return ok({ type: row.type, hash: row.hash, bytes, isPublic });
}

/** The same door as to the view of the bout. */
function openToGraphics(context: BoutContext, caller: Caller | null): Outcome<OpenBout> {
  const open = openForReading(context, caller);
  if (!open.ok) return open;
  const released = requireStatistics(viewpointOf(caller), open.value.state);
  return released.ok ? open : released;
}

function particularsOf(sql: SqlStorage, corner: Corner): Particulars {
  const [row] = sql.exec<{ particulars: string }>('SELECT particulars FROM fighter WHERE corner = ?', corner);
  if (row === undefined) return UNKNOWN;
  const stored: Partial<Particulars> = JSON.parse(row.particulars);
  return { ...UNKNOWN, ...stored };
}

function photoHash(sql: SqlStorage, corner: Corner): string | null {
  const [row] = sql.exec<{ hash: string }>('SELECT hash FROM photo WHERE corner = ?', corner);
  return row?.hash ?? null;
}

/** With the photograph's own mark in it, so that what is kept under an address stays right. */
function photoUrl(boutId: string, corner: Corner, hash: string | null): string | null {
  return hash === null ? null : `/api/bouts/${boutId}/fighters/${corner}/photo?v=${hash.slice(0, 16)}`;
}
