import type { StoredRow } from '../../../domain/ledger/index.ts';
import { rowsOf, sealBook } from '../../support/archive.ts';
import { type Book, type Line, T0 } from '../support/book.ts';
import { clock, confirming, proposing, scorecard, tap } from '../support/lines.ts';
import { LATER, openBook } from '../support/book.ts';
import { fold } from '../../../domain/bout/index.ts';
import type { Entry } from '../../../domain/ledger/index.ts';
import { ZERO_HASH } from '../../../domain/ledger/index.ts';

/** The rows of a sealed bout of so many entries, most of them taps. */
export function longRows(entries: number): readonly StoredRow[] {
  const book = openBook({ scheduledRounds: 1 });
  writeFast(book, clock('start_round', 0));
  for (let at = 0; at < entries - 9; at += 1) {
    const ms = Math.floor((at * 290_000) / entries);
    writeFast(
      book,
      tap(at % 7 === 0 ? 'Head Kick' : 'Jab', { at: ms, corner: at % 3 === 0 ? 'blue' : 'red', deviceSeq: at + 1 }),
    );
  }
  writeFast(book, clock('end_round', 300_000));
  for (const seat of ['JUDGE001', 'JUDGE002', 'JUDGE003']) writeFast(book, scorecard(seat, 1, 10, 9));
  const proposed = writeFast(book, { ...proposing('red'), round: 1, receivedMs: LATER });
  writeFast(book, { ...confirming(proposed.index), receivedMs: LATER });
  return rowsOf(sealBook(book));
}

/** Without freezing what came before: a long book would spend its time on that. */
function writeFast(book: Book, line: Line): Entry {
  const index = book.state.next;
  const entry: Entry = {
    eventId: `evt-${index}`,
    actor: { subject: 'system', role: 'system', seat: null, device: null },
    timestampMs: null,
    receivedMs: T0,
    round: null,
    clockMs: null,
    clockSource: null,
    flags: [],
    eventHash: null,
    prevChainHash: ZERO_HASH,
    deviceEpoch: null,
    deviceSeq: null,
    signature: null,
    ...line,
    index,
  };
  const folded = fold(book.state, entry, (at) => book.entries[at] ?? null);
  if (!folded.ok) throw new Error(folded.detail);
  book.state = folded.value;
  book.entries.push(entry);
  return entry;
}
