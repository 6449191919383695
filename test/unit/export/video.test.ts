import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { edlOf } from '../../../domain/export/edl.ts';
import { momentsOf } from '../../../domain/export/moments.ts';
import { otioOf } from '../../../domain/export/otio.ts';
import { sportscodeOf } from '../../../domain/export/sportscode.ts';
import { FRAME_RATE_IDS, frameRate, type FrameRateId } from '../../../domain/export/timecode.ts';
import { type Reel, reelOf } from '../../../domain/export/video.ts';
import { T0, valueOf } from '../support/book.ts';
import { bellMs } from '../support/fought.ts';
import { readEdl } from './edl-reader.ts';
import { fullBook, sealedBout } from './fixture.ts';
import { readXml, type XmlNode } from './xml-reader.ts';

type Mapping = { readonly timecode: string; readonly atMs: number } | null;

async function reel(fps: FrameRateId, mapping: Mapping = null, name = 'CAM1'): Promise<Reel> {
  return valueOf(reelOf(await sealedBout(fullBook()), { rate: frameRate(fps), reel: name, mapping }));
}

/** The first bell at a quarter past eight in the evening, by the recorder. */
function evening(fps: FrameRateId): Mapping {
  return { timecode: fps.endsWith('df') ? '20:15:01;02' : '20:15:01:02', atMs: T0 };
}

describe('an EDL', () => {
  it.each(FRAME_RATE_IDS.flatMap((fps) => [[fps, null] as const, [fps, evening(fps)] as const]))(
    'at %s frames a second (%o) reads, is as long on both sides and without gaps on the record side',
    async (fps, mapping) => {
      const rate = frameRate(fps);
      const made = await reel(fps, mapping, 'TAPE0001');
      const { title, drop, events } = readEdl(valueOf(edlOf(made)), rate.base);
      expect(drop).toBe(fps.endsWith('df'));
      expect(title).toBe(`PFC50-main.1 ${fps} FPS${mapping === null ? ' FROM FIRST BELL' : ''}`);
      expect(events.map(({ number }) => number)).toEqual(made.clips.map((_, at) => at + 1));
      let record = rate.base * 3600 - rate.drop * 54;
      let source = -1;
      for (const [at, event] of events.entries()) {
        const clip = made.clips[at];
        if (clip === undefined) throw new Error('an event without a clip');
        expect(event.reel).toBe('TAPE0001');
        expect(event.source[1] - event.source[0]).toBe(event.record[1] - event.record[0]);
        expect(event.record[0]).toBe(record);
        expect(event.source[0]).toBeGreaterThan(source);
        const seconds = (event.source[1] - event.source[0]) * (rate.den / rate.num);
        expect(Math.abs(seconds - (clip.endMs - clip.startMs) / 1000)).toBeLessThanOrEqual(1 / (rate.num / rate.den));
        expect(event.locators).toHaveLength(clip.moments.length);
        for (const { frame } of event.locators) {
          expect(frame).toBeGreaterThanOrEqual(event.record[0]);
          expect(frame).toBeLessThan(event.record[1]);
        }
        [record, source] = [event.record[1], event.source[1]];
      }
    },
  );

  it('says the moments by code, corner and detail, in names that fit a line', async () => {
    const { events } = readEdl(valueOf(edlOf(await reel('25'))), 25);
    expect(events.map(({ name }) => name)).toEqual([
      'R1 ROUND START',
      'R1 KNOCKDOWN RED HARD + R1 ROCKED RED',
      'R1 ROUND END',
      'R2 ROUND START',
      'R2 SUBMISSION BLUE NEAR FINISH',
      'R2 FOUL RED + R2 DEDUCTION RED -1',
      'R2 ROUND END',
      'R3 ROUND START',
      'R3 ROUND END',
    ]);
    expect(events[1]).toMatchObject({ source: [95 * 25, 114 * 25], locators: [{ colour: 'RED' }, { colour: 'RED' }] });
  });

  it('has this very form', async () => {
    const text = valueOf(edlOf(await reel('29.97df', { timecode: '20:15:00;02', atMs: T0 })));
    expect(text.split('\r\n').slice(0, 7)).toEqual([
      'TITLE: PFC50-main.1 29.97df FPS',
      'FCM: DROP FRAME',
      '',
      '001  CAM1     V     C        20:14:55;00 20:15:10;02 01:00:00;00 01:00:15;00',
      '* FROM CLIP NAME: R1 ROUND START',
      '* LOC: 01:00:05;00 WHITE   R1 ROUND START',
      '* Times are the recorder timecode that was given for this footage.',
    ]);
  });

  it('goes on over midnight', async () => {
    const text = valueOf(edlOf(await reel('25', { timecode: '23:59:58:00', atMs: T0 })));
    expect(text).toContain('23:59:53:00 00:00:08:00 01:00:00:00 01:00:15:00');
  });

  it('is refused where there are more clips than it can number', async () => {
    const made = await reel('25');
    const [clip] = made.clips;
    const clips = Array.from({ length: 1000 }, () => clip ?? { startMs: 0, endMs: 0, moments: [] });
    expect(edlOf({ ...made, clips })).toMatchObject({ ok: false, code: 'conflict' });
  });
});

