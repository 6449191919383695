import type { Pair, Corner } from '../corner.ts';
import { own } from '../own.ts';
import type { Rules } from './rules.ts';

/** A round that was fought, as the panel saw it. */
export type PanelRound = {
  readonly number: number;
  readonly extension: boolean;
  /** Tenths of a point, by the corner that they are taken from. */
  readonly deductions: Pair;
  /** Submitted ones, by seat. */
  readonly scorecards: Readonly<Record<string, { readonly redX10: number; readonly blueX10: number }>>;
};

type SeatTotal = { readonly seat: string; readonly total: Pair; readonly vote: Corner | 'even' };

export type Verdict = {
  readonly winner: Corner | 'draw';
  /** UD, SD, MD for wins; `D-U`, `D-S`, `D-M` for unanimous, split and majority draws. */
  readonly decision: 'UD' | 'SD' | 'MD' | 'D-U' | 'D-S' | 'D-M';
};

export type Decision = {
  /** Every seat that is there has scored every round. */
  readonly complete: boolean;
  readonly missing: readonly { readonly seat: string; readonly round: number }[];
  /** In the order of the panel, over the rounds that decide; absent seats only where the rules give them the mean. */
  readonly totals: readonly SeatTotal[];
  readonly winner: Verdict['winner'] | null;
  readonly decision: Verdict['decision'] | null;
  /** The scheduled rounds are over, the bout is level, and the rules have an extension round left. */
  readonly extensionDue: boolean;
};

/**
 * Decision from the panel's scorecards. A majority of the seats decides; the referee's deductions count in the round
 * of the foul against every seat's raw score.
 * @param seats in the order of the panel
 * @param absent those of them whose judge is missing
 * @param rounds those that count: where a stopped round is not scored, without it
 * @param bout.scheduled rounds before any extension
 */
export function decide(
  rules: Rules,
  seats: readonly string[],
  absent: readonly string[],
  rounds: readonly PanelRound[],
  bout: { readonly scheduled: number },
): Decision {
  const present = seats.filter((seat) => !absent.includes(seat));
  const missing = present.flatMap((seat) =>
    rounds.filter((round) => own(round.scorecards, seat) === undefined).map((round) => ({ seat, round: round.number })),
  );
  const counting = decidingRounds(rules, rounds);
  const sums = present.map((seat) => ({ seat, total: totalOf(seat, counting) }));
  const average = rules.missingJudge === 'average' && sums.length > 0 ? meanOf(sums.map(({ total }) => total)) : null;
  const totals = seats.flatMap((seat): readonly SeatTotal[] => {
    const total = sums.find((sum) => sum.seat === seat)?.total ?? average;
    return total === null ? [] : [{ seat, total, vote: voteOf(total) }];
  });
  const complete = present.length > 0 && rounds.length > 0 && missing.length === 0;
  if (!complete) return { complete, missing, totals, winner: null, decision: null, extensionDue: false };
  const verdict = verdictOf(totals.map(({ vote }) => vote));
  const extensions = rounds.filter((round) => round.extension).length;
  const extensionDue =
    verdict.winner === 'draw' && rounds.length - extensions >= bout.scheduled && rules.extension.rounds > extensions;
  return { complete, missing, totals, ...verdict, extensionDue };
}

/** Where an extension round decides alone, what went before it was level and counts no more. */
function decidingRounds(rules: Rules, rounds: readonly PanelRound[]): readonly PanelRound[] {
  if (rules.extension.decides !== 'alone') return rounds;
  const extensions = rounds.filter((round) => round.extension);
  const last = extensions.reduce<PanelRound | null>(
    (latest, round) => (latest === null || round.number > latest.number ? round : latest),
    null,
  );
  return last === null ? rounds : [last];
}

function totalOf(seat: string, rounds: readonly PanelRound[]): Pair {
  let red = 0;
  let blue = 0;
  for (const { scorecards, deductions } of rounds) {
    const scorecard = own(scorecards, seat);
    if (scorecard === undefined) continue;
    red += scorecard.redX10 - deductions.red;
    blue += scorecard.blueX10 - deductions.blue;
  }
  return { red, blue };
}

/**
 * The mean of the others, in whole tenths, half a tenth rounded up: on both corners' sums alike, so that it favours
 * neither. What is rounded is what is shown and what votes: on panels of up to five, where the sums differ by at
 * least a half point, rounding never makes the two corners equal.
 */
function meanOf(totals: readonly Pair[]): Pair {
  const mean = (sum: number): number => Math.floor((2 * sum + totals.length) / (2 * totals.length));
  return {
    red: mean(totals.reduce((sum, total) => sum + total.red, 0)),
    blue: mean(totals.reduce((sum, total) => sum + total.blue, 0)),
  };
}

function voteOf({ red, blue }: Pair): SeatTotal['vote'] {
  if (red === blue) return 'even';
  return red > blue ? 'red' : 'blue';
}

/** N.J.A.C. 13:46-24A names the decisions and draws of three judges; this says the same of any number. */
function verdictOf(votes: readonly SeatTotal['vote'][]): Verdict {
  const red = votes.filter((vote) => vote === 'red').length;
  const blue = votes.filter((vote) => vote === 'blue').length;
  const even = votes.length - red - blue;
  const majority = votes.length / 2;
  if (red > majority || blue > majority) {
    const against = Math.min(red, blue);
    return { winner: red > blue ? 'red' : 'blue', decision: against > 0 ? 'SD' : even > 0 ? 'MD' : 'UD' };
  }
  if (even === votes.length) return { winner: 'draw', decision: 'D-U' };
  return { winner: 'draw', decision: even > majority ? 'D-M' : 'D-S' };
}
