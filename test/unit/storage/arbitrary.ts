import fc from 'fast-check';
import type { RetentionRule } from '../../../domain/storage/index.ts';

/** Pieces of which keys are made, lawful and otherwise. */
const piece = fc.constantFrom(
  'archive',
  'fights',
  'anchors',
  'exports',
  'ARCHIVE',
  'Anchors',
  '2026',
  'UFC',
  'event',
  'b1',
  'b:2',
  '.',
  '..',
  '...',
  '',
  '%2e%2e',
  '..%2farchive',
  'archive\\..',
  '\u0000',
  ' ',
  'metadata.json',
  'checkpoint',
  'scorecards.pdf',
);

export const hostileKey: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(piece, { minLength: 1, maxLength: 9 }).map((parts) => parts.join('/')) },
  {
    weight: 2,
    arbitrary: fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => `exports/UFC/b1/${parts.join('/')}`),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

export const anyRules: fc.Arbitrary<readonly RetentionRule[]> = fc.array(
  fc.record({
    class: fc.constant('export' as const),
    promotion: fc.option(fc.oneof(fc.constantFrom('UFC', 'archive', '..', '*', ''), fc.string()), { nil: null }),
    maxAgeDays: fc.nat(400),
  }),
  { maxLength: 5 },
);
