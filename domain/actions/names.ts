import { ACTION_TYPES, CONTROL_KINDS, typeFacts, wireName } from './catalogue.ts';
import type { ActionType, ControlKind, Tier } from './catalogue.ts';

/** What an event type says by its name alone; null where it says nothing of it. */
export type NameReading = {
  readonly type: ActionType;
  readonly tier: Tier | null;
  readonly control: ControlKind | null;
  /** True for the `SS` forms. */
  readonly significant: true | null;
};

/** The names that a suggestion may give, by their compared form. */
const SUGGESTIONS = new Map<string, string>();

const READINGS: ReadonlyMap<string, NameReading> = readings();

/** What an event type means; null for an unknown one. Letter case, spaces and punctuation do not matter. */
export function readName(eventType: string): NameReading | null {
  return READINGS.get(eventType) ?? READINGS.get(compared(eventType)) ?? null;
}

/** A word as it is compared: `Near-Finish`, `NEAR_FINISH` and `near finish` are one. */
export function compared(word: string): string {
  return word.replaceAll(/[\s\p{P}]+/gu, '').toLowerCase();
}

/** A type's tier by one of its names; null where the type has none of that name. */
export function readTier(type: ActionType, word: string): Tier | null {
  const sought = compared(word);
  for (const [name, tier] of tierNames(type)) if (compared(name) === sought) return tier;
  return null;
}

function tierNames(type: ActionType): readonly (readonly [string, Tier])[] {
  const names: [string, Tier][] = typeFacts(type).tiers.map((tier) => [tier, tier]);
  if (type === 'submission_attempt') names.push(['standard', 'light']);
  return names;
}

function readings(): ReadonlyMap<string, NameReading> {
  const all = new Map<string, NameReading>();
  const add = (name: string, reading: NameReading): void => {
    const key = compared(name);
    const known = all.get(key);
    if (known !== undefined && known.type !== reading.type) throw new Error(`two actions share the name ${name}`);
    all.set(key, reading);
  };
  for (const type of ACTION_TYPES) {
    const { aliases, significance } = typeFacts(type);
    SUGGESTIONS.set(compared(wireName(type)), wireName(type));
    for (const name of [wireName(type), type, ...aliases]) {
      for (const prefix of significance ? ['', 'SS '] : ['']) {
        const plain: NameReading = { type, tier: null, control: null, significant: prefix === '' ? null : true };
        add(prefix + name, plain);
        for (const [word, tier] of tierNames(type)) add(`${prefix}${name} ${word}`, { ...plain, tier });
      }
      if (typeFacts(type).aspect !== 'control') continue;
      for (const kind of CONTROL_KINDS) add(`${name} ${kind}`, { type, tier: null, control: kind, significant: null });
    }
  }
  // The wire names as they are, so that the common case needs no rewriting.
  for (const type of ACTION_TYPES) {
    const reading = all.get(compared(wireName(type)));
    if (reading !== undefined) all.set(wireName(type), reading);
  }
  return all;
}

/** Up to three wire names that an unknown event type may have meant, the nearest first. */
export function nearNames(eventType: string): readonly string[] {
  const sought = compared(eventType.slice(0, 64));
  const near: { readonly wire: string; readonly away: number }[] = [];
  for (const [key, wire] of SUGGESTIONS) {
    const away = sought.length > 2 && (key.includes(sought) || sought.includes(key)) ? 1 : distance(sought, key);
    if (away <= Math.max(1, Math.floor(key.length / 3))) near.push({ wire, away });
  }
  near.sort((one, other) => one.away - other.away);
  return near.slice(0, 3).map(({ wire }) => wire);
}

/** How many letters must be changed, added or left out to make one word of the other (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 0; i < one.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) {
      const change = (row[j] ?? 0) + (one[i] === other[j] ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
