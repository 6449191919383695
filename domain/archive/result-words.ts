import { DECISION_WORDS, METHOD_WORDS } from '../bout/index.ts';
import type { ResultFacts } from './verify/report.ts';

/** `Result (official): Blue (Jane Smith) by unanimous decision: 29–28, 30–27, 29–28; proposed by …`; a winner's points stand first. */
export function resultLine(result: ResultFacts): string {
  const { status, winner, totals, proposedBy, confirmedBy } = result;
  const points = totals.map(({ red, blue }) => (winner === 'blue' ? `${blue}–${red}` : `${red}–${blue}`));
  const cards = points.length === 0 ? '' : `: ${points.join(', ')}`;
  const confirmed = confirmedBy === null ? '' : `, confirmed by ${confirmedBy}`;
  return `Result (${status}): ${outcomeOf(result)}${cards}; proposed by ${proposedBy}${confirmed}`;
}

function outcomeOf({ winner, winnerName, method, decision }: ResultFacts): string {
  // Of `unanimous decision` the first word: the method says whether it was one, or a technical one.
  const share = decision === null ? null : (DECISION_WORDS[decision]?.split(' ')[0] ?? decision);
  if (winner === 'draw') return share === null ? 'Draw' : `Draw (${share})`;
  if (winner === 'no_contest') return 'No contest';
  const corner = `${winner.charAt(0).toUpperCase()}${winner.slice(1)}`;
  const how = METHOD_WORDS[method]?.toLowerCase() ?? method;
  return `${corner}${winnerName === null ? '' : ` (${winnerName})`} by ${share === null ? how : `${share} ${how}`}`;
}
