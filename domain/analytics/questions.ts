import type { Flag } from './flags.ts';
import { callOf, type JudgedScorecard } from './judged.ts';

/** The question that a flag puts, with its facts. Nobody is said to be wrong: a panel of three is three views on purpose. */
export function questionOf(flag: Omit<Flag, 'question'>): string {
  const scores = flag.scorecards.map((card) => `${card.judge} ${scoreOf(card)}`).join(', ');
  const who = flag.judges.join(' and ');
  const where = flag.round === null ? 'Over the rounds that were scored' : `In round ${flag.round}`;
  switch (flag.kind) {
    case 'opposite_winners':
      return `${where} the judges named opposite winners (red-blue: ${scores}). What did each of them see?`;
    case 'lone_10_8':
      return `${where} ${who} gave a margin of two points and nobody else did (red-blue: ${scores}). What made it one?`;
    case 'lone_dissent':
      return `${where} ${who} saw it differently from all others (red-blue: ${scores}). What did the others not see, or ${who}?`;
    case 'against_near_certain':
      return `${where} ${who} gave ${namedBy(flag)} the round, to which the recommendation gave a chance of ${chanceOf(flag)} (${flag.recommendation?.model ?? 'no model'}). What do the figures not show?`;
  }
}

/** The corner that was named against the odds. */
function namedBy({ judges, scorecards }: Omit<Flag, 'question'>): string {
  const card = scorecards.find(({ judge }) => judges.includes(judge));
  return card === undefined ? 'the other corner' : callOf(card);
}

function chanceOf({ recommendation }: Omit<Flag, 'question'>): string {
  const pRed = recommendation?.pRed ?? 0.5;
  return `${(Math.min(pRed, 1 - pRed) * 100).toFixed(1)} %`;
}

function scoreOf({ redX10, blueX10 }: JudgedScorecard): string {
  return `${redX10 / 10}-${blueX10 / 10}`;
}
