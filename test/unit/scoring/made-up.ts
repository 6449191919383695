import type { JudgedRound } from '../../../cli/scoring/judged.ts';
import { seededRandom } from '../../../cli/simulator/random.ts';
import { roundWith } from './support.ts';

/** Rounds of a world in which judges count head strikes and knockdowns and err by chance. */
export function madeUpRounds(bouts: number): JudgedRound[] {
  const { unit, below } = seededRandom(7);
  return Array.from({ length: bouts * 3 }, (_, i) => {
    const corner = (): Partial<JudgedRound['input']['red']> => {
      const head = below(30);
      const kd = unit() < 0.1 ? 1 : 0;
      return { kd, headLanded: head, sigLanded: head, sigAttempted: head + below(30), totalLanded: head };
    };
    const [red, blue] = [corner(), corner()];
    const lead = 0.25 * ((red.headLanded ?? 0) - (blue.headLanded ?? 0)) + 2 * ((red.kd ?? 0) - (blue.kd ?? 0));
    const margins = [1, 2, 3].map(() => {
      const won = unit() < 1 / (1 + Math.exp(-lead)) ? 1 : -1;
      return Math.abs(lead) > 5 && unit() < 0.7 ? 2 * won : won;
    });
    const year = 2010 + Math.floor((i / (bouts * 3)) * 12);
    return { boutId: `bout${Math.floor(i / 3)}`, input: roundWith(red, blue, { round: (i % 3) + 1, year }), margins };
  });
}
