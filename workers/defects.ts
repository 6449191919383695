import { type Bucket, type Limit, take } from '../domain/rate.ts';
import { refuse } from '../domain/refusal.ts';
import { problemResponse } from './problem.ts';

/** A disk that fails throws for every request; what was thrown first says as much as the thousandth does. */
const LINES: Limit = { perSecond: 20, burst: 20 };

export type DefectLog = (error: unknown, path: string, nowMs: number) => void;

/**
 * Writes a line of at most 300 characters for each of the first defects of a second, and says in the next line how many
 * it has left out. Whoever runs the worker reads its lines through a pipe: a worker that fills the pipe stands still.
 */
export function createDefectLog(write: (line: string) => void, at = 'app.answerDefect'): DefectLog {
  let bucket: Bucket | undefined;
  let leftOut = 0;
  return (error, path, nowMs) => {
    const after = take(bucket, LINES, nowMs);
    if (after === null) {
      leftOut += 1;
      return;
    }
    bucket = after;
    const line = { at, path: cut(path, 64), error: cut(String(error), 104), where: whereOf(error) };
    write(JSON.stringify(leftOut === 0 ? line : { ...line, left_out: leftOut }));
    leftOut = 0;
  };
}

const log = createDefectLog((line) => console.error(line));

/** Whatever is thrown is a defect or an object out of reach; the caller may try again. */
export function answerDefect(error: unknown, path: string): Response {
  log(error, path, Date.now());
  return problemResponse(refuse('unavailable', 'The bout could not be reached; try again.'));
}

/** The innermost line of the stack; empty where there is none. */
function whereOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return cut(/^\s+at (?<frame>.+)$/m.exec(stack)?.groups?.['frame'] ?? '', 48);
}

/** At most so many characters, none of which JSON would write as several. */
function cut(text: string, length: number): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}"\\\s]+/gu, ' ').slice(0, length);
}
