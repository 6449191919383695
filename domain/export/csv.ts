import type { Pair } from '../corner.ts';
import { calledOf } from './names.ts';
import type { CardModel, RoundModel, ScorecardModel, SeatModel } from './scorecard-model.ts';

/** Text of people, which is made harmless; a number or nothing, which is written as it is. */
export type Cell = string | number | null;

/** Without it spreadsheet programs take UTF-8 for an old code page and print `Å»Ã³Å‚Ä‡`; readers of CSV skip it. */
export const BOM = '\ufeff';

/**
 * What a spreadsheet takes for a formula when a cell begins with it, also in its full-width form, and behind what is not
 * seen: programs leave out control characters, spaces and marks when they read a file, and run what is left.
 */
const FORMULA = /^(?:'*[\t\r\n]|['\p{Cc}\p{Cf}\p{Z}]*[=+\-@\uff0b\uff0d\uff1d\uff20])/u;

/**
 * Text that no spreadsheet runs: where it could begin a formula it gets an apostrophe in front, which
 * {@link plainCell} takes away again. Nothing is lost: a text that begins so by itself gets one more.
 */
export function safeCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

export function plainCell(cell: string): string {
  return FORMULA.test(cell) && cell.startsWith("'") ? cell.slice(1) : cell;
}

/** A table by RFC 4180: CRLF after every line, quotes only where a cell needs them, UTF-8 after {@link BOM}. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return BOM + rows.map((row) => `${row.map(written).join(',')}\r\n`).join('');
}

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = safeCell(cell);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

export const SCORECARD_COLUMNS = [
  'bout_id',
  'red_fighter',
  'blue_fighter',
  'line',
  'judge_id',
  'judge_name',
  'round',
  'red',
  'blue',
  'red_deducted',
  'blue_deducted',
  'red_net',
  'blue_net',
  'counts',
  'state',
  'source',
  'reopened',
  'earlier',
  'signed_by',
] as const;

/**
 * The scorecards: one line a judge and round, after them one a judge with the totals. `red` and `blue` are as the judge
 * gave them, `…_net` less what the referee took; a total is over the rounds that decide. `reopened` says how often,
 * `earlier` what stood there before (`9-10; 10-10`).
 */
export function scorecardCsv(model: ScorecardModel): string {
  const rounds = model.seats.flatMap((seat, at) =>
    model.rounds.filter(({ fought }) => fought).map((round) => roundRow(model, seat, round, round.cards[at] ?? null)),
  );
  return csvOf([SCORECARD_COLUMNS, ...rounds, ...model.seats.map((seat) => totalRow(model, seat))]);
}

function headOf(model: ScorecardModel): readonly Cell[] {
  return [model.boutId, calledOf(model.fighters.red), calledOf(model.fighters.blue)];
}

function roundRow(model: ScorecardModel, seat: SeatModel, round: RoundModel, card: CardModel | null): readonly Cell[] {
  const { deductions } = round;
  const points = card?.points ?? null;
  const net = points && { red: points.red - deductions.red, blue: points.blue - deductions.blue };
  const judge = card?.judge ?? seat.judges.findLast(({ fromRound }) => fromRound <= round.number) ?? null;
  return [
    ...headOf(model),
    'round',
    seat.seat,
    judge === null ? null : calledOf(judge),
    round.number,
    ...pair(points),
    ...pair(deductions),
    ...pair(net),
    round.counts ? 'yes' : 'no',
    stateOf(seat, card),
    card === null ? null : card.paper === null ? 'device' : 'paper',
    card?.earlier.length ?? 0,
    card === null ? null : card.earlier.map(({ points: was }) => pair(was).join('-')).join('; '),
    null,
  ];
}

function totalRow(model: ScorecardModel, seat: SeatModel): readonly Cell[] {
  const taken = model.rounds
    .filter(({ counts }) => counts)
    .reduce((sum, { deductions }) => ({ red: sum.red + deductions.red, blue: sum.blue + deductions.blue }), {
      red: 0,
      blue: 0,
    });
  return [
    ...headOf(model),
    'total',
    seat.seat,
    [...new Set(seat.judges.map(calledOf))].join(', '),
    null,
    ...pair(seat.given),
    ...pair(seat.given && taken),
    ...pair(seat.total),
    null,
    seat.absent ? 'absent' : seat.signature === null ? 'not signed' : 'signed',
    null,
    null,
    null,
    seat.signature?.by ?? null,
  ];
}

function pair(points: Pair | null): readonly Cell[] {
  return points === null ? [null, null] : [points.red / 10, points.blue / 10];
}

function stateOf(seat: SeatModel, card: CardModel | null): string {
  if (card === null) return seat.absent ? 'absent' : 'missing';
  if (card.points === null) return 'open';
  return card.earlier.length > 0 ? 'reopened' : 'submitted';
}
