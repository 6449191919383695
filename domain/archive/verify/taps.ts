import { isLeafRecord, type LeafObject, listOf, objectOf, tapText, textOf, utf8Bytes } from '../../ledger/index.ts';
import { bytesOfBase64, joinBytes, type Subtle, TILE_WIDTH, tilePath, type VerifySignature } from '../../log/index.ts';
import { type BoutRecord, entryAt } from '../record.ts';
import type { Facts, Findings } from './report.ts';

/**
 * Verifies what devices signed with the keys that the seal holds; a tap whose device has no key there is counted only. A
 * false one breaks no record: the entry stands as it was logged and signed by the log, and any device could send one.
 */
export async function verifyTaps<Key>(
  record: BoutRecord,
  seal: LeafObject | null,
  subtle: Subtle<Key>,
  verifyEd25519: VerifySignature,
  findings: Findings,
): Promise<Facts['signatures']> {
  const { rows, state } = record;
  const keys = keysOf(seal);
  const counts = { present: 0, verified: 0, unchecked: 0 };
  for (const { index, leaf } of rows) {
    // By far most entries have none; reading each again would double the time.
    if (leaf.includes('"signature":null,"timestamp_ms"')) continue;
    const entry = entryAt(record, index);
    if (entry === null || entry.signature === null) continue;
    counts.present += 1;
    const device = textOf(entry.payload, 'device_id') ?? '';
    // Somebody without a device of their own may write any name there, and must not be able to make another look false.
    const key = entry.actor.device === device ? keys.get(device) : undefined;
    const text = tapText(entry, state.config.boutId);
    if (key === undefined || text === null) {
      counts.unchecked += 1;
      continue;
    }
    if (await isSigned(key, utf8Bytes(text), entry.signature, subtle, verifyEd25519)) {
      counts.verified += 1;
      continue;
    }
    const bundle = Math.floor(index / TILE_WIDTH);
    const file = tilePath('entries', bundle, Math.min(TILE_WIDTH, rows.length - bundle * TILE_WIDTH));
    findings.add('tap_signature_false', file, index, `the signature of entry ${index} is not of device ${device}`);
  }
  return counts;
}

function keysOf(seal: LeafObject | null): ReadonlyMap<string, LeafObject> {
  const devices = listOf(seal ?? {}, 'devices').filter(isLeafRecord);
  return new Map(
    devices.flatMap((device) => {
      const key = objectOf(device, 'key');
      return key === null ? [] : [[textOf(device, 'device_id') ?? '', key] as const];
    }),
  );
}

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Whether a signature (base64url) is of a key (JWK): ES256 as r || s, or Ed25519. */
async function isSigned<Key>(
  jwk: LeafObject,
  message: Uint8Array,
  signatureText: string,
  subtle: Subtle<Key>,
  verifyEd25519: VerifySignature,
): Promise<boolean> {
  const signature = bytesOfBase64url(signatureText);
  const x = bytesOfBase64url(textOf(jwk, 'x') ?? '');
  const y = bytesOfBase64url(textOf(jwk, 'y') ?? '');
  if (signature?.length !== 64 || x?.length !== 32) return false;
  try {
    if (jwk['kty'] === 'OKP' && jwk['crv'] === 'Ed25519') return await verifyEd25519(x, message, signature);
    if (jwk['kty'] !== 'EC' || jwk['crv'] !== 'P-256' || y?.length !== 32) return false;
    // The uncompressed point of SEC 1, 2.3.3.
    const point = joinBytes([new Uint8Array([4]), x, y]);
    const key = await subtle.importKey('raw', point, P256, false, ['verify']);
    return await subtle.verify(P256, key, signature, message);
  } catch {
    // The platform refuses what is no point of the curve: such a key signs nothing.
    return false;
  }
}

function bytesOfBase64url(text: string): Uint8Array | null {
  if (/[+/=]/.test(text)) return null;
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  return bytesOfBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, '='));
}
