import { describe, expect, it } from 'vitest';
import { computeResult, type ComputedResult } from '../../../domain/bout/index.ts';
import { type Book, LATER, type openBook, ruleSet, valueOf, write } from '../support/book.ts';
import { fought, score } from '../support/fought.ts';
import { ruling } from '../support/lines.ts';

function result(book: Book): ComputedResult {
  return valueOf(computeResult(book.state, LATER));
}

/** Red fouls in the first round, and the bout is stopped in it. */
function stopped(
  intent: 'accidental' | 'intentional',
  aggravated: boolean,
  changes: Parameters<typeof openBook>[0] = {},
): Book {
  const book = fought(1, changes);
  const target = write(book, ruling('foul', { fighterId: 'fighter1', intent }));
  write(book, ruling('stoppage', { target, clockMs: 100_000, atMs: 100_000, aggravated }));
  return book;
}

describe('an injury by a foul that fair blows made worse in the same round', () => {
  it('is one that ended the bout later: after an intentional foul nobody is disqualified', () => {
    expect(result(stopped('intentional', false))).toMatchObject({ winner: 'blue', method: 'DQ' });
    const book = stopped('intentional', true);
    expect(computeResult(book.state, LATER)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('JUDGE001 round 1'),
    });
    score(book, 1, [-1, -1, -1]);
    expect(result(book)).toMatchObject({ winner: 'blue', method: 'TD', decision: 'UD', byScorecards: true });
  });

  it('goes to the scorecards however early, where the rules say so of an accident', () => {
    const rules = ruleSet('mma-unified');
    const scored = { rules: { ...rules, accidentalFoul: { ...rules.accidentalFoul, aggravated: 'scored' } } } as const;
    const book = stopped('accidental', true, scored);
    score(book, 1, [1, 1, 1]);
    expect(result(book)).toMatchObject({ winner: 'red', method: 'TD', decision: 'UD' });
    expect(result(stopped('accidental', false, scored))).toMatchObject({ method: 'NC' });
    const threshold = {
      rules: { ...rules, accidentalFoul: { ...rules.accidentalFoul, aggravated: 'threshold' } },
    } as const;
    expect(result(stopped('accidental', true, threshold))).toMatchObject({ method: 'NC' });
  });
});
