import { archivePrefix } from '../../../domain/archive/index.ts';
import type { BoutState, ReleasePolicy } from '../../../domain/bout/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import { type Caller, inAudience } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { entryAt, type Ledger } from '../ledger/ledger.ts';
import { readNames } from '../people/names.ts';
import { look } from '../reads/look.ts';
import { fighterName, judgeName } from '../reads/view.ts';
import type { Viewpoint } from '../release/visibility.ts';
import { latestCheckpoint, readRecord } from './store.ts';

/** What has to be known of a sealed bout to hand its record over. Instants are UTC epoch milliseconds. */
export type ArchiveFacts = {
  readonly boutId: string;
  readonly cardId: string | null;
  readonly promotion: string;
  readonly event: string;
  readonly date: string | null;
  readonly sport: string;
  readonly ruleset: string;
  readonly simulated: boolean;
  readonly release: ReleasePolicy;
  readonly fighters: { readonly red: string; readonly blue: string };
  readonly judges: readonly { readonly seat: string; readonly name: string }[];
  readonly versions: { readonly model: string; readonly values: string; readonly build: string };
  /** Of the archive in R2, with the slash at its end. */
  readonly prefix: string;
  readonly createdMs: number;
  readonly sealedMs: number;
  /** The seal among them. */
  readonly entries: number;
  /** Null until the seal's checkpoint is signed. */
  readonly checkpointSize: number | null;
  /** Null until every file of the archive is in R2. */
  readonly archivedMs: number | null;
  /** Why the archive will not be completed: something else lies where it belongs. */
  readonly conflict: string | null;
};

/**
 * The facts of a sealed bout, for whoever may have these parts of it. The whole record holds every part, so for that the
 * caller stands inside the circle of each. Refuses with `conflict` while the bout is not sealed, for a viewer who is kept behind until
 * that moment has passed there too.
 */
export function archiveFacts(
  context: BoutContext,
  caller: Caller | null,
  parts: readonly (keyof ReleasePolicy)[] = PARTS,
): Outcome<ArchiveFacts> {
  const sight = look(context, caller);
  if (!sight.ok) return sight;
  const { ledger, state, view } = sight.value;
  const inside = requireParts(view, state, parts);
  if (!inside.ok) return inside;
  const { sealed } = state;
  if (sealed === null)
    return refuse('conflict', 'The bout is not sealed; there is no record to hand over yet.', 'bout_id');
  return ok(factsOf(ledger, state, sealed.index + 1, sealed.atMs));
}

function factsOf(ledger: Ledger, state: BoutState, entries: number, sealedMs: number): ArchiveFacts {
  const { sql } = ledger.storage;
  const { config } = state;
  const names = readNames(sql);
  const record = readRecord(sql);
  const createdMs = createdMsOf(ledger);
  return {
    boutId: config.boutId,
    cardId: config.cardId,
    promotion: config.promotion,
    event: config.event,
    date: config.date,
    sport: config.sport,
    ruleset: config.ruleset,
    simulated: config.simulated,
    release: config.release,
    fighters: { red: fighterName(state, names, 'red'), blue: fighterName(state, names, 'blue') },
    judges: config.judges.map(({ id }) => ({ seat: id, name: judgeName(state, names, id) })),
    versions: { model: config.model, values: config.valuesVersion, build: config.build },
    prefix: archivePrefix(config, createdMs),
    createdMs,
    sealedMs,
    entries,
    checkpointSize: latestCheckpoint(sql)?.size ?? null,
    archivedMs: record.archivedMs,
    conflict: record.conflict,
  };
}

/** When the bout was set up. */
export function createdMsOf(ledger: Ledger): number {
  return entryAt(ledger, 0)?.receivedMs ?? 0;
}

const PARTS = ['statistics', 'scorecards', 'recommendation'] as const satisfies readonly (keyof ReleasePolicy)[];

function requireParts(view: Viewpoint, state: BoutState, parts: readonly (keyof ReleasePolicy)[]): Outcome<true> {
  const { release } = state.config;
  const missing = parts.find((part) => !inAudience(view.role, release[part]));
  if (missing === undefined) return ok(true);
  return view.role === null
    ? refuse('unauthorized', `The record holds the ${missing} of this bout, which are not public; a token is needed.`)
    : refuse('forbidden', `The record holds the ${missing} of this bout, which are not released to a ${view.role}.`);
}
