/** A night: its bouts in order, seats, devices and pairings. One object per card, named by the card id. */
export { Card } from './card.ts';
export type { CardView } from './card.ts';
export { CARD_MIGRATIONS } from './schema.ts';
export { renewableUntilMs } from './validity.ts';
export { renewalText } from './keys.ts';
export type { Delivered } from '../once.ts';
export type { Badge } from './badge.ts';
export type { HandOver } from './handover.ts';
export type { ListedDevice, Renewal, RevokedDevice, Seat } from './devices.ts';
export type { PublicKey } from './keys.ts';
export type { AddBout, CardBout, CardFacts, CreateCard, Night, SetCurrent } from './night.ts';
export type { Claim, Claimed, CreatePairing, ListedPairing } from './pairings.ts';
