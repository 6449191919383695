import { commitmentOf } from '../../ledger/index.ts';
import { sameBytes, textOfUtf8 } from '../../log/index.ts';
import { DERIVED } from '../build.ts';
import { bytesOfLines, formatOf } from '../document.ts';
import { archivedPeople, boundPeople, type PersonRow } from '../people.ts';
import type { BoutRecord } from '../record.ts';
import { VERSIONS } from '../versions.ts';
import type { Facts, Findings } from './report.ts';
import type { ArchiveSource } from './source.ts';
import { firstDifference } from './tree.ts';

/** What depends on the ledger's bytes alone, and on no version of anything that is worked out. */
const VERBATIM: readonly string[] = ['event_log.json', 'hash_chain.json'];

/**
 * Builds each JSON file again from the ledger and compares it byte for byte. The names in metadata.json are held against
 * the commitments in the ledger; an archive of another version of this program is said to be one, and not compared.
 */
export async function verifyDerived(
  source: ArchiveSource,
  record: BoutRecord,
  isSealed: boolean,
  findings: Findings,
): Promise<Pick<Facts, 'compared' | 'people'> & { readonly names: ReadonlyMap<string, string> }> {
  const metadata = await source('metadata.json');
  const read = readMetadata(metadata);
  if (read.otherVersion !== null) {
    const detail = `it was made by another version (${read.otherVersion}); what was worked out was not compared`;
    findings.add('other_version', 'metadata.json', null, detail);
  }
  const compared: string[] = [];
  for (const [path, lines] of Object.entries(DERIVED)) {
    const stored = path === 'metadata.json' ? metadata : await source(path);
    if (stored === null) {
      // A live bout has none of them.
      if (isSealed) findings.add('file_missing', path, null, 'the file is missing');
      continue;
    }
    if (read.otherVersion !== null && !VERBATIM.includes(path)) continue;
    const built = bytesOfLines(lines(record, read.people));
    if (sameBytes(stored, built)) compared.push(path);
    else findings.add('file_differs', path, null, differenceOf(stored, built));
  }
  const named = verifyNames(record, read.people, findings);
  // The names are built from the file itself, so a file with another name in it is the same as what is built with that.
  const isAccused = (path: string): boolean => findings.list.some(({ file }) => file === path);
  return { compared: compared.filter((path) => !isAccused(path)), ...named };
}

/** Names that the ledger binds, by id, and how many there are: one that is not bound is counted apart, and given to nobody. */
function verifyNames(
  record: BoutRecord,
  people: readonly PersonRow[],
  findings: Findings,
): { readonly people: Facts['people']; readonly names: ReadonlyMap<string, string> } {
  const names = new Map<string, string>();
  let misnamed = 0;
  const bound = archivedPeople(boundPeople(record), people);
  for (const { id, name, salt, commitment } of bound) {
    if (name === null || salt === null) continue;
    // A bar in the salt would be the one between salt and name moved: a part of the name given out as the whole.
    if (!salt.includes('|') && commitmentOf(salt, name) === commitment) {
      names.set(id, name);
      continue;
    }
    misnamed += 1;
    findings.add('name_differs', 'metadata.json', null, `the name of ${id} is not the one that the ledger binds`);
  }
  const named = names.size;
  return { people: { named, misnamed, erased: bound.length - named - misnamed }, names };
}

type Metadata = { readonly people: readonly PersonRow[]; readonly otherVersion: string | null };

function readMetadata(bytes: Uint8Array | null): Metadata {
  const members = membersOf(parsed(bytes === null ? null : textOfUtf8(bytes)));
  const format = members.get('format');
  const versions = JSON.stringify(members.get('versions') ?? null);
  const isOurs = format === formatOf('metadata') && versions === JSON.stringify(VERSIONS);
  // What is no metadata of any version is compared, and differs.
  const isOther = !isOurs && typeof format === 'string' && /^fightjudge\/metadata\/\d+$/.test(format);
  const people = members.get('people');
  return {
    people: Array.isArray(people) ? people.flatMap((person: unknown) => personIn(person) ?? []) : [],
    otherVersion: isOther ? `${format} ${versions}`.slice(0, 300) : null,
  };
}

function personIn(value: unknown): PersonRow | null {
  const members = membersOf(value);
  const [id, name, salt] = ['id', 'name', 'salt'].map((member) => members.get(member));
  return typeof id === 'string' && typeof name === 'string' && typeof salt === 'string' ? { id, name, salt } : null;
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

const EXCERPT = 120;

/** The first line that differs, as it is and as it would be. */
function differenceOf(stored: Uint8Array, built: Uint8Array): string {
  const at = firstDifference(stored, built);
  let line = 1;
  let start = 0;
  for (let i = 0; i < at; i += 1) {
    if (stored[i] !== 0x0a) continue;
    line += 1;
    start = i + 1;
  }
  const from = Math.max(start, at - EXCERPT / 2);
  return `line ${line}, character ${at - start + 1}: it has ${excerpt(stored, from)}, the ledger gives ${excerpt(built, from)}`;
}

function excerpt(bytes: Uint8Array, from: number): string {
  const newline = bytes.indexOf(0x0a, from);
  const end = Math.min(newline < 0 ? bytes.length : newline, from + EXCERPT);
  if (from >= bytes.length) return 'nothing';
  // Cut anywhere, and perhaps damaged: what is not printable ASCII is shown as a dot.
  return `“${[...bytes.subarray(from, end)].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('')}”`;
}