const rational = z.strictObject({
  OTIO_SCHEMA: z.literal('RationalTime.1'),
  rate: z.number().positive(),
  value: z.int(),
});
const timeRange = z.strictObject({ OTIO_SCHEMA: z.literal('TimeRange.1'), start_time: rational, duration: rational });
const item = {
  name: z.string(),
  enabled: z.boolean(),
  source_range: timeRange.nullable(),
  effects: z.array(z.never()),
  metadata: z.looseObject({}),
};
const marker = z.strictObject({
  OTIO_SCHEMA: z.literal('Marker.2'),
  name: z.string(),
  color: z.enum(['RED', 'BLUE', 'WHITE']),
  marked_range: timeRange,
  metadata: z.object({
    fightjudge: z.object({ kind: z.string(), round: z.int(), server_ms: z.int(), sequence_index: z.int().nullable() }),
  }),
});
const reference = z.strictObject({
  OTIO_SCHEMA: z.literal('MissingReference.1'),
  name: z.string(),
  available_range: z.null(),
  available_image_bounds: z.null(),
  metadata: z.looseObject({}),
});
const clip = z.strictObject({
  OTIO_SCHEMA: z.literal('Clip.2'),
  ...item,
  source_range: timeRange,
  markers: z.array(marker),
  active_media_reference_key: z.literal('DEFAULT_MEDIA'),
  media_references: z.strictObject({ DEFAULT_MEDIA: reference }),
});
const track = z.strictObject({
  OTIO_SCHEMA: z.literal('Track.1'),
  ...item,
  markers: z.array(marker),
  kind: z.literal('Video'),
  children: z.array(clip),
});
const timeline = z.strictObject({
  OTIO_SCHEMA: z.literal('Timeline.1'),
  name: z.string(),
  global_start_time: z.null(),
  metadata: z.object({
    fightjudge: z.object({
      time_origin: z.enum(['timecode', 'first_bell']),
      note: z.string(),
      anchor: z.object({ frame: z.int(), server_ms: z.int() }),
    }),
  }),
  tracks: z.strictObject({
    OTIO_SCHEMA: z.literal('Stack.1'),
    ...item,
    markers: z.array(marker),
    children: z.array(track),
  }),
});

describe('an OTIO timeline', () => {
  it.each(FRAME_RATE_IDS.flatMap((fps) => [[fps, null] as const, [fps, evening(fps)] as const]))(
    'at %s frames a second (%o) reads back to the same moments',
    async (fps, mapping) => {
      const { num, den } = frameRate(fps);
      const bout = await sealedBout(fullBook());
      const read = timeline.parse(JSON.parse(otioOf(await reel(fps, mapping))));
      const { time_origin: origin, anchor } = read.metadata.fightjudge;
      expect(origin).toBe(mapping === null ? 'first_bell' : 'timecode');
      const clips = read.tracks.children.flatMap((one) => one.children);
      const markers = clips.flatMap((one) => one.markers);
      const { fightjudge: first } = markers[0]?.metadata ?? {};
      expect(first?.kind).toBe('round_start');
      expect(
        markers.map(({ metadata: { fightjudge: said } }) => [
          said.kind,
          said.round,
          said.server_ms,
          said.sequence_index,
        ]),
      ).toEqual(momentsOf(bout).map(({ kind, round, atMs, index }) => [kind, round, atMs, index]));
      for (const { marked_range: range, metadata } of markers) {
        expect(range.start_time.rate).toBeCloseTo(num / den, 9);
        const ms = anchor.server_ms + ((range.start_time.value - anchor.frame) * 1000 * den) / num;
        // Half a frame at most.
        expect(Math.abs(ms - metadata.fightjudge.server_ms)).toBeLessThanOrEqual((500 * den) / num + 1e-6);
      }
      let end = -1;
      for (const { source_range: range, markers: inside } of clips) {
        expect(range.start_time.value).toBeGreaterThan(end);
        end = range.start_time.value + range.duration.value;
        for (const { marked_range: at } of inside) {
          expect(at.start_time.value).toBeGreaterThanOrEqual(range.start_time.value);
          expect(at.start_time.value).toBeLessThan(end);
        }
      }
      expect(clips[0]?.source_range.start_time.value).toBeGreaterThanOrEqual(0);
    },
  );

  it('says that time counts from the first bell, where nobody gave a mapping', async () => {
    const read = timeline.parse(JSON.parse(otioOf(await reel('25'))));
    expect(read.metadata.fightjudge.note).toContain('from the first bell');
    expect(read.tracks.children[0]?.children[0]?.source_range.start_time.value).toBe(0);
  });
});

