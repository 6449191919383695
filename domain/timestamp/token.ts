import { ok, type Outcome, refuse } from '../refusal.ts';
import {
  BOOLEAN,
  contextTag,
  type Der,
  GENERALIZED_TIME,
  INTEGER,
  isOid,
  membersOf,
  NULL,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  readAll,
  SEQUENCE,
  SET,
  wrappedIn,
} from './der.ts';
import { instantOf } from './time.ts';

/** Far above any reply with its certificates, in bytes. */
const MAX_REPLY = 1_000_000;

/** PKIStatus (RFC 3161, 2.4.2): granted, and granted with modifications. */
const GRANTED: readonly number[] = [0, 1];

/** 1.2.840.113549.1.7.2, signed data (RFC 5652, 5.1). */
const SIGNED_DATA = '2a864886f70d010702';

/** 1.2.840.113549.1.9.16.1.4, TSTInfo. */
export const TST_INFO = '2a864886f70d0109100104';

/** 2.16.840.1.101.3.4.2.1. */
const SHA256 = '608648016503040201';

/** A time-stamp token as it was read: its form is right, and nothing of what it claims is checked. */
export type TimeStamp = {
  /** The SHA-256 of what was stamped. */
  readonly sha256: Uint8Array;
  /** When the authority says that it saw that: UTC epoch ms. */
  readonly claimedMs: number;
  /** As the authority gave it back; null where there is none. */
  readonly nonce: Uint8Array | null;
  /** The exact bytes of the TSTInfo, over which the signature is. */
  readonly info: Uint8Array;
  /** The certificates that it carries, whole. */
  readonly certificates: readonly Der[];
  readonly signer: SignerInfo;
};

/** The one SignerInfo of a token (RFC 5652, 5.3). */
export type SignerInfo = {
  /** Whose certificate it is: issuer and serial number, or a key's identifier. */
  readonly identifier: Der;
  readonly digestAlgorithm: Der;
  /** The signed attributes, as what stands within their SET. */
  readonly attributes: Uint8Array;
  readonly algorithm: Der;
  readonly signature: Uint8Array;
};

/**
 * Reads a TimeStampResp (RFC 3161, 2.4.2) with all that it has to have, and nothing between or behind. A `bad_request` says
 * only what is wrong with the bytes: whether they are a reply or a file of a record, the caller knows.
 */
export function readTimeStamp(reply: Uint8Array): Outcome<TimeStamp> {
  if (reply.length > MAX_REPLY) return unread('it is too large');
  const [status, token] = responseIn(reply) ?? [];
  const [code] = membersOf(status, SEQUENCE) ?? [];
  if (code?.tag !== INTEGER) return unread('it is no TimeStampResp (RFC 3161)');
  if (code.content.length !== 1 || !GRANTED.includes(code.content[0] ?? -1)) {
    return refuse(
      'unavailable',
      `The authority has not granted a time stamp: status ${code.content.slice(0, 8).join('.')}.`,
    );
  }
  // ContentInfo, and within it SignedData.
  const [type, wrapped, behind] = membersOf(token, SEQUENCE) ?? [];
  const signedData = isOid(type, SIGNED_DATA) && behind === undefined ? wrappedIn(wrapped, contextTag(0)) : undefined;
  const parts = signedDataIn(signedData);
  if (parts === null) return unread('it holds no signed data');
  const info = infoIn(parts.info);
  if (info === null) return unread('it holds no TSTInfo');
  const sha256 = imprintIn(info.imprint);
  if (sha256 === null) return unread('it is of no SHA-256');
  const claimedMs = instantOf(info.time.content);
  if (claimedMs === null) return unread('it names no time');
  const signer = signerIn(parts.signers);
  if (signer === null) return unread('it is not signed by one signer');
  const { certificates } = parts;
  return ok({ sha256, claimedMs, nonce: info.nonce, info: parts.info, certificates, signer });
}

function responseIn(reply: Uint8Array): readonly Der[] | null {
  const values = readAll(reply);
  const [response, ...behind] = values.ok ? values.value : [];
  const members = behind.length === 0 ? membersOf(response, SEQUENCE) : null;
  return members !== null && members.length <= 2 ? members : null;
}

