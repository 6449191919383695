import { withIntervals } from './bootstrap.ts';
import { type Compared, FIGURES, type FigureName } from './figures.ts';
import type { Evaluation, Rounded } from './fit-model.ts';
import type { HumanFigures } from './humans.ts';

const DRAWS = 300;

/** Figures that are no shares and stand as they are. */
const PLAIN: readonly FigureName[] = [
  'logLoss',
  'logLossVotes',
  'brier',
  'calibrationWidth',
  'calibrationMass',
  'twoPointMajorityAp',
  'twoPointAnyAp',
  'twoPointVoteAp',
  'twoPointBrier',
  'twoPointCalibration',
  'twoPointMean',
];

const LABEL_WIDTH = 62;

/** A table of figures with their 95 % intervals. */
export function figuresTable(title: string, compared: readonly Compared[], seed: number): string {
  const rows = withIntervals(compared, { draws: DRAWS, seed }).map(({ name, value, low, high }) => {
    const words = FIGURES.find((figure) => figure.name === name)?.words ?? name;
    return `  ${words.padEnd(LABEL_WIDTH)} ${show(name, value).padStart(8)}   ${show(name, low)} to ${show(name, high)}`;
  });
  return [`${title}: ${compared.length} rounds`, ...rows].join('\n');
}

/** As {@link figuresTable}, of figures that were stored without intervals. */
export function storedTable(title: string, figures: Evaluation['inSample']): string {
  const rows = FIGURES.map(
    ({ name, words }) => `  ${words.padEnd(LABEL_WIDTH)} ${show(name, figures[name] ?? Number.NaN).padStart(8)}`,
  );
  return [title, ...rows].join('\n');
}

const HUMAN_ROWS = [
  ['pairWinner', 'winner: two judges agree'],
  ['againstTwo', 'winner: a judge agrees with two colleagues who agree'],
  ['unanimous', 'winner: all judges agree'],
  ['pairScore', 'score: two judges agree'],
  ['againstTwoScore', 'score: a judge agrees with two colleagues who agree'],
  ['twoPointConcurs', 'two points: another judge has them too, given one who has'],
  ['twoPointMajorityRate', 'two points: rounds in which two judges or more have them'],
  ['twoPointAnyRate', 'two points: rounds in which any judge has them'],
  ['twoPointCardRate', 'two points: cards that have them'],
] as const satisfies readonly (readonly [keyof HumanFigures, string])[];

/** What judges make of each other on the same rounds: what there is to be had. */
export function humansTable(humans: Rounded<HumanFigures>): string {
  return [
    'What judges make of each other (of the same rounds)',
    ...HUMAN_ROWS.map(
      ([name, words]) => `  ${words.padEnd(LABEL_WIDTH)} ${percent(humans[name] ?? Number.NaN).padStart(8)}`,
    ),
  ].join('\n');
}

/** How much less the model knows where inputs are lacking, out of sample, as stored beside the weights. */
export function variantsTable(evaluation: Pick<Evaluation, 'crossValidated' | 'variants'>): string {
  const row = (lacked: readonly string[], figures: Evaluation['inSample']): string =>
    `  ${(lacked.length === 0 ? 'nothing' : lacked.join(', ')).padEnd(LABEL_WIDTH)} ${[
      percent(figures.agreesMajority ?? Number.NaN),
      (figures.logLoss ?? Number.NaN).toFixed(4),
      (figures.calibrationWidth ?? Number.NaN).toFixed(4),
      percent(figures.sureCoverage ?? Number.NaN),
      (figures.twoPointMajorityAp ?? Number.NaN).toFixed(3),
    ]
      .map((cell) => cell.padStart(9))
      .join('')}`;
  return [
    `${'Lacking inputs (stored, cross-validated)'.padEnd(LABEL_WIDTH + 2)} ${['winner', 'log-loss', 'calibr.', 'not close', 'AP'].map((cell) => cell.padStart(9)).join('')}`,
    row([], evaluation.crossValidated.figures),
    ...evaluation.variants.map(({ lacked, crossValidated }) => row(lacked, crossValidated)),
  ].join('\n');
}

function show(name: FigureName, value: number): string {
  if (Number.isNaN(value)) return 'none';
  return PLAIN.includes(name) ? value.toFixed(4) : percent(value);
}

function percent(share: number): string {
  return Number.isNaN(share) ? 'none' : `${(100 * share).toFixed(1)} %`;
}
