import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  followRotations,
  formatNote,
  formatVerifierKey,
  rotationText,
  signNote,
  signRotation,
} from '../../../domain/log/index.ts';
import type { Signer } from '../../../domain/log/index.ts';
import { neverAsked, signerOf, valueOf, verify } from './support.ts';

const NAME = 'fightjudge.example';
const signers = await Promise.all([0, 10, 20, 30, 40].map((first) => signerOf(NAME, first)));

function at(index: number): Signer {
  const signer = signers[index];
  if (signer === undefined) throw new Error(`there is no key ${index}`);
  return signer;
}

async function rotation(from: number, to: number): Promise<string> {
  return await signRotation(at(from), at(to));
}

/** Which of the keys are reached from one. */
async function reached(from: number, notes: readonly string[]): Promise<number[]> {
  const keys = valueOf(await followRotations(at(from).key, notes, verify)).map(formatVerifierKey);
  return signers.flatMap(({ key }, index) => (keys.includes(formatVerifierKey(key)) ? [index] : []));
}

describe('rotation notes', () => {
  it('name both keys, and are signed by both', async () => {
    const note = await rotation(0, 1);
    const [head, old, next, empty, ...lines] = note.split('\n');
    expect([head, old, next, empty]).toEqual([
      'fightjudge log key rotation v1',
      formatVerifierKey(at(0).key),
      formatVerifierKey(at(1).key),
      '',
    ]);
    expect(lines.filter((line) => line.startsWith(`— ${NAME} `))).toHaveLength(2);
  });

  it('are followed from an old key to the newest, in whatever order they come, and never back', async () => {
    const notes = [await rotation(2, 3), await rotation(0, 1), await rotation(1, 2)];
    expect(await reached(0, notes)).toEqual([0, 1, 2, 3]);
    expect(await reached(2, notes)).toEqual([2, 3]);
    expect(await reached(4, notes)).toEqual([4]);
    expect(await reached(0, [])).toEqual([0]);
  });

  it('end where they go in a circle', async () => {
    expect(await reached(1, [await rotation(0, 1), await rotation(1, 2), await rotation(2, 0)])).toEqual([0, 1, 2]);
  });

  it('reach what a walk over the graph reaches', async () => {
    const pairs = [0, 1, 2, 3, 4].flatMap((from) => [0, 1, 2, 3, 4].map((to) => ({ from, to })));
    const edges = pairs.filter(({ from, to }) => from !== to);
    const notes = await Promise.all(edges.map(({ from, to }) => rotation(from, to)));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat({ max: edges.length - 1 }), { maxLength: 6 }), async (chosen) => {
        const expected = new Set([0]);
        for (let i = 0; i < edges.length; i += 1) {
          for (const index of chosen) {
            const { from = -1, to = -1 } = edges[index] ?? {};
            if (expected.has(from)) expected.add(to);
          }
        }
        const found = await reached(
          0,
          chosen.map((index) => notes[index] ?? ''),
        );
        expect(found).toEqual([...expected].sort((a, b) => a - b));
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['old', 0, 1],
    ['new', 1, 0],
  ])('without the signature of the %s key are refused, and the key is named', async (_, missing, there) => {
    const text = rotationText(at(0).key, at(1).key);
    const note = await signNote(text, at(there).key, at(there).sign);
    const followed = await followRotations(at(0).key, [await rotation(1, 2), note], verify);
    expect(followed).toMatchObject({ ok: false, code: 'forbidden', errors: [{ field: 'rotations[1]' }] });
    expect(followed.ok ? '' : followed.detail).toContain(formatVerifierKey(at(missing).key));
  });

  it('with a wrong signature are refused', async () => {
    const [text, signatures = ''] = (await rotation(0, 1)).split('\n\n');
    const [, otherSignatures = ''] = (await rotation(0, 2)).split('\n\n');
    expect(signatures).not.toBe(otherSignatures);
    const mixed = `${text}\n\n${signatures.split('\n')[0] ?? ''}\n${otherSignatures}`;
    expect(await followRotations(at(0).key, [mixed], verify)).toMatchObject({ ok: false });
  });

  it('of any other text are refused unverified', async () => {
    const { key } = at(0);
    const [vkey, next] = [formatVerifierKey(key), formatVerifierKey(at(1).key)];
    const elsewhere = (await signerOf('other.example', 10)).key;
    const witness = (await signerOf(NAME, 10, 4)).key;
    const head = 'fightjudge log key rotation v1';
    const texts = [
      rotationText(key, key),
      rotationText(key, elsewhere),
      rotationText(key, witness),
      `${head}\n${vkey}\n`,
      `${head}\n${vkey}\n${next}\n${next}\n`,
      `fightjudge log key rotation v2\n${vkey}\n${next}\n`,
      `${head}\n${vkey}\nno key\n`,
    ];
    for (const text of texts) {
      const note = formatNote(text, ['— a AAAAAQA=']);
      const followed = await followRotations(key, [note], neverAsked);
      expect(followed).toMatchObject({ ok: false, code: 'bad_request', errors: [{ field: 'rotations[0]' }] });
    }
  });

  it('are not made between keys of two names', async () => {
    await expect(signRotation(at(0), await signerOf('other.example', 10))).rejects.toThrow(RangeError);
  });
});
