import { hexOf, sameBytes } from '../log/index.ts';
import { type Certificate, nameOf, readCertificate } from './certificate.ts';
import {
  BIT_STRING,
  type Der,
  der,
  INTEGER,
  isOid,
  membersOf,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  readAll,
  SEQUENCE,
  SET,
} from './der.ts';
import { type TimeStamp, TST_INFO } from './token.ts';

/** As much of WebCrypto's SubtleCrypto as this needs; `Key` is the platform's CryptoKey. */
export type StampSubtle<Key> = {
  digest(algorithm: string, bytes: Uint8Array): Promise<ArrayBuffer>;
  importKey(
    format: 'spki',
    bytes: Uint8Array,
    algorithm: { name: string },
    extractable: boolean,
    usages: 'verify'[],
  ): Promise<Key>;
  verify(algorithm: { name: string }, key: Key, signature: Uint8Array, message: Uint8Array): Promise<boolean>;
};

/**
 * `holds`: the key of a certificate that the token carries signed it. Whose certificate that is, and whether it was good
 * at the time, nobody has looked at. `authority` is the name in it, null where it has none.
 */
export type SignerCheck =
  | { readonly signature: 'holds'; readonly authority: string | null }
  | { readonly signature: 'unchecked'; readonly why: string }
  | { readonly signature: 'false'; readonly why: string };

/** 1.2.840.113549.1.9.3 and .4 (RFC 5652, 11). */
const CONTENT_TYPE = '2a864886f70d010903';
const MESSAGE_DIGEST = '2a864886f70d010904';

/** 1.2.840.113549.1.9.16.2.47 and .12: the signer's certificate by its hash (RFC 5035, 3 and 5). */
const SIGNING_CERTIFICATE_V2 = '2a864886f70d010910022f';
const SIGNING_CERTIFICATE = '2a864886f70d010910020c';

const DIGESTS: ReadonlyMap<string, string> = new Map([
  ['2b0e03021a', 'SHA-1'],
  ['608648016503040201', 'SHA-256'],
  ['608648016503040202', 'SHA-384'],
  ['608648016503040203', 'SHA-512'],
]);

const RSA = { name: 'RSASSA-PKCS1-v1_5', key: '2a864886f70d010101' } as const;
const EC = { name: 'ECDSA', key: '2a8648ce3d0201' } as const;

type Scheme = { readonly of: typeof RSA | typeof EC; readonly hash: string | null };

/** Signature algorithms (RFC 4055, 5; RFC 5758, 3.2) by their identifier. Bare RSA takes the hash of the digest. */
const SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['2a864886f70d010101', { of: RSA, hash: null }],
  ['2a864886f70d01010b', { of: RSA, hash: 'SHA-256' }],
  ['2a864886f70d01010c', { of: RSA, hash: 'SHA-384' }],
  ['2a864886f70d01010d', { of: RSA, hash: 'SHA-512' }],
  ['2a8648ce3d040302', { of: EC, hash: 'SHA-256' }],
  ['2a8648ce3d040303', { of: EC, hash: 'SHA-384' }],
  ['2a8648ce3d040304', { of: EC, hash: 'SHA-512' }],
]);

/** P-256 and P-384 (RFC 5480, 2.1.1.1), and the bytes of a number modulo their order. */
const CURVES: ReadonlyMap<string, { readonly namedCurve: string; readonly size: number }> = new Map([
  ['2a8648ce3d030107', { namedCurve: 'P-256', size: 32 }],
  ['2b81040022', { namedCurve: 'P-384', size: 48 }],
]);

/** Whether the key of the certificate that a token names, and carries, signed it (RFC 5652, 5.4). */
export async function checkSigner<Key>(stamp: TimeStamp, subtle: StampSubtle<Key>): Promise<SignerCheck> {
  const { signer, info } = stamp;
  const digest = DIGESTS.get(algorithmOf(signer.digestAlgorithm));
  const scheme = SCHEMES.get(algorithmOf(signer.algorithm));
  if (digest === undefined || digest === 'SHA-1' || scheme === undefined)
    return unchecked('its algorithm is not known here');
  const attributes = readAll(signer.attributes);
  if (!attributes.ok) return wrong('its signed attributes cannot be read');
  if (!isOid(attributeOf(attributes.value, CONTENT_TYPE), TST_INFO)) return wrong('its signature is of something else');
  const claimed = attributeOf(attributes.value, MESSAGE_DIGEST);
  const is = new Uint8Array(await subtle.digest(digest, info));
  if (claimed?.tag !== OCTET_STRING || !sameBytes(claimed.content, is)) {
    return wrong('what it states is not what was signed');
  }
  if (stamp.certificates.length === 0) return unchecked('it carries no certificate');
  const certificate = await certificateOf(stamp, attributes.value, subtle);
  if (certificate === null) return wrong('it does not carry the certificate that its signature names');
  const message = der(SET, signer.attributes);
  const holds = await isSigned(
    certificate,
    { ...scheme, hash: scheme.hash ?? digest },
    signer.signature,
    message,
    subtle,
  );
  if (holds === null) return unchecked('the kind of its key is not known here');
  return holds ? { signature: 'holds', authority: nameOf(certificate.subject) } : wrong('its signature is false');
}

