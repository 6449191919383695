/** Exports of a bout, pure: from its sealed log to the forms that commissions, newsrooms and editors use. */
export { type DirectedRun, type Direction, directionOf, printable, visualRuns } from './bidi.ts';
export { csvOf, plainCell, safeCell, scorecardCsv } from './csv.ts';
export { edlOf } from './edl.ts';
export { boutJson } from './json.ts';
export { type ArchivedPerson, calledOf, type Named, type Names } from './names.ts';
export { otioOf } from './otio.ts';
export type { Official, ResultModel } from './result-model.ts';
export type { RulingModel } from './rulings-model.ts';
export {
  type CardModel,
  pointsText,
  type RoundModel,
  scorecardModel,
  type ScorecardModel,
  type SeatModel,
} from './scorecard-model.ts';
export { readSealedBout, type SealedBout } from './sealed-bout.ts';
export { sportscodeOf } from './sportscode.ts';
export { FRAME_RATE_IDS, frameRate, type FrameRate, type FrameRateId } from './timecode.ts';
export { clockText, venueTime } from './venue-time.ts';
export { DEFAULT_REEL, type Reel, reelOf } from './video.ts';
