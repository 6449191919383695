import type { Corner } from '../../domain/corner.ts';
import { type Category, totalsAt } from './position.ts';
import type { Replay } from './wire.ts';

/** Height of the chart in its own units; its width is the round in seconds. */
export const CHART_HEIGHT = 100;

export type Curve = { readonly line: string; readonly area: string };

/** The highest that either corner came to in the round, so that the scale stands still while one scrubs. */
export function highest(replay: Replay, category: Category): number {
  let most = 0;
  for (let position = 1; position <= replay.timeline.length; position += 1) {
    const { red, blue } = totalsAt(replay, position)[category];
    most = Math.max(most, red, blue);
  }
  return most;
}

/**
 * A corner's cumulative points as steps: they stand until something changes them.
 * @param until seconds of the round that there are to see
 */
export function curveOf(replay: Replay, category: Category, corner: Corner, until: number, most: number): Curve {
  const scale = most > 0 ? CHART_HEIGHT / most : 0;
  const height = (position: number): number =>
    Math.round((CHART_HEIGHT - totalsAt(replay, position)[category][corner] * scale) * 100) / 100;
  let line = `M0 ${CHART_HEIGHT}`;
  let before = CHART_HEIGHT;
  for (let position = 1; position <= until; position += 1) {
    const here = height(position);
    if (here === before) continue;
    line += `H${position}V${here}`;
    before = here;
  }
  line += `H${until}`;
  return { line, area: `${line}V${CHART_HEIGHT}H0Z` };
}
