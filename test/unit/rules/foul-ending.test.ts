import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decide,
  type Decision,
  endingByFoul,
  type FoulEnding,
  RULE_SET_IDS,
  type Rules,
} from '../../../domain/rules/index.ts';
import { roundOf, rulesWith, SEATS, setOf } from './support.ts';

const LENGTH_MS = 300_000;
const THREE = SEATS.slice(0, 3);

/** An accidental foul by red that ends the bout at once, so many seconds into a round. */
function accident(round: number, scheduledRounds: number, seconds = 60, more: Partial<FoulEnding> = {}): FoulEnding {
  const roundElapsedMs = seconds * 1000;
  return {
    intent: 'accidental',
    fouler: 'red',
    round,
    scheduledRounds,
    completedRounds: roundElapsedMs >= LENGTH_MS ? round : round - 1,
    roundElapsedMs,
    roundLengthMs: LENGTH_MS,
    when: 'at_once',
    ...more,
  };
}

/** Rounds that each judge has scored alike. */
function decisionOf(rules: Rules, scores: readonly (readonly [number, number])[]): Decision {
  const rounds = scores.map((score, at) => roundOf(at + 1, [score, score, score]));
  return decide(rules, THREE, [], rounds, { scheduled: 5 });
}

const brief = (rules: Rules, ending: FoulEnding, decision: Decision | null = null) => {
  const { method, winner } = endingByFoul(rules, ending, decision);
  return [method, winner];
};

describe('New York MMA (19 NYCRR 212.12)', () => {
  const rules = rulesWith('mma-unified-2017', { jurisdiction: 'new-york' });

  it.each([
    [1, 3, 60, 'NC'],
    [2, 3, 299.999, 'NC'],
    // The second round of three is over: the scorecards decide.
    [2, 3, 300, 'TD'],
    [3, 3, 0, 'TD'],
    [3, 3, 60, 'TD'],
    [3, 5, 299.999, 'NC'],
    [3, 5, 300, 'TD'],
    [4, 5, 1, 'TD'],
    // Of four rounds, our reading: two are not more than half.
    [3, 4, 60, 'NC'],
    [4, 4, 60, 'TD'],
  ])('an accidental foul in round %d of %d at %d s: %s', (round, scheduled, seconds, method) => {
    expect(endingByFoul(rules, accident(round, scheduled, seconds), null).method).toBe(method);
  });

  it('scores the completed rounds and the one that was stopped', () => {
    const ending = accident(3, 3);
    expect(endingByFoul(rules, ending, null)).toMatchObject({ winner: 'by_scorecards', scorePartialRound: true });
    expect(
      brief(
        rules,
        ending,
        decisionOf(rules, [
          [10, 9],
          [9, 10],
          [10, 9],
        ]),
      ),
    ).toEqual(['TD', 'red']);
    expect(
      brief(
        rules,
        ending,
        decisionOf(rules, [
          [10, 9],
          [9, 10],
          [10, 10],
        ]),
      ),
    ).toEqual(['DRAW', 'draw']);
  });

  it('scores an injury that fair blows made worse, whenever that was; other rules hold it to the threshold', () => {
    const later = accident(2, 3, 60, { when: 'later' });
    expect(brief(rules, later)).toEqual(['TD', 'by_scorecards']);
    expect(brief(setOf('mma-unified-2017'), later)).toEqual(['NC', 'no_contest']);
  });
});

describe('boxing', () => {
  it('goes to the scorecards after four rounds and is no decision before (BoxRec)', () => {
    const rules = setOf('boxing');
    expect(brief(rules, accident(4, 10, 299))).toEqual(['NC', 'no_contest']);
    expect(endingByFoul(rules, accident(4, 10, 299), null).reason).toContain('no decision');
    expect(brief(rules, accident(4, 10, 300))).toEqual(['TD', 'by_scorecards']);
    expect(brief(rules, accident(5, 10, 10))).toEqual(['TD', 'by_scorecards']);
  });

  it('is a draw in California before the bell of round four, and scored after it (4 CCR 339)', () => {
    const rules = rulesWith('boxing', { jurisdiction: 'california' });
    expect(brief(rules, accident(3, 10, 179))).toEqual(['DRAW', 'draw']);
    expect(brief(rules, accident(3, 10, 300))).toEqual(['DRAW', 'draw']);
    expect(brief(rules, accident(4, 10, 0))).toEqual(['TD', 'by_scorecards']);
    expect(endingByFoul(rules, accident(4, 10, 1), null).scorePartialRound).toBe(true);
    // The same holds for an injury that fair blows aggravate.
    expect(brief(rules, accident(3, 10, 60, { when: 'later' }))).toEqual(['DRAW', 'draw']);
  });

  it('takes a round whose time is up for complete, though nobody has counted it yet', () => {
    const uncounted = accident(4, 10, 300, { completedRounds: 3 });
    expect(brief(setOf('boxing'), uncounted)).toEqual(['TD', 'by_scorecards']);
  });

  it('needs half of the scheduled rounds in South Dakota (SD Admin. R. 20:81:04:22)', () => {
    const rules = rulesWith('boxing', { jurisdiction: 'south-dakota' });
    expect(brief(rules, accident(3, 6, 299))).toEqual(['NC', 'no_contest']);
    expect(brief(rules, accident(4, 6, 1))).toEqual(['TD', 'by_scorecards']);
    expect(brief(rules, accident(4, 8, 299))).toEqual(['NC', 'no_contest']);
    expect(brief(rules, accident(5, 8, 1))).toEqual(['TD', 'by_scorecards']);
  });

  it('counts a whole round even where the rules do not score a partial one', () => {
    const rules = rulesWith('boxing', { accidentalFoul: { scorePartialRound: false } });
    expect(endingByFoul(rules, accident(5, 10, 60), null).scorePartialRound).toBe(false);
    expect(endingByFoul(rules, accident(5, 10, 300), null).scorePartialRound).toBe(true);
    expect(endingByFoul(rules, accident(5, 10, 0, { completedRounds: 5 }), null).scorePartialRound).toBe(true);
  });
});

