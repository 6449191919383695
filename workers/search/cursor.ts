import { ok, type Outcome, refuse } from '../../domain/refusal.ts';

/** Where a page ended: the sort key of its last line, when that bout was made, and its id, which makes the place unique. */
export type Place = readonly [key: string | number, createdMs: number, boutId: string];

/** `kind` says which order the place is of: in any other it means nothing. */
export function cursorText(kind: string, place: Place): string {
  const bytes = new TextEncoder().encode(JSON.stringify([kind, ...place]));
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Refused (`bad_request`, `cursor`) where the text is no cursor of this order. */
export function cursorOf(kind: string, text: string): Outcome<Place> {
  const read = parsed(text);
  if (Array.isArray(read) && read.length === 4) {
    const [of, key, createdMs, boutId]: readonly unknown[] = read;
    const isKey = typeof key === 'string' || typeof key === 'number';
    if (of === kind && isKey && typeof createdMs === 'number' && typeof boutId === 'string') {
      return ok([key, createdMs, boutId]);
    }
  }
  return refuse('bad_request', 'cursor: it is not the next_cursor of an answer with this sort and order.', 'cursor');
}

function parsed(text: string): unknown {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (char) => char.codePointAt(0) ?? 0)));
  } catch {
    return null;
  }
}
