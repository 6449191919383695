import { writeReceipts } from '../../../domain/ledger/index.ts';
import { readFile } from '../device/receipts.ts';

/** Longer than any browser takes to begin with what it was handed. */
const HELD_MS = 60_000;

/**
 * Hands the receipts of one person in one bout to the browser as a file, as if it had been downloaded.
 * @throws where the device does not give them
 */
export async function saveReceipts(owner: string, boutId: string): Promise<void> {
  const blob = new Blob([writeReceipts(await readFile(owner, boutId))], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `receipts-${boutId.replaceAll(/[^A-Za-z0-9_.-]/g, '-')}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), HELD_MS);
}
