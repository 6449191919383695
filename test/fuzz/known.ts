import { faultsOf, isRecord, type Resolve } from './schema.ts';
import type { Known } from './tree.ts';

/** What the run has seen under each name: ids of things that exist, instants, codes, keys, metadata. */
export type Memory = {
  /** Takes every member of an answer or a request in, whatever its depth. `lasting` ones are never forgotten. */
  readonly note: (json: unknown, lasting?: boolean) => void;
  readonly known: Known;
  /** Everything that is kept under a name. */
  readonly all: (name: string) => readonly unknown[];
};

/** Of what came by the way, so many of each name are remembered: the newest. */
const KEPT = 16;

const LONGEST = 1_000;

type Shelf = { readonly lasting: unknown[]; readonly passing: unknown[] };

/** `isForeign` says of a value that it belongs to somebody else, and is not to be touched from here. */
export function createMemory(resolve: Resolve, isForeign: (value: string) => boolean): Memory {
  const shelves = new Map<string, Shelf>();
  const keep = (name: string, value: unknown, lasting: boolean): void => {
    const shelf = shelves.get(name) ?? { lasting: [], passing: [] };
    shelves.set(name, shelf);
    const written = JSON.stringify(value);
    if (written.length > LONGEST || isForeign(written)) return;
    if ([...shelf.lasting, ...shelf.passing].some((one) => JSON.stringify(one) === written)) return;
    if (lasting) shelf.lasting.push(value);
    else shelf.passing.push(value);
    if (shelf.passing.length > KEPT) shelf.passing.shift();
  };
  const note = (json: unknown, lasting = false): void => {
    if (Array.isArray(json)) for (const one of json) note(one, lasting);
    if (!isRecord(json)) return;
    for (const [name, value] of Object.entries(json)) {
      if (value !== null && typeof value !== 'boolean' && !Array.isArray(value)) keep(name, value, lasting);
      note(value, lasting);
    }
  };
  return {
    note,
    all: (name) => [...(shelves.get(name)?.lasting ?? []), ...(shelves.get(name)?.passing ?? [])],
    known: (name, pick, schema) => {
      const { lasting = [], passing = [] } = shelfFor(shelves, name) ?? {};
      // What the run set up itself comes more often than what came by the way.
      const list = [...(pick % 4 === 0 ? [...passing, ...lasting] : lasting.length > 0 ? lasting : passing)];
      const first = Math.floor(pick / 4) % Math.max(list.length, 1);
      // In a path and a query everything is text.
      const forms = (value: unknown): unknown[] => (typeof value === 'number' ? [value, String(value)] : [value]);
      return [...list.slice(first), ...list.slice(0, first)]
        .flatMap(forms)
        .find((value) => schema === undefined || faultsOf(schema, value, resolve).length === 0);
    },
  };
}

/** `target_event_id` may be any `event_id`: a name that nothing is kept under stands for the longest that ends it. */
function shelfFor(shelves: ReadonlyMap<string, Shelf>, name: string): Shelf | undefined {
  const words = name.split('_');
  for (let first = 0; first < words.length; first += 1) {
    const shelf = shelves.get(words.slice(first).join('_'));
    if (shelf !== undefined && (first === 0 || words.length - first > 1)) return shelf;
  }
  return undefined;
}
