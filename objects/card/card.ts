import { DurableObject } from 'cloudflare:workers';
import { type Outcome, refuse } from '../../domain/refusal.ts';
import { migrate } from '../migrate.ts';
import type { Delivered } from '../once.ts';
import { listDevices, listKeys, listSeats, noDevice, notPaired, renew, revokeDevice } from './devices.ts';
import type { ListedDevice, Renewal, RevokedDevice, Seat } from './devices.ts';
import { handOver, type HandOver } from './handover.ts';
import { importPublicKey, thumbprint } from './keys.ts';
import { addBout, createCard, noCard, readNight, setCurrent } from './night.ts';
import type { AddBout, CardBout, CreateCard, Night, SetCurrent } from './night.ts';
import { claim, createPairing, listPairings } from './pairings.ts';
import type { Claim, Claimed, CreatePairing, ListedPairing } from './pairings.ts';
import { CARD_MIGRATIONS } from './schema.ts';

/** A night with its people's devices; `seats` are the judges' places and who sits there now. */
export type CardView = Night & { readonly seats: readonly Seat[]; readonly devices: readonly ListedDevice[] };

/** One night: its bouts in order and the one that is on, seats, devices and pairings. Named by its card id. */
export class Card extends DurableObject<unknown> {
  #made: boolean;

  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env);
    // A card that somebody merely asked for stores nothing: anybody may ask, with a pairing code of their own making.
    this.#made =
      ctx.storage.sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'card'").toArray().length > 0;
    if (this.#made) migrate(ctx.storage, CARD_MIGRATIONS);
  }

  create(input: CreateCard): Outcome<Delivered<{ readonly cardId: string }>> {
    const outcome = this.ctx.storage.transactionSync(() => {
      if (!this.#made) migrate(this.ctx.storage, CARD_MIGRATIONS);
      return createCard(this.ctx.storage.sql, input, Date.now());
    });
    this.#made = true;
    return outcome;
  }

  /** null where the card was never made. */
  view(): CardView | null {
    if (!this.#made) return null;
    const { sql } = this.ctx.storage;
    const night = readNight(sql);
    return night === null ? null : { ...night, seats: listSeats(sql), devices: listDevices(sql) };
  }

  /** What checks the devices' signatures; none where the card was never made. */
  deviceKeys() {
    return this.#made ? listKeys(this.ctx.storage.sql) : [];
  }

  addBout(input: AddBout): Outcome<Delivered<CardBout>> {
    return this.#made ? this.#write((sql) => addBout(sql, input)) : noCard();
  }

  setCurrent(input: SetCurrent): Outcome<Delivered<{ readonly boutId: string }>> {
    return this.#made ? this.#write((sql) => setCurrent(sql, input)) : noCard();
  }

  createPairing(input: CreatePairing): Outcome<Delivered<{ readonly expiresMs: number }>> {
    return this.#made ? this.#write((sql, nowMs) => createPairing(sql, input, nowMs)) : noCard();
  }

  handOver(input: HandOver): Outcome<Delivered<{ readonly expiresMs: number }>> {
    return this.#made ? this.#write((sql, nowMs) => handOver(sql, input, nowMs)) : noCard();
  }

  async claim(input: Claim): Promise<Outcome<Claimed>> {
    if (!this.#made) return refuse('unauthorized', 'There is no such pairing code.', 'code');
    // Before the transaction, which cannot wait; whether the key is one does not change meanwhile.
    if ((await importPublicKey(input.publicKey)) === null) {
      return refuse('bad_request', 'The public key is not a valid one.', 'public_key');
    }
    return this.#write((sql, nowMs) => claim(sql, { ...input, thumbprint: thumbprint(input.publicKey) }, nowMs));
  }

  async renew(renewal: Renewal): Promise<Outcome<Claimed>> {
    if (!this.#made) return notPaired(renewal.deviceId);
    return await renew(this.ctx.storage, renewal);
  }

  /** null where the card was never made. */
  pairings(): readonly ListedPairing[] | null {
    return !this.#made || readNight(this.ctx.storage.sql) === null ? null : listPairings(this.ctx.storage.sql);
  }

  revokeDevice(deviceId: string): Outcome<RevokedDevice> {
    return this.#made ? this.#write((sql, nowMs) => revokeDevice(sql, deviceId, nowMs)) : noDevice(deviceId);
  }

  #write<T>(act: (sql: SqlStorage, nowMs: number) => T): T {
    return this.ctx.storage.transactionSync(() => act(this.ctx.storage.sql, Date.now()));
  }
}
