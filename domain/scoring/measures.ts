import { CORNERS, type Corner } from '../corner.ts';
import type { CornerStatistics, InputGroup, RoundInput } from './input.ts';

/**
 * What the model reads of a corner. Each grows with what that corner did and with nothing else, so that weights of
 * zero or more are all that it takes to be fair: more offence never lowers one's own chance.
 */
export const MEASURES = [
  'knockdowns',
  'significant',
  'head',
  'body',
  'leg',
  'clinch',
  'ground',
  'thrown',
  'strikes',
  'takedowns',
  'stopped',
  'submissions',
  'reversals',
  'control',
] as const;

export type Measure = (typeof MEASURES)[number];

const NEEDS: Readonly<Record<Measure, InputGroup | null>> = {
  knockdowns: null,
  significant: null,
  head: 'targets',
  body: 'targets',
  leg: 'targets',
  clinch: 'positions',
  ground: 'positions',
  thrown: 'attempts',
  strikes: 'total',
  takedowns: null,
  stopped: 'takedownAttempts',
  submissions: null,
  reversals: null,
  control: 'control',
};

/** The measures that are left where groups of inputs are lacking, in the order of {@link MEASURES}. */
export function measuresWithout(lacked: readonly InputGroup[]): Measure[] {
  return MEASURES.filter((measure) => {
    const group = NEEDS[measure];
    return group === null || !lacked.includes(group);
  });
}

/** Counts of a corner by measure; control in minutes. */
export type Measured = Readonly<Record<Measure, number>>;

export type MeasuredRound = Readonly<Record<Corner, Measured>>;

export function measureRound(round: Pick<RoundInput, Corner>): MeasuredRound {
  return { red: measureCorner(round.red, round.blue), blue: measureCorner(round.blue, round.red) };
}

function measureCorner(own: CornerStatistics, other: CornerStatistics): Measured {
  return {
    knockdowns: own.kd,
    significant: own.sigLanded,
    head: own.headLanded,
    body: own.bodyLanded,
    leg: own.legLanded,
    clinch: own.clinchLanded,
    ground: own.groundLanded,
    thrown: own.sigAttempted,
    // Sources that count only significant strikes must not seem to have landed fewer of all.
    strikes: Math.max(own.totalLanded, own.sigLanded),
    takedowns: own.takedownsLanded,
    stopped: Math.max(0, other.takedownsAttempted - other.takedownsLanded),
    submissions: own.submissionAttempts,
    reversals: own.reversals,
    control: own.controlSeconds / 60,
  };
}

/** Whether either corner did anything that is measured. */
export function anythingMeasured(round: MeasuredRound, measures: readonly Measure[]): boolean {
  return CORNERS.some((corner) => measures.some((measure) => round[corner][measure] > 0));
}
