import { DECISION_WORDS, METHOD_WORDS } from '../../../domain/bout/index.ts';
import {
  calledOf,
  clockText,
  type Named,
  type Official,
  type ResultModel,
  type ScorecardModel,
  venueTime,
} from '../../../domain/export/index.ts';
import { CORNERS, type Corner } from '../../../domain/corner.ts';
import { RULE_INFO, RULE_SET_IDS } from '../../../domain/rules/index.ts';
import { drawCorner, drawText, GREY, LEFT, need, paragraph, RIGHT, RULE, SHADE, type Sheet } from './sheet.ts';
import { setLine, type SetLine, wrap } from './text.ts';

const CORNER_WORDS: Readonly<Record<Corner, string>> = { red: 'RED CORNER', blue: 'BLUE CORNER' };

/** What the bout is, when and under which rules. */
export function drawHead(sheet: Sheet, model: ScorecardModel): void {
  sheet.y -= 17;
  drawText(sheet, 'OFFICIAL SCORECARD', LEFT, sheet.y, { size: 17, face: 'bold' });
  if (model.simulated) {
    drawText(sheet, 'SIMULATION: NO REAL BOUT', RIGHT, sheet.y + 1, { size: 11, face: 'bold', align: 'right' });
  }
  sheet.y -= 5;
  paragraph(sheet, `${model.promotion} · ${model.event}`, { size: 11, face: 'bold' });
  sheet.y -= 2;
  const minutes = clockText(model.roundLengthMs);
  const facts: readonly (readonly [string, string])[] = [
    ['Date at the venue', model.date ?? 'not recorded'],
    ['First bell', timeText(model.firstBellMs, model)],
    ['Sealed', timeText(model.sealedMs, model)],
    ['Bout', model.cardId === null ? model.boutId : `${model.boutId}  (card ${model.cardId})`],
    ['Rules', rulesText(model)],
    ['Scheduled', `${model.scheduledRounds} rounds of ${minutes}`],
  ];
  drawFacts(sheet, [facts.slice(0, 3), facts.slice(3)]);
  if (model.timeZone === null) {
    paragraph(sheet, 'Times are in UTC: the record does not name the venue’s time zone.', { size: 7.5, colour: GREY });
  }
  sheet.y -= 6;
}

/** Labels and values in two columns; `sheet.y` goes below the longer of them. */
function drawFacts(sheet: Sheet, columns: readonly (readonly (readonly [string, string])[])[]): void {
  const half = (RIGHT - LEFT) / 2;
  const set = columns.map((facts) =>
    facts.map(([label, value]) => ({ label, lines: wrap(sheet.faces, 'sans', 8.5, value, half - 84) })),
  );
  const heightOf = (lines: readonly SetLine[]): number => 12 + (lines.length - 1) * 10.5;
  const height = Math.max(...set.map((facts) => facts.reduce((sum, { lines }) => sum + heightOf(lines), 0)));
  need(sheet, height);
  for (const [column, facts] of set.entries()) {
    const x = LEFT + column * half;
    let y = sheet.y;
    for (const { label, lines } of facts) {
      drawText(sheet, label, x, y - 10, { size: 7.5, colour: GREY });
      for (const [at, line] of lines.entries()) drawText(sheet, line, x + 78, y - 10 - at * 10.5, { size: 8.5 });
      y -= heightOf(lines);
    }
  }
  sheet.y -= height;
}

function rulesText({ ruleset, jurisdiction, sport }: ScorecardModel): string {
  const known = RULE_SET_IDS.find((id) => id === ruleset);
  const title = known === undefined ? `${sport}, ${ruleset}` : RULE_INFO[known].title;
  return jurisdiction === null ? title : `${title}; ${jurisdiction}`;
}

export function timeText(ms: number | null, { timeZone }: ScorecardModel): string {
  return ms === null ? 'not recorded' : venueTime(ms, timeZone);
}

