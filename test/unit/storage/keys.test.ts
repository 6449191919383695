import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archivePrefix } from '../../../domain/archive/prefix.ts';
import { segmentOf } from '../../../domain/key-segment.ts';
import { deletable, exportsPrefix, planOf, readKey, usageOf } from '../../../domain/storage/index.ts';
import { anyRules, hostileKey } from './arbitrary.ts';

describe('keys of the bucket', () => {
  it('says of each key what it is, and whose', () => {
    expect(readKey('archive/fights/2026/UFC/UFC-300/b1/tile/0/000')).toEqual({
      class: 'archive',
      promotion: 'UFC',
      boutId: 'b1',
    });
    expect(readKey('anchors/b:1')).toEqual({ class: 'anchor', promotion: null, boutId: 'b:1' });
    expect(readKey('anchors/platform-log')).toEqual({ class: 'anchor', promotion: null, boutId: null });
    expect(readKey('exports/UFC/b1/scorecards.pdf')).toEqual({ class: 'export', promotion: 'UFC', boutId: 'b1' });
    expect(readKey('backups/x')).toEqual({ class: 'other', promotion: null, boutId: null });
  });

  it('takes what stands in the archive’s place for archive, also where its form is none', () => {
    for (const key of [
      'archive/',
      'archive/x',
      'archive/fights/2026/UFC/e/..',
      'archive/fights/2026/../e/b1/metadata.json',
    ]) {
      expect([key, readKey(key).class]).toEqual([key, 'archive']);
    }
  });

  it('spells a promotion as the archive does', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', '.', '..', 'a/b')),
        (promotion) => {
          const prefix = archivePrefix({ boutId: 'b1', promotion, event: 'e', date: '2026-01-01' }, 0);
          expect(prefix.split('/')[3]).toBe(segmentOf(promotion));
          expect(readKey(`${prefix}metadata.json`)).toEqual({
            class: 'archive',
            promotion: segmentOf(promotion),
            boutId: 'b1',
          });
          expect(readKey(`${exportsPrefix(segmentOf(promotion), 'b1')}x.csv`).class).toBe('export');
        },
      ),
    );
  });
});

describe('what may be deleted', () => {
  it('is an export and nothing else', () => {
    expect(deletable('exports/UFC/b1/scorecards.pdf')).toBe('exports/UFC/b1/scorecards.pdf');
    expect(deletable('exports/UFC/b1/a/b.csv')).toBe('exports/UFC/b1/a/b.csv');
    const refused = [
      'archive/fights/2026/UFC/e/b1/metadata.json',
      'anchors/b1',
      'exports/../archive/fights/2026/UFC/e/b1/metadata.json',
      'exports/UFC/../../archive/x',
      'exports/UFC/b1/../../../anchors/b1',
      'exports/UFC/./x',
      'exports//b1/x',
      'exports/UFC/b1/',
      'exports/UFC/b1',
      'exports\\UFC\\b1\\x',
      'exports/UFC/b1/%2e%2e/x',
      'exports/UFC/b1/x\n',
      '/exports/UFC/b1/x',
      'EXPORTS/UFC/b1/x',
      'Archive/fights/2026/UFC/e/b1/checkpoint',
      `exports/UFC/b1/${'x'.repeat(1024)}`,
      '',
    ];
    for (const key of refused) expect([key, deletable(key)]).toEqual([key, null]);
  });

  it('is never under archive/ or anchors/, read as it is, decoded or resolved, whatever the keys and rules', () => {
    fc.assert(
      fc.property(fc.array(hostileKey, { maxLength: 30 }), anyRules, (keys, rules) => {
        const objects = keys.map((key) => ({ key, size: 1, uploadedMs: 0 }));
        const known = new Set(objects.flatMap(({ key }) => readKey(key).boutId ?? []));
        const { doomed } = planOf({ objects, rules, known, nowMs: Number.MAX_SAFE_INTEGER });
        for (const { key } of doomed) {
          expect(key.startsWith('exports/')).toBe(true);
          expect(resolved(key)).toBe(key);
          expect(/^\/*(archive|anchors)/i.test(resolved(decodeURIComponent(key)))).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('sums', () => {
  it('lose no object and no byte', () => {
    const objects = fc.array(fc.record({ key: hostileKey, size: fc.nat(1e9), uploadedMs: fc.nat() }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(objects, (list) => {
        const sums = usageOf(list);
        const total = (of: (one: (typeof sums)[number]) => number): number =>
          sums.reduce((sum, one) => sum + of(one), 0);
        expect(total((one) => one.objects)).toBe(list.length);
        expect(total((one) => one.bytes)).toBe(list.reduce((sum, { size }) => sum + size, 0));
        expect(new Set(sums.map((one) => `${one.class}/${one.promotion}`)).size).toBe(sums.length);
        expect(usageOf(list.toReversed())).toEqual(sums);
      }),
    );
  });
});

/** As a file system would read the path. */
function resolved(key: string): string {
  const parts: string[] = [];
  for (const part of key.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
