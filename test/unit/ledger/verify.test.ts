import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainHash, verifyRows, ZERO_HASH } from '../../../domain/ledger/index.ts';
import type { FaultReason, StoredRow, Verdict } from '../../../domain/ledger/index.ts';
import { BOUT, chainOf, line, sha256 } from './support.ts';
import type { Line } from './support.ts';

function verify(rows: readonly StoredRow[], boutId = BOUT): Verdict {
  return verifyRows(rows, { sha256, boutId });
}

function jabs(count: number): StoredRow[] {
  const lines = Array.from({ length: count }, (_, index): Line => {
    return {
      action: index % 3 !== 2,
      type: 'Jab',
      atMs: 1_766_300_000_000 + index * 137,
      metadata: { significant: true },
    };
  });
  return chainOf(lines);
}

function rowAt(rows: readonly StoredRow[], index: number): StoredRow {
  const row = rows[index];
  if (row === undefined) throw new Error(`no row ${index}`);
  return row;
}

/** The rows with one leaf rewritten, and the hashes and links after it made right again as a forger would. */
function forged(
  rows: readonly StoredRow[],
  at: number,
  change: (leaf: string) => string,
  relink: boolean,
): StoredRow[] {
  const out: StoredRow[] = [];
  for (const row of rows) {
    let { leaf, hash } = row;
    const before = out.at(-1);
    if (row.index === at) {
      leaf = change(leaf);
      hash = chainHash(sha256, leaf);
    } else if (relink && row.index > at && before !== undefined) {
      leaf = leaf.replace(/"prev_chain_hash":"[0-9a-f]{64}"/, `"prev_chain_hash":"${before.hash}"`);
      hash = chainHash(sha256, leaf);
    }
    out.push({ index: row.index, leaf, hash });
  }
  return out;
}

function faultOf(verdict: Verdict): readonly [FaultReason, number] | null {
  return verdict.fault === null ? null : [verdict.fault.reason, verdict.fault.index];
}

/** The text of these bytes with one bit turned; what is no UTF-8 any more reads as a replacement character. */
function flipped(text: string, bit: number): string {
  const bytes = Buffer.from(text, 'utf8');
  const at = Math.floor(bit / 8);
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit % 8)), at);
  return new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(bytes);
}

describe('an untouched chain', () => {
  it('is valid, whatever its entries hold', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const rows = chainOf(lines);
        const head = rows.at(-1)?.hash ?? ZERO_HASH;
        expect(verify(rows)).toEqual({ valid: true, entries: rows.length, head, fault: null });
      }),
    );
  });

  it('can be verified from the middle on', () => {
    const rows = jabs(9);
    const from = { index: 4, prevChainHash: rowAt(rows, 3).hash };
    const verdict = verifyRows(rows.slice(4), { sha256, boutId: BOUT, from });
    expect(verdict).toEqual({ valid: true, entries: 9, head: rowAt(rows, 8).hash, fault: null });
    const wrong = verifyRows(rows.slice(4), { sha256, boutId: BOUT, from: { index: 4, prevChainHash: ZERO_HASH } });
    expect(faultOf(wrong)).toEqual(['link', 4]);
  });

  it('belongs to its bout alone', () => {
    expect(faultOf(verify(jabs(3), 'bout_124'))).toEqual(['event_hash', 0]);
  });
});

