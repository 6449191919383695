import type { StoredRow } from '../../ledger/index.ts';
import { documentLines, formatOf } from '../document.ts';
import type { BoutRecord } from '../record.ts';

/** `event_log.json`: each entry's stored bytes on a line of their own, so that a reader may hash the line (without a comma at its end). */
export function eventLogLines({ rows, state }: BoutRecord): Iterable<string> {
  return documentLines([
    ['bout_id', JSON.stringify(state.config.boutId)],
    ['format', JSON.stringify(formatOf('event_log'))],
    ['entries', leavesOf(rows)],
  ]);
}

function* leavesOf(rows: readonly StoredRow[]): Generator<string> {
  for (const { leaf } of rows) yield leaf;
}
