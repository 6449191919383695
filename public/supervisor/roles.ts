import type { Role } from '../../domain/roles/index.ts';

/** What of this page is somebody's work; null: none of it. */
export type Part = 'all' | 'clock' | 'rulings';

const PARTS: Readonly<Partial<Record<Role, Part>>> = {
  admin: 'all',
  supervisor: 'all',
  timekeeper: 'clock',
  referee: 'rulings',
};

export function partOf(role: Role | null): Part | null {
  return role === null ? null : (PARTS[role] ?? null);
}

export const VIEWS = ['night', 'bout', 'devices'] as const;

export type ViewName = (typeof VIEWS)[number];

/** What the address asks for. */
export type Place = { readonly bout: string | null; readonly card: string | null; readonly view: ViewName | null };

export function readPlace(search: string): Place {
  const query = new URLSearchParams(search);
  const view = query.get('view');
  return {
    bout: query.get('bout') || null,
    card: query.get('card') || null,
    view: VIEWS.find((one) => one === view) ?? null,
  };
}

/** The query that leads back here; whatever else stood in it stays. */
export function withPlace(search: string, place: Place): string {
  const query = new URLSearchParams(search);
  for (const name of ['bout', 'card', 'view'] as const) {
    const value = place[name];
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

const SOON_MS = 20 * 60_000;

/** How long a link is still good, once that is not long; null where it is, or where the device renews it itself. */
export function minutesLeft(expiresMs: number | null, deviceEpoch: number | null, serverMs: number): number | null {
  if (expiresMs === null || deviceEpoch !== null || expiresMs - serverMs >= SOON_MS) return null;
  return Math.max(0, Math.floor((expiresMs - serverMs) / 60_000));
}
