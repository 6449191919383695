import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ed25519 } from '../../../domain/log/index.ts';
import { EDGES, edgeOf, HONEST, isTaken, type Vector, verified } from './ed25519-edges.ts';
import { vectors, verify } from './support.ts';

describe('Ed25519 in Node', () => {
  it('takes an honest signature', async () => {
    expect(await verified([HONEST], verify)).toEqual(['honest']);
  });

  it('takes none of the edges', async () => {
    expect(await verified(EDGES, verify)).toEqual([]);
    expect(EDGES.length).toBe(8 + 14 * 14 * 8);
  });

  it('does not ask a lenient platform about small order and second encodings', async () => {
    const lenient = ed25519({
      importKey: () => Promise.resolve('key'),
      verify: () => Promise.resolve(true),
      sign: () => Promise.resolve(new ArrayBuffer(64)),
    });
    // These are the platform's to refuse: that there is no such point, that S is no such number.
    expect(await verified(EDGES, lenient.verify)).toEqual([
      'S not below the order',
      'S above the order',
      'a key that is no point',
      'an R that is no point',
    ]);
  });

  it('passes on that the platform cannot do it: a record is not broken for that', async () => {
    const unable = ed25519({
      importKey: () => Promise.reject(new Error('no Ed25519 here')),
      verify: () => Promise.resolve(true),
      sign: () => Promise.resolve(new ArrayBuffer(64)),
    });
    await expect(verified([HONEST], unable.verify)).rejects.toThrow('no Ed25519 here');
  });
});

const { path, isThere, leftOut } = vectors('ed25519-cctv', 'ed25519', 'ed25519vectors.json');

describe(`the edge cases of CCTV${leftOut}`, () => {
  it.skipIf(!isThere)('are answered by the rule: no small order, no second encodings, no cofactor', async () => {
    const all: Vector[] = JSON.parse(readFileSync(path, 'utf8'));
    const taken = all.filter(isTaken).map(({ number }) => String(number));
    expect(await verified(all.map(edgeOf), verify)).toEqual(taken);
    expect([all.length, taken.length]).toEqual([914, 43]);
  });
});
