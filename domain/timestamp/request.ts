import { BOOLEAN, der, INTEGER, NULL, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, unsigned } from './der.ts';

/** 2.16.840.1.101.3.4.2.1, SHA-256. */
const SHA256_OID = new Uint8Array([0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]);

const TRUE = new Uint8Array([0xff]);
const VERSION = new Uint8Array([1]);

/** What is stamped: the SHA-256 of some bytes. As DER, which the authority gives back as it was. */
function messageImprint(sha256: Uint8Array): Uint8Array {
  return der(SEQUENCE, der(SEQUENCE, der(OBJECT_IDENTIFIER, SHA256_OID), der(NULL)), der(OCTET_STRING, sha256));
}

/**
 * A TimeStampReq (RFC 3161, 2.4.1) for bytes of this SHA-256, asking for the authority's certificate so that the reply can
 * be verified by itself. `nonce` is random and comes back in the reply: an old reply is no answer.
 */
export function timeStampRequest(sha256: Uint8Array, nonce: Uint8Array): Uint8Array {
  return der(
    SEQUENCE,
    der(INTEGER, VERSION),
    messageImprint(sha256),
    der(INTEGER, unsigned(nonce)),
    der(BOOLEAN, TRUE),
  );
}
