import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Corner } from '../../../domain/corner.ts';
import { decide, type Decision, type PanelRound } from '../../../domain/rules/index.ts';
import { boutArbitrary, rulesWith, setOf } from './support.ts';

const REMAINING = setOf('boxing');
const AVERAGE = rulesWith('boxing', { missingJudge: 'average' });
const GLORY = rulesWith('kickboxing', { jurisdiction: 'glory' });

function mirrored(rounds: readonly PanelRound[]): readonly PanelRound[] {
  return rounds.map((round) => ({
    ...round,
    deductions: { red: round.deductions.blue, blue: round.deductions.red },
    scorecards: Object.fromEntries(
      Object.entries(round.scorecards).map(([seat, card]) => [seat, { redX10: card.blueX10, blueX10: card.redX10 }]),
    ),
  }));
}

function other(winner: Decision['winner']): Decision['winner'] {
  return winner === 'red' ? 'blue' : winner === 'blue' ? 'red' : winner;
}

const rulesArbitrary = fc.constantFrom(REMAINING, AVERAGE, GLORY);

/** A bout of which some seats may be absent and the last round may be an extension. */
const paneled = fc
  .tuple(boutArbitrary, fc.array(fc.nat({ max: 4 }), { maxLength: 2 }), fc.boolean())
  .map(([{ seats, rounds }, gone, extended]) => ({
    seats,
    absent: seats.filter((_, at) => gone.includes(at)),
    rounds: rounds.map((round, at) => ({
      ...round,
      extension: extended && rounds.length > 1 && at === rounds.length - 1,
    })),
  }));

describe('a decision', () => {
  it('mirrors with the corners', () => {
    fc.assert(
      fc.property(rulesArbitrary, paneled, (rules, { seats, absent, rounds }) => {
        const there = decide(rules, seats, absent, rounds, { scheduled: rounds.length });
        const back = decide(rules, seats, absent, mirrored(rounds), { scheduled: rounds.length });
        expect({ winner: back.winner, decision: back.decision, due: back.extensionDue }).toEqual({
          winner: other(there.winner),
          decision: there.decision,
          due: there.extensionDue,
        });
      }),
    );
  });

  it('does not ask in which order the judges sit or the rounds come', () => {
    fc.assert(
      fc.property(rulesArbitrary, paneled, (rules, { seats, absent, rounds }) => {
        const { totals: _one, missing: _some, ...there } = decide(rules, seats, absent, rounds, { scheduled: 3 });
        const {
          totals: _other,
          missing: _more,
          ...back
        } = decide(rules, seats.toReversed(), absent.toReversed(), rounds.toReversed(), { scheduled: 3 });
        expect(back).toEqual(there);
      }),
    );
  });

  it('is never turned to a fighter by a point that is taken from that fighter', () => {
    const rank = (winner: Decision['winner'], corner: Corner) => (winner === corner ? 2 : winner === 'draw' ? 1 : 0);
    fc.assert(
      fc.property(
        rulesArbitrary,
        paneled,
        fc.constantFrom<Corner>('red', 'blue'),
        fc.nat(),
        (rules, { seats, absent, rounds }, fouler, pick) => {
          const at = pick % rounds.length;
          const fined = rounds.map((round, index) =>
            index === at
              ? { ...round, deductions: { ...round.deductions, [fouler]: round.deductions[fouler] + 10 } }
              : round,
          );
          const before = decide(rules, seats, absent, rounds, { scheduled: rounds.length });
          const after = decide(rules, seats, absent, fined, { scheduled: rounds.length });
          expect(after.complete).toBe(before.complete);
          expect(rank(after.winner, fouler)).toBeLessThanOrEqual(rank(before.winner, fouler));
          expect(rank(after.winner, fouler === 'red' ? 'blue' : 'red')).toBeGreaterThanOrEqual(
            rank(before.winner, fouler === 'red' ? 'blue' : 'red'),
          );
        },
      ),
    );
  });

  it('stays as it is when a judge joins who agrees with it', () => {
    fc.assert(
      fc.property(boutArbitrary, ({ seats, rounds }) => {
        const { winner } = decide(REMAINING, seats, [], rounds, { scheduled: rounds.length });
        const points = { redX10: winner === 'blue' ? 0 : 100, blueX10: winner === 'red' ? 0 : 100 };
        const joined = rounds.map((round) => ({
          ...round,
          // Far enough ahead that no deduction turns this seat.
          deductions: winner === 'draw' ? { red: 0, blue: 0 } : round.deductions,
          scorecards: { ...round.scorecards, late: points },
        }));
        fc.pre(winner !== 'draw' || rounds.every(({ deductions }) => deductions.red === 0 && deductions.blue === 0));
        expect(decide(REMAINING, [...seats, 'late'], [], joined, { scheduled: rounds.length }).winner).toBe(winner);
      }),
    );
  });

  it('needs every scorecard of who is there, and names each that is missing', () => {
    fc.assert(
      fc.property(boutArbitrary, fc.nat(), fc.nat(), ({ seats, rounds }, seatPick, roundPick) => {
        const seat = seats[seatPick % seats.length] ?? '';
        const at = roundPick % rounds.length;
        const without = rounds.map((round, index) => {
          const { [seat]: _gone, ...scorecards } = round.scorecards;
          return index === at ? { ...round, scorecards } : round;
        });
        const decision = decide(REMAINING, seats, [], without, { scheduled: rounds.length });
        expect(decision).toMatchObject({ complete: false, winner: null, decision: null, extensionDue: false });
        expect(decision.missing).toEqual([{ seat, round: at + 1 }]);
      }),
    );
  });

  it('by the mean of the others never lacks a vote that they all agree on', () => {
    fc.assert(
      fc.property(boutArbitrary, ({ seats, rounds }) => {
        fc.pre(seats.length > 1);
        const absent = seats.slice(-1);
        const { totals } = decide(AVERAGE, seats, absent, rounds, { scheduled: rounds.length });
        const votes = new Set(totals.slice(0, -1).map(({ vote }) => vote));
        fc.pre(votes.size === 1);
        expect(totals.at(-1)?.vote).toBe(totals[0]?.vote);
      }),
    );
  });
});
