import { type BoutState, isSamePerson } from '../../../domain/bout/index.ts';
import { type Corner, CORNERS } from '../../../domain/corner.ts';
import { integerOf, textOf } from '../../../domain/ledger/index.ts';
import { own } from '../../../domain/own.ts';
import { entryAt, type Ledger } from '../ledger/ledger.ts';
import { fighterKey, judgeKey, substituteKey } from './names.ts';

/**
 * Where a person stands in a bout; `key` is that of the name's row, `name_commitment` what the ledger has of the name. `known_by` says how: the ledger names the person, or
 * the panel does not say who sat there and every scorecard of the seat came with this subject's token.
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
      readonly known_by: 'ledger' | 'scorecards';
      /** Where the seat was to be taken over: from which round, and whether it came to that. */
      readonly substitute: { readonly from_round: number | null; readonly taken: boolean } | null;
    };

/** Every place whose name is this person's, in the ledger's order. */
export function placesOf(ledger: Ledger, state: BoutState, personId: string): readonly Place[] {
  return [...cornersOf(state, personId), ...seatsOf(state, personId), ...substitutesOf(ledger, state, personId)];
}

function cornersOf(state: BoutState, personId: string): Place[] {
  return CORNERS.filter((corner) => isSamePerson(state.config.fighters[corner].id, personId)).map((corner) => ({
    as: 'fighter',
    corner,
    fighter_id: state.config.fighters[corner].id,
    key: fighterKey(corner),
    name_commitment: state.config.fighters[corner].commitment,
  }));
}

function seatsOf(state: BoutState, personId: string): Place[] {
  return state.config.judges.flatMap((seat): Place[] => {
    const known = seat.person === null ? null : isSamePerson(seat.person, personId);
    if (known === false || (known === null && !wroteAll(state, seat.id, personId))) return [];
    return [
      {
        as: 'judge',
        judge_id: seat.id,
        key: judgeKey(seat.id),
        name_commitment: seat.commitment,
        known_by: known === true ? 'ledger' : 'scorecards',
        substitute: null,
      },
    ];
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
 * Who took a seat stands in the state, with or without a name still; one who was put forward and never took it has a name
 * all the same, and nothing else.
 */
function substitutesOf(ledger: Ledger, state: BoutState, personId: string): Place[] {
  const taken = Object.values(state.seats).flatMap(({ people }) => people.map(({ index }) => index));
  const proposals = new Set([...taken, ...proposalsWithNames(ledger.storage.sql)]);
  return [...proposals]
    .toSorted((a, b) => a - b)
    .flatMap((index): Place[] => {
      const proposal = entryAt(ledger, index);
      const person = proposal === null ? null : textOf(proposal.payload, 'person_id');
      const judgeId = proposal === null ? null : textOf(proposal.payload, 'judge_id');
      if (proposal === null || person === null || judgeId === null || !isSamePerson(person, personId)) return [];
      return [
        {
          as: 'judge',
          judge_id: judgeId,
          key: substituteKey(index),
          name_commitment: textOf(proposal.payload, 'name_commitment') ?? '',
          known_by: 'ledger',
          substitute: {
            from_round: integerOf(proposal.payload, 'from_round'),
            taken: own(state.seats, judgeId)?.people.some((one) => one.index === index) ?? false,
          },
        },
      ];
    });
}

function proposalsWithNames(sql: SqlStorage): readonly number[] {
  const prefix = substituteKey(0).slice(0, -1);
  return sql
    .exec<{ id: string }>("SELECT id FROM person WHERE id LIKE ? || '%' ORDER BY id", prefix)
    .toArray()
    .map(({ id }) => Number(id.slice(prefix.length)));
}
