import { encode } from 'uqr';
import {
  calledOf,
  clockText,
  pointsText,
  type RulingModel,
  type ScorecardModel,
  type SeatModel,
} from '../../../domain/export/index.ts';
import { parseNote } from '../../../domain/log/index.ts';
import { timeText } from './head.ts';
import {
  drawCorner,
  drawModules,
  drawText,
  GREY,
  heading,
  LEFT,
  need,
  paragraph,
  RIGHT,
  rule,
  type Sheet,
} from './sheet.ts';
import { wrap } from './text.ts';

/** Who signed which totals; a seat without a signature says so. */
export function drawSignatures(sheet: Sheet, model: ScorecardModel): void {
  if (model.seats.length === 0) return;
  heading(sheet, 'JUDGES’ SIGNATURES', 14);
  const [nameAt, stateAt] = [LEFT + 92, LEFT + 262];
  for (const seat of model.seats) {
    const last = seat.judges.at(-1);
    const stateFace = seat.signature === null ? 'bold' : 'sans';
    const places = [
      { x: LEFT, face: 'mono', lines: wrap(sheet.faces, 'mono', 7.5, seat.seat, nameAt - LEFT - 6) },
      {
        x: nameAt,
        face: 'sans',
        lines: wrap(sheet.faces, 'sans', 8.5, last ? calledOf(last) : '', stateAt - nameAt - 6),
      },
      {
        x: stateAt,
        face: stateFace,
        lines: wrap(sheet.faces, stateFace, 7.5, signatureText(seat, model), RIGHT - stateAt),
      },
    ] as const;
    const height = 3 + Math.max(...places.map(({ lines }) => lines.length)) * 10;
    need(sheet, height);
    for (const { x, face, lines } of places) {
      const size = face === 'sans' && x === nameAt ? 8.5 : 7.5;
      for (const [at, line] of lines.entries()) drawText(sheet, line, x, sheet.y - 9.5 - at * 10, { size, face });
    }
    sheet.y -= height;
    rule(sheet, sheet.y, LEFT, RIGHT, 0.3);
  }
}

function signatureText({ absent, signature, total }: SeatModel, model: ScorecardModel): string {
  if (absent) return 'absent';
  if (signature === null) return 'not signed';
  const totals = total === null ? '' : `${pointsText(total.red)}-${pointsText(total.blue)} `;
  return `${totals}signed by ${signature.by}, ${timeText(signature.atMs, model)}`;
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  knockdown: 'Knockdown',
  slip: 'Slip, no knockdown',
  foul: 'Foul',
  warning: 'Warning',
  deduction: 'Point deduction',
  stoppage: 'Stoppage',
  replay_review: 'Replay review',
};

/** What the referee ruled, in order; what was taken back is struck by the word `rescinded`. */
export function drawRulings(sheet: Sheet, { rulings }: ScorecardModel): void {
  heading(sheet, 'REFEREE’S RULINGS', 14);
  if (rulings.length === 0) paragraph(sheet, 'None in the record.', { size: 8.5 });
  for (const ruling of rulings) drawRuling(sheet, ruling);
}

function drawRuling(sheet: Sheet, ruling: RulingModel): void {
  const lines = wrap(sheet.faces, 'sans', 8, detailOf(ruling), RIGHT - LEFT - 218);
  need(sheet, 12 + (lines.length - 1) * 10);
  sheet.y -= 12;
  const y = sheet.y + 2.5;
  const time = ruling.clockMs === null ? '' : clockText(ruling.clockMs);
  drawText(sheet, `R${ruling.round}`, LEFT, y, { size: 8, face: 'bold' });
  drawText(sheet, time, LEFT + 52, y, { size: 8, align: 'right' });
  drawText(sheet, KIND_WORDS[ruling.kind] ?? ruling.kind, LEFT + 64, y, { size: 8 });
  if (ruling.corner !== null) {
    drawCorner(sheet, ruling.corner, LEFT + 168, y, 6);
    drawText(sheet, ruling.corner === 'red' ? 'Red' : 'Blue', LEFT + 178, y, { size: 8 });
  }
  for (const [at, line] of lines.entries()) drawText(sheet, line, LEFT + 218, y - at * 10, { size: 8 });
  sheet.y -= (lines.length - 1) * 10;
}

function detailOf(ruling: RulingModel): string {
  const { pointsX10, foul, intent, method, note, by, rescinded } = ruling;
  const points = pointsX10 === 0 ? null : `${pointsText(pointsX10)} ${pointsX10 === 10 ? 'point' : 'points'}`;
  const words = [rescinded ? 'RESCINDED' : null, points, method, foul, intent, note, by === null ? null : `by ${by}`];
  return words.filter((word) => word !== null).join(' · ');
}

