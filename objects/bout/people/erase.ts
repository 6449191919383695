import { archivePrefix } from '../../../domain/archive/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import { type BoutContext, openForReading } from '../context.ts';
import { pushToAll } from '../sockets/fan-out.ts';
import { oweIndex } from '../jobs/index-news.ts';
import { arm } from '../jobs/run.ts';
import { entryAt, type Ledger } from '../ledger/ledger.ts';
import { CLAIM, newPerson, writePeople } from './names.ts';
import type { Place } from './places.ts';
import { type Asked, nobodyHere, whoIs } from './who.ts';
import { isStaged } from '../record/staging.ts';
import { readRecord } from '../record/store.ts';

/**
 * What was taken out of a bout's object, and what is left for others to do. `archive` is `none` where the bout has no
 * archive yet (one that is made later has no name in it), `making` while its files are on their way to the bucket.
 */
export type ErasedHere = { readonly found: false } | FoundHere;

export type FoundHere = {
  readonly found: true;
  readonly places: readonly Place[];
  /** Rows that were there: names, particulars, photographs. All 0 where it was done before. */
  readonly taken: { readonly names: number; readonly particulars: number; readonly photos: number };
  readonly archive: 'none' | 'making' | 'made';
  /** Where the archive lies, or would; and the promotion, as the bout names it. */
  readonly prefix: string;
  readonly promotion: string;
};

export type ErasePerson = Asked & { readonly dryRun: boolean };

/**
 * Takes a person's name, its salt, particulars and photograph out of the object; the ledger keeps the id and the
 * commitment, which tells nothing without the salt. May be done any number of times. `dryRun` changes nothing.
 */
export async function erasePerson(
  context: BoutContext,
  { dryRun, ...asked }: ErasePerson,
): Promise<Outcome<ErasedHere>> {
  const { ledger } = context;
  if (ledger === null) return ok({ found: false });
  const { state } = ledger;
  if (state === null) {
    return refuse('unavailable', 'The bout’s ledger does not check out: nobody can be looked for in it.', 'bout_id');
  }
  const who = whoIs(ledger, state, asked);
  if (!who.ok) return who;
  const { places } = who.value;
  if (places.length === 0) return ok({ found: false });
  const { storage } = context.ctx;
  const before = count(storage.sql, places);
  if (!dryRun) {
    storage.transactionSync(() => {
      takeOut(storage.sql, places);
      if (before.names > 0) oweIndex(storage.sql, Date.now());
    });
    // Whoever watches is shown the id from now on.
    if (before.names > 0) pushToAll(context);
    await arm(context);
  }
  const { config } = state;
  return ok({
    found: true,
    places,
    taken: before,
    archive: archiveOf(ledger),
    prefix: archivePrefix(config, entryAt(ledger, 0)?.receivedMs ?? 0),
    promotion: config.promotion,
  });
}

/** What an erasure of somebody within this bout alone would find, for a caller who reaches the bout. Changes nothing. */
export async function planErasureHere(
  context: BoutContext,
  caller: Caller,
  personId: string,
): Promise<Outcome<FoundHere>> {
  const open = openForReading(context, caller);
  if (!open.ok) return open;
  const here = await erasePerson(context, { personId, alone: true, dryRun: true });
  if (!here.ok) return here;
  return here.value.found ? ok(here.value) : nobodyHere(open.value.state, personId);
}

function count(sql: SqlStorage, places: readonly Place[]) {
  const keys = JSON.stringify(places.map(({ key }) => key));
  const corners = JSON.stringify(cornersOf(places));
  const of = (query: string, list: string): number => sql.exec<{ count: number }>(query, list).one().count;
  return {
    names: of('SELECT count(*) AS count FROM person WHERE id IN (SELECT value FROM json_each(?))', keys),
    particulars: of('SELECT count(*) AS count FROM fighter WHERE corner IN (SELECT value FROM json_each(?))', corners),
    photos: of('SELECT count(*) AS count FROM photo WHERE corner IN (SELECT value FROM json_each(?))', corners),
  };
}

function takeOut(sql: SqlStorage, places: readonly Place[]): void {
  for (const { key } of places) sql.exec('DELETE FROM person WHERE id = ?', key);
  // With everything else known, these two would tell a name that is guessed: the hash of what the bout was created from,
  // and the salt under which requests that named somebody left their hash in the ledger.
  if (sql.exec('SELECT 1 FROM person WHERE id = ?', CLAIM).toArray().length > 0)
    writePeople(sql, [newPerson(CLAIM, '')]);
  for (const corner of cornersOf(places)) {
    sql.exec('DELETE FROM fighter WHERE corner = ?', corner);
    sql.exec('DELETE FROM photo WHERE corner = ?', corner);
    // Likewise the hash of the particulars. The id stays taken, so that a delivery sent again does not bring them back.
    sql.exec("UPDATE delivery SET content = 'erased' WHERE answer ->> '$.answer.corner' = ?", corner);
  }
}

function cornersOf(places: readonly Place[]): readonly string[] {
  return places.flatMap((place) => (place.as === 'fighter' ? [place.corner] : []));
}

/**
 * How far the archive is. Its files are made and staged in one transaction, with the names of that moment, and nothing is
 * written again afterwards but by an erasure; what is staged later than this has no name that was taken out here.
 */
export function archiveOf({ storage: { sql } }: Ledger): 'none' | 'making' | 'made' {
  if (readRecord(sql).archivedMs !== null) return 'made';
  return isStaged(sql) ? 'making' : 'none';
}
