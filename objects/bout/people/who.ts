import { type BoutState, isSamePerson, personAt } from '../../../domain/bout/index.ts';
import type { Corner } from '../../../domain/corner.ts';
import { ok, type Outcome, type Refusal, refuse } from '../../../domain/refusal.ts';
import { own } from '../../../domain/own.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { cornerPlace, type Place, placesOf, seatPlace, substitutes } from './places.ts';

/** Who is meant in a bout, and what of it came from them. */
export type Who = {
  readonly places: readonly Place[];
  /** Subjects whose entries and scorecards are theirs. */
  readonly subjects: readonly string[];
  /** The seat that was asked for: what came with its tokens is theirs too, but not what came from `others`. */
  readonly seat: { readonly id: string; readonly others: readonly string[] } | null;
};

/** `alone`: the person is looked for in this bout and no other, so that a place of the bout may name them. */
export type Asked = { readonly personId: string; readonly alone: boolean };

/** What `fighter1` and `fighter2` say in every bout. */
const CORNER_WORDS: ReadonlyMap<string, Corner> = new Map([
  ['fighter1', 'red'],
  ['fighter2', 'blue'],
]);

/**
 * Who goes by an id: their own, or, where the bout is asked alone, a place of it: `fighter1`, `fighter2`, a seat, or the
 * key under which the archive's metadata.json has the name (`judge:JUDGE001`). Refuses an id that is a seat and also the
 * own id of somebody who is not the one in it: an erasure is not undone, so nobody is to be hit by chance.
 */
export function whoIs(ledger: Ledger, state: BoutState, { personId, alone }: Asked): Outcome<Who> {
  const places = placesOf(ledger, state, personId);
  const byId: Who = { places, subjects: [personId], seat: null };
  if (!alone) return ok(byId);
  const corner = CORNER_WORDS.get(personId.toLowerCase());
  const inSeat = seated(state, personId);
  const meant = (corner === undefined ? null : inCorner(state, corner)) ?? whoAt(ledger, state, personId) ?? inSeat;
  const named = meant?.places[0];
  if (meant === null || named === undefined) return ok(byId);
  const keys = [...places, ...(inSeat?.places ?? [])].map(({ key }) => key);
  const others = [...new Set(keys)].filter((key) => key !== named.key);
  return others.length === 0
    ? ok(meant)
    : refuse(
        'conflict',
        `'${personId}' is a place of this bout and means somebody else in it too: say ${[named.key, ...others].join(' or ')}.`,
        'person_id',
      );
}

/** For an id that nobody in the bout goes by, with those that somebody does. */
export function nobodyHere({ config }: BoutState, personId: string): Refusal {
  const places = [...CORNER_WORDS.keys(), ...config.judges.map(({ id }) => id)];
  return refuse(
    'not_found',
    `Nobody in bout '${config.boutId}' goes by '${personId}'. Its places are ${places.join(', ')}.`,
    'person_id',
  );
}

/** Whether a scorecard is this person's. @param by whose token wrote it; null for one from paper */
export function isTheirs(state: BoutState, who: Who, seat: string, round: number, by: string | null): boolean {
  if (by !== null && who.subjects.some((subject) => isSamePerson(subject, by))) return true;
  if (who.seat?.id !== seat) return false;
  const first = state.config.judges.find(({ id }) => id === seat)?.person ?? seat;
  return isSamePerson(personAt(state, seat, round), first);
}

function inCorner(state: BoutState, corner: Corner): Who {
  const { id } = state.config.fighters[corner];
  const subjects = CORNER_WORDS.has(id.toLowerCase()) ? [] : [id];
  return { places: [cornerPlace(state, corner)], subjects, seat: null };
}

/** The judge whom the panel had in the seat; who took it over has an id of their own. Seats are told apart by case. */
function seated(state: BoutState, seatId: string): Who | null {
  const seat = state.config.judges.find(({ id }) => id === seatId);
  if (seat === undefined) return null;
  const others = own(state.seats, seatId)?.people.map(({ person }) => person) ?? [];
  const subjects = seat.person === null ? [] : [seat.person];
  return { places: [seatPlace(seat, 'seat')], subjects, seat: { id: seatId, others } };
}

function whoAt(ledger: Ledger, state: BoutState, key: string): Who | null {
  const standing = [
    ...[...CORNER_WORDS.values()].map((corner) => inCorner(state, corner)),
    ...state.config.judges.flatMap(({ id }) => seated(state, id) ?? []),
    ...substitutes(ledger, state).map(({ place, person }): Who => ({
      places: [place],
      subjects: person === null ? [] : [person],
      seat: null,
    })),
  ];
  return standing.find(({ places }) => places.some((place) => place.key === key)) ?? null;
}
