import { isId } from '../ids.ts';
import { ok, type Outcome, refuse } from '../refusal.ts';
import { isHash } from './chain.ts';

const FORMAT = 'fightjudge/receipts/1';

/** Far more than the entries of any bout. */
const MAX_RECEIPTS = 1_000_000;

/** What a device was told of its entries in one bout, and the last signed checkpoint that it saw of it. */
export type ReceiptsFile = {
  readonly boutId: string;
  /** An entry's index and its chain hash in hexadecimal; one index may stand with two hashes, and then says something. */
  readonly receipts: readonly { readonly index: number; readonly hash: string }[];
  /** A whole signed note. */
  readonly checkpoint: string | null;
};

/** The file `{"format":"fightjudge/receipts/1","bout_id":…,"receipts":[{"index":…,"hash":…},…],"checkpoint":…}`. */
export function writeReceipts({ boutId, receipts, checkpoint }: ReceiptsFile): string {
  const lines = receipts.map(({ index, hash }) => JSON.stringify({ index, hash })).join(',\n  ');
  const list = lines === '' ? '[]' : `[\n  ${lines}\n ]`;
  return (
    `{\n "format": "${FORMAT}",\n "bout_id": ${JSON.stringify(boutId)},\n "receipts": ${list},\n` +
    ` "checkpoint": ${JSON.stringify(checkpoint)}\n}\n`
  );
}

/** Reads what `writeReceipts` wrote; a refusal names the member that is wrong. */
export function readReceipts(text: string): Outcome<ReceiptsFile> {
  const file = parsed(text);
  if (!isRecord(file) || file['format'] !== FORMAT) {
    return refuse('bad_request', `format: this is no file of receipts (${FORMAT}).`, 'format');
  }
  const { bout_id: boutId, receipts, checkpoint } = file;
  if (!isId(boutId)) return refuse('bad_request', 'bout_id: must be an id.', 'bout_id');
  if (checkpoint !== null && typeof checkpoint !== 'string') {
    return refuse('bad_request', 'checkpoint: must be a signed note or null.', 'checkpoint');
  }
  if (!Array.isArray(receipts) || receipts.length > MAX_RECEIPTS) {
    return refuse('bad_request', 'receipts: must be a list.', 'receipts');
  }
  const read: { index: number; hash: string }[] = [];
  for (const receipt of receipts) {
    const { index, hash } = isRecord(receipt) ? receipt : {};
    if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0) {
      return refuse('bad_request', `receipts[${read.length}].index: must be a whole number from 0.`, 'receipts');
    }
    if (typeof hash !== 'string' || !isHash(hash)) {
      return refuse('bad_request', `receipts[${read.length}].hash: must be 64 hexadecimal digits.`, 'receipts');
    }
    read.push({ index, hash });
  }
  return ok({ boutId, receipts: read, checkpoint });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
