import type { BoutState, Ruling } from './state.ts';

export type StandingStoppage = { readonly ruling: Ruling; readonly round: number };

/** The stoppage that ended the bout: the last one that nobody has rescinded; null while the bout goes its distance. */
export function standingStoppage(state: BoutState): StandingStoppage | null {
  let last: StandingStoppage | null = null;
  for (const round of state.rounds) {
    for (const ruling of round.rulings) {
      if (ruling.kind !== 'stoppage' || ruling.rescinded) continue;
      if (last === null || ruling.index > last.ruling.index) last = { ruling, round: round.number };
    }
  }
  return last;
}

/** A ruling by the index of its entry. */
export function findRuling(
  state: BoutState,
  index: number,
): { readonly ruling: Ruling; readonly round: number } | null {
  for (const round of state.rounds) {
    const ruling = round.rulings.find((one) => one.index === index);
    if (ruling !== undefined) return { ruling, round: round.number };
  }
  return null;
}

/** Penalties and stoppages that name a foul. */
export function dependents(state: BoutState, foul: Ruling): readonly Ruling[] {
  if (foul.kind !== 'foul') return [];
  return state.rounds.flatMap((round) =>
    round.rulings.filter((one) => one.targetIndex === foul.index && !one.rescinded && one.kind !== 'replay_review'),
  );
}
