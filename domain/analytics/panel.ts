import { type Rate, rateOf } from './interval.ts';
import { callOf, isSameScore, isTwoPoint, type JudgedRound } from './judged.ts';
import { type Kappa, roundsKappa } from './kappa.ts';
import { concurs } from './two-point.ts';

/** How far panels agree within themselves, whoever sits on them: the measure to hold a single judge against. */
export type PanelFigures = {
  readonly rounds: number;
  /** Share of the pairs of judges who named the same winner, and who gave the same score; n counts rounds. */
  readonly sameWinner: Rate;
  readonly sameScore: Rate;
  /** Rounds of three judges or more in which all named the same winner. */
  readonly unanimous: Rate;
  /** Over all scorecards with a margin of two points, the mean share of the colleagues who concur. */
  readonly twoPointConcurred: Rate;
  /** Fleiss' κ needs panels of one size. */
  readonly bySize: readonly { readonly judges: number; readonly kappa: Kappa }[];
};

/** A set of judges that sat together, their ids in order, and its Fleiss' κ. */
export type PanelKappa = { readonly judges: readonly string[]; readonly kappa: Kappa };

export function panelFigures(rounds: readonly JudgedRound[]): PanelFigures {
  let [compared, winners, scores, wide, concurring] = [0, 0, 0, 0, 0];
  for (const { scorecards } of rounds) {
    const pairs = scorecards.flatMap((one, at) => scorecards.slice(at + 1).map((other) => [one, other] as const));
    if (pairs.length === 0) continue;
    compared += 1;
    winners += pairs.filter(([one, other]) => callOf(one) === callOf(other)).length / pairs.length;
    scores += pairs.filter(([one, other]) => isSameScore(one, other)).length / pairs.length;
    for (const card of scorecards.filter(isTwoPoint)) {
      const others = scorecards.filter((other) => other.seat !== card.seat);
      wide += 1;
      concurring += others.filter((other) => concurs(card, other)).length / others.length;
    }
  }
  const panels = rounds.filter(({ scorecards }) => scorecards.length >= 3);
  return {
    rounds: rounds.length,
    sameWinner: rateOf(winners, compared),
    sameScore: rateOf(scores, compared),
    unanimous: rateOf(panels.filter(isUnanimous).length, panels.length),
    twoPointConcurred: rateOf(concurring, wide),
    bySize: [...groupBy(rounds, ({ scorecards }) => scorecards.length)]
      .filter(([judges]) => judges >= 2)
      .map(([judges, group]) => ({ judges, kappa: roundsKappa(group) }))
      .toSorted((a, b) => a.judges - b.judges),
  };
}

function isUnanimous({ scorecards }: JudgedRound): boolean {
  return new Set(scorecards.map(callOf)).size === 1;
}

/** Fleiss' κ of every set of two judges or more that sat together, in the order of their ids. */
export function panelKappas(rounds: readonly JudgedRound[]): readonly PanelKappa[] {
  const judgesOf = ({ scorecards }: JudgedRound): readonly string[] => scorecards.map(({ judge }) => judge).toSorted();
  return [...groupBy(rounds, (round) => JSON.stringify(judgesOf(round)))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const judges = group[0] === undefined ? [] : judgesOf(group[0]);
      return judges.length < 2 ? [] : [{ judges, kappa: roundsKappa(group) }];
    });
}

/** In the order in which the keys first appear. */
export function groupBy<T, K>(items: readonly T[], key: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
