import type { JudgedRound, JudgedScorecard } from './judged.ts';

/**
 * Each seat's totals over these rounds of one bout, the referee's deductions taken off, for the seats that scored every
 * one of them. Where a substitute took over, the judge of the last round stands for the seat.
 */
export function boutTotals(rounds: readonly JudgedRound[]): readonly JudgedScorecard[] {
  const seats = rounds[0]?.scorecards.map(({ seat }) => seat) ?? [];
  return seats.flatMap((seat) => {
    const cards = rounds.flatMap(({ scorecards, deductions }) => {
      const card = scorecards.find((one) => one.seat === seat);
      return card === undefined ? [] : [{ card, deductions }];
    });
    const last = cards.at(-1);
    if (last === undefined || cards.length < rounds.length) return [];
    let [redX10, blueX10] = [0, 0];
    for (const { card, deductions } of cards) {
      redX10 += card.redX10 - deductions.red;
      blueX10 += card.blueX10 - deductions.blue;
    }
    return [{ judge: last.card.judge, seat, redX10, blueX10 }];
  });
}
