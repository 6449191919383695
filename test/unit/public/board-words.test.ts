import { describe, expect, it } from 'vitest';
import { howWords, resultWords } from '../../../public/shared/board/words.ts';
import type { Result } from '../../../public/shared/wire/frames.ts';

function result(over: Partial<Result>): Result {
  return {
    status: 'official',
    winner: null,
    winner_corner: null,
    method: null,
    decision: null,
    round_id: null,
    time_ms: null,
    proposed_by: null,
    proposal_index: null,
    ...over,
  };
}

function announced(over: Partial<Result>): readonly string[] {
  const one = result(over);
  return [resultWords(one, (corner) => `${corner} fighter`), howWords(one)].map((text) =>
    text.replaceAll(/[\u2066-\u2069]/g, ''),
  );
}

describe('a result as it is announced', () => {
  it('says who won, how, and when', () => {
    expect(announced({ winner_corner: 'red', method: 'SUB', round_id: 2, time_ms: 187_000 })).toEqual([
      'red fighter wins',
      'Submission · round 2 · 3:07',
    ]);
    expect(announced({ winner_corner: 'blue', method: 'DEC', decision: 'SD' })).toEqual([
      'blue fighter wins',
      'Decision (split)',
    ]);
  });

  it('says once that nobody did', () => {
    expect(announced({ winner: 'No Contest', method: 'NC', round_id: 1, time_ms: 65_000 })).toEqual([
      'No contest',
      'round 1 · 1:05',
    ]);
    expect(announced({ winner: 'Draw', method: 'DRAW', decision: 'D-M' })).toEqual(['Draw', '(majority)']);
  });
});
