import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Entry, type LeafObject, sha256, tapText } from '../../../domain/ledger/index.ts';
import { archiveOf, newLogKey, rowsOf, sealBook, smallBout, verifyFiles } from '../../support/archive.ts';

const key = newLogKey();
const DEVICE = 'op-1-laptop';

type DeviceKey = { readonly jwk: LeafObject; readonly signTap: (text: string) => string };

const p256: DeviceKey = deviceKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }), (text, privateKey) =>
  sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }),
);
const ed25519: DeviceKey = deviceKey(generateKeyPairSync('ed25519'), (text, privateKey) =>
  sign(null, Buffer.from(text), privateKey),
);

function deviceKey(
  { publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  signText: (text: string, privateKey: KeyObject) => Buffer,
): DeviceKey {
  const jwk = Object.fromEntries(
    Object.entries(publicKey.export({ format: 'jwk' })).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    ),
  );
  return { jwk, signTap: (text) => signText(text, privateKey).toString('base64url') };
}

async function verified(keys: ReadonlyMap<string, LeafObject>, signTap: (entry: Entry, text: string) => string | null) {
  const { files } = await archiveOf(rowsOf(sealBook(smallBout(), keys), signTap), key);
  return await verifyFiles(files, key);
}

describe('taps that devices signed', () => {
  it.each([
    ['ES256', p256],
    ['Ed25519', ed25519],
  ])('%s verifies with the key that the seal holds', async (_name, device) => {
    const report = await verified(new Map([[DEVICE, device.jwk]]), (_entry, text) => device.signTap(text));
    expect(report.verdict).toBe('proven');
    expect(report.facts.signatures).toEqual({ present: 4, verified: 4, unchecked: 0 });
  });

  it.each([
    ['ES256', p256],
    ['Ed25519', ed25519],
  ])('%s over anything else is found, and the entry named', async (_name, device) => {
    const report = await verified(new Map([[DEVICE, device.jwk]]), (entry, text) =>
      device.signTap(entry.index === 4 ? text.replace('|KD|', '|Jab|') : text),
    );
    // What any device could bring about is no proof against the record.
    expect(report.verdict).toBe('proven');
    expect(report.facts.signatures).toEqual({ present: 4, verified: 3, unchecked: 0 });
    expect(report.findings).toMatchObject([{ code: 'tap_signature_false', index: 4 }]);
  });

  it('under the name of a device that was not the sender’s own say nothing about that device', async () => {
    const { entries } = sealBook(smallBout(), new Map([[DEVICE, p256.jwk]]));
    const foreign = entries.map((entry) =>
      entry.index === 3 ? { ...entry, actor: { ...entry.actor, device: null } } : entry,
    );
    const rows = rowsOf({ entries: foreign }, (entry, text) =>
      entry.index === 3 ? 'A'.repeat(86) : p256.signTap(text),
    );
    const report = await verifyFiles((await archiveOf(rows, key)).files, key);
    expect(report.findings).toEqual([]);
    expect(report.facts.signatures).toEqual({ present: 4, verified: 3, unchecked: 1 });
  });

  it('of a device whose key nobody has are counted, and prove nothing', async () => {
    const report = await verified(new Map(), (_entry, text) => p256.signTap(text));
    expect(report.verdict).toBe('proven');
    expect(report.facts.signatures).toEqual({ present: 4, verified: 0, unchecked: 4 });
  });

  it('with a key that is none, or a signature that is none, are false', async () => {
    const strange: LeafObject[] = [
      { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' },
      { ...p256.jwk, y: p256.jwk['x'] ?? '' },
      { kty: 'RSA', n: 'AQAB', e: 'AQAB' },
    ];
    for (const jwk of strange) {
      const report = await verified(new Map([[DEVICE, jwk]]), (_entry, text) => p256.signTap(text));
      expect(report.findings.map(({ code }) => code)).toEqual(Array(4).fill('tap_signature_false'));
    }
    const report = await verified(new Map([[DEVICE, p256.jwk]]), () => 'not base64url!');
    expect(report.findings.map(({ code }) => code)).toEqual(Array(4).fill('tap_signature_false'));
  });

  it('are over this text', () => {
    const entry = smallBout().entries.find(({ payload }) => payload['event_type'] === 'KD');
    if (entry === undefined) throw new Error('no tap');
    const fingerprint = 'bout_123|1|op-1|fighter1|KD|1768075205000|op-1-laptop';
    const metadata = sha256('{"tier":"Hard"}');
    expect(tapText({ ...entry, timestampMs: 1_768_075_205_003, deviceEpoch: 3 }, 'bout_123')).toBe(
      `fightjudge-tap-v1|bout_123|${entry.eventId}|${fingerprint}|3|2|1768075205003|${metadata}`,
    );
    expect(tapText({ ...entry, timestampMs: null }, 'bout_123')).toBeNull();
    expect(tapText({ ...entry, payload: {} }, 'bout_123')).toBeNull();
  });
});
