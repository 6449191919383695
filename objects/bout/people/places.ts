import { type BoutConfig, type BoutState, isSamePerson } from '../../../domain/bout/index.ts';
import { type Corner, CORNERS } from '../../../domain/corner.ts';
import { integerOf, textOf } from '../../../domain/ledger/index.ts';
import { own } from '../../../domain/own.ts';
import { entryAt, type Ledger } from '../ledger/ledger.ts';
import { fighterKey, judgeKey, substituteKey } from './names.ts';

/**
 * Where a person stands in a bout; `key` is that of the name's row, `name_commitment` what the ledger has of the name.
 * `known_by` says how a judge is known: the ledger names the person; or the panel does not say who sat there and every
 * scorecard of the seat came with this subject's token; or the seat itself was asked for.
 */
export type Place =
  | {
      readonly as: 'fighter';
      readonly corner: Corner;
      readonly fighter_id: string;
      readonly key: string;
      readonly name_commitment: string;
    }
  | {
      readonly as: 'judge';
      readonly judge_id: string;
      readonly key: string;
      readonly name_commitment: string;
      readonly known_by: 'ledger' | 'scorecards' | 'seat';
      /** Where the seat was to be taken over: from which round, and whether it came to that. */
      readonly substitute: { readonly from_round: number | null; readonly taken: boolean } | null;
    };

type JudgePlace = Place & { readonly as: 'judge' };

/** Somebody who was put forward for a seat, by their own id. */
export type Substitute = { readonly place: Place; readonly person: string | null };

/** Every place whose name is this person's, in the ledger's order. */
export function placesOf(ledger: Ledger, state: BoutState, personId: string): readonly Place[] {
  const corners = CORNERS.filter((corner) => isSamePerson(state.config.fighters[corner].id, personId));
  return [
    ...corners.map((corner) => cornerPlace(state, corner)),
    ...seatsOf(state, personId),
    ...substitutes(ledger, state).flatMap(({ place, person }) =>
      person !== null && isSamePerson(person, personId) ? [place] : [],
    ),
  ];
}

export function cornerPlace({ config }: BoutState, corner: Corner): Place {
  const { id, commitment } = config.fighters[corner];
  return { as: 'fighter', corner, fighter_id: id, key: fighterKey(corner), name_commitment: commitment };
}

/** Who the panel had in the seat from the beginning. */
export function seatPlace(seat: BoutConfig['judges'][number], knownBy: JudgePlace['known_by']): Place {
  return {
    as: 'judge',
    judge_id: seat.id,
    key: judgeKey(seat.id),
    name_commitment: seat.commitment,
    known_by: knownBy,
    substitute: null,
  };
}

function seatsOf(state: BoutState, personId: string): Place[] {
  return state.config.judges.flatMap((seat): Place[] => {
    const known = seat.person === null ? null : isSamePerson(seat.person, personId);
    if (known === false || (known === null && !wroteAll(state, seat.id, personId))) return [];
    return [seatPlace(seat, known === true ? 'ledger' : 'scorecards')];
  });
}

/** Scorecards of who took the seat over are not the first judge's. */
function wroteAll(state: BoutState, seat: string, subject: string): boolean {
  const later = own(state.seats, seat)?.people ?? [];
  const writers = state.rounds
    .map(({ scorecards }) => own(scorecards, seat)?.by ?? null)
    .filter((by) => by !== null && !later.some(({ person }) => isSamePerson(person, by)));
  return writers.length > 0 && writers.every((by) => by !== null && isSamePerson(by, subject));
}

/**
 * Everybody who was put forward for a seat, whether they took it or not, in the ledger's order. Read from the ledger and
 * not from the names that are left: an erasure that was cut off has to find the place again to finish the archive.
 */
export function substitutes(ledger: Ledger, state: BoutState): readonly Substitute[] {
  return ledger.storage.sql
    .exec<{ idx: number }>('SELECT idx FROM entry WHERE instr(leaf, \'"type":"panel"\') > 0 ORDER BY idx')
    .toArray()
    .flatMap(({ idx }): Substitute[] => {
      const payload = entryAt(ledger, idx)?.payload ?? {};
      const judgeId = textOf(payload, 'judge_id');
      const commitment = textOf(payload, 'name_commitment');
      if (textOf(payload, 'type') !== 'panel' || judgeId === null || commitment === null) return [];
      const place: Place = {
        as: 'judge',
        judge_id: judgeId,
        key: substituteKey(idx),
        name_commitment: commitment,
        known_by: 'ledger',
        substitute: {
          from_round: integerOf(payload, 'from_round'),
          taken: own(state.seats, judgeId)?.people.some(({ index }) => index === idx) ?? false,
        },
      };
      return [{ place, person: textOf(payload, 'person_id') }];
    });
}
