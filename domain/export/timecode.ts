import { ok, type Outcome, refuse } from '../refusal.ts';

/**
 * A frame rate with the way its frames are numbered. `num / den` is the true rate in frames a second, `base` the whole
 * number that a timecode counts a second by, `drop` how many frame numbers each minute leaves out, every tenth minute
 * excepted (SMPTE ST 12-1).
 */
export type FrameRate = {
  readonly id: FrameRateId;
  readonly num: number;
  readonly den: number;
  readonly base: number;
  readonly drop: number;
};

/** `df`: drop-frame; 29.97 and 59.94 without it count every frame and drift from the wall by 3.6 s an hour. */
export const FRAME_RATE_IDS = ['23.976', '24', '25', '29.97', '29.97df', '30', '50', '59.94', '59.94df', '60'] as const;

export type FrameRateId = (typeof FRAME_RATE_IDS)[number];

export function frameRate(id: FrameRateId): FrameRate {
  switch (id) {
    case '23.976':
      return { id, num: 24_000, den: 1001, base: 24, drop: 0 };
    case '29.97':
      return { id, num: 30_000, den: 1001, base: 30, drop: 0 };
    case '29.97df':
      return { id, num: 30_000, den: 1001, base: 30, drop: 2 };
    case '59.94':
      return { id, num: 60_000, den: 1001, base: 60, drop: 0 };
    case '59.94df':
      return { id, num: 60_000, den: 1001, base: 60, drop: 4 };
    case '24':
    case '25':
    case '30':
    case '50':
    case '60':
      return { id, num: Number(id), den: 1, base: Number(id), drop: 0 };
  }
}

/** How many frame numbers a day has: a timecode starts again at midnight. */
export function framesPerDay({ base, drop }: FrameRate): number {
  return 24 * (base * 3600 - drop * 54);
}

/** The nearest whole number of frames in a time; times in order give frames in order. */
export function framesIn(ms: number, { num, den }: FrameRate): number {
  return Math.round((ms * num) / (den * 1000));
}

/** How long that many frames last, in ms. */
export function msOf(frames: number, { num, den }: FrameRate): number {
  return (frames * den * 1000) / num;
}

/** `HH:MM:SS:FF`, or `HH:MM:SS;FF` where frame numbers are dropped; any whole number of frames, taken modulo a day. */
export function timecodeOf(frames: number, rate: FrameRate): string {
  const { base, drop } = rate;
  const day = framesPerDay(rate);
  const number = ((frames % day) + day) % day;
  const numbered = number + skippedBefore(number, rate);
  const parts = [
    Math.floor(numbered / (base * 3600)),
    Math.floor(numbered / (base * 60)) % 60,
    Math.floor(numbered / base) % 60,
  ].map((part) => String(part).padStart(2, '0'));
  return `${parts.join(':')}${drop > 0 ? ';' : ':'}${String(numbered % base).padStart(2, '0')}`;
}

/** Frame numbers that drop-frame counting has left out before a frame of the day. */
function skippedBefore(number: number, { base, drop }: FrameRate): number {
  if (drop === 0) return 0;
  const perMinute = base * 60 - drop;
  const perTen = perMinute * 10 + drop;
  const tens = Math.floor(number / perTen);
  const rest = number % perTen;
  // The first minute of ten drops nothing, so it is longer by what the others leave out.
  const minutes = rest < base * 60 ? 0 : 1 + Math.floor((rest - base * 60) / perMinute);
  return drop * (tens * 9 + minutes);
}

/**
 * The frame of the day that a timecode names. Refused, naming `field`, where it is none of that rate's: another form, a
 * number that the rate does not have, or one that drop-frame counting leaves out.
 */
export function framesOf(text: string, rate: FrameRate, field = 'timecode'): Outcome<number> {
  const { base, drop, id } = rate;
  const form = drop > 0 ? 'HH:MM:SS;FF' : 'HH:MM:SS:FF';
  const match = /^(?<h>\d{2}):(?<m>\d{2}):(?<s>\d{2})(?<mark>[:;])(?<f>\d{2})$/.exec(text)?.groups;
  if (match === undefined || (match['mark'] === ';') !== drop > 0) {
    return refuse('bad_request', `${field}: at ${id} frames a second it reads ${form}.`, field);
  }
  const [h = 0, m = 0, s = 0, f = 0] = [match['h'], match['m'], match['s'], match['f']].map(Number);
  if (h > 23 || m > 59 || s > 59 || f >= base) {
    return refuse('bad_request', `${field}: there is no ${text} at ${id} frames a second.`, field);
  }
  if (drop > 0 && s === 0 && f < drop && m % 10 !== 0) {
    return refuse('bad_request', `${field}: drop-frame counting leaves ${text} out.`, field);
  }
  const minutes = h * 60 + m;
  return ok((minutes * 60 + s) * base + f - drop * (minutes - Math.floor(minutes / 10)));
}
