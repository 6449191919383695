import { type Flag, FLAG_DEFAULTS, type FlagOptions, roundFlags } from './flags.ts';
import { type Call, callOf, isSameScore, type JudgedRound, majorityCall, majorityScore, marginX10 } from './judged.ts';
import { cohenKappa, type Kappa } from './kappa.ts';
import { judgeSummary, type JudgeSummary, MIN_ROUNDS } from './summary.ts';

/** What a trainee gave a past round. */
export type ShadowScorecard = { readonly trainee: string; readonly redX10: number; readonly blueX10: number };

/** How a trainee's scorecard stands to the official ones of the same round. */
export type ShadowComparison = {
  readonly winner: Call;
  readonly official: readonly {
    readonly judge: string;
    readonly seat: string;
    readonly winner: Call;
    readonly marginX10: number;
    readonly sameWinner: boolean;
    readonly sameScore: boolean;
  }[];
  /** Whom more than half of at least two named; null where there is no such majority, and then there is nothing to meet. */
  readonly majority: Call | null;
  readonly withMajority: boolean | null;
  /** Whether it is the very score that more than half gave. */
  readonly withMajorityScore: boolean | null;
  readonly recommendation: JudgedRound['recommendation'];
  /** The questions that the trainee would be asked, had this scorecard stood beside the official ones. */
  readonly flags: readonly Flag[];
};

/** Where a trainee sits. No seat can have this name, as it is no lawful id. */
export const SHADOW_SEAT = '~shadow';

/** The round as if the trainee had sat on the panel, too. */
export function withShadow(round: JudgedRound, { trainee, redX10, blueX10 }: ShadowScorecard): JudgedRound {
  return { ...round, scorecards: [...round.scorecards, { judge: trainee, seat: SHADOW_SEAT, redX10, blueX10 }] };
}

export function compareShadow(
  round: JudgedRound,
  shadow: ShadowScorecard,
  options: FlagOptions = FLAG_DEFAULTS,
): ShadowComparison {
  const winner = callOf(shadow);
  const majority = majorityCall(round.scorecards);
  const score = majorityScore(round.scorecards);
  return {
    winner,
    official: round.scorecards.map((card) => ({
      judge: card.judge,
      seat: card.seat,
      winner: callOf(card),
      marginX10: marginX10(card),
      sameWinner: callOf(card) === winner,
      sameScore: isSameScore(card, shadow),
    })),
    majority,
    withMajority: majority === null ? null : majority === winner,
    withMajorityScore: score === null ? null : isSameScore(score, shadow),
    recommendation: round.recommendation,
    flags: roundFlags(withShadow(round, shadow), options).filter(({ judges }) => judges.includes(shadow.trainee)),
  };
}

/** Who asks to score a round: a person, and the seat of their token with what it is confined to. */
export type Trainee = {
  readonly subject: string;
  readonly seat: string | null;
  /** Whether the token was made for this very bout or its night, so that its seat is a seat at this table. */
  readonly isAtTable: boolean;
};

/** Who scored a round officially: `judge` is the person, or the seat where nobody is known; `subject` the token's. */
export type PanelSeat = { readonly judge: string; readonly seat: string; readonly subject: string | null };

/**
 * Whether a trainee sat on this panel. A person is known by id. A seat of the same name is taken for the same person
 * where the bout does not say who held it, and at the very table that the token is for; elsewhere `J1` is merely
 * somebody's first seat.
 */
export function satOnPanel({ subject, seat, isAtTable }: Trainee, panel: readonly PanelSeat[]): boolean {
  return panel.some(
    (one) =>
      [one.judge, one.seat, one.subject].includes(subject) ||
      (seat !== null && (one.judge === seat || (one.seat === seat && isAtTable))),
  );
}

/** What a trainee's scorecards say, all of them against the official panels. */
export type TraineeSummary = JudgeSummary & {
  /** Against the majority of the panel, over the rounds that had one. */
  readonly panelKappa: Kappa;
  /** How many rounds are missing until the figures may be compared with anybody's. */
  readonly missing: number;
};

export type ShadowRound = { readonly round: JudgedRound; readonly shadow: ShadowScorecard };

export function traineeSummary(
  trainee: string,
  scored: readonly ShadowRound[],
  minRounds = MIN_ROUNDS,
): TraineeSummary {
  const rounds = scored.map(({ round, shadow }) => withShadow(round, shadow));
  const pairs = scored.flatMap(({ round, shadow }) => {
    const majority = majorityCall(round.scorecards);
    return majority === null ? [] : [[callOf(shadow), majority] as const];
  });
  return {
    ...judgeSummary(trainee, rounds, minRounds),
    panelKappa: cohenKappa(pairs),
    missing: Math.max(0, minRounds - scored.length),
  };
}
