import type { Card, CardDevice } from '../../../public/shared/wire/cards.ts';

export function cardOf(over: Partial<Card> = {}): Card {
  return {
    card_id: 'card_1',
    promotion: 'Alliance',
    event: 'Night 1',
    date: '2026-11-21',
    time_zone: 'Asia/Tokyo',
    venue: null,
    current_bout_id: null,
    bouts: [],
    seats: [],
    devices: [],
    ...over,
  };
}

export function deviceOf(over: Partial<CardDevice> = {}): CardDevice {
  return {
    device_id: 'dev_1',
    device_epoch: 1,
    role: 'judge',
    subject: 'jane',
    judge_id: 'J1',
    corners: null,
    aspects: null,
    paired_at: '2026-11-21T10:00:00.000Z',
    revoked: false,
    current: true,
    ...over,
  };
}
