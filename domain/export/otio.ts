import type { Corner } from '../corner.ts';
import type { Clip } from './clips.ts';
import { clipName } from './edl.ts';
import { labelOf, type Moment } from './moments.ts';
import { type FrameRate, framesPerDay } from './timecode.ts';
import { frameAt, originOf, type Reel } from './video.ts';

/**
 * The clips as an OpenTimelineIO document (`Timeline.1`, one video track), with a marker on each moment. `Clip.2` needs
 * OTIO 0.15 or later. The footage is named by its reel and not by a file, which only the editor knows
 * (`MissingReference.1`); `metadata.cmx_3600.reel` is where OTIO's own EDL adapter looks for it.
 */
export function otioOf(reel: Reel): string {
  const { footage, clips, boutId } = reel;
  const { rate } = footage;
  const first = clips[0] === undefined ? 0 : frameAt(footage, clips[0].startMs);
  // Frames count on over midnight; the first of them is one of the recorder's day.
  const shift = -Math.floor(first / framesPerDay(rate)) * framesPerDay(rate);
  const metadata = {
    fightjudge: {
      bout_id: boutId,
      fps: rate.id,
      drop_frame: rate.drop > 0,
      time_origin: footage.mapped ? 'timecode' : 'first_bell',
      note: originOf(footage),
      anchor: { frame: footage.anchorFrame + shift, server_ms: footage.anchorMs },
    },
  };
  const track = {
    OTIO_SCHEMA: 'Track.1',
    ...item('Moments'),
    kind: 'Video',
    children: clips.map((clip) => clipItem(reel, clip, shift)),
  };
  const timeline = {
    OTIO_SCHEMA: 'Timeline.1',
    name: `${boutId} moments`,
    global_start_time: null,
    metadata,
    tracks: { OTIO_SCHEMA: 'Stack.1', ...item('tracks'), children: [track] },
  };
  return `${JSON.stringify(timeline, null, 1)}\n`;
}

/** What every composable has. */
function item(name: string) {
  return { name, enabled: true, source_range: null, effects: [], markers: [], metadata: {} };
}

function clipItem({ footage, reel }: Reel, { startMs, endMs, moments }: Clip, shift: number) {
  const { rate } = footage;
  const from = frameAt(footage, startMs);
  return {
    OTIO_SCHEMA: 'Clip.2',
    ...item(clipName(moments)),
    source_range: range(from + shift, frameAt(footage, endMs) - from, rate),
    markers: moments.map((moment) => marker(moment, frameAt(footage, moment.atMs) + shift, rate)),
    active_media_reference_key: 'DEFAULT_MEDIA',
    media_references: {
      DEFAULT_MEDIA: {
        OTIO_SCHEMA: 'MissingReference.1',
        name: reel,
        available_range: null,
        available_image_bounds: null,
        metadata: {},
      },
    },
    metadata: { cmx_3600: { reel } },
  };
}

const COLOURS: Readonly<Record<Corner, string>> = { red: 'RED', blue: 'BLUE' };

function marker(moment: Moment, frame: number, rate: FrameRate) {
  const { kind, round, corner, detail, unruled, atMs, index } = moment;
  return {
    OTIO_SCHEMA: 'Marker.2',
    name: labelOf(moment),
    color: corner === null ? 'WHITE' : COLOURS[corner],
    marked_range: range(frame, 1, rate),
    metadata: { fightjudge: { kind, round, corner, detail, unruled, server_ms: atMs, sequence_index: index } },
  };
}

function range(start: number, duration: number, rate: FrameRate) {
  return { OTIO_SCHEMA: 'TimeRange.1', start_time: time(start, rate), duration: time(duration, rate) };
}

function time(value: number, { num, den }: FrameRate) {
  return { OTIO_SCHEMA: 'RationalTime.1', rate: num / den, value };
}