describe('an intentional foul', () => {
  const rules = rulesWith('mma-unified-2017', { jurisdiction: 'north-carolina' });
  const intentional = (when: FoulEnding['when']) => accident(2, 3, 60, { intent: 'intentional', when });

  it('that ends the bout disqualifies its author, in every rule set (N.J.A.C. 13:46-24A, SPS 192.29)', () => {
    for (const id of RULE_SET_IDS) expect(brief(setOf(id), intentional('at_once'))).toEqual(['DQ', 'blue']);
  });

  it('whose injury ends it later: technical decision if the injured is ahead (14B NCAC 10.0809(b)(2))', () => {
    expect(brief(rules, intentional('later'))).toEqual(['TD', 'by_scorecards']);
    expect(
      brief(
        rules,
        intentional('later'),
        decisionOf(rules, [
          [9, 10],
          [10, 10],
        ]),
      ),
    ).toEqual(['TD', 'blue']);
  });

  it('and a technical draw if the injured is even or behind: its author never wins by it', () => {
    expect(
      brief(
        rules,
        intentional('later'),
        decisionOf(rules, [
          [10, 9],
          [9, 10],
        ]),
      ),
    ).toEqual(['DRAW', 'draw']);
    expect(
      brief(
        rules,
        intentional('later'),
        decisionOf(rules, [
          [10, 9],
          [10, 9],
        ]),
      ),
    ).toEqual(['DRAW', 'draw']);
  });

  it('with a mandatory deduction puts the injured ahead of an even bout', () => {
    const rounds = [
      roundOf(
        1,
        [
          [10, 9],
          [10, 9],
          [10, 9],
        ],
        { deductions: { red: 20, blue: 0 } },
      ),
      roundOf(2, [
        [10, 10],
        [10, 10],
        [10, 10],
      ]),
    ];
    const decision = decide(rules, THREE, [], rounds, { scheduled: 3 });
    expect(brief(rules, intentional('later'), decision)).toEqual(['TD', 'blue']);
  });
});

describe('any ending by a foul', () => {
  const endings = fc.record({
    intent: fc.constantFrom<FoulEnding['intent']>('accidental', 'intentional'),
    fouler: fc.constantFrom<FoulEnding['fouler']>('red', 'blue'),
    round: fc.integer({ min: 1, max: 12 }),
    seconds: fc.integer({ min: 0, max: 300 }),
    when: fc.constantFrom<FoulEnding['when']>('at_once', 'later'),
  });
  const rulesArbitrary = fc.constantFrom(
    ...RULE_SET_IDS.map(setOf),
    rulesWith('boxing', { jurisdiction: 'california' }),
    rulesWith('boxing', { jurisdiction: 'south-dakota' }),
  );
  const scores = fc.array(fc.constantFrom<[number, number]>([10, 9], [9, 10], [10, 10]), {
    minLength: 1,
    maxLength: 3,
  });

  it('mirrors with the corners', () => {
    fc.assert(
      fc.property(rulesArbitrary, endings, fc.option(scores), (rules, { seconds, ...chosen }, all) => {
        const ending = accident(chosen.round, 12, seconds, chosen);
        const there = endingByFoul(rules, ending, all === null ? null : decisionOf(rules, all));
        const back = endingByFoul(
          rules,
          { ...ending, fouler: ending.fouler === 'red' ? 'blue' : 'red' },
          all === null
            ? null
            : decisionOf(
                rules,
                all.map(([red, blue]) => [blue, red] as const),
              ),
        );
        const other = there.winner === 'red' ? 'blue' : there.winner === 'blue' ? 'red' : there.winner;
        expect(back).toEqual({ ...there, winner: other });
      }),
    );
  });

  it('once late enough for the scorecards stays so', () => {
    fc.assert(
      fc.property(rulesArbitrary, endings, fc.nat({ max: 5 }), (rules, { seconds, ...chosen }, more) => {
        const ending = accident(chosen.round, 12, seconds, { ...chosen, intent: 'accidental' });
        fc.pre(endingByFoul(rules, ending, null).method === 'TD');
        const later = accident(chosen.round + more, 12, seconds, {
          ...ending,
          round: chosen.round + more,
          completedRounds: ending.completedRounds + more,
        });
        expect(endingByFoul(rules, later, null).method).toBe('TD');
      }),
    );
  });

  it('names a source and a reason', () => {
    fc.assert(
      fc.property(rulesArbitrary, endings, (rules, { seconds, ...chosen }) => {
        const { reason, source } = endingByFoul(rules, accident(chosen.round, 12, seconds, chosen), null);
        expect(reason.length).toBeGreaterThan(20);
        expect(source).not.toBe('');
      }),
    );
  });
});
