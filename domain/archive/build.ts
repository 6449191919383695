import type { StoredRow } from '../ledger/index.ts';
import { utf8Bytes } from '../ledger/index.ts';
import { bundlesOf, bytesOfHex, type Hash, type TileFile, tilesOf } from '../log/index.ts';
import { bytesOfLines } from './document.ts';
import { eventLogLines } from './files/event-log.ts';
import { hashChainLines } from './files/hash-chain.ts';
import { metadataLines } from './files/metadata.ts';
import { replayLines } from './files/replay.ts';
import { roundLines } from './files/rounds.ts';
import { scorecardLines } from './files/scorecards.ts';
import type { PersonRow } from './people.ts';
import { type BoutRecord, readRecord } from './record.ts';

export type ArchiveFile = TileFile;

export type ArchiveInput = {
  /** The whole ledger, verified by the caller: each `hash` is taken as the leaf's. */
  readonly rows: readonly StoredRow[];
  /** Names that are kept; rows that name nobody of the bout are passed over. */
  readonly people: readonly PersonRow[];
  /** The signed note over exactly these rows. */
  readonly checkpoint: string;
  /** Rotation notes of the deployment's key, the earliest first. */
  readonly rotations: readonly string[];
};

/** Files that are worked out from the ledger (and, of metadata.json, the names beside it): by name, lines. */
export const DERIVED: Readonly<Record<string, (record: BoutRecord, people: readonly PersonRow[]) => Iterable<string>>> =
  {
    'event_log.json': eventLogLines,
    'hash_chain.json': hashChainLines,
    'round_summaries.json': roundLines,
    'judge_scorecards.json': scorecardLines,
    'replay_data.json': replayLines,
    'metadata.json': metadataLines,
  };

/**
 * The files of a bout's archive, one at a time and in the order in which they are to be stored: the checkpoint comes
 * last, so that whoever finds one finds all that it covers. The same input gives the same bytes. Throws an Error where
 * the rows do not fold: what the ledger does not carry is archived nowhere.
 */
export function* buildArchive({ rows, people, checkpoint, rotations }: ArchiveInput): Generator<ArchiveFile> {
  const record = readRecord(rows);
  if (!record.ok) throw new Error(`entry ${record.index} does not fold: ${record.detail}`);
  yield* bundlesOf(leavesOf(rows));
  yield* tilesOf(rows.map(hashOf));
  for (const [path, lines] of Object.entries(DERIVED)) {
    yield { path, bytes: bytesOfLines(lines(record.value, people)) };
  }
  if (rotations.length > 0) yield { path: 'rotations', bytes: utf8Bytes(rotationsText(rotations)) };
  yield { path: 'checkpoint', bytes: utf8Bytes(checkpoint) };
}

function* leavesOf(rows: readonly StoredRow[]): Generator<string> {
  for (const { leaf } of rows) yield leaf;
}

function hashOf({ index, hash }: StoredRow): Hash {
  const bytes = bytesOfHex(hash);
  if (bytes?.length !== 32) throw new Error(`the hash of entry ${index} is none`);
  return bytes;
}

/** `rotations`: a JSON array of the notes, one per line. */
export function rotationsText(rotations: readonly string[]): string {
  return `${JSON.stringify(rotations, null, 1)}\n`;
}
