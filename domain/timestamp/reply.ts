import { sameBytes } from '../log/index.ts';
import { ok, type Outcome, refuse } from '../refusal.ts';
import { type Der, der, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, readAll, SEQUENCE, unsigned } from './der.ts';
import { messageImprint } from './request.ts';

/** PKIStatus (RFC 3161, 2.4.2): granted, and granted with modifications. */
const GRANTED: readonly number[] = [0, 1];

/** 1.2.840.113549.1.7.2, signed data (RFC 5652, 5.1). */
const SIGNED_DATA = new Uint8Array([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]);

/** 1.2.840.113549.1.9.16.1.4, TSTInfo. */
const TST_INFO = new Uint8Array([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04]);

/** The explicit tag that content has in both of its wrappings. */
const CONTENT = 0xa0;

/**
 * Whether a TimeStampResp (RFC 3161, 2.4.2) answers the request: granted, for the same bytes, with the same nonce. Whose
 * signature it is and whether that is to be trusted is for whoever holds the authority's certificates
 * (`openssl ts -verify`).
 */
export function checkTimeStampReply(reply: Uint8Array, sha256: Uint8Array, nonce: Uint8Array): Outcome<true> {
  const [status, token] = membersOf(bytesOfOne(reply, SEQUENCE));
  const code = status?.tag === SEQUENCE ? membersOf(status.content)[0] : undefined;
  if (code?.tag !== INTEGER) return bad('it is no TimeStampResp');
  if (code.content.length !== 1 || !GRANTED.includes(code.content[0] ?? -1)) {
    return refuse('unavailable', `The authority has not granted a time stamp: status ${code.content.join('.')}.`);
  }
  const info = token === undefined ? null : tstInfo(token);
  if (info === null) return bad('it holds no TSTInfo');
  const [, , imprint, , , ...optional] = info;
  if (imprint === undefined || !sameBytes(der(imprint.tag, imprint.content), messageImprint(sha256))) {
    return bad('it is of other bytes');
  }
  // Accuracy and ordering may stand before the nonce, and neither of them is an INTEGER.
  const returned = optional.find(({ tag }) => tag === INTEGER);
  return returned !== undefined && sameBytes(returned.content, unsigned(nonce))
    ? ok(true)
    : bad('its nonce is not that of the request');
}

/** The members of the TSTInfo within a token: ContentInfo, SignedData, its content, and that as an octet string. */
function tstInfo(token: Der): readonly Der[] | null {
  const [type, wrapped] = token.tag === SEQUENCE ? membersOf(token.content) : [];
  if (!isOid(type, SIGNED_DATA) || wrapped?.tag !== CONTENT) return null;
  // Version, digest algorithms, content; then certificates and signatures.
  const [, , content] = membersOf(bytesOfOne(wrapped.content, SEQUENCE));
  const [contentType, explicit] = content?.tag === SEQUENCE ? membersOf(content.content) : [];
  if (!isOid(contentType, TST_INFO) || explicit?.tag !== CONTENT) return null;
  const octets = bytesOfOne(explicit.content, OCTET_STRING);
  const info = octets === null ? null : bytesOfOne(octets, SEQUENCE);
  return info === null ? null : membersOf(info);
}

function isOid(value: Der | undefined, oid: Uint8Array): boolean {
  return value?.tag === OBJECT_IDENTIFIER && sameBytes(value.content, oid);
}

/** The content of bytes that are one value of a tag; null where they are anything else. */
function bytesOfOne(bytes: Uint8Array, tag: number): Uint8Array | null {
  const values = readAll(bytes);
  const [value] = values.ok && values.value.length === 1 ? values.value : [];
  return value?.tag === tag ? value.content : null;
}

function membersOf(content: Uint8Array | null): readonly Der[] {
  const values = content === null ? null : readAll(content);
  return values?.ok === true ? values.value : [];
}

function bad(detail: string): Outcome<never> {
  return refuse('bad_request', `The reply is no time stamp for this: ${detail}.`, 'reply');
}
