import type { Pair } from '../../../domain/corner.ts';
import {
  calledOf,
  type CardModel,
  pointsText,
  type RoundModel,
  type ScorecardModel,
  type SeatModel,
} from '../../../domain/export/index.ts';
import { drawCorner, drawText, GREY, heading, LEFT, need, paragraph, RIGHT, RULE, SHADE, type Sheet } from './sheet.ts';
import { type Remark, remarksOf } from './remarks.ts';
import { type SetLine, wrap } from './text.ts';

const ROW = 17;
const ROUND_WIDTH = 74;
const TAKEN_WIDTH = 66;
/** More seats than this stand in a table of their own below. */
const SEATS_ACROSS = 5;

type Column = { readonly seat: SeatModel; readonly at: number; readonly x: number; readonly width: number };

/** Every judge's scorecard, a row a round, with what the referee took and the totals; then what is to be said of cells. */
export function drawScorecards(sheet: Sheet, model: ScorecardModel): void {
  if (model.seats.length === 0) {
    heading(sheet, 'SCORECARDS', 12);
    paragraph(sheet, 'The record names no panel of judges.', { size: 8.5 });
    return;
  }
  const remarks = remarksOf(model);
  for (let from = 0; from < model.seats.length; from += SEATS_ACROSS) {
    drawTable(sheet, model, columnsOf(model.seats.slice(from, from + SEATS_ACROSS), from), remarks);
  }
  for (const { mark, words } of remarks) paragraph(sheet, `${mark}  ${words}`, { size: 7.5 });
}

function columnsOf(seats: readonly SeatModel[], from: number): readonly Column[] {
  const width = Math.min(130, (RIGHT - LEFT - ROUND_WIDTH - TAKEN_WIDTH) / seats.length);
  return seats.map((seat, place) => ({
    seat,
    at: from + place,
    x: LEFT + ROUND_WIDTH + TAKEN_WIDTH + place * width,
    width,
  }));
}

function drawTable(sheet: Sheet, model: ScorecardModel, columns: readonly Column[], remarks: readonly Remark[]): void {
  const right = Math.max(...columns.map(({ x, width }) => x + width));
  const begin = (words = 'SCORECARDS, continued'): void => {
    heading(sheet, words, headHeight(sheet, columns) + 2 * ROW);
    drawTableHead(sheet, columns, right);
  };
  begin('SCORECARDS');
  for (const round of model.rounds) {
    if (need(sheet, ROW)) begin();
    drawRound(sheet, round, columns, right, remarks);
  }
  if (need(sheet, 3 * ROW)) begin();
  drawSums(sheet, model, columns, right);
}

const NAME_SIZE = 8;

function namesOf({ judges }: SeatModel): readonly string[] {
  return judges.map((judge) =>
    judge.fromRound <= 1 ? calledOf(judge) : `from round ${judge.fromRound}: ${calledOf(judge)}`,
  );
}

function nameLines(sheet: Sheet, { seat, width }: Column): readonly SetLine[] {
  return namesOf(seat).flatMap((name) => wrap(sheet.faces, 'bold', NAME_SIZE, name, width - 8));
}

function seatLines(sheet: Sheet, { seat, width }: Column): readonly SetLine[] {
  return wrap(sheet.faces, 'sans', 6.5, `seat ${seat.seat}`, width - 8);
}

function headHeight(sheet: Sheet, columns: readonly Column[]): number {
  const heights = columns.map(
    (column) => 28 + nameLines(sheet, column).length * 10 + (seatLines(sheet, column).length - 1) * 8,
  );
  return Math.max(38, ...heights);
}

function drawTableHead(sheet: Sheet, columns: readonly Column[], right: number): void {
  const height = headHeight(sheet, columns);
  const top = sheet.y;
  const base = top - height;
  sheet.page.drawRectangle({ x: LEFT, y: base, width: right - LEFT, height, color: SHADE });
  drawText(sheet, 'Round', LEFT + 5, base + 6, { size: 8, face: 'bold' });
  drawText(sheet, 'Points taken', LEFT + ROUND_WIDTH + TAKEN_WIDTH / 2, base + 26, {
    size: 8,
    face: 'bold',
    align: 'centre',
  });
  drawText(sheet, 'by the referee', LEFT + ROUND_WIDTH + TAKEN_WIDTH / 2, base + 18, {
    size: 6.5,
    colour: GREY,
    align: 'centre',
  });
  drawCorners(sheet, LEFT + ROUND_WIDTH, TAKEN_WIDTH, base);
  for (const column of columns) {
    let y = top - 11;
    for (const line of nameLines(sheet, column)) {
      drawText(sheet, line, column.x + column.width / 2, y, { size: NAME_SIZE, face: 'bold', align: 'centre' });
      y -= 10;
    }
    for (const [at, line] of seatLines(sheet, column).toReversed().entries()) {
      drawText(sheet, line, column.x + column.width / 2, base + 18 + at * 8, {
        size: 6.5,
        colour: GREY,
        align: 'centre',
      });
    }
    drawCorners(sheet, column.x, column.width, base);
  }
  sheet.y = base;
  lines(sheet, columns, right, top, base);
}

function drawCorners(sheet: Sheet, x: number, width: number, base: number): void {
  for (const [at, corner] of (['red', 'blue'] as const).entries()) {
    const middle = x + (width * (2 * at + 1)) / 4;
    const words = corner === 'red' ? 'Red' : 'Blue';
    const wide = sheet.faces.sans.font.widthOfTextAtSize(words, 7);
    drawCorner(sheet, corner, middle - (wide + 8) / 2, base + 6, 5.5);
    drawText(sheet, words, middle - (wide + 8) / 2 + 8, base + 6, { size: 7 });
  }
}

