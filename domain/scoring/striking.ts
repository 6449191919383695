import { type Corner, CORNERS, otherCorner } from '../corner.ts';
import type { CornerStatistics, RoundInput } from './input.ts';
import { checkRound } from './judge.ts';
import type { Reason, Recommendation, RecommendedCard } from './recommendation.ts';
import { probabilityOf } from './winner.ts';

export const STRIKING_SPORTS = ['boxing', 'kickboxing', 'muay-thai', 'bare-knuckle', 'karate-combat'] as const;

type StrikingSport = (typeof STRIKING_SPORTS)[number];

export type StrikingInput = RoundInput & {
  /** Whole points that a knockdown is worth by the rules; null where that is left to the judge. */
  readonly knockdownPoints: number | null;
};

export const STRIKING_MODEL = 'striking-1';

// The "Tiny-PB" form of duBoef et al. (Sloan Sports Analytics Conference 2026; MIT): P = ρ / (1 + ρ) with
// ρ = ((red + D) / (blue + D)) ^ S. Of its inputs we have head punches alone; high impact, aggression and stance are
// measured by cameras.
const HEAD = 5.75;
const D = 5.55;
const S = 7.73;

// O'Connell (2024), log-odds of a round of MMA for each: head 0.21, body 0.16, leg 0.13, knockdown 2.14.
const BODY = 0.16 / 0.21;
const LEG = 0.13 / 0.21;
const KNOCKDOWN = 2.14;

/**
 * How its authors scaled a round is not stated where we found the weights. As raw counts they would make twelve head
 * strikes to eight a matter of 95 %, which no judge is; as shares of what both landed, 74 %. We take shares, with ten
 * strikes for every three minutes added to what both landed, so that few strikes say little.
 */
const DAMPING_STRIKES = 10;
const DAMPING_SECONDS = 180;

/** Published agreement with judges is 76 %: what is not far beyond that is for the judge alone. */
const TOO_CLOSE_BELOW = 0.9;

const MOST_EXTRA = 3;

/**
 * What a judge might make of a round of a striking sport. Not fitted on any rounds of ours; the same properties hold as
 * for MMA: exchanged corners mirror it, and more offence never lowers one's own chance.
 * @throws Error on statistics that are negative or not finite, or on knockdown points that are no whole number
 */
export function recommendStriking(sport: StrikingSport, input: StrikingInput): Recommendation {
  checkRound(input);
  const { knockdownPoints: worth } = input;
  if (worth !== null && (!Number.isInteger(worth) || worth < 0)) throw new Error(`no knockdown points: ${worth}`);
  const landed = { red: landedBy(input, 'red'), blue: landedBy(input, 'blue') };
  const damping = (DAMPING_STRIKES * Math.max(1, input.roundSeconds)) / DAMPING_SECONDS;
  const both = landed.red + landed.blue + damping;
  const pointsOf = (corner: Corner): number => (HEAD * landed[corner]) / both;
  // The difference of two logarithms, so that exchanging the corners negates it to the last bit.
  const byStrikes = S * (Math.log(pointsOf('red') + D) - Math.log(pointsOf('blue') + D));
  const byKnockdowns = KNOCKDOWN * (input.red.kd - input.blue.kd);
  const pRed = probabilityOf(byStrikes + byKnockdowns);
  const ahead: Corner | null = pRed === 0.5 ? null : pRed > 0.5 ? 'red' : 'blue';
  const extra = ahead === null || worth === null ? 0 : extraPoints(input, ahead, worth);
  return {
    pRed,
    // Where the rules score a knockdown the margin is as sure as the winner; of anything else we know nothing.
    margin2: extra > 0 ? Math.max(pRed, 1 - pRed) : 0,
    card: cardOf(ahead, extra),
    tooClose: Math.max(pRed, 1 - pRed) < TOO_CLOSE_BELOW,
    reasons: reasonsFor(input, landed, byStrikes, byKnockdowns),
    lacked: [...input.lacked],
    complete: input.complete,
    model: STRIKING_MODEL,
    fitted: false,
    notes: notesOn(sport, input),
  };
}

/** Landed strikes in head strikes; without targets every one counts as one. */
function landedBy(input: RoundInput, corner: Corner): number {
  const own: CornerStatistics = input[corner];
  return input.lacked.includes('targets')
    ? own.sigLanded
    : own.headLanded + BODY * own.bodyLanded + LEG * own.legLanded;
}

/** Points beyond the one for the round: knockdowns that the other corner did not return. */
function extraPoints(input: RoundInput, ahead: Corner, worth: number): number {
  return Math.min(MOST_EXTRA, Math.max(0, worth * (input[ahead].kd - input[otherCorner(ahead)].kd)));
}

const CARDS: readonly (readonly [red: RecommendedCard, blue: RecommendedCard])[] = [
  ['10-9', '9-10'],
  ['10-8', '8-10'],
  ['10-7', '7-10'],
  ['10-6', '6-10'],
];

function cardOf(ahead: Corner | null, extra: number): RecommendedCard {
  const pair = CARDS[extra];
  if (ahead === null || pair === undefined) return '10-10';
  return ahead === 'red' ? pair[0] : pair[1];
}

function reasonsFor(
  input: RoundInput,
  landed: Readonly<Record<Corner, number>>,
  byStrikes: number,
  byKnockdowns: number,
): Reason[] {
  const towards = (logOdds: number): Corner => (logOdds > 0 ? 'red' : 'blue');
  const count = (of: (own: CornerStatistics) => number, corner: Corner): string =>
    `${of(input[corner])} to ${of(input[otherCorner(corner)])}`;
  const reasons: Reason[] = [];
  if (byKnockdowns !== 0) {
    const corner = towards(byKnockdowns);
    const words = `knockdowns: ${count((own) => own.kd, corner)}`;
    reasons.push({ corner, input: 'knockdowns', words, logOdds: Math.abs(byKnockdowns) });
  }
  if (byStrikes !== 0) {
    const corner = towards(byStrikes);
    const words = input.lacked.includes('targets')
      ? `strikes landed: ${count((own) => own.sigLanded, corner)}`
      : `strikes landed, in head strikes: ${landed[corner].toFixed(1)} to ${landed[otherCorner(corner)].toFixed(1)}`;
    reasons.push({ corner, input: 'strikes', words, logOdds: Math.abs(byStrikes) });
  }
  return reasons.toSorted((a, b) => b.logOdds - a.logOdds);
}

function notesOn(sport: StrikingSport, input: StrikingInput): string[] {
  const notes = [
    `not fitted on rounds of ${sport}: the form and the weight of a head punch are those of "Tiny-PB" (duBoef et al. 2026, boxing), ` +
      'its scaling is ours and unchecked; body, leg and knockdown relative to the head follow O’Connell 2024 (MMA)',
  ];
  const fell = CORNERS.some((corner) => input[corner].kd > 0);
  if (fell && input.knockdownPoints === null)
    notes.push('what a knockdown is worth is the judge’s own: not in the card');
  if (fell) notes.push('the published weights leave rounds with knockdowns aside');
  if (input.lacked.includes('targets')) notes.push('without targets: every strike counts as one to the head');
  if (!input.complete) {
    notes.push(`partial: ${Math.round(input.roundSeconds)} s so far, read as if the round ended now`);
  }
  return notes;
}
