import { sha256Bytes } from '../../ledger/index.ts';
import { sameBytes } from '../../log/index.ts';
import { checkSigner, readTimeStamp, type StampSubtle } from '../../timestamp/index.ts';
import type { Findings, TimeStampFacts } from './report.ts';
import type { ArchiveSource } from './source.ts';

const FILE = 'checkpoint.tsr';

/**
 * Reads the time stamp, where there is one, and holds it against the exact bytes of `checkpoint`; null where there is
 * none, or it is none of these bytes. One that is not of this checkpoint breaks the record, although the entries are
 * proven without it: the deployment puts nothing there that it has not checked so, and never another over it, so somebody
 * has changed or swapped a file of the record. Who its signer is, and whether to trust them, is not decided here.
 */
export async function verifyTimeStamp<Key>(
  source: ArchiveSource,
  subtle: StampSubtle<Key>,
  findings: Findings,
): Promise<TimeStampFacts | null> {
  const [reply, checkpoint] = [await source(FILE), await source('checkpoint')];
  // That the checkpoint is missing is said already.
  if (reply === null || checkpoint === null) return null;
  const stamp = readTimeStamp(reply);
  if (!stamp.ok) {
    const detail =
      stamp.code === 'bad_request' ? `the file cannot be read as a time stamp: ${stamp.detail}` : stamp.detail;
    findings.add('timestamp_false', FILE, null, detail);
    return null;
  }
  const { sha256, claimedMs } = stamp.value;
  if (!sameBytes(sha256, sha256Bytes(checkpoint))) {
    const detail = 'it is a time stamp of other bytes than those of the file checkpoint';
    findings.add('timestamp_false', FILE, null, detail);
    return null;
  }
  const signer = await checkSigner(stamp.value, subtle);
  if (signer.signature === 'false') {
    findings.add('timestamp_false', FILE, null, signer.why);
    return null;
  }
  return signer.signature === 'holds'
    ? { claimedMs, signature: 'holds', authority: signer.authority }
    : { claimedMs, signature: 'unchecked', authority: null };
}
