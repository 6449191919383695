import { sum } from '../interval.ts';
import { callOf, type JudgedRound } from '../judged.ts';
import { poissonBinomialTails, twoSided } from '../math/tails.ts';
import { enough } from './compare.ts';
import { type AnomalyKind, type Findings, joined, MAX_NAMED, MIN_DIVIDED, type Tested } from './kinds.ts';

/** A round in which the panel was divided, for one judge of it: what was to be expected, and what happened. */
type Divided = { readonly boutId: string; readonly chance: number; readonly hit: boolean };

/**
 * Every judge against their colleagues in the very same rounds. That a panel is divided says that the round was close;
 * who of it stood where would, were its judges alike, be a matter of chance: of a panel of three with one dissenter
 * each is that one with ⅓; of a panel that two gave to red each named red with ⅔. The sum over rounds is then
 * Poisson-binomial, exactly, however close the rounds were.
 */
export function judgeFindings(rounds: readonly JudgedRound[]): Findings {
  return joined([
    tested('judge_dissent', 'colleagues in rounds with one dissenter', rounds, dissent, 1),
    tested('judge_corner', 'colleagues in rounds that the panel was divided on', rounds, corner, 2),
  ]);
}

/** Rounds of three judges or more in which exactly one said otherwise than all the others, who said the same. */
function dissent({ boutId, scorecards }: JudgedRound): readonly (readonly [judge: string, Divided])[] {
  const calls = scorecards.map(callOf);
  const alone = scorecards.filter((card) => calls.filter((call) => call === callOf(card)).length === 1);
  if (scorecards.length < 3 || alone.length !== 1 || new Set(calls).size !== 2) return [];
  return scorecards.map((card) => [
    card.judge,
    { boutId, chance: 1 / scorecards.length, hit: card.seat === alone[0]?.seat },
  ]);
}

/** Rounds that some gave to red and some to blue; who scored it even says nothing here. */
function corner({ boutId, scorecards }: JudgedRound): readonly (readonly [judge: string, Divided])[] {
  const decided = scorecards.filter((card) => callOf(card) !== 'even');
  const red = decided.filter((card) => callOf(card) === 'red').length;
  if (red === 0 || red === decided.length) return [];
  return decided.map((card) => [card.judge, { boutId, chance: red / decided.length, hit: callOf(card) === 'red' }]);
}

function tested(
  kind: AnomalyKind,
  population: string,
  rounds: readonly JudgedRound[],
  read: (round: JudgedRound) => readonly (readonly [string, Divided])[],
  sides: 1 | 2,
): Findings {
  const judges = new Map<string, Divided[]>();
  const colleagues = new Map<string, Set<string>>();
  for (const round of rounds) {
    const found = read(round);
    for (const [judge, one] of found) {
      const list = judges.get(judge) ?? [];
      list.push(one);
      judges.set(judge, list);
      const known = colleagues.get(judge) ?? new Set();
      for (const [other] of found) if (other !== judge) known.add(other);
      colleagues.set(judge, known);
    }
  }
  const all = [...judges].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const { kept, notAsked } = enough(kind, population, MIN_DIVIDED, all, ([, list]) => list.length);
  return {
    notAsked,
    tested: kept.map(([id, list]): Tested => {
      const hits = list.filter(({ hit }) => hit);
      const chances = list.map(({ chance }) => chance);
      const tails = poissonBinomialTails(hits.length, chances);
      return {
        kind,
        subject: { type: 'judge', id },
        population,
        peers: colleagues.get(id)?.size ?? 0,
        method: 'exchangeable',
        unit: 'share',
        measured: hits.length / list.length,
        usual: sum(chances) / list.length,
        n: list.length,
        score: null,
        p: sides === 1 ? tails.upper : twoSided(tails),
        matters: true,
        bouts: [...new Set(hits.map(({ boutId }) => boutId))].slice(0, MAX_NAMED),
      };
    }),
  };
}
