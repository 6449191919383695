import { textOf } from '../ledger/index.ts';
import { type BoutRecord, entryAt } from './record.ts';

/** A name with the salt of its commitment, as it is kept beside the ledger. */
export type PersonRow = { readonly id: string; readonly name: string; readonly salt: string };

/** A line of `people` in metadata.json. Name and salt are null for a person who was erased: the commitment stays, and tells nothing. */
export type ArchivedPerson = {
  readonly id: string;
  readonly name: string | null;
  readonly salt: string | null;
  readonly commitment: string;
};

/** Everybody whose name the ledger binds: fighters, judges by seat, and who took a seat over; by the keys under which names are kept. */
export function boundPeople(record: BoutRecord): { readonly id: string; readonly commitment: string }[] {
  const { state } = record;
  const { fighters, judges } = state.config;
  const substitutes = Object.values(state.seats)
    .flatMap(({ people }) => people)
    .toSorted((one, other) => one.index - other.index);
  return [
    { id: 'fighter:red', commitment: fighters.red.commitment },
    { id: 'fighter:blue', commitment: fighters.blue.commitment },
    ...judges.map(({ id, commitment }) => ({ id: `judge:${id}`, commitment })),
    ...substitutes.map(({ index }) => ({
      id: `substitute:${index}`,
      commitment: textOf(entryAt(record, index)?.payload ?? {}, 'name_commitment') ?? '',
    })),
  ];
}

/** The same with the names that are there. */
export function archivedPeople(
  bound: readonly { readonly id: string; readonly commitment: string }[],
  people: readonly PersonRow[],
): ArchivedPerson[] {
  const rows = new Map(people.map((row) => [row.id, row]));
  return bound.map(({ id, commitment }) => {
    const row = rows.get(id);
    return { id, name: row?.name ?? null, salt: row?.salt ?? null, commitment };
  });
}
