export { commitmentOf } from '../../../domain/ledger/index.ts';

/** A name with the salt of its commitment: kept beside the ledger, so that it can be taken out without breaking it. */
export type PersonRow = { readonly id: string; readonly name: string; readonly salt: string };

export function newPerson(id: string, name: string): PersonRow {
  return { id, name, salt: crypto.randomUUID() };
}

export function writePeople(sql: SqlStorage, people: readonly PersonRow[]): void {
  for (const { id, name, salt } of people) {
    sql.exec('INSERT OR REPLACE INTO person (id, name, salt) VALUES (?, ?, ?)', id, name, salt);
  }
}

/** Names by id; who has asked to be forgotten is missing here and shown by id. */
export function readNames(sql: SqlStorage): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const row of sql.exec<{ id: string; name: string }>('SELECT id, name FROM person')) names.set(row.id, row.name);
  return names;
}

/** The row that is no person: a hash of what the bout was created from, and a salt of the bout's own. */
export const CLAIM = 'claim';

/** Salts what stands in a leaf and was made from a name, so that it tells nothing once the salt has been replaced. */
export function claimSalt(sql: SqlStorage): string {
  return sql.exec<{ salt: string }>('SELECT salt FROM person WHERE id = ?', CLAIM).toArray()[0]?.salt ?? '';
}

export const fighterKey = (corner: 'red' | 'blue'): string => `fighter:${corner}`;

/** Who takes a seat over, by the index of the entry that proposed it. */
export const substituteKey = (proposalIndex: number): string => `substitute:${proposalIndex}`;

export const judgeKey = (seat: string): string => `judge:${seat}`;
