import stored from '../../domain/scoring/weights/mma-1.evaluation.json' with { type: 'json' };
import { assessBy, MMA_MODEL } from '../../domain/scoring/index.ts';
import type { Compared } from './figures.ts';
import { digestOf } from './fit-model.ts';
import { humanFiguresOf } from './humans.ts';
import type { JudgedRound } from './judged.ts';
import { figuresTable, humansTable, storedTable, variantsTable } from './report.ts';
import { SETTINGS } from './train.ts';
import {
  canValidate,
  FOLDS,
  judgeFolds,
  type Progress,
  SEED,
  TEST_FROM,
  trainFolds,
  validateByTime,
} from './validate.ts';

export type EvaluateOptions = {
  /** Only the weights as they are: nothing is fitted again. */
  readonly storedOnly: boolean;
  readonly print: (text: string) => void;
  readonly progress: Progress;
};

/** Prints what the stored weights and the way they were fitted are worth on judged rounds. */
export function evaluateRounds(rounds: readonly JudgedRound[], options: EvaluateOptions): void {
  const { print } = options;
  print('All intervals are 95 %, by drawing whole bouts with replacement (seeded).\n');
  print(humansTable(humanFiguresOf(rounds)));
  print('');
  print(figuresTable(`Stored weights ${MMA_MODEL.version}, ${relationOf(rounds)}`, judgeWithStored(rounds), SEED));
  print(`  too close below ${MMA_MODEL.tooCloseBelow}: ${MMA_MODEL.tooCloseReason}`);
  print(`  two-point card from ${MMA_MODEL.twoPointFrom}`);
  if (!options.storedOnly && !canValidate(rounds)) {
    print(`\nToo few bouts before or since ${TEST_FROM} to fit again: no cross-validation, no test by time.`);
  } else if (!options.storedOnly) {
    const folds = trainFolds(rounds, [], SETTINGS, { folds: FOLDS, progress: options.progress });
    const title = `Fitted again, out of sample: ${FOLDS}-fold cross-validation by bout`;
    print(`\n${figuresTable(title, judgeFolds(folds, MMA_MODEL), SEED)}`);
    options.progress(`fitted before ${TEST_FROM}`);
    const since = validateByTime(rounds, [], SETTINGS, MMA_MODEL);
    print(`\n${figuresTable(`Fitted again, out of sample: on rounds before ${TEST_FROM}, judged since`, since, SEED)}`);
  }
  print(`\n${variantsTable(stored)}`);
}

/** Prints the figures that were stored with the weights, where there are no rounds to measure on. */
export function printStoredEvaluation(print: (text: string) => void): void {
  const { rounds, bouts, firstYear, lastYear } = stored.fittedOn;
  print(`Stored evaluation of ${stored.version}: ${rounds} rounds of ${bouts} bouts, ${firstYear} to ${lastYear}.\n`);
  print(humansTable(stored.humans));
  const crossValidated = `Out of sample: ${stored.crossValidated.folds}-fold cross-validation by bout`;
  print(`\n${storedTable(crossValidated, stored.crossValidated.figures)}`);
  const byTime = `Out of sample: fitted before ${stored.byTime.from}, judged since, ${stored.byTime.rounds} rounds`;
  print(`\n${storedTable(byTime, stored.byTime.figures)}`);
  print(`\n${storedTable('In sample: the stored weights on the rounds that they were fitted on', stored.inSample)}`);
  print(`\n${variantsTable(stored)}`);
}

/** What the weights in force say of rounds. */
export function judgeWithStored(rounds: readonly JudgedRound[]): Compared[] {
  return rounds.map((round) => ({ round, said: assessBy(MMA_MODEL, round.input) }));
}

/** How the rounds stand to those of the fit: the one thing a reader of the figures must know. */
function relationOf(rounds: readonly JudgedRound[]): string {
  if (digestOf(rounds) === stored.rowsDigest) return 'IN SAMPLE (the rounds that they were fitted on)';
  const { lastYear } = MMA_MODEL.fittedOn;
  const years = rounds.map((round) => round.input.year ?? 0);
  if (years.every((year) => year > lastYear)) return `OUT OF SAMPLE (all rounds are later than ${lastYear})`;
  return 'PARTLY IN SAMPLE for all that is known (other rounds than those of the fit, but of the same years)';
}
