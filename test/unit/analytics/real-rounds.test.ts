import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../../cli/project.ts';
import { flagsOf, type JudgedRound, judgeSummaries, panelFigures } from '../../../domain/analytics/index.ts';
import { round } from './support.ts';

const FILE = join(PROJECT_ROOT, '..', 'shared', 'data', 'judging', 'rounds.csv');

/** The file quotes nothing. Judges' names serve as ids; scores have deductions added back. */
function readRounds(): readonly JudgedRound[] {
  const [header = '', ...lines] = readFileSync(FILE, 'utf8').trim().split('\n');
  const names = header.trim().split(',');
  return lines.map((line) => {
    const values = line.trim().split(',');
    if (values.length !== names.length) throw new Error(`a line has ${values.length} fields: ${line.slice(0, 80)}`);
    const field = (name: string): string => values[names.indexOf(name)] ?? '';
    return round(
      ['judge1', 'judge2', 'judge3'].map((judge) => ({
        judge: field(judge),
        seat: judge,
        redX10: Number(field(`${judge}_red_pre`)) * 10,
        blueX10: Number(field(`${judge}_blue_pre`)) * 10,
      })),
      {
        boutId: field('bout_id'),
        date: field('date'),
        round: Number(field('round')),
        deductions: { red: Number(field('red_deduction')) * 10, blue: Number(field('blue_deduction')) * 10 },
      },
    );
  });
}

const isThere = existsSync(FILE);
const leftOut = isThere ? '' : ' (left out: the data of real rounds is not at hand)';

describe(`over real rounds with real judges${leftOut}`, () => {
  it.skipIf(!isThere)('panels agree as far as is known of them', () => {
    const rounds = readRounds();
    expect(rounds).toHaveLength(7150);
    const { sameWinner, sameScore, unanimous, twoPointConcurred, bySize } = panelFigures(rounds);
    expect(sameWinner.rate).toBeGreaterThan(0.845);
    expect(sameWinner.rate).toBeLessThan(0.86);
    expect(sameScore.rate).toBeCloseTo(0.813, 1);
    expect(unanimous.rate).toBeCloseTo(0.775, 1);
    expect(twoPointConcurred.rate).toBeGreaterThan(0.5);
    expect(twoPointConcurred.rate).toBeLessThan(0.58);
    expect(bySize.map(({ judges }) => judges)).toEqual([3]);
    expect(bySize[0]?.kappa.kappa).toBeGreaterThan(0.68);
    expect(bySize[0]?.kappa.kappa).toBeLessThan(0.72);
  });

  it.skipIf(!isThere)('judges with rounds enough agree with two agreeing colleagues in about nine of ten', () => {
    const summaries = judgeSummaries(readRounds());
    const compared = summaries.filter(({ rank }) => rank !== null);
    const agreed = compared.reduce((sum, { agreement: { majority } }) => sum + (majority.rate ?? 0) * majority.n, 0);
    const all = compared.reduce((sum, { agreement: { majority } }) => sum + majority.n, 0);
    expect(compared.length).toBeGreaterThan(20);
    expect(summaries.length).toBeGreaterThan(compared.length);
    expect(agreed / all).toBeGreaterThan(0.9);
    expect(agreed / all).toBeLessThan(0.925);
    expect(Math.min(...compared.map(({ rounds }) => rounds))).toBeGreaterThanOrEqual(30);
  });

  it.skipIf(!isThere)('a question is put in every round whose judges do not agree', () => {
    const rounds = readRounds();
    const asked = new Set(
      flagsOf(rounds).flatMap((flag) => (flag.round === null ? [] : [`${flag.boutId}/${flag.round}`])),
    );
    const disagreed = rounds.filter(
      ({ scorecards }) => new Set(scorecards.map((card) => Math.sign(card.redX10 - card.blueX10))).size > 1,
    );
    expect(disagreed.length).toBeGreaterThan(1000);
    for (const one of disagreed) expect(asked).toContain(`${one.boutId}/${one.round}`);
  });
});
