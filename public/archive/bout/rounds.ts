import type { Corner } from '../../../domain/corner.ts';
import type { RoundView } from '../../shared/wire/frames.ts';

export type Measure = 'damage' | 'control';

/** A measure round by round and added up; null where it is not released, and from there on in the sum. */
export type RoundFigures = {
  readonly rounds: readonly number[];
  readonly each: Readonly<Record<Corner, readonly (number | null)[]>>;
  readonly sum: Readonly<Record<Corner, readonly (number | null)[]>>;
};

/** Rounds that nobody has fought are left out. Null where nothing is released. */
export function figuresOf(rounds: readonly RoundView[], measure: Measure): RoundFigures | null {
  const fought = rounds.filter(({ status }) => status !== 'NOT_STARTED');
  const red = fought.map(({ red_totals: totals }) => totals?.[measure] ?? null);
  const blue = fought.map(({ blue_totals: totals }) => totals?.[measure] ?? null);
  if ([...red, ...blue].every((value) => value === null)) return null;
  return {
    rounds: fought.map(({ round_id: round }) => round),
    each: { red, blue },
    sum: { red: addedUp(red), blue: addedUp(blue) },
  };
}

function addedUp(values: readonly (number | null)[]): (number | null)[] {
  let sum: number | null = 0;
  return values.map((value) => {
    sum = sum === null || value === null ? null : Math.round((sum + value) * 1e6) / 1e6;
    return sum;
  });
}
