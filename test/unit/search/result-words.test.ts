import { describe, expect, it } from 'vitest';
import type { LineResult } from '../../../domain/search/index.ts';
import { wordsOf } from '../../../workers/search/fold-text.ts';
import { resultWords } from '../../../workers/search/result-words.ts';

function found(over: Partial<LineResult>): readonly string[] {
  const result = { winner: 'red', method: 'DEC', decision: null, round: null, timeMs: null, ...over } as const;
  return wordsOf(resultWords(result).join(' '));
}

describe('the words of a result', () => {
  it.each([
    [{ decision: 'UD' }, 'dec decision ud unanimous'],
    [{ decision: 'SD' }, 'decision sd split'],
    [{ decision: 'MD' }, 'decision md majority'],
    [{ winner: 'draw', decision: 'D-M' }, 'decision majority draw'],
    [{ winner: 'draw', method: 'DRAW' }, 'draw'],
    [{ method: 'KO' }, 'ko knockout'],
    [{ method: 'TKO' }, 'tko technical knockout'],
    [{ method: 'SUB' }, 'sub submission'],
    [{ method: 'DQ' }, 'dq disqualification'],
    [{ method: 'TD', decision: 'SD' }, 'td technical decision split'],
    [{ winner: 'no_contest', method: 'NC' }, 'nc no contest'],
  ] as const)('%j are found by %s', (over, words) => {
    expect(found(over)).toEqual(expect.arrayContaining(words.split(' ')));
  });

  it('are those of that result alone', () => {
    expect(found({ decision: 'UD' })).not.toContain('split');
    expect(found({ method: 'SUB' })).not.toContain('decision');
    expect(resultWords(null)).toEqual([]);
  });

  it('keep a code that nobody has words for', () => {
    expect(found({ method: 'XYZ' })).toEqual(['xyz']);
  });
});
