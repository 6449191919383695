import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson, leafProblem } from '../../../domain/ledger/index.ts';
import type { LeafValue } from '../../../domain/ledger/index.ts';
import { vectors } from './support.ts';

const { path, isThere, leftOut } = vectors('jcs-cyberphone', 'testdata');

function isLeafValue(value: unknown): value is LeafValue {
  return leafProblem(value, '') === null;
}

describe(`the pairs of RFC 8785’s author${leftOut}`, () => {
  it.skipIf(!isThere)('are written byte for byte, or stated as what cannot stand in a leaf', () => {
    const names = readdirSync(join(path, 'input')).sort();
    const unlawful: string[] = [];
    for (const name of names) {
      const value: unknown = JSON.parse(readFileSync(join(path, 'input', name), 'utf8'));
      if (isLeafValue(value)) expect(canonicalJson(value)).toBe(readFileSync(join(path, 'output', name), 'utf8'));
      else unlawful.push(name);
    }
    expect(names).toHaveLength(6);
    // Names that need an escape in two, fractions in one.
    expect(unlawful).toEqual(['structures.json', 'values.json', 'weird.json']);
  });
});
