import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText, searchText, wordsOf } from '../../../workers/search/fold-text.ts';

describe('folding', () => {
  it.each([
    ['Jan Błachowicz', 'jan blachowicz'],
    ['Jiří Procházka', 'jiri prochazka'],
    ['Øystein Æsir', 'oystein aesir'],
    ['Strauß', 'strauss'],
    ['Đoković', 'dokovic'],
    ['Þór Sigurðsson', 'thor sigurdsson'],
    ['İlker IŞIK ılık', 'ilker isik ilik'],
    ['Nguyễn Thị', 'nguyen thi'],
    ['Шавкат Рахмонов', 'шавкат рахмонов'],
    ['ΟΔΥΣΣΕΎΣ', 'οδυσσευσ'],
    ['Ｆｕｌｌ ﬁght ①', 'full fight 1'],
  ])('makes %s into %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('changes nothing the second time, and depends neither on case nor on how marks are written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const folded = foldText(text);
        expect(foldText(folded)).toBe(folded);
        expect(foldText(text.normalize('NFD'))).toBe(foldText(text.normalize('NFC')));
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zà-ÿłšž' -]*$/), (text) => {
        expect(foldText(text.toUpperCase())).toBe(foldText(text));
      }),
    );
  });

  it('leaves letters and digits in words, and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const word of wordsOf(text)) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
      }),
    );
  });
});

describe('what is stored of a name', () => {
  it('has it in pieces and whole', () => {
    expect(searchText('Sean O’Malley').split(' ')).toEqual(['sean', 'o', 'malley', 'omalley']);
    expect(searchText('Georges St-Pierre').split(' ')).toContain('stpierre');
    expect(searchText('bout_2026.05-01:3').split(' ')).toContain('2026');
  });

  it('has every word that can be asked of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const stored = new Set(searchText(text).split(' '));
        for (const word of wordsOf(text)) expect(stored).toContain(word);
      }),
    );
  });
});
