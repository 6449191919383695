import { ok, type Outcome, refuse } from '../refusal.ts';
import { type Clip, clipsOf } from './clips.ts';
import { firstBellMs, momentsOf } from './moments.ts';
import type { SealedBout } from './sealed-bout.ts';
import { type FrameRate, framesIn, framesOf } from './timecode.ts';

/** What a recorder's frames are to server time: frame `anchorFrame` was taken at `anchorMs`. */
export type Footage = {
  readonly rate: FrameRate;
  readonly anchorFrame: number;
  readonly anchorMs: number;
  /** False: nobody gave a mapping, and frame 0 is the first bell. */
  readonly mapped: boolean;
};

/** The bout's moments laid over somebody's footage. */
export type Reel = {
  readonly boutId: string;
  readonly footage: Footage;
  /** Name of the tape or file, 1 to 8 letters and digits. */
  readonly reel: string;
  readonly clips: readonly Clip[];
};

export const DEFAULT_REEL = 'CAM1';

/** How far a mapping may lie from the bout: beyond it, seconds were taken for milliseconds or a day was mixed up. */
const FURTHEST_MS = 7 * 86_400_000;

/**
 * Lays the moments over the footage. `mapping` ties one timecode of the recorder to server time; without it, time counts
 * from the first bell and footage begins there. Refusals name `timecode` or `at_ms`.
 */
export function reelOf(
  bout: SealedBout,
  wish: {
    readonly rate: FrameRate;
    readonly reel: string;
    readonly mapping: { readonly timecode: string; readonly atMs: number } | null;
  },
): Outcome<Reel> {
  const { rate, reel, mapping } = wish;
  const moments = momentsOf(bout);
  const beganMs = firstBellMs(bout.state) ?? moments[0]?.atMs ?? 0;
  const { boutId } = bout.state.config;
  if (mapping === null) {
    const footage = { rate, anchorFrame: 0, anchorMs: beganMs, mapped: false };
    return ok({ boutId, footage, reel, clips: clipsOf(moments, beganMs) });
  }
  if (Math.abs(mapping.atMs - beganMs) > FURTHEST_MS) {
    return refuse('bad_request', `at_ms: UTC epoch milliseconds near the bout, which began at ${beganMs}.`, 'at_ms');
  }
  const frame = framesOf(mapping.timecode, rate);
  if (!frame.ok) return frame;
  const footage = { rate, anchorFrame: frame.value, anchorMs: mapping.atMs, mapped: true };
  return ok({ boutId, footage, reel, clips: clipsOf(moments) });
}

/** The frame at an instant, counted on without regard to midnight; instants in order give frames in order. */
export function frameAt({ rate, anchorFrame, anchorMs }: Footage, atMs: number): number {
  return anchorFrame + framesIn(atMs - anchorMs, rate);
}

/** In words, for whoever opens the document: where its times come from. */
export function originOf({ mapped, anchorMs }: Footage): string {
  return mapped
    ? 'Times are the recorder timecode that was given for this footage.'
    : `No timecode given: time counts from the first bell, at ${anchorMs} ms UTC.`;
}
