import { type Corner, otherCorner } from '../../domain/corner.ts';
import { elapsedWords } from '../shared/live/clock.ts';
import { commentary } from '../shared/strings/commentary.ts';
import type { Totals, View } from '../shared/wire/frames.ts';
import type { Scorecards } from '../shared/wire/scorecards.ts';
import { type RoundFigures, roundFigures, sumFigures } from './counts.ts';
import type { RoundEntries } from './round-entries.ts';

const POINTS = ['weighted_score', 'damage', 'grappling', 'control'] as const;
const COUNTS = [
  'knockdowns',
  'significant',
  'head',
  'body',
  'leg',
  'distance',
  'clinch',
  'ground',
  'strikes',
  'submissions',
  'reversals',
] as const;

type RowName = (typeof POINTS)[number] | (typeof COUNTS)[number] | 'takedowns' | 'controlMs';

type Row = {
  readonly name: RowName;
  readonly group: 'points' | 'striking' | 'grappling';
  /** A part of the row above. */
  readonly part: boolean;
};

function row(group: Row['group'], name: RowName, part = false): Row {
  return { group, name, part };
}

export const ROWS: readonly Row[] = [
  row('points', 'weighted_score'),
  row('points', 'damage', true),
  row('points', 'grappling', true),
  row('points', 'control', true),
  row('striking', 'knockdowns'),
  row('striking', 'significant'),
  row('striking', 'head', true),
  row('striking', 'body', true),
  row('striking', 'leg', true),
  row('striking', 'distance', true),
  row('striking', 'clinch', true),
  row('striking', 'ground', true),
  row('striking', 'strikes'),
  row('grappling', 'takedowns'),
  row('grappling', 'submissions'),
  row('grappling', 'reversals'),
  row('grappling', 'controlMs'),
];

/** One round, or the bout (`round` null); what is not released or not known is null. */
export type Column = {
  readonly round: number | null;
  readonly totals: Readonly<Record<Corner, Totals | null>>;
  readonly figures: RoundFigures | null;
};

/**
 * The bout first and the newest round beside it: what is looked for most needs no scrolling.
 * @param elapsedMs of the current round
 */
export function columnsOf(
  view: View,
  entries: RoundEntries,
  cards: Scorecards | null,
  elapsedMs: number,
): readonly Column[] {
  const rounds = view.rounds.map((round): Column => {
    const actions = entries.get(round.round_id);
    const current = round.round_id === view.round_id;
    const endMs = current ? elapsedMs : view.clock.length_ms;
    const { red_totals: red, blue_totals: blue } = round;
    const presumed = current || red === null || blue === null ? null : { red: red.control, blue: blue.control };
    return {
      round: round.round_id,
      totals: { red: round.red_totals, blue: round.blue_totals },
      figures:
        actions === undefined ? null : withRuled(roundFigures(view, actions, endMs, presumed), cards, round.round_id),
    };
  });
  if (rounds.length < 2) return rounds;
  const figures = rounds.map((column) => column.figures);
  const known = figures.filter((one) => one !== null);
  const bout: Column = {
    round: null,
    totals: { red: sumTotals(rounds, 'red'), blue: sumTotals(rounds, 'blue') },
    figures: known.length < figures.length ? null : sumFigures(known),
  };
  return [bout, ...rounds.toReversed()];
}

/** What stands in a cell; null where nothing can be said. */
export function shownIn({ totals, figures }: Column, corner: Corner, name: RowName): string | null {
  const points = POINTS.find((one) => one === name);
  if (points !== undefined) return totals[corner]?.[points].toFixed(2) ?? null;
  if (figures === null) return null;
  const own = figures[corner];
  if (name === 'controlMs') return own.controlMs === null ? null : elapsedWords(own.controlMs);
  if (name === 'takedowns') {
    const { stuffed } = figures[otherCorner(corner)];
    return own.takedowns === null || stuffed === null
      ? null
      : commentary.takedowns(own.takedowns, own.takedowns + stuffed);
  }
  const counted = COUNTS.find((one) => one === name);
  const value = counted === undefined ? null : own[counted];
  return value === null ? null : String(value);
}

/** A knockdown that the referee ruled without anybody having logged it counts too. */
function withRuled(figures: RoundFigures, cards: Scorecards | null, round: number): RoundFigures {
  const of = (corner: Corner): RoundFigures[Corner] => {
    const ruled = (cards?.rulings ?? []).filter(
      (one) => one.round_id === round && one.kind === 'knockdown' && one.corner === corner && !one.rescinded,
    ).length;
    const { knockdowns } = figures[corner];
    return { ...figures[corner], knockdowns: knockdowns === null ? null : Math.max(knockdowns, ruled) };
  };
  return { red: of('red'), blue: of('blue') };
}

function sumTotals(columns: readonly Column[], corner: Corner): Totals | null {
  return columns.reduce<Totals | null>(
    (sum, { totals }) => {
      const one = totals[corner];
      if (sum === null || one === null) return null;
      return {
        damage: sum.damage + one.damage,
        grappling: sum.grappling + one.grappling,
        control: sum.control + one.control,
        weighted_score: sum.weighted_score + one.weighted_score,
      };
    },
    { damage: 0, grappling: 0, control: 0, weighted_score: 0 },
  );
}
