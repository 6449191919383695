import { textOfUtf8 } from '../log/index.ts';
import { contextTag, type Der, der, INTEGER, isOid, membersOf, SEQUENCE, SET } from './der.ts';

/** As much of an X.509 certificate (RFC 5280, 4.1) as finding its key and its name needs. Nothing in it is verified. */
export type Certificate = {
  readonly bytes: Uint8Array;
  /** IssuerAndSerialNumber (RFC 5652, 10.2.4), whole. */
  readonly issuerAndSerial: Uint8Array;
  readonly subject: Der;
  readonly publicKey: Der;
};

export function readCertificate(value: Der): Certificate | null {
  const [signed] = membersOf(value, SEQUENCE) ?? [];
  const members = membersOf(signed, SEQUENCE) ?? [];
  // The version stands first, but for version 1.
  const [serial, , issuer, , subject, publicKey] = members[0]?.tag === contextTag(0) ? members.slice(1) : members;
  if (serial?.tag !== INTEGER || issuer?.tag !== SEQUENCE) return null;
  if (subject?.tag !== SEQUENCE || publicKey?.tag !== SEQUENCE) return null;
  return { bytes: value.bytes, issuerAndSerial: der(SEQUENCE, issuer.bytes, serial.bytes), subject, publicKey };
}

/** 2.5.4.3, the common name; 2.5.4.10, the organization. */
const NAMED = ['550403', '55040a'] as const;

/** UTF8String, PrintableString and IA5String: the others have gone out of use. */
const TEXTS: readonly number[] = [0x0c, 0x13, 0x16];

const MAX_NAME = 120;

/** Common name and organization of an X.501 name, as one line; null where it has neither. */
export function nameOf(name: Der): string | null {
  const attributes = (membersOf(name, SEQUENCE) ?? []).flatMap((set) => membersOf(set, SET) ?? []);
  const pairs = attributes.map((attribute) => membersOf(attribute, SEQUENCE) ?? []);
  const texts = NAMED.flatMap((oid) => {
    const value = pairs.find(([type]) => isOid(type, oid))?.[1];
    const text = value !== undefined && TEXTS.includes(value.tag) ? textOfUtf8(value.content) : null;
    return text === null || text.trim() === '' ? [] : [oneLine(text)];
  });
  return texts.length === 0 ? null : texts.join(', ');
}

/** Anybody can write a certificate: what breaks a line or turns text round could write something else beside it. */
function oneLine(text: string): string {
  // The quotation marks are those in which it is shown: it must not end them.
  const shown = Array.from(text.slice(0, 4 * MAX_NAME).replaceAll(/[\p{C}\u2028\u2029“”]/gu, '·'));
  return shown.length <= MAX_NAME ? shown.join('') : `${shown.slice(0, MAX_NAME).join('')}…`;
}
