import { isSamePerson } from '../../../domain/bout/panel.ts';
import type { Role } from '../../../domain/roles/index.ts';
import type { Card, CardDevice } from '../../shared/wire/cards.ts';

type Seat = { readonly judge_id: string; readonly judge_name: string; readonly absent?: boolean };

/** A seat, or for everybody else the work. */
export type Post = { readonly role: Role; readonly seat: string | null };

export type Warning =
  | { readonly kind: 'no_panel' | 'no_devices' }
  | { readonly kind: 'seat_twice' | 'seat_without_device'; readonly seat: string }
  | { readonly kind: 'name_twice'; readonly name: string; readonly seats: readonly string[] }
  | { readonly kind: 'person_twice'; readonly person: string; readonly posts: readonly Post[] };

/** The device that holds a place now. */
export function holderOf(card: Card, seat: string): CardDevice | null {
  return card.devices.find((one) => one.judge_id === seat && one.current && !one.revoked) ?? null;
}

/** What about a panel should be looked at before the first bell. */
export function panelWarnings(seats: readonly Seat[]): readonly Warning[] {
  const ids = seats.map((seat) => seat.judge_id);
  const twice = new Set(ids.filter((id, index) => id !== '' && ids.indexOf(id) < index));
  return [
    ...(seats.length === 0 ? [{ kind: 'no_panel' } as const] : []),
    ...[...twice].map((seat) => ({ kind: 'seat_twice', seat }) as const),
    ...repeated(seats).map(({ name, among }) => ({ kind: 'name_twice', name, seats: among }) as const),
  ];
}

function repeated(seats: readonly Seat[]) {
  const byName = Map.groupBy(seats, (seat) => seat.judge_name.trim().toLowerCase());
  return [...byName].flatMap(([key, among]) => {
    const [first] = among;
    if (key === '' || first === undefined || among.length < 2) return [];
    return [{ name: first.judge_name.trim(), among: among.map((seat) => seat.judge_id) }];
  });
}

/**
 * What about the devices of a bout should be looked at: seats that nobody could score from, people in two places.
 * @param reporting seats whose judge works by a link: without a paired device, and there all the same
 */
export function deviceWarnings(
  seats: readonly Seat[],
  card: Card,
  reporting: readonly string[] = [],
): readonly Warning[] {
  const needed = seats.filter((seat) => seat.absent !== true);
  const without = needed.filter(({ judge_id }) => holderOf(card, judge_id) === null && !reporting.includes(judge_id));
  const none = needed.length > 0 && without.length === needed.length;
  return [
    ...(none ? [{ kind: 'no_devices' } as const] : []),
    ...(none ? [] : without.map(({ judge_id }) => ({ kind: 'seat_without_device', seat: judge_id }) as const)),
    ...inTwoPlaces(card),
  ];
}

function inTwoPlaces(card: Card): readonly Warning[] {
  const held = card.devices.filter((one) => one.current && !one.revoked);
  return held.flatMap((one, index) => {
    const posts = distinct(held.filter((other) => isSamePerson(other.subject, one.subject)));
    const isFirst = held.findIndex((other) => isSamePerson(other.subject, one.subject)) === index;
    return isFirst && posts.length > 1 ? [{ kind: 'person_twice', person: one.subject, posts } as const] : [];
  });
}

function distinct(devices: readonly CardDevice[]): readonly Post[] {
  const posts = new Map<string, Post>();
  for (const { role, judge_id: seat } of devices) posts.set(`${role}|${seat ?? ''}`, { role, seat });
  return [...posts.values()];
}
