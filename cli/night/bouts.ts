import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../project.ts';
import { DEFAULT_ROUNDS, type FieldReader, readTable } from '../scoring/rounds.ts';
import type { PlayOptions } from '../simulator/player.ts';
import { type BoutRounds, loadRounds, parseRounds } from '../simulator/rounds.ts';

/** A bout of the night, and by seat who sat on its panel. */
export type NightBout = { readonly rounds: BoutRounds; readonly panel: NonNullable<PlayOptions['panel']> };

export type NightPlan = { readonly source: string; readonly bouts: readonly NightBout[] };

const TABLE = join(PROJECT_ROOT, DEFAULT_ROUNDS);

/**
 * What a demo night plays: so many bouts of the newest real event in the table of rounds that has as many, or where
 * there is no table, the one bout that comes with the project, again and again.
 * @throws Error where a row of the table is not what a round is
 */
export function planNight(count: number, table = TABLE): NightPlan {
  if (!existsSync(table)) {
    const rounds = loadRounds();
    return { source: rounds.source.name, bouts: Array.from({ length: count }, () => ({ rounds, panel: {} })) };
  }
  const events = new Map<string, Map<string, FieldReader[]>>();
  for (const row of readTable(table)) {
    const event = `${row.text('date')} ${row.text('event')}`;
    const bouts = events.get(event) ?? new Map<string, FieldReader[]>();
    events.set(event, bouts);
    const rows = bouts.get(row.text('bout_id')) ?? [];
    bouts.set(row.text('bout_id'), [...rows, row]);
  }
  const found = [...events]
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .map(([, bouts]) => [...bouts.values()].filter(isPlayable))
    .find((bouts) => bouts.length >= count);
  if (found === undefined) throw new Error(`${table} holds no event with ${count} bouts to play.`);
  return { source: table, bouts: found.slice(0, count).map(toBout) };
}

/** Whole, from the first round to the last, and three scorecards of each. */
function isPlayable(rows: readonly FieldReader[]): boolean {
  return rows.every(
    (row, at) => row.number('round') === at + 1 && SEATS.every((_, n) => row.text(`judge${n + 1}`) !== ''),
  );
}

const SEATS = ['JUDGE001', 'JUDGE002', 'JUDGE003'] as const;

const CORNER_COLUMNS =
  'kd sig_l sig_a head_l head_a body_l body_a leg_l leg_a dist_l dist_a clinch_l clinch_a ground_l ground_a tot_l tot_a td_l td_a sub rev ctrl'.split(
    ' ',
  );

function toBout(rows: readonly FieldReader[]): NightBout {
  const [first] = rows;
  if (first === undefined) throw new Error('A bout without rounds cannot be played.');
  const corner = (row: FieldReader, side: 'red' | 'blue') =>
    Object.fromEntries(CORNER_COLUMNS.map((column) => [column, row.number(`${side}_${column}`) ?? 0]));
  const rounds = {
    source: { name: 'jds-mma-data', licence: 'MIT', bout_id: first.text('bout_id'), note: 'As the table has it.' },
    bout: {
      promotion: first.text('promotion'),
      event: first.text('event'),
      date: first.text('date'),
      sport: 'mma',
      scheduled_rounds: first.number('scheduled_rounds') ?? rows.length,
      red: first.text('red'),
      blue: first.text('blue'),
      red_id: first.text('red_id'),
      blue_id: first.text('blue_id'),
    },
    rounds: rows.map((row) => ({
      round_id: row.number('round'),
      round_seconds: row.number('round_seconds'),
      red: corner(row, 'red'),
      blue: corner(row, 'blue'),
      scorecards: Object.fromEntries(
        SEATS.map((seat, n) => [
          seat,
          { red: row.number(`judge${n + 1}_red_pre`), blue: row.number(`judge${n + 1}_blue_pre`) },
        ]),
      ),
    })),
  };
  return {
    rounds: parseRounds(rounds, first.text('bout_id')),
    panel: Object.fromEntries(
      SEATS.map((seat, n) => {
        const name = first.text(`judge${n + 1}`);
        return [seat, { name, person: personOf(name) }];
      }),
    ),
  };
}

/** An id for a judge of whom the table knows the name alone: the same for all of their bouts. */
function personOf(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
}
