import { decodeLeaf, textOf } from '../../ledger/index.ts';
import {
  type Checkpoint,
  type Hash,
  leafHash,
  rootOf,
  sameBytes,
  textOfUtf8,
  TILE_WIDTH,
  tilePath,
} from '../../log/index.ts';
import { utcText } from '../calendar.ts';
import type { Finding, FindingCode, Findings } from './report.ts';
import type { ArchiveSource } from './source.ts';
import type { Tree } from './tree.ts';

const LOG = 'event_log.json';

/** Findings about one entry; those about the end, the seal or another's receipt say themselves what they mean. */
const OF_ENTRIES: readonly FindingCode[] = [
  'bundle_malformed',
  'leaf_changed',
  'leaf_unreadable',
  'chain_broken',
  'event_hash_differs',
  'rule_broken',
  'tap_signature_false',
];

/**
 * Says of findings about an entry which one that is (kind, round, time), where its bytes can be read from a file that is
 * intact, and whether the bundle or event_log.json still holds what was signed. Only bytes with the signed hash count:
 * what a damaged file says of itself is repeated nowhere.
 */
export async function tellWhatIsIntact(
  source: ArchiveSource,
  tree: Tree,
  checkpoint: Checkpoint,
  findings: Findings,
): Promise<void> {
  if (!findings.list.some(isOfEntries)) return;
  const log = logLines(await source(LOG));
  // Without the root nobody knows whether a tile's hash is the signed one.
  const isSure = leadsToRoot(tree.hashes, checkpoint);
  for (const [at, finding] of findings.list.entries()) {
    if (isOfEntries(finding)) findings.list[at] = withWords(finding, { tree, checkpoint, log, isSure });
  }
}

function isOfEntries({ code, file, index }: Finding): boolean {
  if (code === 'root_differs' || (code === 'file_differs' && file === LOG)) return true;
  if (index === null) return false;
  return code === 'tile_changed' ? file?.startsWith('tile/0/') === true : OF_ENTRIES.includes(code);
}

/** The entries of event_log.json, a line each, as they stand there. */
function logLines(bytes: Uint8Array | null): readonly Uint8Array[] {
  if (bytes === null) return [];
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(0x0a, from);
    const end = newline < 0 ? bytes.length : newline;
    lines.push(bytes.subarray(from, bytes[end - 1] === 0x2c ? end - 1 : end));
    from = end + 1;
  }
  return lines.slice(1, -1);
}

type Known = {
  readonly tree: Tree;
  readonly checkpoint: Checkpoint;
  readonly log: readonly Uint8Array[];
  /** Whether the tree's hashes are those that were signed. */
  readonly isSure: boolean;
};

function withWords(finding: Finding, at: Known): Finding {
  if (finding.code === 'root_differs') return ofRoot(finding, at);
  if (finding.code === 'file_differs') return ofLog(finding, at);
  const { index, detail } = finding;
  const { tree, checkpoint, log, isSure } = at;
  if (index === null) return finding;
  const leaf = tree.leaves[index] ?? null;
  const known = wordsOf(leaf);
  if (known !== null) {
    const bundle = finding.code === 'tile_changed' ? `; ${bundleOf(index, checkpoint)} holds what was signed` : '';
    return { ...finding, detail: `${detail} (entry ${index}: ${known}${bundle})` };
  }
  const [line, hash] = [log[index], tree.hashes[index]];
  const said = line !== undefined && hash != null && sameBytes(leafHash(line), hash) ? wordsOf(line) : null;
  const still = isSure ? `; ${LOG} still holds the text that was signed` : '';
  return said === null ? finding : { ...finding, detail: `${detail} (entry ${index}: ${said}${still})` };
}

/** Bundle and tile were changed alike; the lines of event_log.json may be those that were signed all the same. */
function ofRoot(finding: Finding, { tree, checkpoint, log }: Known): Finding {
  const hashes = log.map(leafHash);
  if (!leadsToRoot(hashes, checkpoint)) return finding;
  const index = hashes.findIndex((hash, at) => !isSame(hash, tree.hashes[at]));
  const words = wordsOf(log[index] ?? null);
  const which = words === null ? '' : `; the first that differs is entry ${index}: ${words}`;
  return {
    ...finding,
    index: index < 0 ? null : index,
    detail: `${finding.detail} (${LOG} still holds the text that was signed${which})`,
  };
}

function ofLog(finding: Finding, { tree, checkpoint, log, isSure }: Known): Finding {
  if (log.length === 0) return finding;
  const index = tree.leaves.findIndex((leaf, at) => leaf === null || !isSame(leaf, log[at]));
  const words = wordsOf(tree.leaves[index] ?? null);
  if (words === null || !isSure) return finding;
  const bundle = bundleOf(index, checkpoint);
  return {
    ...finding,
    index,
    detail: `${finding.detail} (entry ${index}: ${words}; ${bundle} holds the text that was signed)`,
  };
}

/** `action “Jab” in round 1, received 2026-01-10 20:05:00 UTC`; null where the bytes are no entry. */
function wordsOf(leaf: Uint8Array | null): string | null {
  const entry = leaf === null ? null : decodeLeaf(textOfUtf8(leaf) ?? '');
  if (entry?.ok !== true) return null;
  const { kind, payload, round, receivedMs } = entry.value;
  const type = textOf(payload, 'event_type');
  return `${kind}${type === null ? '' : ` “${type}”`}${round === null ? '' : ` in round ${round}`}, received ${utcText(receivedMs)}`;
}

function bundleOf(index: number, { size }: Checkpoint): string {
  const bundle = Math.floor(index / TILE_WIDTH);
  return tilePath('entries', bundle, Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH));
}

function leadsToRoot(hashes: readonly (Hash | null)[], { size, root }: Checkpoint): boolean {
  const known = hashes.filter((hash) => hash !== null);
  return size > 0 && hashes.length === size && known.length === size && sameBytes(rootOf(known), root);
}

function isSame(one: Uint8Array, other: Uint8Array | null | undefined): boolean {
  return other != null && sameBytes(one, other);
}
