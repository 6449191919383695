import fc from 'fast-check';
import type { CornerStatistics, RoundStatistics } from '../../../cli/simulator/rounds.ts';

const few = fc.nat({ max: 6 });

/** The significant strikes of a corner, split by target and by position, with light ones and attempts around them. */
const strikes = fc
  .record({
    sig: fc.nat({ max: 60 }),
    cuts: fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()),
    light: fc.nat({ max: 90 }),
  })
  .map(({ sig, cuts: [a, b, c, d], light }) => {
    const head = a % (sig + 1);
    const body = b % (sig - head + 1);
    const dist = c % (sig + 1);
    const clinch = d % (sig - dist + 1);
    return { sig, head, body, leg: sig - head - body, dist, clinch, ground: sig - dist - clinch, tot: sig + light };
  });

function cornerRow(mostControl: number): fc.Arbitrary<CornerStatistics> {
  return fc
    .record({
      strikes,
      missed: few,
      kd: few,
      td: few,
      tdMissed: fc.nat({ max: 15 }),
      sub: few,
      rev: few,
      // Often none, as in most real rounds.
      ctrl: fc.oneof(fc.constant(0), fc.nat({ max: mostControl })),
    })
    .map(({ strikes: s, missed, kd, td, tdMissed, sub, rev, ctrl }) => ({
      kd,
      sig_l: s.sig,
      sig_a: s.sig + missed,
      head_l: s.head,
      head_a: s.head + missed,
      body_l: s.body,
      body_a: s.body,
      leg_l: s.leg,
      leg_a: s.leg,
      dist_l: s.dist,
      dist_a: s.dist + missed,
      clinch_l: s.clinch,
      clinch_a: s.clinch,
      ground_l: s.ground,
      ground_a: s.ground,
      tot_l: s.tot,
      tot_a: s.tot + missed,
      td_l: td,
      td_a: td + tdMissed,
      sub,
      rev,
      ctrl,
    }));
}

/** Any round that can have happened: all lengths, up to a second short of being controlled throughout. */
export const anyRound: fc.Arbitrary<RoundStatistics> = fc
  .record({ seconds: fc.constantFrom(60, 120, 180, 300, 600), id: fc.integer({ min: 1, max: 12 }) })
  .chain(({ seconds, id }) =>
    cornerRow(seconds - 1).chain((red) =>
      cornerRow(seconds - 1 - red.ctrl).map((blue) => ({
        round_id: id,
        round_seconds: seconds,
        red,
        blue,
        scorecards: {},
      })),
    ),
  );

export const anySeed = fc.nat({ max: 0xffff_ffff });