function unchecked(why: string): SignerCheck {
  return { signature: 'unchecked', why };
}

function wrong(why: string): SignerCheck {
  return { signature: 'false', why };
}

/** The identifier of an AlgorithmIdentifier, as hexadecimal digits; '' where it is none. */
function algorithmOf(value: Der | undefined): string {
  const [oid] = membersOf(value, SEQUENCE) ?? [];
  return oid?.tag === OBJECT_IDENTIFIER ? hexOf(oid.content) : '';
}

/** The one value of the one attribute of a type. */
function attributeOf(attributes: readonly Der[], oid: string): Der | undefined {
  const found = attributes.map((one) => membersOf(one, SEQUENCE) ?? []).filter(([type]) => isOid(type, oid));
  const values = found.length === 1 ? membersOf(found[0]?.[1], SET) : null;
  return values?.length === 1 ? values[0] : undefined;
}

/** The certificate whose hash is in the signed attributes, where the signer's identifier does not name another. */
async function certificateOf<Key>(
  { certificates, signer }: TimeStamp,
  attributes: readonly Der[],
  subtle: StampSubtle<Key>,
): Promise<Certificate | null> {
  const second = attributeOf(attributes, SIGNING_CERTIFICATE_V2);
  const ids = membersOf(second ?? attributeOf(attributes, SIGNING_CERTIFICATE), SEQUENCE);
  const members = membersOf(membersOf(ids?.[0], SEQUENCE)?.[0], SEQUENCE) ?? [];
  // The second form may name its hash, and is of SHA-256 where it does not; the first is of SHA-1.
  const named = second !== undefined && members[0]?.tag === SEQUENCE;
  const hash = named ? DIGESTS.get(algorithmOf(members[0])) : second === undefined ? 'SHA-1' : 'SHA-256';
  const expected = members[named ? 1 : 0];
  if (hash === undefined || expected?.tag !== OCTET_STRING) return null;
  for (const value of certificates) {
    const certificate = readCertificate(value);
    if (certificate === null || !sameBytes(new Uint8Array(await subtle.digest(hash, value.bytes)), expected.content)) {
      continue;
    }
    const { identifier } = signer;
    return identifier.tag !== SEQUENCE || sameBytes(identifier.bytes, certificate.issuerAndSerial) ? certificate : null;
  }
  return null;
}

/** Null where the key is none of those that are known here. */
async function isSigned<Key>(
  { publicKey }: Certificate,
  { of, hash }: Scheme,
  signature: Uint8Array,
  message: Uint8Array,
  subtle: StampSubtle<Key>,
): Promise<boolean | null> {
  const [algorithm, bits] = membersOf(publicKey, SEQUENCE) ?? [];
  const [oid, parameters] = membersOf(algorithm, SEQUENCE) ?? [];
  if (!isOid(oid, of.key) || bits?.tag !== BIT_STRING) return null;
  const curve = of === EC ? CURVES.get(parameters === undefined ? '' : hexOf(parameters.content)) : null;
  if (curve === undefined) return null;
  const scheme = { name: of.name, hash, ...(curve === null ? {} : { namedCurve: curve.namedCurve }) };
  const raw = curve === null ? signature : fixedWidth(signature, curve.size);
  if (raw === null) return false;
  try {
    const key = await subtle.importKey('spki', publicKey.bytes, scheme, false, ['verify']);
    return await subtle.verify(scheme, key, raw, message);
  } catch {
    // Platforms refuse keys that are none, and some lengths of RSA; which of them, they do not say alike.
    return null;
  }
}

/** An ECDSA signature (RFC 3279, 2.2.3: r and s as INTEGERs) as WebCrypto has it: both in full width. */
function fixedWidth(signature: Uint8Array, size: number): Uint8Array | null {
  const values = readAll(signature);
  const numbers = values.ok && values.value.length === 1 ? membersOf(values.value[0], SEQUENCE) : null;
  if (numbers?.length !== 2) return null;
  const raw = new Uint8Array(2 * size);
  for (const [at, { tag, content }] of numbers.entries()) {
    const digits = content[0] === 0 ? content.subarray(1) : content;
    // Neither negative nor with a zero too many: OpenSSL takes those for no signature either.
    const isUnsigned = content.length > 0 && (digits[0] ?? 0) >= 0x80 === (content[0] === 0 && content.length > 1);
    if (tag !== INTEGER || !isUnsigned || digits.length > size) return null;
    raw.set(digits, (at + 1) * size - digits.length);
  }
  return raw;
}
