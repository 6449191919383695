import type { Json } from '../run/reply.ts';

/** From where somebody looks. `public` comes without a token. */
export type Looker = {
  readonly role: 'public' | 'broadcaster' | 'operator' | 'judge' | 'supervisor';
  /** A judge's. */
  readonly seat: string | null;
};

/** What of an entry decides who may see it. */
export type EntryFacts = { readonly kind: string; readonly judge: string | null; readonly confirmed: boolean };

export function factsOf(entry: Json): EntryFacts {
  const payload = entry['payload'];
  const inner: Json = typeof payload === 'object' && payload !== null ? { ...payload } : {};
  // An action says it outright; of a correction or a scorecard it stands in the payload.
  const judge = entry['judge_id'] ?? inner['judge_id'];
  return {
    kind: String(entry['kind']),
    judge: typeof judge === 'string' ? judge : null,
    confirmed: inner['type'] === 'confirmed',
  };
}

/**
 * Who may see an entry of a bout with the default release: written from the decisions on who sees what, and from
 * nothing of the product. Statistics are public; scorecards are the commission's; a judge sees of all this only what
 * their own seat wrote, the clock and the rulings; whoever has no place at the table learns nothing of the set-up, the
 * sessions and the notes.
 */
export function maySee({ role, seat }: Looker, { kind, judge, confirmed }: EntryFacts): boolean {
  if (role === 'supervisor') return true;
  const own = role === 'judge' && judge !== null && judge === seat;
  switch (kind) {
    case 'action':
    case 'replace':
    case 'void':
      return role !== 'judge' || own;
    case 'scorecard':
      return own;
    case 'clock':
    case 'ruling':
      return true;
    case 'config':
      return role === 'operator';
    case 'result':
      return confirmed;
    default:
      return false;
  }
}

/** Fields of a view that tell a judge how the round stands. */
const TOTALS = ['red_totals', 'blue_totals', 'total_events'] as const;

/** What a judge is shown of a round that is still on, and must not be; nothing for anybody else. */
export function shownTooEarly({ role }: Looker, view: Json): readonly string[] {
  if (role !== 'judge') return [];
  const running = (status: unknown): boolean => status === 'IN_PROGRESS' || status === 'PAUSED';
  const rounds = Array.isArray(view['rounds']) ? view['rounds'] : [];
  const found = rounds
    .filter((round: Json) => running(round['status']))
    .flatMap((round: Json) => TOTALS.filter((name) => round[name] !== null));
  if (!running(view['round_status'])) return found;
  const moments = view['redline_moments'];
  return [
    ...found,
    ...['red_totals', 'blue_totals'].filter((name) => view[name] !== null),
    ...(Array.isArray(moments) && moments.length > 0 ? ['redline_moments'] : []),
  ];
}
