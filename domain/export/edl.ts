import type { Corner } from '../corner.ts';
import { ok, type Outcome, refuse } from '../refusal.ts';
import { ascii, labelOf, type Moment } from './moments.ts';
import { type FrameRate, framesOf, timecodeOf } from './timecode.ts';
import { frameAt, originOf, type Reel } from './video.ts';

/** Event numbers have three digits. */
const MOST_EVENTS = 999;

/** A comment line that every reader takes. */
const LINE = 78;

/**
 * The clips as a CMX3600 edit decision list: eight fields an event, out points exclusive, the record side continuous
 * from one hour, `;` before the frames where frame numbers are dropped. The format carries no rate, so title and file
 * name do. Refused (`conflict`) where there are more clips than its event numbers count.
 */
export function edlOf(reel: Reel): Outcome<string> {
  const { clips, footage, boutId } = reel;
  const { rate } = footage;
  if (clips.length > MOST_EVENTS) {
    const detail = `An EDL numbers ${MOST_EVENTS} events, this bout has ${clips.length} clips; ask for OTIO.`;
    return refuse('conflict', detail, 'bout_id');
  }
  let record = firstRecord(rate);
  const lines = [
    `TITLE: ${ascii(boutId)} ${rate.id} FPS${footage.mapped ? '' : ' FROM FIRST BELL'}`,
    `FCM: ${rate.drop > 0 ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
  ];
  for (const [at, { startMs, endMs, moments }] of clips.entries()) {
    const from = frameAt(footage, startMs);
    const length = frameAt(footage, endMs) - from;
    const codes = [from, from + length, record, record + length].map((frame) => timecodeOf(frame, rate));
    lines.push(
      '',
      `${String(at + 1).padStart(3, '0')}  ${reel.reel.padEnd(8)} V     C        ${codes.join(' ')}`,
      `* FROM CLIP NAME: ${clipName(moments)}`,
      ...moments.map((moment) => locator(moment, record + frameAt(footage, moment.atMs) - from, rate)),
      ...(at === 0 ? [`* ${ascii(originOf(footage))}`] : []),
    );
    record += length;
  }
  return ok(`${lines.join('\r\n')}\r\n`);
}

/** Editors begin a programme at one hour. */
function firstRecord(rate: FrameRate): number {
  const hour = framesOf(rate.drop > 0 ? '01:00:00;00' : '01:00:00:00', rate);
  return hour.ok ? hour.value : 0;
}

/** The moments of a clip in one line; what does not fit is counted. */
export function clipName(moments: readonly Moment[]): string {
  const labels = moments.map(labelOf);
  const longest = LINE - '* FROM CLIP NAME: '.length;
  for (let shown = labels.length; shown > 1; shown -= 1) {
    const more = labels.length - shown;
    const name = labels.slice(0, shown).join(' + ') + (more > 0 ? ` + ${more} MORE` : '');
    if (name.length <= longest) return name;
  }
  const more = labels.length > 1 ? ` + ${labels.length - 1} MORE` : '';
  return `${(labels[0] ?? '').slice(0, longest - more.length)}${more}`;
}

const COLOURS: Readonly<Record<Corner, string>> = { red: 'RED', blue: 'BLUE' };

function locator(moment: Moment, frame: number, rate: FrameRate): string {
  const colour = moment.corner === null ? 'WHITE' : COLOURS[moment.corner];
  return `* LOC: ${timecodeOf(frame, rate)} ${colour.padEnd(7)} ${labelOf(moment)}`.slice(0, LINE);
}
