import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { ID_PATTERN } from '../../domain/ids.ts';
import { PROJECT_ROOT } from '../project.ts';

const count = z.int().min(0).max(1000);

/**
 * What one fighter did in one round, in the columns of public round statistics: `_l` landed, `_a`
 * attempted; `sig` significant strikes, by target (`head`, `body`, `leg`) and by position (`dist`,
 * `clinch`, `ground`); `tot` all strikes; `ctrl` seconds of control.
 */
const cornerStatistics = z
  .strictObject({
    kd: count,
    sig_l: count,
    sig_a: count,
    head_l: count,
    head_a: count,
    body_l: count,
    body_a: count,
    leg_l: count,
    leg_a: count,
    dist_l: count,
    dist_a: count,
    clinch_l: count,
    clinch_a: count,
    ground_l: count,
    ground_a: count,
    tot_l: count,
    tot_a: count,
    td_l: count,
    td_a: count,
    sub: count,
    rev: count,
    ctrl: z.int().min(0).max(3600),
  })
  .refine((s) => s.head_l + s.body_l + s.leg_l === s.sig_l, {
    path: ['sig_l'],
    message: 'head_l, body_l and leg_l must add up to sig_l',
  })
  .refine((s) => s.dist_l + s.clinch_l + s.ground_l === s.sig_l, {
    path: ['sig_l'],
    message: 'dist_l, clinch_l and ground_l must add up to sig_l',
  })
  .refine((s) => s.tot_l >= s.sig_l, { path: ['tot_l'], message: 'tot_l must not be below sig_l' })
  .refine((s) => s.td_a >= s.td_l, { path: ['td_a'], message: 'td_a must not be below td_l' });

const idSchema = z.string().regex(ID_PATTERN);

const points = z.number().min(0).max(10).multipleOf(0.5);
const cardPoints = z.strictObject({ red: points, blue: points });

const roundStatistics = z
  .strictObject({
    round_id: z.int().min(1).max(20),
    round_seconds: z.int().min(10).max(1800),
    red: cornerStatistics,
    blue: cornerStatistics,
    scorecards: z.record(z.string().regex(/^[A-Za-z0-9_.:-]{1,32}$/), cardPoints),
  })
  .refine((r) => r.red.ctrl + r.blue.ctrl < r.round_seconds, {
    path: ['red', 'ctrl'],
    message: 'control of both fighters must be shorter than the round',
  });

const boutRounds = z
  .strictObject({
    source: z.strictObject({ name: z.string(), licence: z.string(), bout_id: z.string(), note: z.string() }),
    bout: z.strictObject({
      promotion: z.string().min(1),
      event: z.string().min(1),
      date: z.iso.date(),
      sport: z.string(),
      scheduled_rounds: z.int().min(1).max(20),
      red: z.string().min(1),
      blue: z.string().min(1),
      /** The fighters' own ids, by which their bouts are found together. */
      red_id: idSchema.optional(),
      blue_id: idSchema.optional(),
    }),
    rounds: z.array(roundStatistics).min(1),
  })
  .refine((b) => b.rounds.every((r, i) => r.round_id === i + 1) && b.rounds.length <= b.bout.scheduled_rounds, {
    path: ['rounds'],
    message: 'rounds must be numbered 1, 2, … and be no more than scheduled_rounds',
  })
  .refine((b) => b.rounds.every((r) => r.round_seconds === b.rounds[0]?.round_seconds), {
    path: ['rounds'],
    message: 'all rounds must have the same round_seconds',
  });

export type CornerStatistics = z.infer<typeof cornerStatistics>;
export type RoundStatistics = z.infer<typeof roundStatistics>;
/** A bout as the record holds it: who, where, the statistics of each round, the judges' real points. */
export type BoutRounds = z.infer<typeof boutRounds>;

export const DEFAULT_ROUNDS = join(PROJECT_ROOT, 'cli/fixtures/holtzman-mcbride-2017.json');

/** Reads a rounds file. Throws an Error that names the file and every field that is wrong. */
export function loadRounds(file: string = DEFAULT_ROUNDS): BoutRounds {
  return parseRounds(parseJson(readFileSync(file, 'utf8'), file), file);
}

/** Checks a value that is to be a rounds file; `name` is what the error calls it. */
export function parseRounds(value: unknown, name: string): BoutRounds {
  const result = boutRounds.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
  throw new Error(`${name} is not a rounds file: ${faults.join('; ')}`);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${name} is not JSON`);
  }
}
