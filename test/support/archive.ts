import { generateKeyPairSync, type KeyObject, sign as signEd25519, webcrypto } from 'node:crypto';
import {
  type ArchiveFile,
  type ArchiveSource,
  buildArchive,
  type PersonRow,
  type Report,
  verifyArchive,
  type VerifyOptions,
} from '../../domain/archive/index.ts';
import { sealFacts, sealPayload } from '../../domain/bout/index.ts';
import {
  chainHash,
  commitmentOf,
  encodeLeaf,
  type Entry,
  eventHash,
  type LeafObject,
  sha256,
  type StoredRow,
  tapText,
  textOf,
  ZERO_HASH,
} from '../../domain/ledger/index.ts';
import {
  bytesOfHex,
  formatCheckpoint,
  formatVerifierKey,
  type Hash,
  rootOf,
  signNote,
  type Signer,
  signRotation,
  type SignText,
  type VerifierKey,
  verifierKey,
} from '../../domain/log/index.ts';
import { type Book, CONFIG, LATER, openBook, panel, write } from '../unit/support/book.ts';
import { clock, confirming, joining, proposing, ruling, scorecard, SUPERVISOR, tap } from '../unit/support/lines.ts';

/** A deployment's log key, made for a test. */
export type TestKey = Signer & { readonly key: VerifierKey; readonly text: string };

export const DEPLOYMENT = 'log.test';

export function newLogKey(name = DEPLOYMENT): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = verifierKey(name, new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')));
  return { key, sign: signerOf(privateKey), text: formatVerifierKey(key) };
}

function signerOf(privateKey: KeyObject): SignText {
  return async (message) => new Uint8Array(signEd25519(null, message, privateKey));
}

export async function rotationNote(from: TestKey, to: TestKey): Promise<string> {
  return await signRotation(from, to);
}

/** Names of the people of a test's bout; the salts are no secrets here. */
export const PEOPLE: readonly PersonRow[] = [
  { id: 'fighter:red', name: 'Zoë Ångström', salt: 'salt-red' },
  { id: 'fighter:blue', name: 'Jane "the Wall" Smith', salt: 'salt-blue' },
  { id: 'judge:JUDGE001', name: 'A. Judge', salt: 'salt-1' },
];

function bound(id: string): string {
  const person = PEOPLE.find((one) => one.id === id);
  return person === undefined ? '' : commitmentOf(person.salt, person.name);
}

/** A bout of one judge and one round, not yet sealed: every kind of fact that an archive states, in a dozen entries. */
export function smallBout(boutId = 'bout_123'): Book {
  const [seat] = panel('JUDGE001');
  if (seat === undefined) throw new Error('no seat');
  const book = openBook({
    boutId,
    fighters: {
      red: { ...CONFIG.fighters.red, commitment: bound('fighter:red') },
      blue: { ...CONFIG.fighters.blue, commitment: bound('fighter:blue') },
    },
    judges: [{ ...seat, commitment: bound('judge:JUDGE001') }],
    scheduledRounds: 1,
    // Fewer than there are, so that every bit of the first entry can be flipped in a test's time.
    values: { kd: 100_000, 'kd.hard': 120_000, jab: 1_000_000, 'control.top': 30 },
  });
  write(book, joining('op-1'));
  write(book, clock('start_round', 0));
  write(book, tap('Jab', { at: 4_000, deviceSeq: 1 }));
  write(book, tap('KD', { at: 5_000, deviceSeq: 2, metadata: { tier: 'Hard' } }));
  write(book, tap('Control Start', { at: 60_000, deviceSeq: 4, metadata: { control: 'Top' } }));
  write(book, tap('Control Stop', { at: 61_500, deviceSeq: 5 }));
  write(book, ruling('deduction', { fighterId: 'fighter2', pointsX10: 10, atMs: 70_000 }));
  write(book, clock('end_round', 300_000));
  write(book, scorecard('JUDGE001', 1, 10, 9));
  const proposed = write(book, { ...proposing('red', 'DEC'), round: 1, receivedMs: LATER });
  write(book, { ...confirming(proposed.index), receivedMs: LATER + 1 });
  return book;
}

/** Closes a book: `keys` are those of devices, by device id. */
export function sealBook(book: Book, keys: ReadonlyMap<string, LeafObject> = new Map()): Book {
  const facts = sealFacts(book.entries);
  const payload = sealPayload(book.state, facts, { keys, declared: true, reason: null });
  write(book, { kind: 'seal', actor: SUPERVISOR, receivedMs: LATER + 2, payload });
  return book;
}