/** The grid of one row, from its top to its base. */
function lines(sheet: Sheet, columns: readonly Column[], right: number, top: number, base: number): void {
  const upright = (x: number, thickness: number): void =>
    sheet.page.drawLine({ start: { x, y: top }, end: { x, y: base }, thickness, color: RULE });
  for (const x of [LEFT, LEFT + ROUND_WIDTH, ...columns.map((column) => column.x), right]) upright(x, 0.7);
  for (const y of [top, base]) {
    sheet.page.drawLine({ start: { x: LEFT, y }, end: { x: right, y }, thickness: 0.5, color: RULE });
  }
}

function drawRound(
  sheet: Sheet,
  round: RoundModel,
  columns: readonly Column[],
  right: number,
  remarks: readonly Remark[],
): void {
  const top = sheet.y;
  const base = top - ROW;
  const colour = round.counts ? {} : { colour: GREY };
  const state = !round.fought ? 'not fought' : round.counts ? (round.extension ? 'extension' : '') : 'does not count';
  drawText(sheet, String(round.number), LEFT + 5, base + 5, { size: 9.5, face: 'bold', ...colour });
  drawText(sheet, state, LEFT + ROUND_WIDTH - 4, base + 5.5, { size: 6.5, colour: GREY, align: 'right' });
  drawTaken(sheet, round, base, 9.5);
  for (const column of columns) {
    const card = round.cards[column.at] ?? null;
    const mark = remarks.find(({ seat, round: number }) => seat === column.at && number === round.number)?.mark;
    drawCard(sheet, round, column, card, base);
    if (mark !== undefined) {
      drawText(sheet, mark, column.x + column.width - 4, base + 8, { size: 6.5, face: 'bold', align: 'right' });
    }
  }
  sheet.y = base;
  lines(sheet, columns, right, top, base);
}

function drawCard(sheet: Sheet, round: RoundModel, column: Column, card: CardModel | null, base: number): void {
  if (card?.points == null) {
    const words = card !== null ? 'open' : !round.counts ? '' : column.seat.absent ? 'absent' : 'no scorecard';
    drawText(sheet, words, column.x + column.width / 2, base + 5.5, { size: 7, colour: GREY, align: 'centre' });
    return;
  }
  drawPair(sheet, card.points, column.x, column.width, base, { size: 10, faded: !round.counts });
}

function drawTaken(sheet: Sheet, { fought, deductions: taken }: RoundModel, base: number, size: number): void {
  for (const [at, x10] of fought ? [taken.red, taken.blue].entries() : []) {
    const words = x10 === 0 ? '–' : `−${pointsText(x10)}`;
    drawText(sheet, words, LEFT + ROUND_WIDTH + (TAKEN_WIDTH * (2 * at + 1)) / 4, base + 5, {
      size,
      align: 'centre',
      ...(x10 === 0 ? { colour: GREY } : { face: 'bold' as const }),
    });
  }
}

type Cell = { readonly size: number; readonly bold?: boolean; readonly faded?: boolean; readonly sign?: string };

function drawPair(sheet: Sheet, pair: Pair, x: number, width: number, base: number, cell: Cell): void {
  for (const [at, x10] of [pair.red, pair.blue].entries()) {
    const words = x10 === 0 && cell.sign !== undefined ? '–' : `${cell.sign ?? ''}${pointsText(x10)}`;
    drawText(sheet, words, x + (width * (2 * at + 1)) / 4, base + 5, {
      size: cell.size,
      align: 'centre',
      ...(cell.bold === true ? { face: 'bold' as const } : {}),
      ...(cell.faded === true ? { colour: GREY } : {}),
    });
  }
}

/** As given, less what was taken, is the total: whoever checks the addition needs all three. */
function drawSums(sheet: Sheet, model: ScorecardModel, columns: readonly Column[], right: number): void {
  const taken = model.rounds
    .filter(({ counts }) => counts)
    .reduce((sum, { deductions: { red, blue } }) => ({ red: sum.red + red, blue: sum.blue + blue }), {
      red: 0,
      blue: 0,
    });
  const rows: readonly (readonly [string, (seat: SeatModel) => Pair | null, Cell])[] = [
    ['As given', ({ given }) => given, { size: 9 }],
    ['Points taken', ({ given }) => given && taken, { size: 9, sign: '−' }],
    ['TOTAL', ({ total }) => total, { size: 11.5, bold: true }],
  ];
  for (const [label, value, cell] of rows) {
    const top = sheet.y;
    const base = top - ROW;
    if (cell.bold === true) {
      sheet.page.drawRectangle({ x: LEFT, y: base, width: right - LEFT, height: ROW, color: SHADE });
    }
    drawText(sheet, label, LEFT + 5, base + 5, { size: 8, ...(cell.bold === true ? { face: 'bold' as const } : {}) });
    for (const { seat, x, width } of columns) {
      const pair = value(seat);
      if (pair === null) drawText(sheet, '–', x + width / 2, base + 5, { size: 8, colour: GREY, align: 'centre' });
      else drawPair(sheet, pair, x, width, base, cell);
    }
    sheet.y = base;
    lines(sheet, columns, right, top, base);
  }
  sheet.y -= 2;
}
