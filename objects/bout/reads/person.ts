import { archivePrefix } from '../../../domain/archive/index.ts';
import type { BoutState } from '../../../domain/bout/index.ts';
import type { Corner } from '../../../domain/corner.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import { type BoutContext, openForReading } from '../context.ts';
import { archiveOf } from '../people/erase.ts';
import { entryAt, type Ledger } from '../ledger/ledger.ts';
import { commitmentOf } from '../people/names.ts';
import type { Place } from '../people/places.ts';
import { type Asked, isTheirs, nobodyHere, type Who, whoIs } from '../people/who.ts';
import { seesScorecard, viewpointOf } from '../release/visibility.ts';

/** What a bout holds about a person, in the words of the wire. */
export type PersonHere = NonNullable<ReturnType<typeof held>>;

/** Null where the person does not appear in the bout; refused where this bout alone was asked. */
export function readPerson(context: BoutContext, caller: Caller, asked: Asked): Outcome<PersonHere | null> {
  const open = openForReading(context, caller);
  if (!open.ok) return open;
  const { ledger, state } = open.value;
  if (ledger.fault !== null) {
    // What the ledger says beyond the fault is not known: to be silent about it would be to call this complete.
    return refuse('unavailable', `The ledger does not check out from entry ${ledger.fault.index} on.`, 'bout_id');
  }
  const who = whoIs(ledger, state, asked);
  if (!who.ok) return who;
  const here = held(ledger, state, caller, who.value);
  return here === null && asked.alone ? nobodyHere(state, asked.personId) : ok(here);
}

function held(ledger: Ledger, state: BoutState, caller: Caller, who: Who) {
  const { config } = state;
  const { sql } = ledger.storage;
  const { places } = who;
  const entries = entriesBy(sql, who);
  const scorecards = scorecardsBy(state, caller, who);
  if (places.length === 0 && entries.length === 0 && scorecards.length === 0) return null;
  const archive = archiveOf(ledger);
  return {
    bout_id: config.boutId,
    card_id: config.cardId,
    promotion: config.promotion,
    event: config.event,
    date: config.date,
    sealed: state.sealed !== null,
    places: places.map((place) => ({ ...place, ...namedIn(sql, place) })),
    scorecards: scorecards.filter((card) => card !== null),
    scorecards_withheld: scorecards.filter((card) => card === null).length,
    /** Entries that came with their tokens: what they logged, ruled, decided. */
    entries,
    archive:
      archive === 'none'
        ? null
        : { status: archive, folder: archivePrefix(config, entryAt(ledger, 0)?.receivedMs ?? 0) },
  };
}

function namedIn(sql: SqlStorage, place: Place) {
  const [row] = sql.exec<{ name: string; salt: string }>('SELECT name, salt FROM person WHERE id = ?', place.key);
  const name = {
    name: row?.name ?? null,
    salt: row?.salt ?? null,
    // Whether the name is the one that the ledger binds; null where there is none any more.
    name_is_bound: row === undefined ? null : commitmentOf(row.salt, row.name) === place.name_commitment,
  };
  return place.as === 'fighter' ? { ...name, ...fighterIn(sql, place.corner) } : name;
}

function fighterIn(sql: SqlStorage, corner: Corner) {
  const [row] = sql.exec<{ particulars: string }>('SELECT particulars FROM fighter WHERE corner = ?', corner);
  const [photo] = sql.exec<{ type: string; hash: string; bytes: number }>(
    'SELECT type, hash, length(bytes) AS bytes FROM photo WHERE corner = ?',
    corner,
  );
  // This object's own writing, in the words of the wire.
  const particulars: Readonly<Record<string, string | number | null>> | null =
    row === undefined ? null : JSON.parse(row.particulars);
  return {
    particulars,
    photo: photo === undefined ? null : { type: photo.type, sha256: photo.hash, bytes: photo.bytes },
  };
}

/** Null for one that the caller may not see yet. */
function scorecardsBy(state: BoutState, caller: Caller, who: Who) {
  const view = viewpointOf(caller);
  const nowMs = Date.now();
  return state.rounds.flatMap((round) =>
    Object.entries(round.scorecards)
      .filter(([seat, { by }]) => isTheirs(state, who, seat, round.number, by))
      .map(([seat, card]) =>
        seesScorecard(view, state, seat, round, nowMs)
          ? {
              judge_id: seat,
              round_id: round.number,
              red: card.redX10 / 10,
              blue: card.blueX10 / 10,
              submitted: !card.open,
              sequence_index: card.index,
            }
          : null,
      ),
  );
}

/** Counted by subject, role, device and kind. */
function entriesBy(sql: SqlStorage, { subjects, seat }: Who) {
  const list = (ids: readonly string[]): string => JSON.stringify(ids.map((id) => id.toLowerCase()));
  return sql
    .exec<{
      subject: string;
      role: string;
      device: string | null;
      kind: string;
      entries: number;
      first: number;
      last: number;
    }>(
      `SELECT leaf ->> '$.actor.subject' AS subject, leaf ->> '$.actor.role' AS role, leaf ->> '$.actor.device' AS device,
         leaf ->> '$.kind' AS kind, count(*) AS entries, min(idx) AS first, max(idx) AS last
       FROM entry WHERE lower(leaf ->> '$.actor.subject') IN (SELECT value FROM json_each(?1))
         OR leaf ->> '$.actor.seat' = ?2
           AND lower(leaf ->> '$.actor.subject') NOT IN (SELECT value FROM json_each(?3))
       GROUP BY 1, 2, 3, 4 ORDER BY first`,
      list(subjects),
      seat?.id ?? null,
      list(seat?.others ?? []),
    )
    .toArray()
    .map(({ device, first, last, ...row }) => ({ ...row, device_id: device, first_index: first, last_index: last }));
}
