import { type Book, bookOf, type Line, type openBook, write } from './book.ts';
import { clock, scorecard } from './lines.ts';

/** When a round of a timed bout begins, counted from the first bell. */
export function bellMs(round: number): number {
  return (round - 1) * 400_000;
}

/** A bout whose first rounds have been timed to their end. */
export function fought(
  rounds: number,
  changes: Parameters<typeof openBook>[0] = {},
  before: readonly Line[] = [],
): Book {
  const bells = Array.from({ length: rounds }, (_, at) => clock('start_round', bellMs(at + 1), at + 1));
  return bookOf([...before, ...bells], changes);
}

/** Every seat scores a round, in the order of the panel: each red's points less blue's, the winner at 10. */
export function score(book: Book, round: number, margins: readonly number[]): void {
  for (const [at, margin] of margins.entries()) {
    const seat = book.state.config.judges[at]?.id ?? '';
    write(book, scorecard(seat, round, Math.min(10, 10 + margin), Math.min(10, 10 - margin)));
  }
}

/** A bout of three rounds that went its distance; by round, then by seat. */
export function distance(margins: readonly (readonly number[])[], changes: Parameters<typeof openBook>[0] = {}): Book {
  const book = fought(margins.length, changes);
  for (const [at, round] of margins.entries()) score(book, at + 1, round);
  return book;
}
