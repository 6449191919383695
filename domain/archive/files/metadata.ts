import { configToLeaf } from '../../bout/index.ts';
import { documentLines, formatOf, mapped } from '../document.ts';
import { archivedPeople, boundPeople, type PersonRow } from '../people.ts';
import { type BoutRecord, entryAt } from '../record.ts';
import { VERSIONS } from '../versions.ts';
import { resultOf } from './scorecards.ts';

/** What stands in the archive; also told by docs/record.md. */
const FILES: readonly (readonly [path: string, what: string])[] = [
  ['checkpoint', 'The signed tree head over every entry (c2sp.org/tlog-checkpoint).'],
  ['tile/', 'The Merkle tree (RFC 6962, c2sp.org/tlog-tiles); the entries themselves in tile/entries/.'],
  ['event_log.json', 'The same entries as JSON: each line is an entry’s exact bytes.'],
  ['hash_chain.json', 'Each entry’s hashes and the link to the one before it.'],
  ['round_summaries.json', 'Worked out from the entries: totals, statistics, rulings, recommendation per round.'],
  ['judge_scorecards.json', 'Worked out from the entries: scorecards by seat, deductions, decision, result.'],
  ['replay_data.json', 'Worked out from the entries: each round second by second.'],
  ['metadata.json', 'This file; the only one that names people.'],
  ['rotations', 'Where the log’s key has been replaced: how to get from an older key to the present one.'],
  ['log.tlog-proof', 'Where there is one: that the checkpoint stands in the deployment’s log of checkpoints.'],
  ['checkpoint.tsr', 'Where there is one: a time stamp of the checkpoint (RFC 3161).'],
];

/** `metadata.json`: set-up, people with the salts of their commitments, seal, result, versions, and what each file is. */
export function metadataLines(record: BoutRecord, people: readonly PersonRow[]): Iterable<string> {
  const { state, rows } = record;
  const { config } = state;
  return documentLines([
    ['bout_id', JSON.stringify(config.boutId)],
    ['format', JSON.stringify(formatOf('metadata'))],
    ['versions', JSON.stringify(VERSIONS)],
    // As it was recorded when the bout was set up.
    [
      'recorded_under',
      JSON.stringify({ build: config.build, model: config.model, values_version: config.valuesVersion }),
    ],
    ['entries', JSON.stringify(rows.length)],
    ['created_ms', JSON.stringify(entryAt(record, 0)?.receivedMs ?? null)],
    ['bout', JSON.stringify(configToLeaf(config))],
    ['extension_rounds', JSON.stringify(state.extensions)],
    ['people', mapped(archivedPeople(boundPeople(record), people), (person) => JSON.stringify(person))],
    ['sealed', JSON.stringify(sealedOf(record))],
    ['result', JSON.stringify(resultOf(state.result))],
    ['files', mapped(FILES, ([path, what]) => JSON.stringify({ path, what }))],
  ]);
}

function sealedOf(record: BoutRecord) {
  const last = entryAt(record, record.rows.length - 1);
  if (last?.kind !== 'seal') return null;
  return { sequence_index: last.index, sealed_ms: last.receivedMs, by: last.actor.subject, ...last.payload };
}
