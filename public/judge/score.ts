import type { Corner } from '../../domain/corner.ts';

/** A round's points as a judge gives them, in tenths so that half points stay integers. Raw: nothing is deducted. */
export type Score = { readonly redX10: number; readonly blueX10: number };

/** Whose round it is. */
export function winnerOf({ redX10, blueX10 }: Score): Corner | 'even' {
  if (redX10 === blueX10) return 'even';
  return redX10 > blueX10 ? 'red' : 'blue';
}

export function sameScore(a: Score | null, b: Score | null): boolean {
  return a === b || (a !== null && b !== null && a.redX10 === b.redX10 && a.blueX10 === b.blueX10);
}

/** `10`, `9.5`. */
export function pointsText(x10: number): string {
  return String(x10 / 10);
}
