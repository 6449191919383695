import type { ArchivedPerson } from '../archive/index.ts';
import { type BoutState, personAt } from '../bout/index.ts';
import type { Corner } from '../corner.ts';
import { own } from '../own.ts';

export type { ArchivedPerson };

/** Names by the key under which a bout keeps them; who has asked to be forgotten is missing. */
export type Names = ReadonlyMap<string, string>;

export function namesOf(people: readonly ArchivedPerson[]): Names {
  return new Map(people.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
}

/** A person of a document: the id is in the ledger, the name beside it and null where it is not kept. */
export type Named = { readonly id: string; readonly name: string | null };

export function fighterOf(state: BoutState, names: Names, corner: Corner): Named {
  return { id: state.config.fighters[corner].id, name: names.get(`fighter:${corner}`) ?? null };
}

/** Who gave a seat's scorecard of a round; a substitute's name is kept under the entry that proposed them. */
export function judgeAt(state: BoutState, names: Names, seat: string, round: number): Named {
  const id = personAt(state, seat, round);
  const taken = own(state.seats, seat)?.people.find(({ person }) => person === id);
  return { id, name: names.get(taken === undefined ? `judge:${seat}` : `substitute:${taken.index}`) ?? null };
}

/** How a person is called where there is one place for it: by name, else by id. */
export function calledOf({ id, name }: Named): string {
  return name ?? id;
}
