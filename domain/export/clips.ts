import type { Moment } from './moments.ts';

/** What an editor wants around a moment, in ms. */
export const BEFORE_MS = 5_000;
export const AFTER_MS = 10_000;

/** A stretch of server time (UTC epoch ms, end exclusive) with the moments in it. */
export type Clip = { readonly startMs: number; readonly endMs: number; readonly moments: readonly Moment[] };

/**
 * The moments as clips in order of time, those merged that overlap or touch: no clip begins before the one before it
 * ends. `notBeforeMs` is where the footage begins, if that is known.
 */
export function clipsOf(moments: readonly Moment[], notBeforeMs: number | null = null): readonly Clip[] {
  const clips: Clip[] = [];
  for (const moment of moments.toSorted((a, b) => a.atMs - b.atMs)) {
    const startMs = Math.max(moment.atMs - BEFORE_MS, notBeforeMs ?? Number.NEGATIVE_INFINITY);
    const clip: Clip = { startMs, endMs: moment.atMs + AFTER_MS, moments: [moment] };
    const last = clips.at(-1);
    // What lies before the footage altogether has nothing to show.
    if (clip.endMs <= clip.startMs) continue;
    if (last === undefined || clip.startMs > last.endMs) clips.push(clip);
    else clips[clips.length - 1] = { ...last, endMs: clip.endMs, moments: [...last.moments, moment] };
  }
  return clips;
}