/** What the seal says that devices logged and nobody received; nothing where it says of none. */
export function drawUndelivered(sheet: Sheet, { undelivered }: ScorecardModel): void {
  if (undelivered === null) return;
  heading(sheet, 'NEVER RECEIVED', 14);
  for (const { device, runs, moreRuns, declared } of undelivered.devices) {
    const numbers = runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
    const more = moreRuns === 0 ? '' : ` and ${moreRuns} more runs of numbers`;
    const state = declared ? 'declared missing at the seal' : 'missing at the seal, and not declared';
    paragraph(sheet, `Device ${device}: its entries ${numbers}${more}, ${state}.`, { size: 7.5 });
  }
  if (undelivered.moreDevices > 0) {
    paragraph(sheet, `The seal had no room to list ${undelivered.moreDevices} more devices.`, { size: 7.5 });
  }
  if (undelivered.reason !== null) paragraph(sheet, `Reason of the seal: ${undelivered.reason}`, { size: 7.5 });
}

const QR_SIDE = 76;

/** What the document can be checked against: the signed checkpoint as it is, its key, and where the archive is. */
export function drawRecord(sheet: Sheet, { checkpoint }: ScorecardModel, address: string): void {
  const width = RIGHT - LEFT - QR_SIDE - 12;
  const size = 6.3;
  const lines = checkpoint
    .trimEnd()
    .split('\n')
    .flatMap((line) => wrap(sheet.faces, 'mono', size, line, width - 20).map((set, at) => ({ set, goesOn: at > 0 })));
  const height = lines.length * 8.4 + 38;
  heading(sheet, 'THE RECORD', Math.max(height, QR_SIDE + 6));
  const top = sheet.y - 3;
  const { data } = encode(address, { ecc: 'M', border: 0 });
  drawModules(sheet, data, RIGHT - QR_SIDE, top - QR_SIDE, QR_SIDE);
  const block = lines.length * 8.4 + 8;
  sheet.page.drawRectangle({ x: LEFT, y: top - block, width, height: block, borderWidth: 0.5, borderColor: GREY });
  for (const [at, { set, goesOn }] of lines.entries()) {
    drawText(sheet, set, LEFT + (goesOn ? 16 : 4), top - 9.5 - at * 8.4, { size, face: 'mono' });
  }
  sheet.y = top - block - 1;
  const words = [
    `Checkpoint of the bout’s log, ${keysOf(checkpoint)}; what is indented goes on the line above. The archive is checked against it, offline and by anybody’s tools:`,
    address,
  ];
  for (const line of words) paragraph(sheet, line, { size: 6.8, colour: GREY, width });
  sheet.y = Math.min(sheet.y, top - QR_SIDE);
}

/** Name and id of each key that signed, as the note says it: whose keys these are is told elsewhere. */
function keysOf(checkpoint: string): string {
  const note = parseNote(checkpoint);
  if (!note.ok) return 'which does not read as a signed note';
  return note.value.signatures
    .map(({ name, id }) => `signed under ${name}, key id ${(id >>> 0).toString(16).padStart(8, '0')}`)
    .join('; ');
}

const COUNTERSIGNERS = ['Referee', 'Inspector', 'For the commission'] as const;

/** Lines for ink: many commissions keep a printed copy that people have signed. */
export function drawCountersignatures(sheet: Sheet): void {
  heading(sheet, 'SIGNED ON PAPER', 30);
  const width = (RIGHT - LEFT) / COUNTERSIGNERS.length;
  sheet.y -= 22;
  for (const [at, who] of COUNTERSIGNERS.entries()) {
    const x = LEFT + at * width;
    sheet.page.drawLine({
      start: { x, y: sheet.y },
      end: { x: x + width - 14, y: sheet.y },
      thickness: 0.7,
      color: GREY,
    });
    drawText(sheet, `${who}: name, signature, date`, x, sheet.y - 8.5, { size: 6.5, colour: GREY });
  }
  sheet.y -= 10;
}

/** The characters that no font has: drawn as boxes, so that nobody takes their absence for a name. */
export function drawMissing(sheet: Sheet): void {
  if (sheet.missing.size === 0) return;
  // As they were first met, so that a name's can be read off in its order.
  const codes = [...sheet.missing].map((code) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
  sheet.y -= 4;
  const words = `Boxes stand for characters that the embedded fonts lack, by their Unicode code points: ${codes.join(' ')}.`;
  paragraph(sheet, words, { size: 7 });
}

/** Below every page: which document it is, and which page of how many. A long id makes a second line of it. */
export function drawFeet(sheet: Sheet, model: ScorecardModel, version: string): void {
  const pages = sheet.document.getPages();
  for (const [at, page] of pages.entries()) {
    const on: Sheet = { ...sheet, page };
    rule(on, 45);
    const kind = model.simulated ? 'SIMULATION, no real bout · ' : '';
    const left = `${kind}Official scorecard of bout ${model.boutId} · sealed ${timeText(model.sealedMs, model)} · layout ${version}`;
    const lines = wrap(on.faces, 'sans', 6.8, left, RIGHT - LEFT - 70);
    for (const [row, line] of lines.entries()) drawText(on, line, LEFT, 35 - row * 8.5, { size: 6.8, colour: GREY });
    drawText(on, `Page ${at + 1} of ${pages.length}`, RIGHT, 35, { size: 6.8, colour: GREY, align: 'right' });
  }
}
