import { describe, expect, it } from 'vitest';
import { factLines, verdictWords } from '../../../domain/archive/index.ts';
import {
  addSignatures,
  cosign,
  COSIGNATURE,
  formatCheckpoint,
  formatProof,
  formatVerifierKey,
  inclusionProof,
  leafHash,
  parseNote,
  rootOf,
  signatureLine,
  signNote,
  verifierKey,
} from '../../../domain/log/index.ts';
import {
  archiveOf,
  DEPLOYMENT,
  type Files,
  newLogKey,
  rowsOf,
  sealBook,
  smallBout,
  type TestKey,
  verifyFiles,
} from '../../support/archive.ts';
import { LATER, valueOf } from '../support/book.ts';

const key = newLogKey();
const rows = rowsOf(sealBook(smallBout()));
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The archive with its checkpoint as the fourth leaf of a log of seven checkpoints, and witnesses' lines under that. */
async function withProof(signer = key, witness: TestKey | null = null, boutKey = key): Promise<Files> {
  const { files } = await archiveOf(rows, boutKey);
  const leaves = Array.from({ length: 7 }, (_, at) =>
    at === 3 ? (files.get('checkpoint') ?? bytesOf('')) : bytesOf(`other ${at}\n`),
  );
  const hashes = leaves.map(leafHash);
  const origin = `${DEPLOYMENT}/log`;
  const text = formatCheckpoint({ origin, size: hashes.length, root: rootOf(hashes) });
  const note = await signNote(text, { name: origin, publicKey: signer.key.publicKey }, signer.sign);
  const checkpoint = witness === null ? note : valueOf(addSignatures(note, [await cosignatureLine(witness, note)]));
  const proof = formatProof({ index: 3, proof: inclusionProof(hashes, 3), checkpoint });
  return new Map(files).set('log.tlog-proof', bytesOf(proof));
}

function witnessKey({ key: { name, publicKey } }: TestKey) {
  return verifierKey(name, publicKey, COSIGNATURE);
}

async function cosignatureLine(witness: TestKey, note: string): Promise<string> {
  const { text } = valueOf(parseNote(note));
  return signatureLine(witnessKey(witness), await cosign(bytesOf(text), 1_768_000_000, witness.sign));
}

describe('the proof that a checkpoint stands in the deployment’s log of checkpoints', () => {
  it('is verified with the same deployment’s key', async () => {
    const report = await verifyFiles(await withProof(), key);
    expect(report.verdict).toBe('proven');
    expect(report.facts.platformLog).toEqual({ origin: `${DEPLOYMENT}/log`, size: 7, index: 3, witnesses: [] });
  });

  it('is false with any changed bit', async () => {
    const files = await withProof();
    const proof = files.get('log.tlog-proof') ?? bytesOf('');
    const tree = new Map([...files].filter(([path]) => !path.endsWith('.json')));
    for (let bit = 0; bit < proof.length * 8; bit += 13) {
      const changed = proof.with(bit >> 3, (proof[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
      const report = await verifyFiles(new Map(tree).set('log.tlog-proof', changed), key);
      expect({ bit, verdict: report.verdict, file: report.findings.at(-1)?.file }).toEqual({
        bit,
        verdict: 'broken',
        file: 'log.tlog-proof',
      });
    }
  });

  it('is false for another deployment’s log, and for another checkpoint', async () => {
    expect((await verifyFiles(await withProof(newLogKey()), key)).findings).toMatchObject([{ code: 'proof_false' }]);
    const other = await archiveOf(rowsOf(sealBook(smallBout('bout_123'))).slice(0, 5), key);
    const swapped = new Map(await withProof()).set('checkpoint', other.files.get('checkpoint') ?? bytesOf(''));
    expect((await verifyFiles(swapped, key)).findings.map(({ code }) => code)).toContain('proof_false');
  });

  it('vouches for a checkpoint of an older key, which the newer key alone would not open', async () => {
    const [old, present] = [newLogKey(), newLogKey()];
    const logged = await withProof(present, null, old);
    const report = await verifyFiles(logged, present);
    expect(report.verdict).toBe('proven');
    expect(report.findings.map(({ code }) => code)).toEqual(['vouched_by_log']);
    expect(report.facts).toMatchObject({ signedBy: null, platformLog: { index: 3 } });
    expect(verdictWords(report).meaning).toContain('vouches under the key that you gave');
    expect(factLines(report)).toContain(`In the deployment’s log ${DEPLOYMENT}/log: number 4 of 7 checkpoints`);
    const unlogged = new Map(logged);
    unlogged.delete('log.tlog-proof');
    expect((await verifyFiles(unlogged, present)).verdict).toBe('broken');
    // With the old key, who stole it can sign another history; it is in nobody's log.
    const forged = await archiveOf(
      rowsOf({ entries: sealBook(smallBout()).entries.map((entry) => ({ ...entry, receivedMs: LATER })) }),
      old,
    );
    const proof = logged.get('log.tlog-proof') ?? bytesOf('');
    const stolen = await verifyFiles(new Map(forged.files).set('log.tlog-proof', proof), present);
    expect(stolen.findings.map(({ code }) => code)).toEqual(['signed_by_other']);
  });

  it('is followed without a key too, as far as hashes go', async () => {
    const files = await withProof();
    const report = await verifyFiles(files, null);
    expect(report.verdict).toBe('unproven');
    expect(report.facts.platformLog?.index).toBe(3);
    const moved = new TextDecoder().decode(files.get('log.tlog-proof')).replace('index 3', 'index 2');
    const wrong = await verifyFiles(new Map(files).set('log.tlog-proof', bytesOf(moved)), null);
    expect(wrong.findings.map(({ code }) => code)).toEqual(['no_key', 'proof_false']);
  });

  it('names the witnesses that cosigned, and says which of those asked for did not', async () => {
    const [one, two] = [newLogKey('witness.one'), newLogKey('witness.two')];
    const witnesses = [one, two].map((witness) => formatVerifierKey(witnessKey(witness)));
    const files = await withProof(key, one);
    const both = await verifyFiles(files, key, { witnesses });
    expect(both.facts.platformLog?.witnesses).toEqual(['witness.one']);
    expect(both.verdict).toBe('unproven');
    expect(both.findings).toMatchObject([{ code: 'witness_missing' }]);
    expect(both.findings[0]?.detail).toContain('witness.two');
    expect((await verifyFiles(files, key, { witnesses: witnesses.slice(0, 1) })).verdict).toBe('proven');
    const imposter = { ...newLogKey('witness.one'), key: one.key };
    const forged = await verifyFiles(await withProof(key, imposter), key, { witnesses: witnesses.slice(0, 1) });
    expect(forged.findings).toMatchObject([{ code: 'proof_false', file: 'log.tlog-proof' }]);
    const bare = await archiveOf(rows, key);
    expect((await verifyFiles(bare.files, key, { witnesses })).findings.map(({ code }) => code)).toEqual([
      'witness_missing',
      'witness_missing',
    ]);
  });
});
