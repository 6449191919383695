import { clipsOf } from './clips.ts';
import { CODES, MOMENT_KINDS, type Moment } from './moments.ts';
import { msOf } from './timecode.ts';
import { frameAt, type Footage, type Reel } from './video.ts';

/**
 * The moments as Sportscode XML (Hudl, Metrica, Nacsport), in seconds from the start of the video: of a mapping the
 * timecode is the position in it. Each code is a row of its own, and clips are merged where they overlap within one.
 * ASCII alone, everything else as character references: some readers take no UTF-8.
 */
export function sportscodeOf({ clips, footage }: Reel): string {
  const moments = clips.flatMap((clip) => clip.moments);
  const notBeforeMs = footage.anchorMs - msOf(footage.anchorFrame, footage.rate);
  const instances = MOMENT_KINDS.flatMap((kind) =>
    clipsOf(
      moments.filter((moment) => moment.kind === kind),
      notBeforeMs,
    ).map((clip) => ({ ...clip, code: CODES[kind] })),
  ).toSorted((a, b) => a.startMs - b.startMs);
  const lines = instances.map(
    ({ code, startMs, endMs, moments: inside }, at) =>
      `<instance><ID>${at + 1}</ID><start>${seconds(footage, startMs)}</start><end>${seconds(footage, endMs)}</end>` +
      `<code>${escaped(code)}</code>${labels(inside)}</instance>`,
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<file><ALL_INSTANCES>',
    ...lines,
    '</ALL_INSTANCES></file>',
    '',
  ].join('\n');
}

/** At most three decimals, at the frame that the other formats name. */
function seconds(footage: Footage, atMs: number): string {
  return String(Math.max(0, Math.round(msOf(frameAt(footage, atMs), footage.rate))) / 1000);
}

function labels(moments: readonly Moment[]): string {
  const pairs = moments.flatMap(({ round, corner, detail, unruled }): readonly (readonly [string, string])[] => [
    ['Round', String(round)],
    ...(corner === null ? [] : [['Corner', corner === 'red' ? 'Red' : 'Blue'] as const]),
    ...(detail === null ? [] : [['Detail', detail] as const]),
    ...(unruled ? [['Ruling', 'none'] as const] : []),
  ]);
  const all = new Map(pairs.map((pair) => [pair.join('\n'), pair]));
  return [...all.values()]
    .map(([group, text]) => `<label><group>${escaped(group)}</group><text>${escaped(text)}</text></label>`)
    .join('');
}

/** XML 1.0 knows no control characters, not even as references. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replaceAll(/[&<>"'\u0080-\u{10ffff}]/gu, (character) => `&#${character.codePointAt(0) ?? 63};`);
}
