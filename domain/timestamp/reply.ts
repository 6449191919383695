import { sameBytes } from '../log/index.ts';
import { ok, type Outcome, refuse } from '../refusal.ts';
import { unsigned } from './der.ts';
import { checkSigner, type StampSubtle } from './signer.ts';
import { readTimeStamp } from './token.ts';

/**
 * Whether a TimeStampResp (RFC 3161, 2.4.2) answers the request: granted, for the same bytes, with the same nonce, and
 * signed by whom it says. Who that is and whether that is to be trusted is for whoever holds the authority's
 * certificates (`openssl ts -verify`). What a verifier of the record would object to is refused here: it is kept for good.
 */
export async function checkTimeStampReply<Key>(
  reply: Uint8Array,
  sha256: Uint8Array,
  nonce: Uint8Array,
  subtle: StampSubtle<Key>,
): Promise<Outcome<true>> {
  const stamp = readTimeStamp(reply);
  if (!stamp.ok) return stamp.code === 'bad_request' ? noStamp(stamp.detail) : stamp;
  if (!sameBytes(stamp.value.sha256, sha256)) return noStamp('it is of other bytes');
  const returned = stamp.value.nonce;
  if (returned === null || !sameBytes(returned, unsigned(nonce))) {
    return noStamp('its nonce is not that of the request');
  }
  const signer = await checkSigner(stamp.value, subtle);
  return signer.signature === 'false' ? noStamp(signer.why) : ok(true);
}

/** Why a reply is no time stamp of what it should be of. */
function noStamp(detail: string): Outcome<never> {
  return refuse('bad_request', `The reply is no time stamp for this: ${detail}.`, 'reply');
}
