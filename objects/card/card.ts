import { DurableObject } from 'cloudflare:workers';
import { type Outcome, refuse } from '../../domain/refusal.ts';
import { migrate } from '../migrate.ts';
import type { Delivered } from '../once.ts';
import { listDevices, listSeats, renew, revokeDevice } from './devices.ts';
import type { ListedDevice, Renewal, RevokedDevice, Seat } from './devices.ts';
import { importPublicKey, thumbprint } from './keys.ts';
import { addBout, createCard, readNight, setCurrent } from './night.ts';
import type { AddBout, CardBout, CreateCard, Night, SetCurrent } from './night.ts';
import { claim, createPairing, listPairings } from './pairings.ts';
import type { Claim, Claimed, CreatePairing, ListedPairing } from './pairings.ts';
import { CARD_MIGRATIONS } from './schema.ts';

/** A night with its people's devices; `seats` are the judges' places and who sits there now. */
export type CardView = Night & { readonly seats: readonly Seat[]; readonly devices: readonly ListedDevice[] };

/** One night: its bouts in order and the one that is on, seats, devices and pairings. Named by its card id. */
export class Card extends DurableObject<unknown> {
  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env);
    migrate(ctx.storage, CARD_MIGRATIONS);
  }

  create(input: CreateCard): Outcome<Delivered<{ readonly cardId: string }>> {
    return this.#write((sql, nowMs) => createCard(sql, input, nowMs));
  }

  /** null where the card was never made. */
  view(): CardView | null {
    const { sql } = this.ctx.storage;
    const night = readNight(sql);
    return night === null ? null : { ...night, seats: listSeats(sql), devices: listDevices(sql) };
  }

  addBout(input: AddBout): Outcome<Delivered<CardBout>> {
    return this.#write((sql) => addBout(sql, input));
  }

  setCurrent(input: SetCurrent): Outcome<Delivered<{ readonly boutId: string }>> {
    return this.#write((sql) => setCurrent(sql, input));
  }

  createPairing(input: CreatePairing): Outcome<Delivered<{ readonly expiresMs: number }>> {
    return this.#write((sql, nowMs) => createPairing(sql, input, nowMs));
  }

  async claim(input: Claim): Promise<Outcome<Claimed>> {
    // Before the transaction, which cannot wait; whether the key is one does not change meanwhile.
    if ((await importPublicKey(input.publicKey)) === null) {
      return refuse('bad_request', 'The public key is not a valid one.', 'public_key');
    }
    return this.#write((sql, nowMs) => claim(sql, { ...input, thumbprint: thumbprint(input.publicKey) }, nowMs));
  }

  async renew(renewal: Renewal): Promise<Outcome<Claimed>> {
    return await renew(this.ctx.storage, renewal);
  }

  /** null where the card was never made. */
  pairings(): readonly ListedPairing[] | null {
    return readNight(this.ctx.storage.sql) === null ? null : listPairings(this.ctx.storage.sql);
  }

  revokeDevice(deviceId: string): Outcome<RevokedDevice> {
    return this.#write((sql, nowMs) => revokeDevice(sql, deviceId, nowMs));
  }

  #write<T>(act: (sql: SqlStorage, nowMs: number) => T): T {
    return this.ctx.storage.transactionSync(() => act(this.ctx.storage.sql, Date.now()));
  }
}
