/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from 'vitest';
import { ed25519 } from '../../domain/log/index.ts';
import { EDGES, edgeOf, HONEST, isTaken, type Vector, verified } from '../unit/log/ed25519-edges.ts';

const { verify } = ed25519<CryptoKey>(crypto.subtle);

/** Read while the tests are built: the runtime has no such files. Empty where the vectors are not at hand. */
const found = import.meta.glob<readonly Vector[]>('../../../shared/vectors/ed25519-cctv/ed25519/ed25519vectors.json', {
  eager: true,
  import: 'default',
});
const [vectors = []] = Object.values(found);
const leftOut = vectors.length > 0 ? '' : ' (left out: ed25519-cctv is not at hand)';

// The same cases and the same rule as in test/unit/log/ed25519.test.ts: what one takes the other takes.
describe('Ed25519 in workerd', () => {
  it('takes an honest signature and none of the edges', async () => {
    expect(await verified([HONEST, ...EDGES], verify)).toEqual(['honest']);
  });

  it.skipIf(vectors.length === 0)(`answers the edge cases of CCTV as Node does${leftOut}`, async () => {
    const taken = vectors.filter(isTaken).map(({ number }) => String(number));
    expect(await verified(vectors.map(edgeOf), verify)).toEqual(taken);
    expect([vectors.length, taken.length]).toEqual([914, 43]);
  });
});