describe('a change of the stored bytes', () => {
  it('is found and its entry named: every bit of a small archive, leaves and hashes', () => {
    const rows = jabs(4);
    for (const row of rows) {
      for (const member of ['leaf', 'hash'] as const) {
        for (let bit = 0; bit < Buffer.byteLength(row[member]) * 8; bit += 1) {
          const changed = rows.map((one) => (one === row ? { ...one, [member]: flipped(one[member], bit) } : one));
          const verdict = verify(changed);
          expect(faultOf(verdict), `bit ${bit} of the ${member}`).toEqual(['hash', row.index]);
        }
      }
    }
  });

  it('is found in entries of any content', () => {
    const places = fc.tuple(fc.array(line, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat(), fc.boolean());
    fc.assert(
      fc.property(places, ([lines, which, bit, inHash]) => {
        const rows = chainOf(lines);
        const at = which % rows.length;
        const { leaf, hash } = rowAt(rows, at);
        const text = inHash ? hash : leaf;
        const changed = flipped(text, bit % (Buffer.byteLength(text) * 8));
        const verdict = verify(
          rows.map((row) => (row.index === at ? { ...row, [inHash ? 'hash' : 'leaf']: changed } : row)),
        );
        expect(faultOf(verdict)).toEqual(['hash', at]);
        expect(verdict.entries).toBe(at);
        expect(verdict.head).toBe(at === 0 ? ZERO_HASH : rowAt(rows, at - 1).hash);
      }),
    );
  });

  it('with its own hash made right shows in the link after it', () => {
    const rows = forged(jabs(6), 2, (leaf) => leaf.replace('significant', 'sanctioned'), false);
    expect(faultOf(verify(rows))).toEqual(['link', 3]);
  });

  const forgeries: readonly (readonly [string, (leaf: string) => string, FaultReason])[] = [
    ['another fighter', (leaf) => leaf.replace('fighter1', 'fighter2'), 'event_hash'],
    ['another event type', (leaf) => leaf.replace('"Jab"', '"KD"'), 'event_hash'],
    ['another time', (leaf) => leaf.replace('0137,', '0127,').replace('0130,', '0120,'), 'event_hash'],
    ['another rounded time', (leaf) => leaf.replace('0130,', '0120,'), 'bytes'],
    ['another round', (leaf) => leaf.replace('"round":1', '"round":2'), 'event_hash'],
    ['no round', (leaf) => leaf.replace('"round":1', '"round":null'), 'event_hash'],
    ['another kind', (leaf) => leaf.replace('"kind":"action"', '"kind":"note"'), 'event_hash'],
    ['no event hash', (leaf) => leaf.replace(/"event_hash":"\w+"/, '"event_hash":null'), 'event_hash'],
    ['another place', (leaf) => leaf.replace('"index":1', '"index":2'), 'index'],
    ['another spacing', (leaf) => leaf.replace('"v":1', '"v":1 '), 'bytes'],
    ['a member given twice', (leaf) => leaf.replace('"round":1', '"round":2,"round":1'), 'bytes'],
    ['no JSON', () => 'null and void', 'bytes'],
  ];
  for (const [name, change, reason] of forgeries) {
    it(`to ${name}, with all hashes after it made right, is found`, () => {
      const rows = jabs(5);
      const changed = forged(rows, 1, change, true);
      expect(rowAt(changed, 1).leaf).not.toBe(rowAt(rows, 1).leaf);
      expect(faultOf(verify(changed))).toEqual([reason, 1]);
    });
  }

  it('that is consistent in itself, all hashes after it made right, shows in the head alone', () => {
    const rows = jabs(5);
    const changed = forged(rows, 1, (leaf) => leaf.replace('0137,"timestamp_r', '0139,"timestamp_r'), true);
    expect(rowAt(changed, 1).leaf).not.toBe(rowAt(rows, 1).leaf);
    expect(verify(changed).valid).toBe(true);
    const expected = { entries: 5, head: rowAt(rows, 4).hash };
    expect(faultOf(verifyRows(changed, { sha256, boutId: BOUT, expect: expected }))).toEqual(['link', 4]);
  });
});

describe('a change of the rows', () => {
  const rows = jabs(8);
  const head = rowAt(rows, 7).hash;

  it('names a missing, doubled or exchanged entry', () => {
    expect(faultOf(verify(rows.toSpliced(3, 1)))).toEqual(['index', 3]);
    expect(faultOf(verify(rows.toSpliced(3, 0, rowAt(rows, 3))))).toEqual(['index', 4]);
    expect(faultOf(verify(rows.toSpliced(3, 2, rowAt(rows, 4), rowAt(rows, 3))))).toEqual(['index', 3]);
    const renumbered = rows.toSpliced(3, 1).map((row, index) => ({ ...row, index }));
    expect(faultOf(verify(renumbered))).toEqual(['index', 3]);
  });

  it('sees a tail cut off at every entry, given the length and head from elsewhere', () => {
    for (let kept = 0; kept < rows.length; kept += 1) {
      const cut = rows.slice(0, kept);
      expect(verify(cut).valid).toBe(true);
      const verdict = verifyRows(cut, { sha256, boutId: BOUT, expect: { entries: 8, head } });
      expect(faultOf(verdict)).toEqual(['truncated', kept]);
    }
    expect(verifyRows(rows, { sha256, boutId: BOUT, expect: { entries: 8, head } }).valid).toBe(true);
  });

  it('refuses entries after the expected end, unless the chain may have grown', () => {
    const earlier = { entries: 5, head: rowAt(rows, 4).hash };
    expect(faultOf(verifyRows(rows, { sha256, boutId: BOUT, expect: earlier }))).toEqual(['index', 5]);
    const grown = verifyRows(rows, { sha256, boutId: BOUT, expect: { ...earlier, grown: true } });
    expect(grown).toEqual({ valid: true, entries: 8, head, fault: null });
    const fork = verifyRows(rows, { sha256, boutId: BOUT, expect: { entries: 5, head, grown: true } });
    expect(faultOf(fork)).toEqual(['link', 4]);
  });

  it('checks an expectation at the very start, and refuses one from before it', () => {
    expect(verifyRows([], { sha256, boutId: BOUT, expect: { entries: 0, head: ZERO_HASH } }).valid).toBe(true);
    expect(faultOf(verifyRows([], { sha256, boutId: BOUT, expect: { entries: 0, head } }))).toEqual(['link', 0]);
    const from = { index: 4, prevChainHash: rowAt(rows, 3).hash };
    const verdict = verifyRows(rows.slice(4), { sha256, boutId: BOUT, from, expect: { entries: 2, head } });
    expect(faultOf(verdict)).toEqual(['index', 4]);
  });
});
