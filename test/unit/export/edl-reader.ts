/**
 * A reader of CMX3600 that shares nothing with the writer: it counts frames by walking through the timecodes' own rules.
 * Throws an Error at whatever it would not take.
 */
export type EdlEvent = {
  readonly number: number;
  readonly reel: string;
  readonly source: readonly [from: number, to: number];
  readonly record: readonly [from: number, to: number];
  readonly name: string;
  readonly locators: readonly { readonly frame: number; readonly colour: string; readonly words: string }[];
};

export type Edl = { readonly title: string; readonly drop: boolean; readonly events: readonly EdlEvent[] };

export function readEdl(text: string, base: number): Edl {
  if (!/^[\x20-\x7e\r\n]*$/.test(text)) throw new Error('not ASCII');
  const lines = text.split('\r\n');
  if (lines.pop() !== '' || lines.some((line) => line.includes('\n'))) throw new Error('not lines');
  if (lines.some((line) => line.length > 80)) throw new Error('a line is too long');
  const title = /^TITLE: (?<title>.{1,70})$/.exec(lines[0] ?? '')?.groups?.['title'];
  const mode = /^FCM: (?<mode>NON-DROP FRAME|DROP FRAME)$/.exec(lines[1] ?? '')?.groups?.['mode'];
  if (title === undefined || mode === undefined) throw new Error('no head');
  const drop = mode === 'DROP FRAME';
  const frame = (code: string): number => countFrames(code, base, drop);
  const events: (EdlEvent & { locators: { frame: number; colour: string; words: string }[] })[] = [];
  for (const line of lines.slice(2)) {
    if (line === '') continue;
    const event = /^(?<number>\d{3})  (?<reel>[A-Za-z0-9]{1,8}) +V +C +(?<codes>\S{11} \S{11} \S{11} \S{11})$/.exec(
      line,
    )?.groups;
    if (event !== undefined) {
      const [a = 0, b = 0, c = 0, d = 0] = (event['codes'] ?? '').split(' ').map(frame);
      const number = Number(event['number']);
      events.push({ number, reel: event['reel'] ?? '', source: [a, b], record: [c, d], name: '', locators: [] });
      continue;
    }
    const last = events.at(-1);
    const name = /^\* FROM CLIP NAME: (?<name>.+)$/.exec(line)?.groups?.['name'];
    const locator = /^\* LOC: (?<code>\S{11}) (?<colour>[A-Z]+) +(?<words>.+)$/.exec(line)?.groups;
    if (last === undefined) throw new Error(`stands before the first event: ${line}`);
    if (name !== undefined) events[events.length - 1] = { ...last, name };
    else if (locator !== undefined) {
      const { code = '', colour = '', words = '' } = locator;
      last.locators.push({ frame: frame(code), colour, words });
    } else if (!line.startsWith('* ')) throw new Error(`no line of an EDL: ${line}`);
  }
  return { title, drop, events };
}

function countFrames(code: string, base: number, drop: boolean): number {
  const match = /^(\d\d):(\d\d):(\d\d)([:;])(\d\d)$/.exec(code);
  if (match === null || (match[4] === ';') !== drop) throw new Error(`no timecode: ${code}`);
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = [match[1], match[2], match[3], match[5]].map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59 || frames >= base) throw new Error(`no timecode: ${code}`);
  const skip = drop ? base / 15 : 0;
  let count = 0;
  for (let minute = 0; minute < hours * 60 + minutes; minute += 1) {
    count += base * 60 - (minute % 10 === 0 ? 0 : skip);
  }
  const skipsHere = minutes % 10 !== 0;
  if (skipsHere && seconds === 0 && frames < skip) throw new Error(`dropped: ${code}`);
  return count + seconds * base + frames - (skipsHere ? skip : 0);
}