/** Who fought, corner by word and shape. */
export function drawFighters(sheet: Sheet, { fighters }: ScorecardModel): void {
  const width = (RIGHT - LEFT - 10) / 2;
  const lines = CORNERS.map((corner) => wrap(sheet.faces, 'bold', 13, calledOf(fighters[corner]), width - 20));
  const notes = CORNERS.map((corner) => noteOf(sheet, fighters[corner], width));
  const below = CORNERS.map((_, at) => {
    const { beside = true, lines: set = [] } = notes[at] ?? {};
    return (lines[at]?.length ?? 0) * 16 + (beside ? 0 : set.length * 9);
  });
  const height = 34 + Math.max(...below);
  need(sheet, height);
  for (const [at, corner] of CORNERS.entries()) {
    const x = LEFT + at * (width + 10);
    const top = sheet.y;
    sheet.page.drawRectangle({ x, y: top - height, width, height, borderColor: RULE, borderWidth: 0.8 });
    drawCorner(sheet, corner, x + 10, top - 18, 9);
    drawText(sheet, CORNER_WORDS[corner], x + 24, top - 17, { size: 8.5, face: 'bold' });
    const names = lines[at] ?? [];
    for (const [row, line] of names.entries()) {
      drawText(sheet, line, x + 10, top - 37 - row * 16, { size: 13, face: 'bold' });
    }
    const { beside = true, lines: note = [] } = notes[at] ?? {};
    for (const [row, line] of note.entries()) {
      if (beside) drawText(sheet, line, x + width - 10, top - 17, { size: 7, colour: GREY, align: 'right' });
      else drawText(sheet, line, x + 10, top - 32 - names.length * 16 - row * 9, { size: 7, colour: GREY });
    }
  }
  sheet.y -= height + 8;
}

/** What is small in a fighter's box: beside the corner's word where there is room for it, else below the name. */
function noteOf(sheet: Sheet, { id, name }: Named, width: number) {
  const note = name === null ? 'name not kept' : id;
  const beside = setLine(sheet.faces, 'sans', 7, note).width <= width - 120;
  return { beside, lines: wrap(sheet.faces, 'sans', 7, note, beside ? width : width - 20) };
}

/** The decision, large, and whose word it is. */
export function drawResult(sheet: Sheet, model: ScorecardModel): void {
  const { result } = model;
  const inner = RIGHT - LEFT - 24;
  const headline = wrap(sheet.faces, 'bold', 13, headlineOf(model), inner - 24);
  const how = result === null ? [] : wrap(sheet.faces, 'sans', 10, howOf(result), inner);
  const remarks = remarksOf(model).flatMap((words) => wrap(sheet.faces, 'sans', 7.5, words, inner));
  const height = 14 + headline.length * 16 + how.length * 13 + remarks.length * 10 + 4;
  need(sheet, height);
  const top = sheet.y;
  sheet.page.drawRectangle({ x: LEFT, y: top - height, width: RIGHT - LEFT, height, color: SHADE });
  const winner = result?.winner === 'red' || result?.winner === 'blue' ? result.winner : null;
  if (winner !== null) drawCorner(sheet, winner, LEFT + 12, top - 20, 11);
  let y = top - 4;
  for (const line of headline) {
    y -= 16;
    drawText(sheet, line, LEFT + (winner === null ? 12 : 30), y, { size: 13, face: 'bold' });
  }
  y -= 2;
  for (const line of how) {
    y -= 13;
    drawText(sheet, line, LEFT + 12, y, { size: 10 });
  }
  y -= 3;
  for (const line of remarks) {
    y -= 10;
    drawText(sheet, line, LEFT + 12, y, { size: 7.5, colour: GREY });
  }
  sheet.y -= height + 2;
}

function headlineOf({ result, fighters }: ScorecardModel): string {
  switch (result?.winner) {
    case undefined:
      return 'NO RESULT IN THE RECORD';
    case 'draw':
      return 'DRAW';
    case 'no_contest':
      return 'NO CONTEST';
    case 'red':
    case 'blue':
      return `WINNER: ${CORNER_WORDS[result.winner]}, ${calledOf(fighters[result.winner])}`;
  }
}

function howOf({ method, decision, round, clockMs }: ResultModel): string {
  const words = METHOD_WORDS[method] ?? method;
  const by = decision === null ? null : (DECISION_WORDS[decision] ?? decision);
  const way = by === null ? `${words} (${method})` : `${words}: ${by} (${decision})`;
  const when = round === null ? [] : [`round ${round}`, ...(clockMs === null ? [] : [`time ${clockText(clockMs)}`])];
  return [way, ...when].join(', ');
}

function remarksOf(model: ScorecardModel): readonly string[] {
  const { result } = model;
  if (result === null) return [];
  const said = (verb: string, official: Official | null): readonly string[] =>
    official === null
      ? [`Not ${verb}.`]
      : [
          `${verb.charAt(0).toUpperCase()}${verb.slice(1)} by ${official.subject} (${official.role}), ` +
            timeText(official.atMs, model),
        ];
  return [
    ...(result.reason === null ? [] : [`Reason: ${result.reason}`]),
    ...(result.status === 'official' ? [] : ['NOT OFFICIAL: a second person has not confirmed it.']),
    ...said('proposed', result.proposed),
    ...said('confirmed', result.confirmed),
  ];
}
