import { PDFDocument, PDFHexString } from 'pdf-lib';
import { sha256 } from '../../../domain/ledger/index.ts';
import type { ScorecardModel } from '../../../domain/export/index.ts';
import { embedFaces, type FontFiles } from './faces.ts';
import {
  drawCountersignatures,
  drawFeet,
  drawMissing,
  drawRecord,
  drawRulings,
  drawSignatures,
  drawUndelivered,
} from './foot.ts';
import { drawFighters, drawHead, drawResult } from './head.ts';
import { openSheet } from './sheet.ts';
import { drawScorecards } from './table.ts';
import { RENDERER_VERSION } from './version.ts';

/**
 * The official scorecard as PDF, A4: one page for three judges and five rounds, more where there is more to say. The same
 * model, fonts and address give the same bytes.
 * @param address where the bout's archive can be looked up; it stands there as text and as a QR code
 */
export async function renderScorecard(model: ScorecardModel, fonts: FontFiles, address: string): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  describe(document, model);
  const sheet = openSheet(document, await embedFaces(document, fonts));
  drawHead(sheet, model);
  drawFighters(sheet, model);
  drawResult(sheet, model);
  drawScorecards(sheet, model);
  drawSignatures(sheet, model);
  drawRulings(sheet, model);
  drawUndelivered(sheet, model);
  drawCountersignatures(sheet);
  drawRecord(sheet, model, address);
  drawMissing(sheet);
  drawFeet(sheet, model, RENDERER_VERSION);
  return await document.save({ addDefaultPage: false, updateFieldAppearances: false });
}

/** Title, times and id come from the record alone: whoever makes the document again gets the same. */
function describe(document: PDFDocument, { boutId, promotion, event, sealedMs, checkpoint }: ScorecardModel): void {
  document.setTitle(`Official scorecard, ${promotion}, ${event}, bout ${boutId}`, { showInWindowTitleBar: true });
  document.setProducer('FightJudge');
  document.setCreator('FightJudge');
  document.setLanguage('en');
  if (sealedMs !== null) {
    const sealed = new Date(sealedMs);
    document.setCreationDate(sealed);
    document.setModificationDate(sealed);
  }
  const { context } = document;
  const id = PDFHexString.of(sha256(`${boutId}\n${checkpoint}`).slice(0, 32));
  context.trailerInfo.ID = context.obj([id, id]);
}
