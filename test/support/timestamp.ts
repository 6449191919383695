import { generateKeyPairSync, sign } from 'node:crypto';
import { sha256Bytes, utf8Bytes } from '../../domain/ledger/index.ts';
import {
  BIT_STRING,
  contextTag,
  der,
  GENERALIZED_TIME,
  INTEGER,
  NULL,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  SEQUENCE,
  SET,
} from '../../domain/timestamp/der.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const oid = (hex: string): Uint8Array => der(OBJECT_IDENTIFIER, Uint8Array.from(Buffer.from(hex, 'hex')));
const one = der(INTEGER, new Uint8Array([1]));
const ecdsa = der(SEQUENCE, oid('2a8648ce3d040302'));
const sha256 = der(SEQUENCE, oid('608648016503040201'), der(NULL));
const tstInfo = oid('2a864886f70d0109100104');

function signed(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(sign('sha256', bytes, privateKey));
}

/** A certificate of the test's own key, in the name of this authority. */
function certificateOf(authority: string): { readonly name: Uint8Array; readonly whole: Uint8Array } {
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, oid('550403'), der(0x0c, utf8Bytes(authority)))));
  const times = der(SEQUENCE, der(0x17, utf8Bytes('260101000000Z')), der(0x17, utf8Bytes('460101000000Z')));
  const key = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
  const version = der(contextTag(0), der(INTEGER, new Uint8Array([2])));
  const body = der(SEQUENCE, version, one, ecdsa, name, times, name, key);
  return { name, whole: der(SEQUENCE, body, ecdsa, der(BIT_STRING, new Uint8Array([0]), signed(body))) };
}

export type StampOver = {
  readonly time?: string;
  readonly authority?: string;
  /** TSTInfo, where it is to be another. */
  readonly info?: Uint8Array;
  /** What the messageDigest is of, where that is to be something else. */
  readonly digestOf?: Uint8Array;
  readonly algorithm?: Uint8Array;
  readonly certificates?: readonly Uint8Array[];
};

/** The reply of a time-stamp authority that the test plays, to a request for these bytes. */
export function stampOf(bytes: Uint8Array, over: StampOver = {}): Uint8Array {
  const imprint = der(SEQUENCE, sha256, der(OCTET_STRING, sha256Bytes(bytes)));
  const time = der(GENERALIZED_TIME, utf8Bytes(over.time ?? '20261121181613Z'));
  const info = over.info ?? der(SEQUENCE, one, oid('2a0304'), imprint, one, time);
  const { name, whole } = certificateOf(over.authority ?? 'Test TSA');
  const attribute = (type: string, value: Uint8Array): Uint8Array => der(SEQUENCE, oid(type), der(SET, value));
  const attributes = [
    attribute('2a864886f70d010903', tstInfo),
    attribute('2a864886f70d010904', der(OCTET_STRING, sha256Bytes(over.digestOf ?? info))),
    attribute(
      '2a864886f70d010910022f',
      der(SEQUENCE, der(SEQUENCE, der(SEQUENCE, der(OCTET_STRING, sha256Bytes(whole))))),
    ),
  ];
  const signer = der(
    SEQUENCE,
    one,
    der(SEQUENCE, name, one),
    sha256,
    der(contextTag(0), ...attributes),
    over.algorithm ?? ecdsa,
    der(OCTET_STRING, signed(der(SET, ...attributes))),
  );
  const content = der(SEQUENCE, tstInfo, der(contextTag(0), der(OCTET_STRING, info)));
  const certificates = over.certificates ?? [whole];
  const carried = certificates.length === 0 ? [] : [der(contextTag(0), ...certificates)];
  const data = der(
    SEQUENCE,
    der(INTEGER, new Uint8Array([3])),
    der(SET, sha256),
    content,
    ...carried,
    der(SET, signer),
  );
  const token = der(SEQUENCE, oid('2a864886f70d010702'), der(contextTag(0), data));
  return der(SEQUENCE, der(SEQUENCE, der(INTEGER, new Uint8Array([0]))), token);
}