describe('Sportscode XML', () => {
  function child(node: XmlNode, name: string): string {
    const [found, ...more] = node.children.filter((one) => one.name === name);
    if (found === undefined || more.length > 0) throw new Error(`${more.length + 1} ${name}`);
    return found.text;
  }

  it('is ASCII, well formed, and holds each moment in seconds from video zero', async () => {
    const text = sportscodeOf(await reel('25'));
    expect(/^[\n\x20-\x7e]*$/.test(text)).toBe(true);
    const file = readXml(text);
    expect([file.name, file.children.map(({ name }) => name)]).toEqual(['file', ['ALL_INSTANCES']]);
    const instances = file.children[0]?.children ?? [];
    expect(
      instances.map((one) => [child(one, 'ID'), child(one, 'start'), child(one, 'end'), child(one, 'code')]),
    ).toEqual([
      ['1', '0', '10', 'ROUND START'],
      ['2', '95', '110', 'KNOCKDOWN'],
      ['3', '99', '114', 'ROCKED'],
      ['4', '295', '310', 'ROUND END'],
      ['5', '395', '410', 'ROUND START'],
      ['6', '595', '610', 'SUBMISSION'],
      ['7', '645', '660', 'FOUL'],
      ['8', '657', '672', 'DEDUCTION'],
      ['9', '695', '710', 'ROUND END'],
      ['10', '795', '810', 'ROUND START'],
      ['11', '1095', '1110', 'ROUND END'],
    ]);
    const labels = instances[1]?.children.filter(({ name }) => name === 'label') ?? [];
    expect(labels.map((one) => [child(one, 'group'), child(one, 'text')])).toEqual([
      ['Round', '1'],
      ['Corner', 'Red'],
      ['Detail', 'hard'],
    ]);
  });

  it('takes the timecode of a mapping as the position in the video, and never begins before it', async () => {
    const file = readXml(sportscodeOf(await reel('25', { timecode: '00:00:02:00', atMs: T0 + bellMs(2) })));
    const starts = file.children[0]?.children.map((one) => Number(child(one, 'start'))) ?? [];
    expect(starts[0]).toBe(0);
    expect(starts.every((start) => start >= 0)).toBe(true);
    expect(starts).toContain(197);
  });

  it('writes what is no ASCII as references, and nothing that XML does not know', async () => {
    const made = await reel('25');
    const moments = [
      { kind: 'foul' as const, round: 1, atMs: T0, corner: null, detail: 'é<&"\u0001😀', unruled: false, index: 1 },
    ];
    const file = readXml(sportscodeOf({ ...made, clips: [{ startMs: T0, endMs: T0 + 1, moments }] }));
    expect(JSON.stringify(file)).toContain(JSON.stringify('é<&" 😀').slice(1, -1));
  });
});

describe('a mapping', () => {
  it.each([
    ['seconds for milliseconds', { timecode: '20:00:00:00', atMs: Math.floor(T0 / 1000) }, 'at_ms'],
    ['a frame that there is not', { timecode: '20:00:00:25', atMs: T0 }, 'timecode'],
  ])('with %s is refused', async (_name, mapping, field) => {
    const bout = await sealedBout(fullBook());
    expect(reelOf(bout, { rate: frameRate('25'), reel: 'A', mapping })).toMatchObject({
      ok: false,
      errors: [{ field }],
    });
  });
});
