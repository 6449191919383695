import { CORNERS, type Corner, otherCorner } from '../corner.ts';
import type { CornerStatistics, InputGroup, RoundInput } from './input.ts';
import { eitherMargin, marginProbability } from './margin.ts';
import { anythingMeasured, type MeasuredRound, measureRound } from './measures.ts';
import { type Model, type Variant, variantFor, yearWithin } from './model.ts';
import { minutes, reasonsFor } from './reasons.ts';
import type { Recommendation, RecommendedCard } from './recommendation.ts';
import { probabilityOf, winnerLogOdds } from './winner.ts';

/** What a recommendation says, without its reasons and notes. */
export type Assessment = Pick<Recommendation, 'pRed' | 'margin2' | 'card' | 'tooClose'>;

/**
 * What judges would make of a round of MMA, by the weights of a model fitted on real judges' scores. Pure; the same
 * statistics give the same answer in whatever order they were logged.
 * @throws Error on statistics that are negative or not finite, which is a defect of the caller
 */
export function recommendBy(model: Model, input: RoundInput): Recommendation {
  const { variant, round, year } = prepare(input, model);
  const assessment = assessPrepared(input, model, { variant, round, year });
  return {
    ...assessment.said,
    reasons: reasonsFor(variant, round, year),
    lacked: [...input.lacked],
    complete: input.complete,
    model: model.version,
    fitted: true,
    notes: notesOn(input, model, variant, assessment.capped),
  };
}

/** As {@link recommendBy}, without the work of finding reasons. */
export function assessBy(model: Model, input: RoundInput): Assessment {
  return assessPrepared(input, model, prepare(input, model)).said;
}

type Prepared = { readonly variant: Variant; readonly round: MeasuredRound; readonly year: number };

function prepare(input: RoundInput, model: Model): Prepared {
  checkRound(input);
  return {
    variant: variantFor(model, input.lacked),
    round: measureRound(input),
    year: yearWithin(model, input.year),
  };
}

/** @throws Error on a statistic that is negative or not finite */
export function checkRound(input: Pick<RoundInput, Corner>): void {
  for (const corner of CORNERS) checkStatistics(input[corner], corner);
}

function checkStatistics(statistics: CornerStatistics, corner: Corner): void {
  for (const [name, value] of Object.entries(statistics)) {
    if (!Number.isFinite(value) || value < 0) throw new Error(`${corner}.${name} is no count: ${value}`);
  }
}

function assessPrepared(
  input: RoundInput,
  model: Model,
  { variant, round, year }: Prepared,
): { readonly said: Assessment; readonly capped: boolean } {
  const x = variant.measures.map((measure) => round.red[measure]);
  const y = variant.measures.map((measure) => round.blue[measure]);
  const pRed = probabilityOf(winnerLogOdds(variant.winner, x, y, year));
  const separated = pRed !== 0.5;
  // Judges give no two-point margin to a round in which nothing was done.
  const margin2 = anythingMeasured(round, variant.measures)
    ? eitherMargin(variant.margin, variant.signs, round, year)
    : 0;
  const ahead = pRed > 0.5 ? 'red' : 'blue';
  const tooClose = Math.max(pRed, 1 - pRed) < model.tooCloseBelow;
  // The margin must be the leader's own: that of a round which either might win by two says nothing for one of them.
  const own = marginProbability(variant.margin, variant.signs, round[ahead], round[otherCorner(ahead)], year);
  const two = separated && !tooClose && own >= model.twoPointFrom && isMoreThanOneStrike(input[ahead]);
  const capped = two && input.criteria === '2025' && !showsDamage(input, ahead);
  return {
    said: {
      pRed,
      margin2,
      card: cardOf(separated ? ahead : null, two && !capped),
      tooClose,
    },
    capped,
  };
}

function cardOf(ahead: Corner | null, two: boolean): RecommendedCard {
  if (ahead === null) return '10-10';
  if (two) return ahead === 'red' ? '10-8' : '8-10';
  return ahead === 'red' ? '10-9' : '9-10';
}

/** However strong it was: a single strike, with nothing beside it, is no margin of two points. */
function isMoreThanOneStrike(own: CornerStatistics): boolean {
  const strikes = Math.max(own.sigLanded, own.totalLanded, own.kd);
  return strikes > 1 || own.takedownsLanded + own.submissionAttempts + own.reversals > 0;
}

const DAMAGE_LEAD = 20;
const DAMAGE_RATIO = 2;

/**
 * Whether the statistics show damage, without which the criteria of August 2025 allow no two-point margin. They count
 * strikes and not what these did, so this is a rule of our own: a knockdown, or a lead of twenty significant strikes
 * and twice what the other landed.
 */
function showsDamage(round: Pick<RoundInput, Corner>, corner: Corner): boolean {
  const own = round[corner];
  const other = round[otherCorner(corner)];
  return (
    own.kd > 0 || (own.sigLanded - other.sigLanded >= DAMAGE_LEAD && own.sigLanded >= DAMAGE_RATIO * other.sigLanded)
  );
}

/** All but four rounds of the fit last this long; what is much shorter or longer was never judged in it. */
const FITTED_SECONDS = 300;
const SECONDS_OFF = 30;

/** What was not logged, in words for people. */
const GROUP_WORDS: Readonly<Record<InputGroup, string>> = {
  attempts: 'strikes that missed',
  targets: 'the targets of strikes',
  positions: 'positions',
  total: 'strikes that are not significant',
  control: 'control',
  takedownAttempts: 'takedowns that failed',
};

const inWords = (groups: readonly InputGroup[]): string => groups.map((group) => GROUP_WORDS[group]).join(', ');

function notesOn(input: RoundInput, model: Model, variant: Variant, capped: boolean): string[] {
  const { firstYear, lastYear, rounds } = model.fittedOn;
  const notes = [`fitted on ${rounds} rounds of ${firstYear} to ${lastYear}, before the criteria of August 2025`];
  if (capped) {
    notes.push('two-point margin withheld: the criteria of 2025 ask for damage, and the statistics show none');
  }
  if (input.lacked.length > 0) notes.push(`without ${inWords(input.lacked)}: less sure than with them`);
  const more = variant.lacked.filter((group) => !input.lacked.includes(group));
  if (more.length > 0) notes.push(`${inWords(more)} left aside: no weights for what remains without the others`);
  if (input.complete && Math.abs(input.roundSeconds - FITTED_SECONDS) > SECONDS_OFF) {
    notes.push(`fitted on rounds of five minutes; this one had ${minutes(input.roundSeconds / 60)}`);
  }
  if (!input.complete) {
    notes.push(`partial: ${Math.round(input.roundSeconds)} s so far, read as if the round ended now`);
  }
  return notes;
}
