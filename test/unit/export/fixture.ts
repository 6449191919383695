import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sealFacts, sealPayload } from '../../../domain/bout/index.ts';
import type { ArchivedPerson, SealedBout } from '../../../domain/export/index.ts';
import { readSealedBout } from '../../../domain/export/index.ts';
import { encodeLeaf, utf8Bytes } from '../../../domain/ledger/index.ts';
import { bytesOfBase64, formatCheckpoint, leafHash, rootOf, signNote } from '../../../domain/log/index.ts';
import type { FontFiles } from '../../../workers/export/pdf/faces.ts';
import { type Book, bookOf, LATER, type openBook, panel, T0, valueOf, write } from '../support/book.ts';
import { bellMs } from '../support/fought.ts';
import { clock, confirming, joining, reopening, ruling, scorecard, SUPERVISOR, tap } from '../support/lines.ts';
import { closingPaper, paper, rescinding, SECOND, signing } from '../support/officials.ts';

function fontFile(face: string): ArrayBuffer {
  const file = readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${face}.ttf`));
  return Uint8Array.from(file).buffer;
}

/** Those that the worker carries. */
export const FONTS: FontFiles = {
  sans: fontFile('DejaVuSans'),
  bold: fontFile('DejaVuSans-Bold'),
  mono: fontFile('DejaVuSansMono'),
};

/** Of tests alone: a log's key whose signatures are the same in every run. */
const KEY = { kty: 'OKP', crv: 'Ed25519', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' } as const;
const PUBLIC = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';

export const NAMES: readonly (readonly [key: string, name: string])[] = [
  ['fighter:red', 'Łukasz Żółć'],
  ['fighter:blue', 'Шавкат Рахмонов'],
  ['judge:JUDGE001', 'محمد علي'],
  ['judge:JUDGE002', '张伟丽'],
  ['judge:JUDGE003', "Seán O'Brien-Ó Súilleabháin"],
];

export function peopleOf(names: readonly (readonly [string, string | null])[]): readonly ArchivedPerson[] {
  return names.map(([id, name]) => ({ id, name, salt: name === null ? null : 'salt', commitment: `c-${id}` }));
}

/** What the archive of a book reads as. */
export async function sealedBout(book: Book, people = peopleOf(NAMES)): Promise<SealedBout> {
  const leaves = book.entries.map((entry) => encodeLeaf(entry));
  const root = rootOf(leaves.map((leaf) => leafHash(utf8Bytes(leaf))));
  const origin = `log.example/bout/${book.state.config.boutId}`;
  const text = formatCheckpoint({ origin, size: leaves.length, root });
  const publicKey = bytesOfBase64(Buffer.from(PUBLIC, 'base64url').toString('base64'));
  if (publicKey === null) throw new Error('no key');
  const key = createPrivateKey({ key: { ...KEY, x: PUBLIC }, format: 'jwk' });
  const checkpoint = await signNote(text, { name: origin, publicKey }, async (message) =>
    Uint8Array.from(sign(null, message, key)),
  );
  return valueOf(readSealedBout(leaves, people, checkpoint));
}

/**
 * A bout of three rounds with everything that a scorecard has to tell: a knockdown, a near-finish submission, fouls with
 * a deduction, a warning and a ruling taken back, a scorecard that was reopened, one from paper, a seat that did not
 * sign, and a result confirmed by a second person.
 */
export function fullBook(changes: Parameters<typeof openBook>[0] = {}): Book {
  const book = bookOf([joining('op-1'), clock('start_round', bellMs(1), 1)], { boutId: 'PFC50-main.1', ...changes });
  const at = (round: number, ms: number) => ({ round, at: ms, receivedMs: T0 + bellMs(round) + ms });
  write(book, tap('Cross', { ...at(1, 30_000), metadata: { significant: true } }));
  const kd = write(book, tap('KD', { ...at(1, 100_000), metadata: { tier: 'Hard' } }));
  write(book, tap('Rocked', { ...at(1, 104_000) }));
  write(book, ruling('knockdown', { round: 1, target: kd, atMs: bellMs(1) + 106_000 }));
  score(book, 1, [2, 2, 1]);
  write(book, clock('start_round', bellMs(2), 2));
  write(book, tap('Submission Attempt', { ...at(2, 200_000), corner: 'blue', metadata: { tier: 'Near-Finish' } }));
  const foul = write(book, {
    ...ruling('foul', { round: 2, fighterId: 'fighter1', intent: 'intentional', atMs: bellMs(2) + 250_000 }),
    clockMs: 250_000,
    clockSource: 'server',
  });
  write(book, {
    ...ruling('deduction', { round: 2, target: foul, pointsX10: 10, atMs: bellMs(2) + 262_000 }),
    clockMs: 255_000,
    clockSource: 'server',
  });
  const warning = write(book, ruling('warning', { round: 2, fighterId: 'fighter2', atMs: bellMs(2) + 280_000 }));
  write(book, rescinding(warning));
  score(book, 2, [-1, -1]);
  const proposal = write(book, paper('JUDGE003', 2, 10, 9));
  write(book, closingPaper(proposal));
  write(book, reopening('JUDGE002', 2));
  write(book, scorecard('JUDGE002', 2, 10, 9));
  write(book, clock('start_round', bellMs(3), 3));
  score(book, 3, [1, -1, 1]);
  write(book, signing('JUDGE001', 28, 27));
  write(book, signing('JUDGE003', 29, 27));
  finish(book, 'red', 'DEC', 'UD', null, null, 'JUDGE002 could not sign: device failed.');
  return book;
}

/** A bout that a knockout ended in its second round, five rounds long and with five judges. */
export function knockoutBook(changes: Parameters<typeof openBook>[0] = {}): Book {
  const seats = ['A', 'B', 'C', 'D', 'E'];
  const book = bookOf([joining('op-1'), clock('start_round', bellMs(1), 1)], {
    boutId: 'title-fight',
    scheduledRounds: 5,
    judges: panel(...seats),
    ...changes,
  });
  for (const seat of seats) write(book, scorecard(seat, 1, 9, 10));
  write(book, clock('start_round', bellMs(2), 2));
  write(book, tap('KD', { round: 2, at: 90_000, receivedMs: T0 + bellMs(2) + 90_000, corner: 'blue' }));
  write(book, {
    ...ruling('stoppage', { round: 2, fighterId: 'fighter2', method: 'KO', clockMs: 93_000, atMs: bellMs(2) + 93_500 }),
    clockSource: 'client',
  });
  finish(book, 'blue', 'KO', null, 2, 93_000, null);
  return book;
}

export function score(book: Book, round: number, margins: readonly number[]): void {
  for (const [at, margin] of margins.entries()) {
    const seat = book.state.config.judges[at]?.id ?? '';
    write(book, scorecard(seat, round, Math.min(10, 10 + margin), Math.min(10, 10 - margin)));
  }
}

/** A result proposed and confirmed, and the seal after it. */
export function finish(
  book: Book,
  winner: string,
  method: string,
  decision: string | null,
  round: number | null,
  clockMs: number | null,
  reason: string | null,
): void {
  const proposed = write(book, {
    kind: 'result',
    actor: SUPERVISOR,
    receivedMs: LATER,
    round,
    clockMs,
    payload: { type: 'proposed', winner, method, decision, reason, unsigned: [], basis: 'none' },
  });
  write(book, { ...confirming(proposed.index, SECOND.subject), receivedMs: LATER + 61_000 });
  const words = { keys: new Map(), declared: false, reason: null };
  const payload = sealPayload(book.state, sealFacts(book.entries), words);
  write(book, { kind: 'seal', receivedMs: LATER + 120_000, payload });
}

/** A boxing bout over the longest distance, with more judges than stand side by side and hard names. */
export function longBook(changes: Parameters<typeof openBook>[0] = {}): Book {
  const seats = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7'];
  const book = bookOf([], {
    boutId: 'long',
    scheduledRounds: 12,
    judges: panel(...seats),
    simulated: true,
    ...changes,
  });
  for (let round = 1; round <= 12; round += 1) {
    write(book, clock('start_round', bellMs(round), round));
    score(
      book,
      round,
      seats.map((_, at) => ((round + at) % 3 === 0 ? -1 : 1)),
    );
    for (let count = 0; count < 3; count += 1) {
      write(
        book,
        ruling('warning', { round, fighterId: 'fighter2', atMs: bellMs(round) + 60_000, note: 'head too low' }),
      );
    }
  }
  finish(book, 'red', 'DEC', 'UD', null, null, null);
  return book;
}

export const HARD_NAMES = peopleOf([
  ['fighter:red', null],
  ['fighter:blue', `${'Wolfeschlegelsteinhausenbergerdorff'.repeat(2)} de la ${'Cruz '.repeat(8)}`.trim()],
  ['judge:S1', 'محمد (Ali) الأحمد 12 😀'],
  ['judge:S2', 'ნინო Խաչատրյան Ελένη'],
  ['judge:S3', 'evil\u202ename\u0000\n'],
]);
