import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReceipts, writeReceipts } from '../../../domain/ledger/index.ts';

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const files = fc.record({
  boutId: fc.stringMatching(/^[A-Za-z0-9_.:-]{1,64}$/),
  receipts: fc.array(fc.record({ index: fc.maxSafeNat(), hash }), { maxLength: 5 }),
  checkpoint: fc.option(fc.string()),
});

describe('a file of receipts', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(files, (file) => {
        expect(readReceipts(writeReceipts(file))).toEqual({ ok: true, value: file });
      }),
    );
  });

  it('names the member that is wrong', () => {
    const good = { format: 'fightjudge/receipts/1', bout_id: 'b', receipts: [], checkpoint: null };
    const wrong: readonly (readonly [object, string])[] = [
      [{ ...good, format: 'fightjudge/event_log/1' }, 'format'],
      [{ ...good, bout_id: 'a b' }, 'bout_id'],
      [{ ...good, checkpoint: 7 }, 'checkpoint'],
      [{ ...good, receipts: {} }, 'receipts'],
      [{ ...good, receipts: [{ index: -1, hash: 'a'.repeat(64) }] }, 'receipts'],
      [{ ...good, receipts: [{ index: 1, hash: 'a' }] }, 'receipts'],
      [{ ...good, receipts: [null] }, 'receipts'],
    ];
    for (const [file, field] of wrong) {
      expect(readReceipts(JSON.stringify(file))).toMatchObject({ ok: false, errors: [{ field }] });
    }
    expect(readReceipts('{')).toMatchObject({ ok: false, errors: [{ field: 'format' }] });
  });
});
