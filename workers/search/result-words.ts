import { DECISION_WORDS, METHOD_WORDS } from '../../domain/bout/index.ts';
import type { LineResult } from '../../domain/search/index.ts';

/** Winners that are no fighter, as they are announced. */
const WINNER_WORDS: Readonly<Record<string, string>> = { draw: 'Draw', no_contest: 'No contest' };

/**
 * A result in the words by which somebody looks for it: the codes of method and decision, and what the pages and the
 * scorecard write for them.
 */
export function resultWords(result: LineResult | null): readonly string[] {
  if (result === null) return [];
  const { winner, method, decision } = result;
  const words = [method, METHOD_WORDS[method], WINNER_WORDS[winner]];
  const how = decision === null ? [] : [decision, DECISION_WORDS[decision]];
  return [...words, ...how].filter((word) => word !== undefined);
}