/** The rows of a book: its entries hashed and chained, taps signed where there is somebody to sign. */
export function rowsOf(
  { entries }: Pick<Book, 'entries'>,
  signTap: (entry: Entry, text: string) => string | null = () => null,
  boutId = textOf(entries[0]?.payload ?? {}, 'bout_id') ?? '',
): StoredRow[] {
  let before = ZERO_HASH;
  return entries.map((plain, index) => {
    const hashed: Entry = { ...plain, index, prevChainHash: before, eventHash: hashOfTap(plain, boutId) };
    const text = hashed.eventHash === null ? null : tapText(hashed, boutId);
    const leaf = encodeLeaf({ ...hashed, signature: text === null ? null : signTap(hashed, text) });
    before = chainHash(sha256, leaf);
    return { index, leaf, hash: before };
  });
}

function hashOfTap({ kind, payload, round, timestampMs }: Entry, boutId: string): string | null {
  if (kind !== 'action' || round === null || timestampMs === null) return null;
  const [judgeId = '', fighterId = '', eventType = '', deviceId = ''] = [
    'judge_id',
    'fighter_id',
    'event_type',
    'device_id',
  ].map((name) => textOf(payload, name) ?? '');
  return eventHash(sha256, { boutId, round, judgeId, fighterId, eventType, timestampMs, deviceId });
}

export function hashesOf(rows: readonly StoredRow[]): Hash[] {
  return rows.map(({ hash }) => bytesOfHex(hash) ?? new Uint8Array());
}

/** The signed note over rows, under an origin of the key's deployment. */
export async function checkpointOf(rows: readonly StoredRow[], key: TestKey, path = 'bout/bout_123'): Promise<string> {
  const origin = `${key.key.name}/${path}`;
  const text = formatCheckpoint({ origin, size: rows.length, root: rootOf(hashesOf(rows)) });
  return await signNote(text, { name: origin, publicKey: key.key.publicKey }, key.sign);
}

/** An archive's files by path. */
export type Files = Map<string, Uint8Array>;

export type TestArchive = { readonly files: Files; readonly rows: readonly StoredRow[]; readonly key: TestKey };

export async function archiveOf(
  rows: readonly StoredRow[],
  key: TestKey = newLogKey(),
  more: { people?: readonly PersonRow[]; rotations?: readonly string[]; checkpoint?: string } = {},
): Promise<TestArchive> {
  const checkpoint = more.checkpoint ?? (await checkpointOf(rows, key));
  const input = { rows, people: more.people ?? PEOPLE, checkpoint, rotations: more.rotations ?? [] };
  return { files: filesOf(buildArchive(input)), rows, key };
}

export function filesOf(files: Iterable<ArchiveFile>): Files {
  return new Map([...files].map(({ path, bytes }) => [path, bytes]));
}

export function sourceOf(files: Files): ArchiveSource {
  return async (path) => files.get(path) ?? null;
}

export type Given = Omit<VerifyOptions<webcrypto.CryptoKey>, 'subtle' | 'key' | 'list'> & {
  readonly key?: string | null;
};

/** Verifies files with a key, and whatever else somebody holds. */
export async function verifyFiles(files: Files, key: TestKey | null, given: Given = {}): Promise<Report> {
  return await verifyArchive(sourceOf(files), {
    ...given,
    key: key?.text ?? null,
    subtle: webcrypto.subtle,
    list: async () => [...files.keys()],
  });
}

export type Flip = { readonly path: string; readonly byte: number; readonly bit: number };

/**
 * Flips bits of an archive, one at a time, and gives each to `check` with what the verifier then says; the file is whole
 * again afterwards.
 * @param stride of a file: 1 flips every bit, n every n-th (from a place of its own in each file), 0 none
 * @param share flips bits `part`, `part + of`, … of those: several may share the work
 * @returns how many were flipped
 */
export async function flipAll(
  { files, key }: Pick<TestArchive, 'files' | 'key'>,
  check: (flip: Flip, report: Report) => void,
  stride: (path: string) => number = () => 1,
  share: { readonly part: number; readonly of: number } = { part: 0, of: 1 },
): Promise<number> {
  let flips = 0;
  let turn = 0;
  for (const [path, bytes] of files) {
    const step = stride(path);
    if (step === 0) continue;
    for (let at = turn % step; at < bytes.length * 8; at += step) {
      turn += 1;
      if (turn % share.of !== share.part) continue;
      const [byte, bit] = [at >> 3, at & 7];
      const changed = bytes.slice();
      changed[byte] = (changed[byte] ?? 0) ^ (1 << bit);
      const report = await verifyFiles(new Map(files).set(path, changed), key);
      check({ path, byte, bit }, report);
      flips += 1;
    }
  }
  return flips;
}

/** The entry whose bytes (its length before it included) hold a byte of a bundle; null beyond them. */
export function leafAt(bundle: Uint8Array, byte: number): number | null {
  let index = 0;
  for (let at = 0; at + 2 <= bundle.length; index += 1) {
    at += 2 + (((bundle[at] ?? 0) << 8) | (bundle[at + 1] ?? 0));
    if (byte < at) return index;
  }
  return null;
}