type SignedData = {
  readonly info: Uint8Array;
  readonly certificates: readonly Der[];
  readonly signers: readonly Der[];
};

/** Version, digest algorithms, content, then perhaps certificates and revocation lists, and the signers. */
function signedDataIn(value: Der | undefined): SignedData | null {
  const [version, digests, content, ...rest] = membersOf(value, SEQUENCE) ?? [];
  const [contentType, explicit, behind] = membersOf(content, SEQUENCE) ?? [];
  const info = wrappedIn(explicit, contextTag(0));
  if (version?.tag !== INTEGER || digests?.tag !== SET || !isOid(contentType, TST_INFO)) return null;
  if (info?.tag !== OCTET_STRING || behind !== undefined) return null;
  const signers = membersOf(rest.at(-1), SET);
  const optional = rest.slice(0, -1);
  if (signers === null || !isInOrder(optional, [contextTag(0), contextTag(1)])) return null;
  const carried = optional.find(({ tag }) => tag === contextTag(0));
  const certificates = carried === undefined ? [] : membersOf(carried, contextTag(0));
  return certificates === null ? null : { info: info.content, certificates, signers };
}

type Info = { readonly imprint: Der; readonly time: Der; readonly nonce: Uint8Array | null };

/** The members of a TSTInfo that are looked at; null where one is missing, has another tag or stands elsewhere. */
function infoIn(bytes: Uint8Array): Info | null {
  const values = readAll(bytes);
  const [whole, ...behind] = values.ok ? values.value : [];
  const [version, policy, imprint, serial, time, ...optional] = membersOf(whole, SEQUENCE) ?? [];
  if (behind.length > 0 || version?.tag !== INTEGER || version.content.length !== 1 || version.content[0] !== 1) {
    return null;
  }
  if (policy?.tag !== OBJECT_IDENTIFIER || imprint === undefined || serial?.tag !== INTEGER) return null;
  // Accuracy, ordering, nonce, the authority's name, extensions.
  const tags = [SEQUENCE, BOOLEAN, INTEGER, contextTag(0), contextTag(1)];
  if (time?.tag !== GENERALIZED_TIME || !isInOrder(optional, tags)) return null;
  return { imprint, time, nonce: optional.find(({ tag }) => tag === INTEGER)?.content ?? null };
}

function imprintIn(value: Der): Uint8Array | null {
  const [algorithm, hash, behind] = membersOf(value, SEQUENCE) ?? [];
  const [oid, parameters, more] = membersOf(algorithm, SEQUENCE) ?? [];
  // RFC 5754, 2: without parameters, or with NULL.
  const isBare = parameters === undefined || (parameters.tag === NULL && parameters.content.length === 0);
  if (!isOid(oid, SHA256) || !isBare || more !== undefined || behind !== undefined) return null;
  return hash?.tag === OCTET_STRING && hash.content.length === 32 ? hash.content : null;
}

function signerIn(signers: readonly Der[]): SignerInfo | null {
  if (signers.length !== 1) return null;
  const [version, identifier, digestAlgorithm, attributes, algorithm, signature, ...unsigned] =
    membersOf(signers[0], SEQUENCE) ?? [];
  if (version?.tag !== INTEGER || identifier === undefined || digestAlgorithm?.tag !== SEQUENCE) return null;
  // Content of another type than plain data is never signed without attributes (RFC 5652, 5.3).
  if (attributes?.tag !== contextTag(0) || algorithm?.tag !== SEQUENCE || signature?.tag !== OCTET_STRING) return null;
  if (!isInOrder(unsigned, [contextTag(1)])) return null;
  return {
    identifier,
    digestAlgorithm,
    attributes: attributes.content,
    algorithm,
    signature: signature.content,
  };
}

/** Whether values have these tags in this order, each once at most. */
function isInOrder(values: readonly Der[], tags: readonly number[]): boolean {
  let from = 0;
  return values.every(({ tag }) => {
    const at = tags.indexOf(tag, from);
    from = at + 1;
    return at >= 0;
  });
}

function unread(why: string): Outcome<never> {
  return refuse('bad_request', why, 'reply');
}
