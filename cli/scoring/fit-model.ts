import { createHash } from 'node:crypto';
import type { InputGroup } from '../../domain/scoring/input.ts';
import type { Model } from '../../domain/scoring/model.ts';
import { type Compared, type Figures, figuresOf } from './figures.ts';
import { type HumanFigures, humanFiguresOf } from './humans.ts';
import type { JudgedRound } from './judged.ts';
import { roundFields, roundWeights } from './rounding.ts';
import { chooseThresholds } from './thresholds.ts';
import { fittedOn, LACKS, type Settings, trainVariant } from './train.ts';
import {
  canValidate,
  judgeFolds,
  trainFolds,
  FOLDS,
  judgeAll,
  type Progress,
  SEED,
  TEST_FROM,
  type Thresholds,
  validateByTime,
} from './validate.ts';

export const VERSION = 'mma-1';

/** Folds for the variants that lack inputs: half the work, for figures that only say how much surer one is with all. */
const VARIANT_FOLDS = 5;

/** Figures of which some could not be measured. */
export type Rounded<T> = { readonly [Name in keyof T]: number | null };

/** What stands beside the weights: how well they do, and on what that was measured. */
export type Evaluation = {
  readonly version: string;
  readonly command: string;
  readonly fittedOn: Model['fittedOn'];
  /** SHA-256 over the bouts and rounds, to know the same file again. */
  readonly rowsDigest: string;
  readonly seed: number;
  readonly settings: Settings;
  readonly thresholds: Thresholds & { readonly tooCloseReason: string };
  readonly humans: Rounded<HumanFigures>;
  /** Out of sample: each fold judged by a model of the others. */
  readonly crossValidated: { readonly folds: number; readonly figures: Rounded<Figures> };
  /** Out of sample: fitted before the year, judged from it on; null where one side has too few bouts. */
  readonly byTime: { readonly from: number; readonly rounds: number; readonly figures: Rounded<Figures> } | null;
  /** In sample: the weights in the file on the rounds that they were fitted on. */
  readonly inSample: Rounded<Figures>;
  readonly variants: readonly {
    readonly lacked: readonly string[];
    readonly folds: number;
    readonly crossValidated: Rounded<Figures>;
  }[];
};

export type Fitted = { readonly model: Model; readonly evaluation: Evaluation };

export type FitOptions = {
  readonly settings: Settings;
  readonly lacks?: readonly (readonly InputGroup[])[];
  readonly folds?: number;
  readonly variantFolds?: number;
  readonly progress: Progress;
};

// Thresholds do not change what is fitted: any will do until they are chosen.
const UNDECIDED: Thresholds = { tooCloseBelow: 0.5, twoPointFrom: 0.5 };

/** Fits all variants and measures them. The same rounds and settings give the same result to the last digit. */
export function fitModel(rounds: readonly JudgedRound[], options: FitOptions): Fitted {
  const { settings, progress } = options;
  const humans = humanFiguresOf(rounds);
  const folds = options.folds ?? FOLDS;
  const variantFolds = options.variantFolds ?? VARIANT_FOLDS;
  const lacks = options.lacks ?? LACKS;
  const full = trainFolds(rounds, [], settings, {
    folds,
    progress: (what) => progress(`cross-validation, ${what}`),
  });
  const chosen = chooseThresholds(judgeFolds(full, UNDECIDED), humans);
  const thresholds: Thresholds = { tooCloseBelow: chosen.tooCloseBelow, twoPointFrom: chosen.twoPointFrom };
  const variants = lacks.map((lacked, i) => {
    progress(`weights ${i + 1} of ${lacks.length}${lacked.length === 0 ? '' : ` (without ${lacked.join(', ')})`}`);
    return roundWeights(trainVariant(rounds, lacked, settings));
  });
  const model: Model = { version: VERSION, fittedOn: fittedOn(rounds), ...chosen, variants };
  progress('test by time');
  const byTime = canValidate(rounds) ? validateByTime(rounds, [], settings, thresholds) : [];
  const lacking = lacks.filter((lacked) => lacked.length > 0);
  const evaluation: Evaluation = {
    version: VERSION,
    command: 'npm run fit',
    fittedOn: model.fittedOn,
    rowsDigest: digestOf(rounds),
    seed: SEED,
    settings,
    thresholds: chosen,
    humans: roundFields(humans),
    crossValidated: { folds, figures: roundFields(figuresOf(judgeFolds(full, thresholds))) },
    byTime:
      byTime.length === 0 ? null : { from: TEST_FROM, rounds: byTime.length, figures: roundFields(figuresOf(byTime)) },
    inSample: roundFields(figuresOf(inSample(rounds, model))),
    variants: lacking.map((lacked, i) => ({
      lacked,
      folds: variantFolds,
      crossValidated: roundFields(
        figuresOf(
          judgeFolds(
            trainFolds(rounds, lacked, settings, {
              folds: variantFolds,
              progress: (what) => progress(`variant ${i + 1} of ${lacking.length}, ${what}`),
            }),
            thresholds,
          ),
        ),
      ),
    })),
  };
  return { model, evaluation };
}

function inSample(rounds: readonly JudgedRound[], model: Model): Compared[] {
  const [full] = model.variants;
  return full === undefined ? [] : judgeAll(rounds, full, model.fittedOn, model);
}

/** Tells one file of rounds from another. */
export function digestOf(rounds: readonly JudgedRound[]): string {
  const hash = createHash('sha256');
  for (const { boutId, input } of rounds) hash.update(`${boutId} ${input.round}\n`);
  return hash.digest('hex');
}
