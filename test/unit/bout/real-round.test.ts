import { describe, expect, it } from 'vitest';
import { expandRound } from '../../../cli/simulator/expand.ts';
import { loadRounds } from '../../../cli/simulator/rounds.ts';
import { roundStatistics, takedownsTried } from '../../../domain/bout/index.ts';
import { CORNERS, otherCorner } from '../../../domain/corner.ts';
import { bookOf, LATER, round, write } from '../support/book.ts';
import { clock, joining, tap } from '../support/lines.ts';

const FIXTURE = loadRounds();

describe('a real round, told action by action', () => {
  it.each(FIXTURE.rounds.map((row) => [row.round_id, row] as const))(
    'round %d folds to its own row',
    (_number, row) => {
      for (const seed of [1, 2, 3]) {
        const book = bookOf([joining('op-1'), clock('start_round', 0)]);
        for (const { clockMs, corner, eventType, metadata } of expandRound(row, seed)) {
          write(book, tap(eventType, { corner, at: clockMs, metadata: { ...metadata } }));
        }
        const statistics = roundStatistics(book.state, round(book), LATER);
        for (const corner of CORNERS) {
          const { kd, sig_l, head_l, body_l, leg_l, dist_l, clinch_l, ground_l, tot_l, td_l, td_a, sub, rev, ctrl } =
            row[corner];
          const other = row[otherCorner(corner)];
          expect(statistics[corner]).toEqual({
            knockdowns: kd,
            significant: sig_l,
            head: head_l,
            body: body_l,
            leg: leg_l,
            distance: dist_l,
            clinch: clinch_l,
            ground: ground_l,
            strikes: tot_l,
            takedowns: td_l,
            stuffed: other.td_a - other.td_l,
            submissions: sub,
            reversals: rev,
            controlMs: ctrl * 1_000,
            pendingKnockdowns: kd,
          });
          expect(takedownsTried(statistics, corner)).toBe(td_a);
        }
      }
    },
  );
});
