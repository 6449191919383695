import { describe, expect, it } from 'vitest';
import { type Rules, RULE_SET_IDS, rulesOf, scorecardProblem } from '../../../domain/rules/index.ts';
import { choicesFor } from '../../../public/judge/choices.ts';
import { pointsText, type Score } from '../../../public/judge/score.ts';
import { ARM_MS, CHOOSING, isArmed, stepSubmit } from '../../../public/judge/submit.ts';

function rulesNamed(id: string): Rules {
  const rules = rulesOf(id);
  if (rules === null) throw new Error(`There is no rule set ${id}.`);
  return rules;
}

function texts(scores: readonly Score[]): readonly string[] {
  return scores.map(({ redX10, blueX10 }) => `${pointsText(redX10)}-${pointsText(blueX10)}`);
}

describe('the scores that a judge can choose', () => {
  it('are the usual ones first, closest first, the rest behind them', () => {
    const { usual, more } = choicesFor(rulesNamed('mma-unified-2017'), false);
    expect(texts(usual.red)).toEqual(['10-9', '10-8']);
    expect(texts(usual.blue)).toEqual(['9-10', '8-10']);
    expect(texts(usual.even)).toEqual(['10-10']);
    expect([texts(more.red), texts(more.blue), texts(more.even)]).toEqual([['10-7'], ['7-10'], []]);
    expect(texts(choicesFor(rulesNamed('boxing'), false).more.red)).toEqual(['10-7', '10-6']);
  });

  it('have half points and even rounds only where the rules allow them', () => {
    const rules: Rules = { ...rulesNamed('mma-unified-2017'), halfPoints: true, evenRounds: false };
    const { usual, more } = choicesFor(rules, false);
    expect(texts(usual.red)).toEqual(['10-9.5', '10-9', '10-8']);
    expect(texts(usual.even)).toEqual([]);
    expect(texts(more.red)).toEqual(['10-8.5', '10-7.5', '10-7']);
  });

  it('have no even round in an extension that needs a winner', () => {
    const extension = { rounds: 1, decides: 'alone', evenAllowed: false } as const;
    const rules: Rules = { ...rulesNamed('kickboxing'), extension };
    expect(texts(choicesFor(rules, false).usual.even)).toEqual(['10-10']);
    expect(texts(choicesFor(rules, true).usual.even)).toEqual([]);
  });

  it('go below ten for the winner only where nobody must have ten', () => {
    const rules: Rules = { ...rulesNamed('mma-unified-2017'), mustHaveTen: false };
    expect(texts(choicesFor(rules, false).more.even)).toEqual(['9-9', '8-8', '7-7']);
  });

  it.each(RULE_SET_IDS)('are all lawful and all there is under %s', (id) => {
    for (const halfPoints of [false, true]) {
      const rules: Rules = { ...rulesNamed(id), halfPoints };
      const { usual, more } = choicesFor(rules, false);
      const offered = [usual, more].flatMap(({ red, blue, even }) => [...red, ...blue, ...even]);
      const lawful = [];
      for (let red = 0; red <= 100; red += 5) {
        for (let blue = 0; blue <= 100; blue += 5) {
          if (scorecardProblem(rules, red, blue, { extension: false }) === null) lawful.push(`${red}-${blue}`);
        }
      }
      expect(offered.map(({ redX10, blueX10 }) => `${redX10}-${blueX10}`).toSorted()).toEqual(lawful.toSorted());
    }
  });
});

describe('submitting', () => {
  const score = { redX10: 100, blueX10: 90 };
  const review = stepSubmit(CHOOSING, { type: 'choose', round: 2, score }, 1_000);

  it('needs a choice and a confirmation that is no double tap', () => {
    expect(review).toMatchObject({ step: 'review', round: 2, score });
    expect(stepSubmit(review, { type: 'confirm' }, 1_000 + ARM_MS - 1)).toBe(review);
    expect(stepSubmit(review, { type: 'choose', round: 2, score: { redX10: 90, blueX10: 100 } }, 1_100)).toBe(review);
    expect(stepSubmit(CHOOSING, { type: 'confirm' }, 9_000)).toBe(CHOOSING);
    expect(stepSubmit(review, { type: 'confirm' }, 1_000 + ARM_MS)).toEqual({ step: 'storing', round: 2, score });
  });

  it('goes back from the review, once a double tap is over', () => {
    expect(stepSubmit(review, { type: 'back' }, 1_100)).toBe(review);
    expect(stepSubmit(review, { type: 'back' }, 2_000)).toBe(CHOOSING);
  });

  it('is given up when the page goes on to another bout, unless it is being stored', () => {
    expect(stepSubmit(review, { type: 'leave' }, 1_100)).toBe(CHOOSING);
    const storing = stepSubmit(review, { type: 'confirm' }, 2_000);
    expect(stepSubmit(storing, { type: 'leave' }, 2_100)).toBe(storing);
  });

  it('ends when it is stored, and is reviewed again where it could not be', () => {
    const storing = stepSubmit(review, { type: 'confirm' }, 2_000);
    expect(stepSubmit(storing, { type: 'confirm' }, 3_000)).toBe(storing);
    expect(stepSubmit(storing, { type: 'back' }, 3_000)).toBe(storing);
    expect(stepSubmit(storing, { type: 'stored' }, 3_000)).toBe(CHOOSING);
    const again = stepSubmit(storing, { type: 'failed' }, 3_000);
    expect(again).toMatchObject({ step: 'review', score });
    expect(isArmed(again, 3_000)).toBe(false);
  });
});
