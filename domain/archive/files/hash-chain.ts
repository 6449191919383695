import { ZERO_HASH } from '../../ledger/index.ts';
import { documentLines, formatOf } from '../document.ts';
import { type BoutRecord, entryAt } from '../record.ts';

/** `hash_chain.json`: per entry its event hash (null for what is no action), its chain hash, and the one before it. */
export function hashChainLines(record: BoutRecord): Iterable<string> {
  return documentLines([
    ['bout_id', JSON.stringify(record.state.config.boutId)],
    ['format', JSON.stringify(formatOf('hash_chain'))],
    ['entries', linksOf(record)],
  ]);
}

function* linksOf(record: BoutRecord): Generator<string> {
  let before = ZERO_HASH;
  for (const { index, hash } of record.rows) {
    const event_hash = entryAt(record, index)?.eventHash ?? null;
    yield JSON.stringify({ index, event_hash, prev_chain_hash: before, chain_hash: hash });
    before = hash;
  }
}
